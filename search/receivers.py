"""Keeps the index equal to the published pages, whatever door a change came through.

Rights are asked of the pages themselves when somebody searches. What must be indexed again
is the text of an entry: its own page's, the names of its topics, and the titles of public
structures that it shows.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import pre_save
from wagtail.models import Page

from search.engine import get_engine
from search.indexing.documents import is_searched
from search.indexing.records import note_restrictions
from search.models import Promoted, SearchEntry, Synonym
from wiki.models import Version
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


def on_saving(instance, **kwargs):
    normalise_row(instance)


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
    index_again(SearchEntry.objects.filter(**about))


def index(page: Page, **what) -> None:
    """Write the entry of a published page, and those that show its title when it is new."""
    if not is_searched(page):
        return
    is_new = not SearchEntry.objects.filter(page_id=page.pk).exists()
    get_engine().index(page.specific)
    if is_new or was_renamed(page):
        index_again(naming([page.pk]))


def was_renamed(page: Page) -> bool:
    """By the version that is published now and the one before."""
    versions = Version.objects.filter(page_id=page.pk).order_by("-number")
    return set(versions.values_list("title", flat=True)[:2]) != {page.title}


def naming(page_ids) -> QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(named__named__in=page_ids).distinct()


def pages_below(page: Page) -> QuerySet[Page]:
    """The page and those below."""
    return Page.objects.filter(path__startswith=page.path)


@transaction.atomic
def index_again(entries: QuerySet[SearchEntry]) -> None:
    """Each page is locked and read anew: what others publish meanwhile is not written over."""
    for pk in sorted(entries.values_list("pk", flat=True)):
        page = Page.objects.select_for_update(no_key=True).get(pk=pk)
        get_engine().index(page.specific)
