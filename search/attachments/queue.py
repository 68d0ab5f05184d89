"""Which attached files wait to be read, and who reads one of them.

The row of a file waits from the transaction that keeps the file on. Whoever reads it claims the
row first, with one UPDATE: of two that want it, one gets it. A claim is a lease: what its
holder, killed meanwhile, does not give back in time is anybody's again. No transaction is open
while a file is read.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef
from django.utils import timezone
from wagtail.documents import get_document_model

from search.engine import index_again
from search.indexing.files import pages_showing
from search.indexing.reading import digest_of
from search.models import FileText
from search.models.files import FileTextQuerySet
from wiki.models import SiteRevision

LEASE = timedelta(minutes=3)  # longer than any file is read and its pages are indexed
MOST_TRIES = 8  # that make the next lease longer: a file that kills its reader comes back rarely
State = FileText.State


@transaction.atomic
def note(document) -> None:
    """Write, in the transaction under way, that a document waits, unless its file was read.

    Whoever reads it loses the claim: what is being read may be the file that this one replaces.
    """
    rows = FileText.objects.select_for_update()
    row, is_new = rows.get_or_create(document_id=document.pk)
    if not is_new and (row.state == State.WAITING or row.digest != digest_of(document)):
        again = FileText.objects.filter(pk=row.pk)
        again.update(state=State.WAITING, leased_until=None, tries=0)


def note_missing() -> None:
    """A row for each document that has none: older than the search of files, or copied in."""
    known = FileText.objects.filter(pk=OuterRef("pk"))
    missing = get_document_model().objects.filter(~Exists(known)).values_list("pk", flat=True)
    rows = [FileText(document_id=pk) for pk in missing]
    FileText.objects.bulk_create(rows, ignore_conflicts=True)


def claim(rows: FileTextQuerySet) -> FileText | None:
    """Take one of these rows that nobody reads, the least tried first; None when none is left."""
    free = rows.unclaimed()
    while row := free.defer("text").order_by("tries", "pk").first():
        row.leased_until = timezone.now() + LEASE * 2 ** min(row.tries, MOST_TRIES)
        lease = {"leased_until": row.leased_until, "tries": F("tries") + 1}
        if free.filter(pk=row.pk).update(**lease):
            return row
    return None


@transaction.atomic
def settle(claimed: FileText, state: str, text: str, digest: str) -> bool:
    """Write what came of a claimed row, with the entries of the pages that show its file.

    Nothing is written, and False is returned, when the claim is lost: somebody else reads the
    file, another one replaces it, or it is deleted.
    """
    mine = FileText.objects.filter(pk=claimed.pk, leased_until=claimed.leased_until)
    had_text = mine.exclude(text="").exists()
    outcome = {"state": state, "text": text, "digest": digest, "read_at": timezone.now()}
    if not mine.update(**outcome, leased_until=None, tries=0):
        return False
    if text or had_text:
        index_again(pages_showing([claimed.pk]))
        SiteRevision.bump()
    return True


def until_due() -> float | None:
    """Seconds until a row that waits may be claimed; None when none waits."""
    waiting = FileText.objects.waiting()
    if waiting.unclaimed().exists():
        return 0.0
    soonest = waiting.aggregate(soonest=Min("leased_until"))["soonest"]
    return max((soonest - timezone.now()).total_seconds(), 0.1) if soonest else None
