"""What is written of a page for the search, in the transaction that publishes it."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from search.indexing.documents import facts_of, fields_of, is_searched, names_of
from search.language import analysis
from search.models import EntryMetadata, PageNames, SearchEntry, Tombstone, VocabularyWord
from search.query.spelling import add_words, keep_words, may_be_kept, written_in
from wiki.access.visibility import published, restrictions_above
from wiki.internals.compiled import Compiled
from wiki.models import SiteRevision

SOME = 500


def write(page: Page) -> None:
    """Write or rewrite the entry of a specific page, with what stands beside it."""
    fields, stamp = fields_of(page), SiteRevision.current()
    facts = facts_of(page, fields)
    before = next(iter(_words_held(page.pk)), "")
    entry = _put(SearchEntry, page.pk, fields)
    _put(EntryMetadata, page.pk, {**facts, "stamp": stamp})
    Tombstone.objects.filter(page_id=page.pk).delete()
    entry.set_named(page.references())
    PageNames.objects.keep(page.pk, names_of(page))
    if not facts["restrictions"]:
        keep_words_of(page.title, entry, known=before)


_words_held = Compiled(
    lambda pk: SearchEntry.objects.filter(page_id=pk).values_list("words", flat=True)
)


def _put(model, pk: int, fields: dict):
    """The row of a page, changed or made. Whoever publishes holds the page: nobody else makes
    it meanwhile."""
    row = model(pk=pk, **fields)
    if not model.objects.filter(pk=pk).update(**fields):
        row.save(force_insert=True)
    return row


def keep_words_of(title: str, entry: SearchEntry, known: str = "") -> None:
    """The words of a page that everybody may read enter the vocabulary."""
    text, seen = f"{title}\n{entry.text}", set(known.split())
    # Most often a page says again what it said.
    if any(map(may_be_kept, set(entry.words.split()) - seen)):
        keep_words(analysis.tokens(text), text, seen)


@transaction.atomic
def write_vocabulary_again() -> None:
    """The words of today's pages that everybody may read, and no other."""
    written: dict[str, str] = {}
    entries = SearchEntry.objects.filter(metadata__restrictions=[]).select_related("page")
    for entry in entries.only("text", "page__title").iterator(chunk_size=200):
        text = f"{entry.page.title}\n{entry.text}"
        written = written_in(analysis.tokens(text), text) | written
    known = dict(VocabularyWord.objects.values_list("word", "pk"))
    stale = [pk for word, pk in known.items() if word not in written]
    for start in range(0, len(stale), SOME):
        VocabularyWord.objects.filter(pk__in=stale[start : start + SOME]).delete()
    add_words({word: own for word, own in written.items() if word not in known})


def remove(page_id: int) -> None:
    """Forget a page; one that has no entry is no error."""
    if SearchEntry.objects.filter(page_id=page_id).delete()[0]:
        Tombstone.objects.update_or_create(
            page_id=page_id, defaults={"stamp": SiteRevision.current()}
        )
    PageNames.objects.filter(page_id=page_id).delete()


@transaction.atomic
def note_restrictions(pages: QuerySet[Page]) -> None:
    """After a move or a change of restrictions: who may find these pages, and whose words
    everybody may be offered.

    Whoever publishes here holds the page, or the one above a new page: they are waited for.
    """
    list(pages.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    stamp = SiteRevision.current()
    entries = SearchEntry.objects.filter(page__in=pages).select_related("page", "metadata")
    for entry in entries.order_by("pk"):
        now = list(restrictions_above(entry.page).values_list("pk", flat=True))
        if not now and entry.metadata.restrictions:
            keep_words_of(entry.page.title, entry)
        EntryMetadata.objects.filter(pk=entry.pk).update(restrictions=now, stamp=stamp)


def faults() -> list[str]:
    """What the entries say otherwise than the published pages, in words for the volunteer."""
    there = {page.pk for page in published() if is_searched(page)}
    known = set(SearchEntry.objects.values_list("pk", flat=True))
    lacking = [_("page %s is not in the index") % pk for pk in sorted(there - known)]
    dead = [_("page %s is in the index and is not published") % pk for pk in sorted(known - there)]
    return [*lacking, *dead, *(fault for pk in sorted(there & known) for fault in faults_of(pk))]


def faults_of(pk: int) -> list[str]:
    """None when the page went away meanwhile."""
    entry, page = SearchEntry.objects.filter(pk=pk).first(), published().filter(pk=pk).first()
    if not entry or not page:
        return []
    page = page.specific
    fields = fields_of(page)
    own = [(entry, fields), (EntryMetadata.objects.filter(pk=pk).first(), facts_of(page, fields))]
    own += [(PageNames.objects.filter(pk=pk).first(), {"names": names_of(page)})]
    wrong = [name for row, said in own for name in said if getattr(row, name, None) != said[name]]
    said = _("page %(page)s: %(fields)s of the index is not that of the page")
    return [said % {"page": pk, "fields": ", ".join(wrong)}] if wrong else []
