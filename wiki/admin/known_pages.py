"""The pages that the admin may name to somebody."""

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page

from wiki.access.visibility import open_to
from wiki.models import Trash
from wiki.models.paths import from_page


def known_pages(user, pages: QuerySet) -> QuerySet:
    """Open pages, live or not; those of the trash have their screens on the site, which know
    who could read them."""
    held = Trash.held()
    return open_to(user, pages.exclude(from_page(held)) if held else pages)


def is_known(user, page: str) -> Exists:
    """Of rows that name a page: asked of the rows at hand, not of all pages."""
    return Exists(known_pages(user, Page.objects.filter(pk=OuterRef(page))))
