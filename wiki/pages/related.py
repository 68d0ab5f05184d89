"""What stands around a page: pages of the same topics, sections below."""

from collections.abc import Callable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from wagtail.models import Page

from wiki.access.visibility import visible_to, with_closed
from wiki.models import WikiPage
from wiki.models.paths import LAST_PATH
from wiki.pages.listing import A_SCREEN, Listing

FEW = 4


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


def below_each() -> QuerySet:
    """All the pages under one, of a query that has it for each of its rows."""
    return Page.objects.filter(
        path__gt=OuterRef("path"), path__lte=Concat(OuterRef("path"), Value(LAST_PATH))
    )


def counted_below(user, pages: QuerySet) -> QuerySet:
    """Annotate pages with `below`: how many pages under each this person may read."""
    totals = visible_to(user, below_each()).order_by().values("locale").annotate(total=Count("pk"))
    return pages.annotate(below=Coalesce(Subquery(totals.values("total")[:1]), 0))


def unlisted_below(page: WikiPage, user) -> list[Page]:
    """The readable children of a page that its own list does not show: those of a screen, and one
    more when there are others."""
    if not page.numchild:
        return []
    listed = ContentType.objects.get_for_model(apps.get_model(page.lists))
    children = visible_to(user, page.get_children().exclude(content_type=listed))
    return list(with_closed(user, children).order_by("path")[: A_SCREEN + 1])


def children_of(page: WikiPage, request) -> Listing:
    """The readable children of a page that has no list of its own."""
    return Listing(page.get_children(), request.user, request.GET, order=("path",))


def sections_below(page: Page, request) -> Listing:
    """The children of a section that this person may read: index pages with their counts, then
    articles."""
    user = request.user
    holds_any = Q(Q(numchild__gt=0), Exists(visible_to(user, below_each())))
    is_section = Q(show_in_menus=True) | holds_any
    return Listing(
        page.get_children(),
        user,
        request.GET,
        order=(Case(When(is_section, then=0), default=1), "path"),
        dressed=lambda pages: counted_below(user, pages),
    )
