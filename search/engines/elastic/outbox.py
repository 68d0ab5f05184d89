"""What the cluster must still hear: rows written with the pages, sent after their commit.

A row names a page; what is sent is its entry as it is then, with the row's number as its
version, so that an older writing never lands over a newer one, whoever sends it and in
whatever order. A row leaves once every index that must hear of it has, and shows it.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from time import monotonic, sleep

from django.db import Error, connection, transaction
from django.db.models import F, Min, Q, QuerySet
from django.db.models.signals import post_delete
from django.utils import timezone
from wagtail.models import Page

from search.engines.elastic import aliases, client
from search.engines.elastic.index import documents_of
from search.models import Outgoing, SearchEntry
from search.threads import OnDemand
from wiki.models.paths import from_page
from wiki.publishing import pipeline

logger = logging.getLogger(__name__)
BATCH = 500
FEW = 50  # pages shown at once; more of them wait for the index's own rhythm
LONGEST_WAIT = 60  # seconds between two tries of a page that the cluster refuses
LONGEST_OUTAGE = 8  # seconds between two looks at a cluster that does not answer
MOST_TRIES = 10  # that make the wait longer
IDLE = 5  # seconds that the thread stays without work
LOOK = 1  # seconds between two looks at an empty outbox
CONFLICT, NOT_FOUND = 409, 404


class Unreachable(Exception):
    """The cluster, or the index that it should have, is not there."""


# Writing


def note(page_ids: Iterable[int]) -> None:
    """Write, in the transaction under way, that the cluster must hear of these pages."""
    Outgoing.objects.bulk_create((Outgoing(page_id=pk) for pk in page_ids), batch_size=BATCH)
    transaction.on_commit(drainer.wake)


def connect() -> None:
    """Hear of what changes entries without passing by the engine."""
    post_delete.connect(on_deleted, sender=SearchEntry, dispatch_uid="outbox-deleted")
    pipeline.moved.add("cluster", note_below)
    pipeline.restricted.add("cluster", note_below)


def on_deleted(instance, **kwargs):
    note([instance.pk])


def note_below(page: Page, **what) -> None:
    note(entries_below(page))


def entries_below(page: Page) -> list[int]:
    below = SearchEntry.objects.filter(from_page(page, "page__path"))
    return list(below.order_by("pk").values_list("pk", flat=True))


# Sending


def due() -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(Q(not_before=None) | Q(not_before__lte=timezone.now()))


def drain() -> int:
    """Send all that is due; returns how many pages. Raises Unreachable."""
    sent = 0
    while rows := list(due().order_by("pk")[:BATCH]):
        sent += send(rows)
    return sent


def send(rows: list[Outgoing]) -> int:
    """Tell the cluster of the pages of these rows, and forget those rows that it took."""
    versions = {row.page_id: row.pk for row in rows}  # rows come in order: the newest stays
    try:
        targets = aliases.written()
        outcomes = list(send_pages(versions, targets))
    except client.writing().failures as failure:
        raise Unreachable(str(failure)) from failure
    record_answers(rows, {pk: status for pk, status in outcomes if status >= 300})
    return len(versions)


def send_pages(versions: dict[int, int], targets: list[str]) -> Iterator[tuple[int, int]]:
    """Each page with the status of each of its targets; below 300 when it is as it should be."""
    documents = dict(documents_of(versions))
    asked = [action(pk, documents.get(pk), versions[pk], to) for pk in versions for to in targets]
    shown = "true" if len(versions) <= FEW else "wait_for"
    for _taken, outcome in client.writing().bulk(asked, refresh=shown, require_alias=True):
        [answer] = outcome.values()
        is_gone = answer["status"] == NOT_FOUND and "error" not in answer
        yield int(answer["_id"]), 200 if is_gone else answer["status"]


def action(pk: int, document: dict | None, version: int, target: str) -> dict:
    """A page without entry is deleted from the index."""
    about = {"_index": target, "_id": pk, "version": version, "version_type": "external_gte"}
    if document is None:
        return {"_op_type": "delete", **about}
    return {"_op_type": "index", **about, "_source": document}


def record_answers(rows: list[Outgoing], refused: dict[int, int]) -> None:
    """Forget the rows of pages that the cluster took; try the others again, later and later.

    A conflict says that the index has a newer version. Two transactions may have written in
    another order than that of their numbers: the page is sent again under a new number.
    """
    wrong = {pk for pk, status in refused.items() if status != CONFLICT}
    done = [row.pk for row in rows if row.page_id not in wrong]
    newest = {row.page_id: row for row in rows}
    late = [newest[pk] for pk in refused.keys() - wrong]
    with transaction.atomic():
        Outgoing.objects.filter(pk__in=done).delete()
        Outgoing.objects.bulk_create(
            Outgoing(page_id=row.page_id, tries=row.tries + 1, not_before=later(row.tries))
            for row in late
        )
        for pk in wrong:
            logger.warning("The cluster refuses page %s: status %s", pk, refused[pk])
            same = Outgoing.objects.filter(page_id=pk, pk__lte=newest[pk].pk)
            same.update(tries=F("tries") + 1, not_before=later(newest[pk].tries))


def later(tries: int):
    return timezone.now() + timedelta(seconds=wait_after(tries))


def wait_after(tries: int) -> int:
    return min(2 ** min(tries, MOST_TRIES), LONGEST_WAIT)


def until_due() -> float | None:
    """Seconds until the next row is due; None when there is none."""
    if due().exists():
        return 0.0
    soonest = Outgoing.objects.aggregate(soonest=Min("not_before"))["soonest"]
    return max((soonest - timezone.now()).total_seconds(), 0.1) if soonest else None


def never() -> bool:
    return False


class Drainer(OnDemand):
    """A thread of this process that drains the outbox while there is something to send.

    It starts with the first commit, and ends when it has had nothing to do for a while: what
    a process leaves when it dies, the next one that publishes or searches sends.
    """

    name = "search-outbox"

    def work(self, is_told_to_stay: Callable[[], bool] = never, waiting=None) -> None:
        """Until there is nothing left to do; with `waiting`, which replaces the pause, until it
        is not told to stay. Another process may have written what this one was not woken for:
        it looks every second. A cluster that does not answer is left alone for a while,
        whatever is published."""
        failures, until = 0, monotonic() + IDLE
        while is_told_to_stay() or (waiting is None and monotonic() < until):
            self.woken.clear()
            wait, failures = self.turn(failures)
            if wait is not None:
                until = monotonic() + wait + IDLE
            pause = waiting or (sleep if failures else self.woken.wait)
            pause(LOOK if wait is None else wait)

    def turn(self, failures: int) -> tuple[float | None, int]:
        """Drain once; returns the seconds to wait, None without work, and the failures so far."""
        connection.close_if_unusable_or_obsolete()
        try:
            drain()
            return until_due(), 0
        except (Unreachable, Error) as failure:
            if not failures:
                logger.warning("The search cluster hears of nothing: %s", failure)
            return min(wait_after(failures), LONGEST_OUTAGE), failures + 1


drainer = Drainer()
