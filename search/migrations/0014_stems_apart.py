"""On SQLite, stems and words in two full-text tables: of a stem, one asks in which columns it is
and never where, so that their table is a tenth as large, and quicker to read and to write.

Its tokenizer parts nothing but ASCII signs, of which stems have none: `unicode61` parts letters
that are younger than it, and would look for one stem as for several words in a row.

On PostgreSQL, names, summaries and topics in columns of their own, as a weight is not in an
index; and functions that always read the indexes.
"""

from importlib import import_module

from django.db import migrations

before = import_module("search.migrations.0008_full_text_of_files")
columns = import_module("search.migrations.0006_text_search_columns")
STEMS = before.COLUMNS.removesuffix(", words")
TABLES = {"search_stems": STEMS, "search_words": "words"}


def values(row: str, columns: str) -> str:
    return ", ".join(f"{row}.{name}" for name in ["page_id", *columns.split(", ")])


ADD = " ".join(
    f"INSERT INTO {table}(rowid, {columns}) VALUES ({values('new', columns)});"
    for table, columns in TABLES.items()
)
REMOVE = " ".join(
    f"INSERT INTO {table}({table}, rowid, {columns}) VALUES ('delete', {values('old', columns)});"
    for table, columns in TABLES.items()
)
OF_ENTRIES = "content='search_searchentry', content_rowid='page_id'"
CREATE = [
    f"CREATE VIRTUAL TABLE search_stems USING fts5({STEMS}, {OF_ENTRIES}, tokenize='ascii',"
    " detail=column)",
    f"CREATE VIRTUAL TABLE search_words USING fts5(words, {OF_ENTRIES},"
    " tokenize='unicode61 remove_diacritics 0', prefix='3 5')",
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_searchentry BEGIN {ADD} END",
    f"CREATE TRIGGER search_entry_removed AFTER DELETE ON search_searchentry BEGIN {REMOVE} END",
    f"""CREATE TRIGGER search_entry_changed AFTER UPDATE OF {before.COLUMNS} ON search_searchentry
        BEGIN {REMOVE} {ADD} END""",
    *(f"INSERT INTO {table}({table}) VALUES ('rebuild')" for table in TABLES),
]
DROP = [sql for sql in before.GONE if "TRIGGER" in sql]
VECTORS = {
    "named": ("title_stems", "wording_stems"),
    "led": ("lead_stems",),
    "about": ("topic_stems",),
}


def vector(texts: tuple[str, ...]) -> str:
    whole = " || ' ' || ".join(texts)
    return f"to_tsvector('simple'::regconfig, left({whole}, {columns.NAMES}))"


ADD_VECTORS = [
    sql
    for name, texts in VECTORS.items()
    for sql in (
        f"ALTER TABLE search_searchentry ADD {name} tsvector"
        f" GENERATED ALWAYS AS ({vector(texts)}) STORED",
        f"CREATE INDEX search_entry_{name} ON search_searchentry USING gin ({name})",
    )
]
ADD_FUNCTIONS = [
    f"""CREATE FUNCTION search_holding_{name}(asked tsquery) RETURNS text
        LANGUAGE sql STABLE SET enable_seqscan = off AS
        $$ SELECT string_agg(page_id::text, ',') FROM search_searchentry WHERE {name} @@ asked $$"""
    for name in ("stemmed", "begun", *VECTORS)
]
DROP_FUNCTIONS = [
    f"DROP FUNCTION search_holding_{name}(tsquery)" for name in ("stemmed", "begun", *VECTORS)
]
DROP_VECTORS = [f"ALTER TABLE search_searchentry DROP {name}" for name in VECTORS]


def run(statements):
    def step(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return step


FORTH = [*DROP, "DROP TABLE search_index", *CREATE]
BACK = [
    *DROP,
    *(f"DROP TABLE {table}" for table in TABLES),
    *(sql for sql in before.SQLITE if "DROP" not in sql),
]


class Migration(migrations.Migration):
    dependencies = [("search", "0013_first_synonyms")]

    operations = [
        migrations.RunPython(
            run({"sqlite": FORTH, "postgresql": ADD_VECTORS + ADD_FUNCTIONS}),
            run({"sqlite": BACK, "postgresql": DROP_FUNCTIONS + DROP_VECTORS}),
        )
    ]
