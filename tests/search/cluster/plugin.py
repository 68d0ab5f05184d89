"""Runs tests on a real OpenSearch: `python -m pytest -p tests.search.cluster.plugin …`.

The server lives as long as this pytest. Tests that are rolled back never commit, so nothing
is drained by itself: the outbox is drained in their transaction before each search, and what
they wrote is undone in the index before the next test. Tests that ask for `committed` really
commit, and the site's own thread drains.
"""

import os
from contextlib import ExitStack

import pytest

from scripts import opensearch

left_open = ExitStack()
server = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests():
    """Before Django reads its settings."""
    global server
    server = left_open.enter_context(opensearch.cluster(java=int(os.environ.get("JAVA", 0))))
    os.environ["SEARCH_URL"] = server.url


def pytest_unconfigure():
    left_open.close()


def pytest_collection_finish():
    """What the demonstration commits is sent by hand: no thread works between two tests."""
    from search.engines.elastic import outbox

    outbox.IDLE = 0.2
    outbox.drainer.wake = lambda: None


class Followed:
    """What was sent, so that it can be undone: pages, and the highest version."""

    def __init__(self):
        self.pages: set[int] = set()
        self.version = 0

    def follow(self, send):
        def sent(rows):
            self.pages.update(row.page_id for row in rows)
            self.version = max(self.version, *(row.pk for row in rows))
            return send(rows)

        return sent

    def undo(self) -> None:
        """Send these pages again, under numbers that no test has used: SQLite gives the
        numbers of what was rolled back again."""
        from django.db.models import Max

        from search.engines.elastic import outbox
        from search.models import Outgoing

        pages, self.pages = self.pages or {0}, set()
        newest = Outgoing.objects.aggregate(newest=Max("pk"))["newest"] or 0
        start = max(self.version, newest) + 1
        Outgoing.objects.bulk_create(
            Outgoing(id=start + rank, page_id=pk) for rank, pk in enumerate(sorted(pages))
        )
        outbox.drain()
        self.pages -= pages


@pytest.fixture(scope="session")
def followed(django_db_setup, django_db_blocker):
    """After the demonstration: the index of the cluster, and an engine that is followed."""
    from django.core.management import call_command

    from search.engines.elastic import outbox

    followed = Followed()
    outbox.send = followed.follow(outbox.send)
    with django_db_blocker.unblock():
        call_command("reindex", verbosity=0)
        outbox.drain()
    return followed


@pytest.fixture(autouse=True)
def _the_cluster_as_the_pages(request, followed, monkeypatch):
    from search.engine import get_engine

    get_engine().shut_until = 0
    if "committed" in request.fixturenames:
        yield
        return
    request.getfixturevalue("db")
    monkeypatch.setattr(type(get_engine()), "search", drained(type(get_engine()).search))
    followed.undo()
    yield


def drained(search):
    """A search of an index that has heard of everything; on the cluster, or it fails."""
    from search.engines.elastic import outbox

    def found(engine, *args, **options):
        outbox.drain()
        results = search(engine, *args, **options)
        assert not results.degraded
        return results

    return found


@pytest.fixture
def committed(followed, django_db_blocker):
    """The server, and the database itself: what the test publishes is really there, and is
    deleted at the end."""
    from wagtail.models import Page

    from search.engines.elastic import outbox

    with django_db_blocker.unblock():
        followed.undo()
        before = set(Page.objects.values_list("pk", flat=True))
        asleep = vars(outbox.drainer).pop("wake")
        yield server
        outbox.drainer.wake = asleep
        if outbox.drainer.thread:
            outbox.drainer.thread.join()
        made = Page.objects.exclude(pk__in=before).order_by("-depth")
        for pk in list(made.values_list("pk", flat=True)):
            Page.objects.get(pk=pk).delete()
        outbox.drain()
