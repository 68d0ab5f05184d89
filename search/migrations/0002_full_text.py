"""The full text of entries, kept equal to them by the database itself.

On SQLite, stems and words in two tables of FTS5, written by triggers: of a stem, one asks in which
columns it is and never where. Their tokenizer separates nothing but ASCII, of which stems have
none: `unicode61` separates letters that are younger than it. Django makes a table anew to change
it, and its triggers go with the old one: a system check says when they are missing.

On PostgreSQL, computed columns of `tsvector`, names, summaries and topics each in its own, as a
weight is not in an index; and functions that always read the indexes. A `tsvector` may not pass a
megabyte, and an entry must never stop a publication: what the longest texts say after so many
characters is left out.
"""

from django.db import migrations

STEMS = "title_stems, wording_stems, lead_stems, topic_stems, body_stems, file_stems"
COLUMNS = f"{STEMS}, words"
TABLES = {"search_stems": STEMS, "search_words": "words"}
OF_ENTRIES = "content='search_searchentry', content_rowid='page_id'"


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
SQLITE_TRIGGERS = [
    *(f"DROP TRIGGER IF EXISTS search_entry_{act}" for act in ("added", "removed", "changed")),
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_searchentry BEGIN {ADD} END",
    f"CREATE TRIGGER search_entry_removed AFTER DELETE ON search_searchentry BEGIN {REMOVE} END",
    f"""CREATE TRIGGER search_entry_changed AFTER UPDATE OF {COLUMNS} ON search_searchentry
        BEGIN {REMOVE} {ADD} END""",
]
SQLITE = [
    f"CREATE VIRTUAL TABLE search_stems USING fts5({STEMS}, {OF_ENTRIES}, tokenize='ascii',"
    " detail=column)",
    f"CREATE VIRTUAL TABLE search_words USING fts5(words, {OF_ENTRIES},"
    " tokenize='unicode61 remove_diacritics 0', prefix='3 5')",
    *SQLITE_TRIGGERS,
]
SQLITE_BACK = [
    *(f"DROP TRIGGER IF EXISTS search_entry_{act}" for act in ("added", "removed", "changed")),
    *(f"DROP TABLE {table}" for table in TABLES),
]

LONGEST = 150_000  # characters of a body or of its words
NAMES = 15_000  # of a title, a summary, topics
OF_FILES = 60_000  # with those of the page they stay under the megabyte of a tsvector
NAMED = ("title_stems", "wording_stems")
VECTORS = {"named": NAMED, "led": ("lead_stems",), "about": ("topic_stems",)}


def vector(length: int, *columns: str) -> str:
    text = " || ' ' || ".join(columns)
    return f"to_tsvector('simple'::regconfig, left({text}, {length}))"


def weighted(weight: str, length: int, *columns: str) -> str:
    return f"setweight({vector(length, *columns)}, '{weight}')"


COMPUTED = {
    "stemmed": " || ".join(
        [
            weighted("A", NAMES, *NAMED),
            weighted("B", NAMES, "lead_stems", "topic_stems"),
            weighted("D", LONGEST, "body_stems"),
            weighted("C", OF_FILES, "file_stems"),
        ]
    ),
    "begun": vector(LONGEST, "words"),
    **{name: vector(NAMES, *columns) for name, columns in VECTORS.items()},
}
POSTGRESQL = [
    sql
    for name, computed in COMPUTED.items()
    for sql in (
        f"ALTER TABLE search_searchentry ADD {name} tsvector GENERATED ALWAYS AS ({computed}) STORED",
        f"CREATE INDEX search_entry_{name} ON search_searchentry USING gin ({name})",
        f"""CREATE FUNCTION search_holding_{name}(asked tsquery) RETURNS text
            LANGUAGE sql STABLE SET enable_seqscan = off AS
            $$ SELECT string_agg(page_id::text, ',') FROM search_searchentry
               WHERE {name} @@ asked $$""",
    )
]
POSTGRESQL_BACK = [
    *(f"DROP FUNCTION search_holding_{name}(tsquery)" for name in COMPUTED),
    *(f"ALTER TABLE search_searchentry DROP {name}" for name in COMPUTED),
]


def run(statements):
    def step(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return step


class Migration(migrations.Migration):
    replaces = [
        ("search", "0002_full_text_table"),
        ("search", "0005_first_names"),
        ("search", "0006_text_search_columns"),
        ("search", "0008_full_text_of_files"),
        ("search", "0009_entries_under_restrictions"),
        ("search", "0014_stems_apart"),
    ]
    dependencies = [("search", "0001_search")]

    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}),
        )
    ]
