"""A scratch site for benches: its own folder and database, gone at the end."""

import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgresql")
ENGINES = (*DATABASES, "opensearch")
PATIENCE = 60  # seconds


def set_up(
    folder: str | None = None, database: str = "", settings: str = "kb.settings.dev"
) -> Path:
    """Set Django up on an empty, migrated site; returns its DATA_DIR.

    `folder`: the DATA_DIR of a site made before, to join it from another process.
    `database`: a DATABASE_URL; by default an SQLite database in the folder.
    """
    made = Path(folder or tempfile.mkdtemp(prefix="passerelles-bench-"))
    os.environ.update(DATA_DIR=str(made), TEST_DIR=str(made), DJANGO_SETTINGS_MODULE=settings)
    os.environ.pop("DATABASE_URL", None)
    if database:
        os.environ["DATABASE_URL"] = database
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    if folder is None:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("create_site", verbosity=0)
    return made


def apart(run, *arguments) -> None:
    """`run(*arguments)` in a process of its own, so that each has a Django of its own.

    Raises SystemExit when it did not end well: a bench that stopped has not measured.
    """
    process = multiprocessing.get_context("fork").Process(target=run, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)


def forget_pages() -> None:
    """What is kept of whole pages; a former version kept it in Django's cache."""
    from django.core.cache import cache

    cache.clear()
    with suppress(ImportError):
        from wiki.http.kept_pages import kept_pages

        kept_pages.forget()


def clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def address_of(kind: str) -> Iterator[str]:
    """The DATABASE_URL of a new database of one of DATABASES; empty for SQLite's own file."""
    if kind == "sqlite":
        yield ""
        return
    from scripts.postgresql import cluster

    with cluster() as server:
        yield server.create("passerelles")


def on_each_database(run, options) -> bool:
    """`run(database, options, outcome)` for each of those asked for, in a process of its own;
    whether all of them put True in their queue."""
    context, right = multiprocessing.get_context("spawn"), True
    for database in options.database or DATABASES:
        outcome = context.Queue()
        process = context.Process(target=run, args=(database, options, outcome))
        process.start()
        process.join()
        right = process.exitcode == 0 and outcome.get() and right
    return right


@contextmanager
def engine_of(kind: str) -> Iterator[str]:
    """The DATABASE_URL for one of ENGINES; a cluster indexes a site on SQLite."""
    if kind != "opensearch":
        with address_of(kind) as address:
            yield address
        return
    from scripts import opensearch

    with opensearch.cluster() as cluster:
        os.environ["SEARCH_URL"] = cluster.url
        try:
            yield ""
        finally:
            del os.environ["SEARCH_URL"]


def fill_cluster() -> None:
    """What was written past the outbox goes to the cluster, which is given all its time to answer
    on a loaded machine; nothing on the other engines."""
    from search.engine import is_cluster
    from search.engines.elastic import client, rebuild

    if is_cluster():
        client.READING = PATIENCE
        client.reading.cache_clear()
        rebuild.rebuild()
