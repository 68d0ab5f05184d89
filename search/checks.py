"""The search engine must suit the database: said at start, not at the first query."""

from django.conf import settings
from django.core.checks import Error, register
from django.db import connection


def register_all() -> None:
    register(engine_suits_database)


def engine_suits_database(app_configs, **kwargs) -> list[Error]:
    if settings.SEARCH_URL.startswith("embedded:") and connection.vendor != "sqlite":
        return [
            Error(
                "The embedded search needs SQLite.",
                hint="Give DATABASE_URL an sqlite:// address. See docs/settings.md.",
                id="search.E001",
            )
        ]
    return []
