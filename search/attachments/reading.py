"""Reads the attached files that wait, and keeps the entries of the pages that show them."""

import logging
from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import Page

from search.attachments import queue
from search.engine import index_again
from search.indexing import reading
from search.indexing.files import documents_of, pages_showing, readings
from search.models import FileText
from wiki.models import SiteRevision

log = logging.getLogger(__name__)


class Seen(NamedTuple):
    """The documents of a page, and those that were read, with what tells two readings apart."""

    documents: list[int]
    readings: list[tuple]


def drain() -> Iterator[str]:
    """Read the files that wait, one after the other; the state of each."""
    queue.note_missing()
    while claimed := queue.claim(FileText.objects.waiting()):
        yield read(claimed)


def drain_again() -> Iterator[str]:
    """Read all files, those that were read too; what they said is found meanwhile."""
    queue.note_missing()
    for pk in list(FileText.objects.order_by("pk").values_list("pk", flat=True)):
        if claimed := queue.claim(FileText.objects.filter(pk=pk)):
            yield read(claimed)


def read(claimed: FileText) -> str:
    """What became of a claimed file; « waiting » when nothing did, for a fault of ours.

    Raises nothing: the fault is logged, and the file is tried again when its lease ends.
    """
    try:
        document = get_document_model().objects.filter(pk=claimed.pk).first()
        digest = reading.digest_of(document) if document else ""
        state, text = reading.outcome(document) if document else (FileText.State.UNREADABLE, "")
        return state if queue.settle(claimed, state, text, digest) else FileText.State.WAITING
    except Exception:
        log.exception("The text of document %s was not read.", claimed.pk)
        return FileText.State.WAITING


def index_pages_showing(document_id: int) -> None:
    """For a document that is no more; one transaction a page, so that nobody waits for long."""
    for pk in pages_showing([document_id]):
        index_page(pk)


@transaction.atomic
def index_page(page_id: int) -> None:
    """Index a page anew, for its files changed; kept answers end, as with a publication."""
    index_again([page_id])
    SiteRevision.bump()


def seen_by(page: Page) -> Seen:
    """To be asked before a page is indexed, for `index_if_behind`."""
    ids = documents_of(page)
    return Seen(ids, readings(ids) if ids else [])


def index_if_behind(page_id: int, seen: Seen) -> None:
    """To be called once a page is published: a file that it newly shows may have been read
    meanwhile, and neither transaction saw the other. One that is not over is waited for."""
    with transaction.atomic():
        rows = FileText.objects.select_for_update().filter(pk__in=seen.documents)
        list(rows.order_by("pk").values_list("pk"))
        is_behind = readings(seen.documents) != seen.readings
    if is_behind:
        index_page(page_id)
