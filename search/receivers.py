"""Keeps the index equal to the published pages, whatever door a change came through."""

from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from search.documents import is_searched
from search.engine import get_engine


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="search-published")
    page_unpublished.connect(on_unpublished, dispatch_uid="search-unpublished")


def on_published(instance, **kwargs):
    index(instance)


def on_unpublished(instance, **kwargs):
    get_engine().remove(instance.pk)


def index(page: Page) -> None:
    if is_searched(page):
        get_engine().index(page.specific)
