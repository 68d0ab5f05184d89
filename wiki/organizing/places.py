"""Where a page may be put: the places as a tree, and those whose title holds some words."""

from dataclasses import dataclass, field
from functools import reduce
from operator import and_

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from wagtail.models import Page

from wiki.access.visibility import visible_to
from wiki.models import PageTitle
from wiki.models.paths import from_page
from wiki.organizing.place_tree import STEP, Spot, spots
from wiki.text.french_order import french_key
from wiki.text.titles import folded

MOST_FOUND = 30
MOST_WORDS = 8


@dataclass
class TreePlace:
    """`above`: the titles over it; `is_here`: the page stands there today; `is_open`: what is
    below it is unfolded; `total`: how many pages stand below it."""

    page: Page | Spot
    above: list[str] = field(default_factory=list)
    below: list["TreePlace"] = field(default_factory=list)
    total: int = 0
    is_here: bool = False
    is_open: bool = False

    @property
    def untold(self) -> int:
        return self.total - len(self.below)


def possible(user, page: Page) -> QuerySet[Page]:
    """Readable wiki pages that are not the page itself nor below it."""
    return visible_to(user, Page.objects.filter(depth__gt=2)).exclude(from_page(page))


def tree(user, page: Page, chosen: int = 0) -> list[TreePlace]:
    """The sections of the site with what stands below them, the holders of pages first."""
    places: dict[str, TreePlace] = {}
    roots, here = [], page.path[:-STEP]
    for spot in spots(user):
        over = places.get(spot.path[:-STEP])
        if spot.path.startswith(page.path) or (over is None and spot.depth > 3):
            continue  # the page itself, or the place above it is not shown
        place = TreePlace(spot, total=spot.total, is_here=spot.path == here)
        places[spot.path] = place
        (over.below if over else roots).append(place)
    if here in places:
        places[here].total -= 1  # the page that goes
    for path in places:
        if path == here or places[path].page.pk == chosen:
            _open_above(places, path)
    for place in places.values():
        place.below.sort(key=lambda one: french_key(one.page.title))
    return roots


def _open_above(places: dict[str, TreePlace], path: str) -> None:
    for end in range(STEP, len(path), STEP):
        if path[:end] in places:
            places[path[:end]].is_open = True


def found(user, page: Page, words: str) -> list[TreePlace]:
    """Places whose title holds all these words, the shortest titles first."""
    asked = folded(words).split()[:MOST_WORDS]
    if not asked:
        return []
    held = reduce(and_, (Q(key__contains=word) for word in asked))
    titled = PageTitle.objects.filter(held).values("page_id")
    pages = possible(user, page).filter(pk__in=titled).order_by(Length("title"), "path")
    return with_paths(user, pages[:MOST_FOUND], page)


def with_paths(user, pages: QuerySet[Page], moved: Page) -> list[TreePlace]:
    """Each with the titles above it, so that one tells those of the same name."""
    pages = list(pages)
    paths = {page.path[:end] for page in pages for end in range(3 * STEP, len(page.path), STEP)}
    above = visible_to(user, Page.objects.filter(path__in=paths))
    titles = dict(above.values_list("path", "title"))
    here = moved.path[:-STEP]
    return [TreePlace(page, _over(page, titles), is_here=page.path == here) for page in pages]


def _over(page: Page, titles: dict[str, str]) -> list[str]:
    ends = range(3 * STEP, len(page.path), STEP)
    return [titles[page.path[:end]] for end in ends if page.path[:end] in titles]
