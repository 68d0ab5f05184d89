"""The search engine must suit the database: said at start, not at the first query."""

from django.conf import settings
from django.core.checks import Error, register
from django.db import connection


def register_all() -> None:
    register(engine_suits_database)


NEEDS = {
    "embedded": ("sqlite", "The embedded search needs SQLite.", "search.E001"),
    "postgres": ("postgresql", "The PostgreSQL search needs PostgreSQL.", "search.E002"),
}
HINT = "Leave SEARCH_URL out: the database of DATABASE_URL says it. See docs/settings.md."


def engine_suits_database(app_configs, **kwargs) -> list[Error]:
    scheme = settings.SEARCH_URL.partition(":")[0]
    vendor, message, name = NEEDS.get(scheme, (connection.vendor, "", ""))
    return [] if vendor == connection.vendor else [Error(message, hint=HINT, id=name)]
