"""Pages around a page, as one reader may know them: those it links to, those that link to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from wagtail.models import Page

from wiki.access.closed_paths import ClosedPaths, closed_paths
from wiki.access.kept_for_readers import ReadForReaders
from wiki.access.visibility import is_readable, marked, readable, rights
from wiki.internals.compiled import NOTHING, Compiled, OneOf
from wiki.models.links import PageLink, PageTitle
from wiki.text.french_order import french_key, in_french
from wiki.text.titles import key_of

BESIDE = 8  # backlinks shown beside a page
NAMED = 10  # that may be named around the page already: so many more are asked for

# All that is said of these pages. The other half of their columns is only read when it is asked.
NAMED_BY = ("title", "slug", "url_path", "path", "depth", "live", "content_type")


@dataclass
class LinksAround:
    """`pages`: by id; `titles`: by folded wanted title; `backlinks`: in order of title."""

    pages: dict[int, Page] = field(default_factory=dict)
    titles: dict[str, Page] = field(default_factory=dict)
    backlinks: list[Page] = field(default_factory=list)


def around(
    user, ids: set[int], keys: set[str] = frozenset(), page: Page | None = None
) -> LinksAround:
    """All that a page shows of other pages, in one query.

    `ids`: pages it links to; `keys`: folded titles it wants; `page`: the page itself, for
    what links to it, more than are shown at most.
    """
    page = page if page is not None and page.pk else None
    own = (page.pk, key_of(page.title)) if page else (NOTHING, NOTHING)
    asked = [OneOf(values) if values else NOTHING for values in (sorted(ids), sorted(keys))]
    if not page and not ids and not keys:
        return LinksAround()
    return _sorted_out(_pages_around(*rights(user), *asked, *own), keys, page)


def _around(closed, shut, ids, keys, own, own_key) -> QuerySet[Page]:
    rows = Page.objects.filter(pk__in=_wanted(closed, ids, keys, own, own_key))
    rows = marked(shut, readable(closed, rows)).only(*NAMED_BY)
    if own:
        here = _leading_to(own, own_key).filter(source=OuterRef("pk"))
        rows = rows.annotate(links_here=Exists(here))
    if own and keys:
        held = _held(own).filter(target=OuterRef("pk"))
        rows = rows.annotate(held_key=Subquery(held.values("wanted_key")[:1]))
    return rows


_pages_around = Compiled(_around)


def _wanted(closed, ids, keys, own, own_key) -> QuerySet:
    """Ids of pages as a union, each part of which goes by an index."""
    parts = []
    if ids:
        parts.append(Page.objects.filter(pk__in=ids).order_by().values("pk"))
    if keys:
        parts.append(PageTitle.objects.filter(key__in=keys).values("page"))
    if keys and own:
        parts.append(_held(own).filter(wanted_key__in=keys).values("target"))
    if own:
        first = _first_leading(closed, own, own_key).values("pk")
        parts.append(Page.objects.filter(pk__in=first).order_by().values("pk"))
    return parts[0].union(*parts[1:], all=True)


def _held(own: int) -> QuerySet[PageLink]:
    return PageLink.objects.filter(source=own, target__isnull=False).exclude(wanted_key="")


def _sorted_out(rows: list[Page], keys: set[str], page: Page | None) -> LinksAround:
    rows.sort(key=lambda row: -row.pk)  # of several pages of one title the first one is meant
    titles = {key_of(row.title): row for row in rows}
    titles |= {row.held_key: row for row in rows if getattr(row, "held_key", None)}
    sources = [row for row in rows if page and row.links_here and row.pk != page.pk]
    return LinksAround(
        pages={row.pk: row for row in rows},
        titles={key: titles[key] for key in keys & titles.keys()},
        backlinks=_in_order(sources),
    )


def _in_order(pages: Iterable[Page]) -> list[Page]:
    return sorted(pages, key=lambda page: (french_key(page.title), page.pk))


def _leading_to(own: int, own_key: str) -> QuerySet[PageLink]:
    """Links that lead to a page, by its id or by its folded title."""
    by_title = Q(target=None, wanted_key=own_key)
    return PageLink.objects.filter(Q(target=own) | by_title)


def _leading_pages(closed: ClosedPaths, own: int, own_key: str) -> QuerySet[Page]:
    sources = _leading_to(own, own_key).exclude(source=own).values("source")
    return readable(closed, Page.objects.filter(pk__in=sources))


def _first_leading(closed: ClosedPaths, own: int, own_key: str) -> QuerySet[Page]:
    leading = _leading_pages(closed, own, own_key)
    return leading.order_by(in_french("title"))[: BESIDE + 1 + NAMED]


def backlinks(user, page: Page) -> list[int]:
    """Ids of the readable pages that link to a page, in order of title."""
    pages = _leading_pages(closed_paths(user), page.pk, key_of(page.title)).values("pk")
    return in_order(PageTitle.objects.filter(page__in=pages))


def in_order(titles: QuerySet[PageTitle]) -> list[int]:
    """The ids of their pages. Not in SQL: the order of French is Python's there too, asked for each
    comparison, and here once for each title."""
    rows = list(titles.values_list("key", "page_id"))
    return [pk for _key, pk in sorted(rows, key=lambda row: (french_key(row[0]), row[1]))]


def titled(user, ids: list[int]) -> list[PageTitle]:
    """Those of these pages that this person may read, in this order, by their `page`."""
    rows = PageTitle.objects.filter(is_readable(user, "page_id"), page_id__in=ids)
    found = rows.select_related("page").in_bulk()
    return [found[pk] for pk in ids if pk in found]


# The whole site


def _wanted_titles(user) -> list[dict]:
    """Titles that readable pages want and that no readable page has, most wanted first.

    Rows of `wanted_key`, `title` and `total`, how many pages want it.
    """
    rows = _wanting(user).values("wanted_key").order_by("wanted_key")
    rows = list(rows.annotate(title=Min("wanted"), total=Count("source")))
    return sorted(rows, key=lambda row: (-row["total"], french_key(row["wanted_key"])))


# Put in order whole, whatever the screen that is asked for: so once for each stamp.
wanted_titles: ReadForReaders[list[dict]] = ReadForReaders(_wanted_titles)


def _wanting(user) -> QuerySet[PageLink]:
    """A title whose page is closed to this reader is wanted, as one that nobody wrote."""
    titles = PageTitle.objects.filter(key=OuterRef("wanted_key"))
    return PageLink.objects.filter(
        is_readable(user, "source_id"),
        ~Exists(titles.filter(is_readable(user, "page_id"))),
        ~is_readable(user, "target_id"),
        wanted_key__gt="",
    )


def pages_wanting(user, keys: list[str], most: int) -> dict[str, list[Page]]:
    """For each wanted title, the first `most` pages that want it, in one query."""
    rank = Window(RowNumber(), partition_by=F("wanted_key"), order_by=F("source__title").asc())
    rows = _wanting(user).filter(wanted_key__in=keys).annotate(rank=rank).filter(rank__lte=most)
    found: dict[str, list[Page]] = {key: [] for key in keys}
    rows = rows.select_related("source").only(
        "wanted_key", "source__title", "source__url_path", "source__path"
    )
    for row in rows.order_by("wanted_key", "rank"):
        found[row.wanted_key].append(row.source)
    return found
