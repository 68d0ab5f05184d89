"""The full text of attached files: a column more in the full-text tables of both databases.

On SQLite an entry whose texts stay as they are is not written into the full-text table again.
"""

from importlib import import_module

from django.db import migrations

COLUMNS = "title_stems, wording_stems, lead_stems, topic_stems, body_stems, file_stems, words"
NEW = ", ".join(f"new.{name}" for name in COLUMNS.split(", "))
OLD = ", ".join(f"old.{name}" for name in COLUMNS.split(", "))
REMOVE = f"INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.page_id, {OLD});"
ADD = f"INSERT INTO search_index(rowid, {COLUMNS}) VALUES (new.page_id, {NEW});"
before = import_module("search.migrations.0002_full_text_table")
columns = import_module("search.migrations.0006_text_search_columns")

# Django makes the table anew to add a column, and its triggers go with the old one.
GONE = [sql.replace("DROP TRIGGER", "DROP TRIGGER IF EXISTS") for sql in before.DROP]
SQLITE = [
    *GONE,
    f"""CREATE VIRTUAL TABLE search_index USING fts5(
        {COLUMNS}, content='search_searchentry', content_rowid='page_id',
        tokenize='unicode61 remove_diacritics 0', prefix='3 5')""",
    f"""CREATE TRIGGER search_entry_added AFTER INSERT ON search_searchentry
        BEGIN {ADD} END""",
    f"""CREATE TRIGGER search_entry_removed AFTER DELETE ON search_searchentry
        BEGIN {REMOVE} END""",
    f"""CREATE TRIGGER search_entry_changed AFTER UPDATE OF {COLUMNS} ON search_searchentry
        BEGIN {REMOVE} {ADD} END""",
    "INSERT INTO search_index(search_index) VALUES ('rebuild')",
]
SQLITE_BACK = [
    *GONE,
    *before.CREATE,
    "INSERT INTO search_index(search_index) VALUES ('rebuild')",
]
OF_FILES = 60_000  # signs: with those of the page they stay under the megabyte of a tsvector
STEMMED = " || ".join([columns.STEMMED, columns.of("C", OF_FILES, "file_stems")])
POSTGRESQL = [
    "ALTER TABLE search_searchentry DROP stemmed",
    f"ALTER TABLE search_searchentry ADD stemmed tsvector GENERATED ALWAYS AS ({STEMMED}) STORED",
    "CREATE INDEX search_entry_stemmed ON search_searchentry USING gin (stemmed)",
]
POSTGRESQL_BACK = [
    "ALTER TABLE search_searchentry DROP stemmed",
    *(sql for sql in columns.CREATE if "begun" not in sql),
]


def run(statements):
    def step(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("search", "0007_richer_entries")]

    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}),
        )
    ]
