"""The database of DATABASE_URL, how long one waits there to write, and the search within it."""

from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

KEPT_OPEN = 60  # seconds: opening SQLite again and its PRAGMAs cost more than a warm page
SQLITE_OPTIONS = {
    # One writer at a time, taken at BEGIN: a transaction that reads and then writes
    # never meets "database is locked"; it waits its turn, 20 seconds at most.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Pages of the file are read where the system has them, once for all processes: copying
    # them into each one's own cache costs more than finding what they hold.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;"
        "PRAGMA mmap_size=1073741824;"
    ),
}
# Nobody waits for a lock longer than with SQLite.
POSTGRESQL_OPTIONS = {"options": "-c lock_timeout=20s"}


def database(url: str, data_dir: Path) -> dict:
    """Django's description of a database; raises ImproperlyConfigured on other engines."""
    own = f"sqlite:///{data_dir / 'passerelles.sqlite3'}"
    config = dj_database_url.parse(url or own, conn_max_age=KEPT_OPEN, conn_health_checks=True)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {**config.get("OPTIONS", {}), **SQLITE_OPTIONS}
    elif config["ENGINE"].endswith("postgresql"):
        config["OPTIONS"] = {**POSTGRESQL_OPTIONS, **config.get("OPTIONS", {})}
    else:
        raise ImproperlyConfigured("DATABASE_URL must start with sqlite:// or postgres://.")
    return config


def own_search(database: dict) -> str:
    """The SEARCH_URL of the full-text index that stands in this database itself."""
    return "embedded://" if database["ENGINE"].endswith("sqlite3") else "postgres://"
