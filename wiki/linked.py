"""Pages around a page, as one reader may know them: those it links to, those that link to it."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from wagtail.models import Page

from wiki.models.links import PageLink, PageTitle
from wiki.visibility import visible_to

BESIDE = 8  # backlinks shown beside a page


@dataclass
class Around:
    """`pages`: by id; `titles`: by folded wanted title; `backlinks`: in order of title."""

    pages: dict[int, Page] = field(default_factory=dict)
    titles: dict[str, Page] = field(default_factory=dict)
    backlinks: list[Page] = field(default_factory=list)


def around(user, ids: set[int], keys: set[str] = frozenset(), page: Page | None = None) -> Around:
    """All that a page shows of other pages, in one query.

    `ids`: pages it links to; `keys`: folded titles it wants; `page`: the page itself, for
    what links to it, one more than is shown at most.
    """
    own = page.pk if page is not None else None
    wanted = _wanted(ids, keys, user, own)
    if wanted is None:
        return Around()
    rows = visible_to(user, Page.objects.filter(pk__in=wanted)).annotate(
        title_key=_title_key(),
        held_key=_held_key(own),
        links_here=Exists(leading_to(own).filter(source=OuterRef("pk"))),
    )
    return _sorted_out(list(rows.order_by("title_key", "pk")), keys, own)


def _wanted(ids: set[int], keys: set[str], user, own: int | None) -> QuerySet | None:
    """Ids of pages as a union, each part of which goes by an index."""
    parts = []
    if ids:
        parts.append(Page.objects.filter(pk__in=ids).order_by().values("pk"))
    if keys:
        parts.append(PageTitle.objects.filter(key__in=keys).values("page"))
    if keys and own:
        parts.append(_held(own).filter(wanted_key__in=keys).values("target"))
    if own:
        first = backlinks(user, own).values("page")[: BESIDE + 1]
        parts.append(PageTitle.objects.filter(page__in=first).values("page"))
    return parts[0].union(*parts[1:], all=True) if parts else None


def _title_key() -> Subquery:
    return Subquery(PageTitle.objects.filter(page=OuterRef("pk")).values("key")[:1])


def _held(own: int | None) -> QuerySet:
    return PageLink.objects.filter(source=own, target__isnull=False).exclude(wanted_key="")


def _held_key(own: int | None) -> Subquery:
    return Subquery(_held(own).filter(target=OuterRef("pk")).values("wanted_key")[:1])


def _sorted_out(rows: list[Page], keys: set[str], own: int | None) -> Around:
    by_id = sorted(rows, key=lambda row: -row.pk)
    titles = {row.title_key: row for row in by_id if row.title_key in keys}
    titles |= {row.held_key: row for row in by_id if row.held_key in keys}
    return Around(
        pages={row.pk: row for row in rows},
        titles=titles,
        backlinks=[row for row in rows if row.links_here and row.pk != own],
    )


def leading_to(own: int | None) -> QuerySet[PageLink]:
    """Links that lead to a page, by its id or by its title."""
    title = PageTitle.objects.filter(page=own).values("key")
    return PageLink.objects.filter(Q(target=own) | Q(target=None, wanted_key__in=title))


def backlinks(user, own: int) -> QuerySet[PageTitle]:
    """The readable pages that link to a page, in order of title, by their `page`."""
    sources = leading_to(own).exclude(source=own).values("source")
    pages = visible_to(user, Page.objects.filter(pk__in=sources))
    return PageTitle.objects.filter(page__in=pages.values("pk")).order_by("key", "page")


# The whole site


def wanted_titles(user) -> QuerySet[PageLink]:
    """Titles that readable pages want and that no readable page has, most wanted first.

    Rows of `wanted_key`, `wanted` and `total`, how many pages want it.
    """
    return (
        _wanting(user)
        .values("wanted_key")
        .annotate(title=Min("wanted"), total=Count("source"))
        .order_by("-total", "wanted_key")
    )


def _wanting(user) -> QuerySet[PageLink]:
    """A title whose page is closed to this reader is wanted, as one that nobody wrote."""
    readable = visible_to(user).values("pk")
    written = PageTitle.objects.filter(page__in=readable).values("key")
    return (
        PageLink.objects.exclude(wanted_key="")
        .filter(source__in=readable)
        .exclude(wanted_key__in=written)
        .exclude(target__in=readable)
    )


def pages_wanting(user, keys: list[str], most: int) -> dict[str, list[Page]]:
    """For each wanted title, the first `most` pages that want it, in one query."""
    rank = Window(RowNumber(), partition_by=F("wanted_key"), order_by=F("source__title").asc())
    rows = _wanting(user).filter(wanted_key__in=keys).annotate(rank=rank).filter(rank__lte=most)
    found: dict[str, list[Page]] = {key: [] for key in keys}
    for row in rows.select_related("source").order_by("wanted_key", "rank"):
        found[row.wanted_key].append(row.source)
    return found


def orphans(user, kinds: list[type[Page]]) -> QuerySet[PageTitle]:
    """Readable pages of these types that the text of no other readable page leads to."""
    readable = visible_to(user).values("pk")
    links = PageLink.objects.filter(source__in=readable)
    by_id = links.filter(target=OuterRef("page")).exclude(source=OuterRef("page"))
    by_title = links.filter(target=None, wanted_key=OuterRef("key"))
    pages = visible_to(user, Page.objects.type(*kinds)).values("pk")
    titles = PageTitle.objects.filter(page__in=pages)
    return titles.exclude(Exists(by_id)).exclude(Exists(by_title)).order_by("key", "page")
