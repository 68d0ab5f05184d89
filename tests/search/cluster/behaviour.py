"""What a cluster adds to the search: the outbox, outages, rights on the way, a new index."""

import threading
import time
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from search.engine import get_engine
from search.engines.elastic import aliases, client, outbox, rebuild
from search.models import Outgoing, SearchEntry
from tests import factories
from wiki.organizing import actions as arranging

PATIENCE = 30  # seconds after which a test says that what it waits for does not come
ANYBODY = AnonymousUser()


def found(query: str = "zorblinette", user=ANYBODY, **options) -> list[str]:
    results = get_engine().search(query, user, **options)
    return [hit.page.title for hit in results.hits]


def until(is_so) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.05)


def is_sent() -> bool:
    return not Outgoing.objects.exists()


def held(pk: int) -> dict | None:
    """What the index itself holds of a page."""
    answer = client.writing().search(
        index=aliases.alias(), body={"query": {"term": {"page_id": pk}}, "version": True}
    )
    return next(iter(answer["hits"]["hits"]), None)


def call(*words, **options) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


# From the page to the index


def test_a_publication_is_in_the_index_within_two_seconds(committed):
    start = time.monotonic()
    made = factories.page(title="Zorblinette")
    until(lambda: held(made.pk))
    assert found() == ["Zorblinette"]
    assert time.monotonic() - start < 2  # a prescore of the search, not a measure
    until(is_sent)


def test_what_is_unpublished_or_deleted_leaves_the_index(committed):
    closed, gone = factories.page(title="Zorblinette"), factories.page(title="Zorblinette 2")
    until(is_sent)
    assert sorted(found()) == ["Zorblinette", "Zorblinette 2"]
    closed.unpublish()
    type(gone).objects.get(pk=gone.pk).delete()
    until(is_sent)
    assert (held(closed.pk), held(gone.pk)) == (None, None)
    assert found() == []


def test_nothing_is_sent_of_what_is_rolled_back(committed):
    with pytest.raises(RuntimeError), transaction.atomic():
        made = factories.page(title="Zorblinette")
        raise RuntimeError
    assert is_sent()
    assert held(made.pk) is None


def test_an_older_writing_never_lands_over_a_newer_one(db):
    made = factories.page(title="Zorblinette")
    [*_others, last] = Outgoing.objects.order_by("pk")
    outbox.drain()
    factories.edited(made, title="Brimborion")
    outbox.drain()
    late = {made.pk: {**held(made.pk)["_source"], "title": "Zorblinette"}}
    statuses = send_again(late, last.pk)
    assert statuses == [outbox.CONFLICT]
    assert held(made.pk)["_source"]["title"] == "Brimborion"


def test_an_older_writing_does_not_bring_back_what_is_deleted(db):
    made = factories.page(title="Zorblinette")
    [*_others, last] = Outgoing.objects.order_by("pk")
    outbox.drain()
    document = held(made.pk)["_source"]
    made.unpublish()
    outbox.drain()
    assert send_again({made.pk: document}, last.pk) == [outbox.CONFLICT]
    assert held(made.pk) is None


def send_again(documents: dict[int, dict], version: int) -> list[int]:
    actions = [outbox.action(pk, text, version, aliases.alias()) for pk, text in documents.items()]
    outcomes = client.writing().bulk(actions, refresh="true")
    return [outcome["index"]["status"] for _taken, outcome in outcomes]


def test_sending_twice_changes_nothing(db):
    made = factories.page(title="Zorblinette")
    rows = list(Outgoing.objects.filter(page_id=made.pk).order_by("pk"))
    outbox.drain()
    before = held(made.pk)
    Outgoing.objects.bulk_create(rows)
    outbox.drain()
    assert held(made.pk) == before
    assert is_sent()


def test_a_page_whose_number_came_too_late_is_sent_under_a_new_one(db):
    """Of two transactions, the one that wrote first may commit last."""
    made = factories.page(title="Zorblinette")
    outbox.drain()
    newer = held(made.pk)["_version"] + 100
    send_again({made.pk: held(made.pk)["_source"]}, newer)
    SearchEntry.objects.filter(pk=made.pk).update(text="brimborion")
    Outgoing.objects.create(pk=newer - 1, page_id=made.pk)
    outbox.drain()
    Outgoing.objects.update(not_before=None)
    Outgoing.objects.bulk_create([Outgoing(pk=newer + 1, page_id=made.pk)])
    outbox.drain()
    assert held(made.pk)["_source"]["text"] == "brimborion"
    assert is_sent()


def test_a_document_that_the_cluster_refuses_waits_longer_and_longer(db, monkeypatch):
    made = factories.page(title="Zorblinette")
    outbox.drain()
    Outgoing.objects.create(page_id=made.pk)
    wrong = [(made.pk, {"changed_at": "not a date"})]
    monkeypatch.setattr(outbox, "documents_of", lambda ids: wrong)
    waits = []
    for _turn in range(3):
        outbox.drain()
        row = Outgoing.objects.get()
        waits.append((row.not_before - outbox.timezone.now()).total_seconds())
        Outgoing.objects.update(not_before=None)
    assert row.tries == 3
    assert waits == sorted(waits) and waits[2] > 2 * waits[0]


# Rights, whatever the cluster has heard of


@pytest.fixture
def nothing_sent(monkeypatch):
    """A cluster that hears of nothing: the thread sleeps."""

    def fall_asleep():
        monkeypatch.setattr(outbox.drainer, "wake", lambda: None)
        monkeypatch.setattr(outbox, "drain", lambda: 0)

    yield fall_asleep
    monkeypatch.undo()
    outbox.drainer.wake()


@pytest.mark.parametrize("has_heard", [True, False])
def test_a_page_moved_below_a_closed_one_is_neither_found_nor_counted(
    committed, nothing_sent, has_heard
):
    closed = factories.page(title="Coulisses")
    factories.restricted_to_login(closed)
    made = factories.page(title="Zorblinette", topics=["brimborion"])
    until(is_sent)
    assert get_engine().search("zorblinette", ANYBODY).total == 1
    if not has_heard:
        nothing_sent()
    arranging.move(made, closed, factories.person("Animateurs"))
    if has_heard:
        until(is_sent)
        assert held(made.pk)["_source"]["restrictions"]
    results = get_engine().search("zorblinette", ANYBODY)
    assert (results.hits, results.total, results.facets) == ([], 0, {})
    assert not results.degraded
    assert results.is_late is not has_heard
    assert found(user=factories.person("Contributeurs")) == ["Zorblinette"]


# Outages


def test_without_the_cluster_the_database_answers_and_it_catches_up_afterwards(
    committed, monkeypatch
):
    factories.page(title="Zorblinette")
    until(is_sent)
    committed.kill(0)
    try:
        factories.page(title="Zorblinette bis")
        results = get_engine().search("zorblinette", ANYBODY)
        assert results.degraded
        assert sorted(hit.page.title for hit in results.hits) == ["Zorblinette", "Zorblinette bis"]
        with pytest.raises(CommandError, match="ne répond pas"):
            call("search_worker", "--once")
        with monkeypatch.context() as not_asked_again:
            not_asked_again.setattr(client, "reading", lambda: pytest.fail("it was asked"))
            assert get_engine().search("numérique", ANYBODY).degraded
        assert Outgoing.objects.exists()
    finally:
        committed.start_again()
    until(is_sent)
    get_engine().shut_until = 0
    results = get_engine().search("zorblinette", ANYBODY)
    assert (results.degraded, results.total) == (False, 2)
    assert rebuild.faults() == []


def test_a_cluster_that_is_far_behind_is_not_asked(committed, nothing_sent):
    nothing_sent()
    late = [Outgoing(page_id=pk, not_before=outbox.later(1)) for pk in range(50_000, 50_501)]
    Outgoing.objects.bulk_create(late)
    results = get_engine().search("numérique", ANYBODY)
    assert results.degraded and results.total
    Outgoing.objects.all().delete()


def test_the_worker_sends_what_waits(committed, monkeypatch):
    with monkeypatch.context() as asleep:
        asleep.setattr(outbox.drainer, "wake", lambda: None)
        factories.page(title="Zorblinette")
        assert "envoyée" in call("search_worker", "--once")
        assert is_sent()
        assert "0 page" in call("search_worker", "--once")


# A new index


def test_an_index_made_again_under_writings_loses_nothing(committed):
    old = aliases.behind(aliases.alias())
    stop = threading.Event()
    written: list[str] = []
    writer = threading.Thread(target=publish_until, args=(stop, written))
    writer.start()
    try:
        rebuild.rebuild()
        until(lambda: len(written) > 3)
        rebuild.rebuild()
    finally:
        stop.set()
        writer.join()
    assert aliases.behind(aliases.alias()) != old
    assert not client.writing().indices.exists(index=old[0])
    assert written
    assert rebuild.faults() == []
    assert sorted(found(limit=1000)) == sorted(written)


def publish_until(stop: threading.Event, written: list[str]) -> None:
    try:
        while not stop.is_set():
            title = f"Zorblinette {len(written)}"
            factories.page(title=title)
            written.append(title)
            stop.wait(0.1)
    finally:
        connection.close()


def test_readers_have_the_old_index_until_the_new_one_is_whole(committed, monkeypatch):
    factories.page(title="Zorblinette")
    until(is_sent)
    monkeypatch.setattr(rebuild, "fill", lambda ids: pytest.fail("it stops here"))
    with pytest.raises(pytest.fail.Exception):
        rebuild.rebuild()
    assert found() == ["Zorblinette"]
    assert aliases.behind(aliases.building()) == []
    assert rebuild.faults() == []


def test_the_check_says_what_differs(committed):
    made = factories.page(title="Zorblinette")
    until(is_sent)
    assert "pages publiées" in call("reindex", "--check")
    client.writing().raw.delete(
        index=aliases.alias(), id=made.pk, version=10**9, version_type="external"
    )
    stray = {"page_id": 999_999, "digest": "?"}
    assert send_again({999_999: stray}, 1) == [201]
    with pytest.raises(CommandError, match="2 défauts"):
        call("reindex", "--check")
    call("reindex", verbosity=0)
    assert "pages publiées" in call("reindex", "--check")
