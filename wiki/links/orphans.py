"""Pages to which the text of no other page leads, as one reader may know them."""

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page

from wiki.access.closed_paths import closed_paths
from wiki.access.kept_for_readers import ReadForReaders
from wiki.access.visibility import is_readable, published
from wiki.links.backlinks import in_order
from wiki.models.links import PageLink, PageTitle
from wiki.pages.kinds import all_kinds


def _find(user) -> list[int]:
    """Ids of readable pages that no other readable page leads to, in order of title."""
    return in_order(_alone(user).filter(is_readable(user, "page_id"), _is_of_a_kind()))


# All the links are asked for it, whatever the page of the list: so once for each stamp.
orphan_ids: ReadForReaders[list[int]] = ReadForReaders(_find)


def _alone(user) -> QuerySet[PageTitle]:
    """The titles to which no link leads that this person may read, by page nor by title."""
    links = _links_read_by(user)
    by_title = links.filter(target=None, wanted_key=OuterRef("key"))
    return PageTitle.objects.filter(
        ~Exists(links.filter(target=OuterRef("page_id"))), ~Exists(by_title)
    )


def _links_read_by(user) -> QuerySet[PageLink]:
    """The closed pages, which are few, are left out: to ask each link whether its page may be
    read costs many times that."""
    closed = closed_paths(user).inside(published()).order_by()
    return PageLink.objects.exclude(source__in=closed.values("pk"))


def _is_of_a_kind() -> Exists:
    """Sections and lists are no pages that somebody forgot to link to."""
    pages = Page.objects.type(*all_kinds().values())
    return Exists(pages.filter(pk=OuterRef("page_id")))
