"""Indexes of Wagtail's table of pages that Wagtail does not make: every screen asks for a page
by its address, and for the sections in the menus; without them that reads the whole table.

Made after each `migrate`, and not by a migration: on SQLite, a later migration of Wagtail that
changes the table makes it anew with its own indexes only.
"""

from django.db import connections

PAGES = "wagtailcore_page"
IN_MENUS = "wiki_page_in_menus", "(depth) WHERE show_in_menus"
BY_ADDRESS = "wiki_page_url_path", "(url_path)"


def make(using: str = "default", **kwargs) -> None:
    """Listens to `post_migrate`; idempotent."""
    connection = connections[using]
    if PAGES not in connection.introspection.table_names():
        return
    # An address may be longer than a row of PostgreSQL's usual index.
    kind = "USING hash " if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name, columns in (IN_MENUS, (BY_ADDRESS[0], kind + BY_ADDRESS[1])):
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {PAGES} {columns}")
