"""The full-text table of the embedded engine, kept equal to search_searchentry by triggers."""

from django.db import migrations

COLUMNS = "title_stems, wording_stems, lead_stems, topic_stems, body_stems, words"
NEW = ", ".join(f"new.{name}" for name in COLUMNS.split(", "))
OLD = ", ".join(f"old.{name}" for name in COLUMNS.split(", "))
REMOVE = f"INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.page_id, {OLD});"
ADD = f"INSERT INTO search_index(rowid, {COLUMNS}) VALUES (new.page_id, {NEW});"

CREATE = [
    f"""CREATE VIRTUAL TABLE search_index USING fts5(
        {COLUMNS}, content='search_searchentry', content_rowid='page_id',
        tokenize='unicode61 remove_diacritics 0', prefix='3 5')""",
    f"""CREATE TRIGGER search_entry_added AFTER INSERT ON search_searchentry
        BEGIN {ADD} END""",
    f"""CREATE TRIGGER search_entry_removed AFTER DELETE ON search_searchentry
        BEGIN {REMOVE} END""",
    f"""CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_searchentry
        BEGIN {REMOVE} {ADD} END""",
]
DROP = [
    "DROP TRIGGER search_entry_changed",
    "DROP TRIGGER search_entry_removed",
    "DROP TRIGGER search_entry_added",
    "DROP TABLE search_index",
]


def run(statements):
    def step(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            for statement in statements:
                schema_editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("search", "0001_entries")]

    operations = [migrations.RunPython(run(CREATE), run(DROP))]
