"""What stands around a page: pages of the same topics, sections below."""

from collections.abc import Callable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from wagtail.models import Page

from wiki.access.kept_for_readers import KeptForReaders
from wiki.access.visibility import visible_to, with_closed
from wiki.models import KeptBesideTexts, WikiPage
from wiki.pages.below import counted_below, counts_below
from wiki.pages.listing import A_SCREEN, BY_PATH, Listing, Order, pages_at

FEW = 4

_unlisted: KeptForReaders[list[int]] = KeptForReaders(KeptBesideTexts)


# Set by a room above, which knows more of what pages say: (page, user, count) → pages, or
# what lists show of them.
_finders: list[Callable] = []


def find_related_with(finder: Callable) -> None:
    """Have related pages found so; those that share topics come when it finds nothing."""
    _finders[:] = [finder]


def related(page: WikiPage, user) -> list:
    """The likest pages that this person may read."""
    for finder in _finders:
        if found := finder(page, user, FEW):
            return found
    return sharing_topics(page, user)


def sharing_topics(page: WikiPage, user) -> list[Page]:
    """Pages that share most topics with this one, one query when it has any."""
    if not page.topics:
        return []
    same = Q(topic_links__topic__links__page_id=page.pk)
    pages = Page.objects.filter(same).exclude(pk=page.pk)
    return list(
        with_closed(user, visible_to(user, pages))
        .annotate(shared=Count("pk"))
        .order_by("-shared", "-last_published_at")[:FEW]
    )


def unlisted_below(page: WikiPage, user) -> list[Page]:
    """The readable children of a page that its own list does not show: those of a screen, and one
    more when there are others."""
    if not page.numchild:
        return []
    ids = _unlisted.of(user, lambda: _read_unlisted(page, user), page.pk)
    return pages_at(ids, Page.objects.all(), user)


def _read_unlisted(page: WikiPage, user) -> list[int]:
    listed = ContentType.objects.get_for_model(apps.get_model(page.lists))
    children = visible_to(user, page.get_children().exclude(content_type=listed))
    return list(children.order_by("path").values_list("pk", flat=True)[: A_SCREEN + 1])


def children_of(page: WikiPage, request) -> Listing:
    """The readable children of a page that has no list of its own."""
    about = ("children", page.pk)
    return Listing(page.get_children(), request.user, request.GET, about=about, order=BY_PATH)


def sections_below(page: Page, request) -> Listing:
    """The children of a section that this person may read: index pages with their counts, then
    articles."""
    user = request.user
    counts = counts_below(user)

    def place_of(path: str, show_in_menus: bool) -> tuple:
        return not (show_in_menus or counts[path]), path

    return Listing(
        page.get_children(),
        user,
        request.GET,
        about=("sections", page.pk),
        order=Order(("path", "show_in_menus"), place_of),
        dressed=lambda pages: counted_below(user, pages),
    )
