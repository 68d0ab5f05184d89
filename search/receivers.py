"""Keeps the index equal to the published pages, whatever door a change came through.

Rights are asked of the pages themselves when somebody searches. What must be indexed again
is the text of an entry: its own page's, the names of its topics, and the titles of public
structures that it shows.
"""

from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.documents import get_document_model
from wagtail.models import Page

from search.attachments import queue, reading
from search.attachments.worker import reader
from search.engine import get_engine, index_again
from search.indexing.documents import is_searched
from search.indexing.records import note_restrictions
from search.models import Promoted, SearchEntry, Synonym
from wiki.internals.compiled import Compiled
from wiki.models import Version
from wiki.models.paths import from_page
from wiki.pages.normalising import normalise_row
from wiki.publishing import pipeline
from wiki.signals import topic_changed


def connect() -> None:
    """The steps of the search, after those of the wiki: an entry says what the version says."""
    pipeline.published.add("search", index)
    pipeline.unpublished.add("search", remove)
    pipeline.moved.add("search", note_place)
    pipeline.restricted.add("search", note_place)
    pipeline.deleted.add("search", forget_name)
    for model in (Promoted, Synonym):
        pre_save.connect(on_saving, sender=model, dispatch_uid=f"search-text-{model.__name__}")
    topic_changed.connect(on_topic_changed, dispatch_uid="search-topic")
    documents = get_document_model()
    post_save.connect(on_document_saved, sender=documents, dispatch_uid="search-document-saved")
    post_delete.connect(on_document_deleted, sender=documents, dispatch_uid="search-document-gone")


def on_saving(instance, **kwargs):
    normalise_row(instance)


def on_document_saved(instance, update_fields=None, **kwargs):
    """Its size and its sum, which Wagtail notes by themselves, say nothing of its text."""
    if update_fields is None or "file" in update_fields:
        queue.note(instance)
        transaction.on_commit(reader.wake, robust=True)


def on_document_deleted(instance, **kwargs):
    reading.index_pages_showing(instance.pk)


def remove(page: Page, **what) -> None:
    get_engine().remove(page.pk)
    forget_name(page)


def note_place(page: Page, **what) -> None:
    note_restrictions(pages_below(page))
    index_again(naming(pages_below(page).values("pk")))


def forget_name(page: Page, **what) -> None:
    index_again(naming([page.pk]))


def on_topic_changed(topic, pages=None, **kwargs):
    about = {"page__topic_links__topic": topic} if pages is None else {"page__in": pages}
    index_again(ids_of(SearchEntry.objects.filter(**about)))


def index(page: Page, **what) -> None:
    """Write the entry of a published page, and those that show its title when it is new."""
    if not is_searched(page):
        return
    is_new = not _entries_of(page.pk)
    page = page.specific
    seen = reading.seen_by(page)
    get_engine().index(page)
    if seen.documents:
        transaction.on_commit(partial(reading.index_if_behind, page.pk, seen), robust=True)
    if is_new or was_renamed(page):
        index_again(naming([page.pk]))


def was_renamed(page: Page) -> bool:
    """By the version that is published now and the one before."""
    return set(_last_titles(page.pk)) != {page.title}


_entries_of = Compiled(lambda pk: SearchEntry.objects.filter(page_id=pk).values_list("pk"))
_last_titles = Compiled(
    lambda page_id: (
        Version.objects.filter(page_id=page_id)
        .order_by("-number")
        .values_list("title", flat=True)[:2]
    )
)


def naming(page_ids) -> list[int]:
    """The pages whose entries show the title of one of these."""
    return ids_of(SearchEntry.objects.filter(named__named__in=page_ids))


def ids_of(entries: QuerySet[SearchEntry]) -> list[int]:
    return list(entries.values_list("pk", flat=True).distinct())


def pages_below(page: Page) -> QuerySet[Page]:
    """The page and those below."""
    return Page.objects.filter(from_page(page))
