"""The columns that the PostgreSQL engine reads: computed by the database, so never behind.

A `tsvector` may not pass a megabyte, and an entry must never stop a publication: what the
longest texts say after so many signs is left out. No text of that length, whatever its
alphabet, reaches the megabyte.
"""

from django.db import migrations

LONGEST = 150_000
NAMES = 15_000


def of(weight: str, length: int, *columns: str) -> str:
    text = " || ' ' || ".join(columns)
    return f"setweight(to_tsvector('simple'::regconfig, left({text}, {length})), '{weight}')"


STEMMED = " || ".join(
    [
        of("A", NAMES, "title_stems", "wording_stems"),
        of("B", NAMES, "lead_stems", "topic_stems"),
        of("D", LONGEST, "body_stems"),
    ]
)
CREATE = [
    f"ALTER TABLE search_searchentry ADD stemmed tsvector GENERATED ALWAYS AS ({STEMMED}) STORED",
    "ALTER TABLE search_searchentry ADD begun tsvector"
    f" GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, left(words, {LONGEST}))) STORED",
    "CREATE INDEX search_entry_stemmed ON search_searchentry USING gin (stemmed)",
    "CREATE INDEX search_entry_begun ON search_searchentry USING gin (begun)",
]
DROP = [
    "ALTER TABLE search_searchentry DROP begun",
    "ALTER TABLE search_searchentry DROP stemmed",
]


def run(statements):
    def step(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("search", "0005_first_names")]

    operations = [migrations.RunPython(run(CREATE), run(DROP))]
