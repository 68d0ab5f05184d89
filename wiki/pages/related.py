"""What stands around a page: pages of the same topics, sections below."""

from collections.abc import Callable

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from wagtail.models import Page

from wiki.access.visibility import visible_to, with_closed

FEW = 4
LAST_PATH = "Z" * 60  # sorts after the path of any page below


# Set by a room above, which knows more of what pages say: (page, user, count) → pages, or
# what lists show of them.
_finders: list[Callable] = []


def find_related_with(finder: Callable) -> None:
    """Have related pages found so; those that share topics come when it finds nothing."""
    _finders[:] = [finder]


def related(page: Page, user) -> list:
    """The likest pages that this person may read."""
    for finder in _finders:
        if found := finder(page, user, FEW):
            return found
    return sharing_topics(page, user)


def sharing_topics(page: Page, user) -> list[Page]:
    """Pages that share most topics with this one, one query."""
    same = Q(topic_links__topic__links__page_id=page.pk)
    pages = Page.objects.filter(same).exclude(pk=page.pk)
    return list(
        with_closed(user, visible_to(user, pages))
        .annotate(shared=Count("pk"))
        .order_by("-shared", "-last_published_at")[:FEW]
    )


def counted_below(user, pages: QuerySet) -> QuerySet:
    """Annotate pages with `below`: how many pages under each this person may read."""
    under = Page.objects.filter(
        path__gt=OuterRef("path"), path__lte=Concat(OuterRef("path"), Value(LAST_PATH))
    )
    totals = visible_to(user, under).order_by().values("locale").annotate(total=Count("pk"))
    return pages.annotate(below=Coalesce(Subquery(totals.values("total")[:1]), 0))


def unlisted_below(page: Page, user) -> list[Page]:
    """The readable children of a page that its own list, if it has one, does not show."""
    if not page.numchild:
        return []
    children = with_closed(user, visible_to(user, page.get_children()))
    if page.lists:
        app, model = page.lists.lower().split(".")
        children = children.exclude(content_type__app_label=app, content_type__model=model)
    return list(children.order_by("path"))


def sections_below(page: Page, user) -> tuple[list[Page], list[Page]]:
    """The children of a section in two lists: index pages with their counts, articles."""
    below = with_closed(user, visible_to(user, page.get_children()))
    children = list(counted_below(user, below).order_by("path"))
    sections = [child for child in children if child.below or child.show_in_menus]
    return sections, [child for child in children if child not in sections]
