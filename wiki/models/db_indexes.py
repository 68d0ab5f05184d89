"""Indexes that no migration makes.

Of Wagtail's table of pages: every screen asks for a page by its address, and for the sections in
the menus, and counts those below a page that are published; acts and the admin ask for the pages
right below one and their addresses, and for all those below. Without them that reads the whole
table. Of the kinds of pages: the day when somebody should read them
again, which few have, the day that they are about, and the words that place them beside others.

Made after each `migrate`, and not by a migration: on SQLite, a later migration of Wagtail that
changes the table makes it anew with its own indexes only; a new kind of page has its own at once.
"""

from collections.abc import Iterator

from django.db import connections
from wagtail.models import get_page_models

PAGES = "wagtailcore_page"
IN_MENUS = "wiki_page_in_menus", "(depth) WHERE show_in_menus"
PUBLISHED = "wiki_page_live_path", "(path) WHERE live"
CHILDREN = "wiki_page_depth_path_slug", "(depth, path, slug)"
# On SQLite « LIKE » has no case: it goes by such an index only. Wagtail and Treebeard find by it
# what stands below a page. PostgreSQL has one, which Django makes for any unique text.
BELOW = "wiki_page_path_like", "(path COLLATE NOCASE)"
BY_ADDRESS = "wiki_page_url_path", "(url_path)"
TO_READ_AGAIN = "(review_on) WHERE review_on IS NOT NULL"


def make(using: str = "default", **kwargs) -> None:
    """Listens to `post_migrate`; idempotent."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, name, columns in wanted(connection.vendor):
            if table in tables:
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} {columns}")


def wanted(vendor: str) -> Iterator[tuple[str, str, str]]:
    """(table, name, columns) of each."""
    # An address may be longer than a row of PostgreSQL's usual index.
    kind = "USING hash " if vendor == "postgresql" else ""
    yield PAGES, *IN_MENUS
    yield PAGES, BY_ADDRESS[0], kind + BY_ADDRESS[1]
    yield PAGES, *PUBLISHED
    yield PAGES, *CHILDREN
    if vendor == "sqlite":
        yield PAGES, *BELOW
    for model in get_page_models():
        names = {field.name for field in model._meta.local_fields}
        table = model._meta.db_table
        if "review_on" in names:
            yield table, f"{table}_to_read_again", TO_READ_AGAIN
        for name in sorted(names & set(compared(model))):
            yield table, f"{table}_by_{name}", f"({name})"


def compared(model) -> Iterator[str]:
    """The fields of a kind of page by which others are found; a key to another page has an index
    of its own."""
    placing = getattr(model, "placing_fields", ())
    for name in (getattr(model, "day_field", ""), *placing):
        if name and model._meta.get_field(name).get_internal_type() in {"DateField", "CharField"}:
            yield name
