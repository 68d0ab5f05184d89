"""The tree of places where a page may be put: kept for all who may read the same pages.

The sections and the pages that hold others come first; of those that hold none, as many as there
is room for. The others are found by their title.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left, Length
from wagtail.models import Page

from wiki.access.kept_for_readers import ReadForReaders
from wiki.access.visibility import visible_to
from wiki.models.paths import under

MOST_BELOW = 40  # shown under one place
MOST_SHOWN = 600
AT_ONCE = 100  # small places asked in one query
STEP = Page.steplen
SECTIONS = 3  # their depth


class Spot(NamedTuple):
    """A page as the tree names it. `total`: how many readable pages stand right below."""

    pk: int
    path: str
    depth: int
    title: str
    total: int = 0


def _find(user) -> list[Spot]:
    """Those above come before those below them."""
    pages = visible_to(user, Page.objects.filter(depth__gte=SECTIONS)).order_by("depth", "path")
    totals = _totals(user)
    holding = pages.filter(Q(depth=SECTIONS) | Q(numchild__gt=0))
    holders = list(_few_under_each(_spots(holding, MOST_SHOWN, totals)))
    leaves = _leaves(pages.filter(depth__gt=SECTIONS, numchild=0), holders)
    return [*holders, *leaves][:MOST_SHOWN]


spots: ReadForReaders[list[Spot]] = ReadForReaders(_find)


def _totals(user) -> dict[str, int]:
    """How many readable pages stand right below each path, from the index of paths alone."""
    pages = visible_to(user).order_by().values_list(Left("path", Length("path") - STEP))
    return dict(pages.annotate(Count("pk")))


def _spots(pages: QuerySet[Page], most: int, totals: dict[str, int]) -> list[Spot]:
    rows = pages.values_list("pk", "path", "depth", "title")[:most]
    return [Spot(*row, totals.get(row[1], 0)) for row in rows]


def _few_under_each(found: Iterable[Spot]) -> Iterator[Spot]:
    """All the sections, and of the others so many below each place."""
    seen: Counter = Counter()
    for spot in found:
        over = spot.path[:-STEP]
        seen[over] += 1
        if spot.depth == SECTIONS or seen[over] <= MOST_BELOW:
            yield spot


def _leaves(pages: QuerySet[Page], holders: list[Spot]) -> list[Spot]:
    """Of each place as many as it has room for: by ranges of paths, small places together."""
    shown = Counter(spot.path[:-STEP] for spot in holders)
    small = [spot for spot in holders if 0 < spot.total <= MOST_BELOW]
    large = [spot for spot in holders if spot.total > MOST_BELOW][: MOST_SHOWN // MOST_BELOW]
    found = []
    for start in range(0, len(small), AT_ONCE):
        places = reduce(or_, map(_right_under, small[start : start + AT_ONCE]))
        found += _spots(pages.filter(places), MOST_SHOWN, {})
    for spot in large:
        room = max(MOST_BELOW - shown[spot.path], 0)
        found += _spots(pages.filter(_right_under(spot)), room, {})
    return sorted(found, key=lambda spot: (spot.depth, spot.path))


def _right_under(spot: Spot) -> Q:
    return under(spot) & Q(depth=spot.depth + 1)
