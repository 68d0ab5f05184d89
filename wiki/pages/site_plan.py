"""The plan of the site: its sections, what each of them holds, and how much.

What is shown is bounded whatever the site holds: a list is cut after its first titles, and a link
leads to the page that lists them all. The shape is read in one pass over the tree, again
only when a page comes, goes, moves or has another title.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import NamedTuple

from django.db.models import QuerySet
from wagtail.models import Page

from wiki.access.kept_for_readers import KeptForReaders
from wiki.access.visibility import still_readable, visible_to, with_closed
from wiki.models import KeptBesideTexts
from wiki.text.french_order import french_key

MANY = 12  # titles of a list that is cut, or that is not folded
WHOLE = 50  # pages of a list that are all shown
STEP = Page.steplen


class Row(NamedTuple):
    path: str
    pk: int
    title: str


@dataclass(frozen=True)
class Branch:
    """A page and those of the pages below it that are shown. `total`: all below."""

    pk: int
    total: int = 0
    below: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """A page under the home page: its pages that hold others, then the first of its other ones."""

    branch: Branch
    groups: list[Branch]
    leaves: list[Branch]
    is_folded: bool
    is_cut: bool


@dataclass(frozen=True)
class Plan:
    sections: list[Section]
    alone: list[Branch]


_plans: KeptForReaders[Plan] = KeptForReaders(KeptBesideTexts)


def plan_for(user) -> Plan:
    return _plans.of(user, lambda: read(visible_to(user, Page.objects.filter(depth__gt=2))))


def read(pages: QuerySet) -> Plan:
    rows = pages.order_by("path").values_list("path", "pk", "title")
    return Tree(map(Row._make, rows.iterator())).plan()


class Tree:
    """Rows in the order of the tree, each under the nearest one above it. Of thousands of them,
    only those that are shown become more than a row."""

    def __init__(self, rows: Iterable[Row]):
        self.below: dict[str, list[Row]] = defaultdict(list)
        known: set[str] = set()
        for row in rows:
            known.add(row.path)
            self.below[self._above(row.path, known)].append(row)
        self.totals = self._counted(known)

    @staticmethod
    def _above(path: str, known: set[str]) -> str:
        ends = range(len(path) - STEP, 0, -STEP)
        return next((path[:end] for end in ends if path[:end] in known), "")

    def _counted(self, known: set[str]) -> Counter:
        totals: Counter = Counter()
        for path, rows in self.below.items():
            while path:
                totals[path] += len(rows)
                path = self._above(path, known)
        return totals

    def plan(self) -> Plan:
        holders, alone = self._parted("")
        return Plan([self._section(row) for row in holders], [Branch(row.pk) for row in alone])

    def _parted(self, path: str) -> tuple[list[Row], list[Row]]:
        """The pages right below one: those that hold others, and the other ones."""
        rows = self.below[path]
        holders = [row for row in rows if row.path in self.totals]
        return holders, [row for row in rows if row.path not in self.totals]

    def _section(self, row: Row) -> Section:
        holders, leaves = self._parted(row.path)
        return Section(
            Branch(row.pk, self.totals[row.path]),
            [self._group(holder) for holder in holders[:WHOLE]],
            [Branch(leaf.pk) for leaf in first_titles(leaves)],
            is_folded=MANY < len(leaves) <= WHOLE,
            is_cut=max(len(holders), len(leaves)) > WHOLE,
        )

    def _group(self, row: Row) -> Branch:
        """Whole when it is small; else the first of the pages right below it, with how many each
        holds."""
        total = self.totals[row.path]
        if total <= WHOLE:
            return self._whole(row)
        first = first_titles(self.below[row.path])
        return Branch(row.pk, total, [Branch(one.pk, self.totals[one.path]) for one in first])

    def _whole(self, row: Row) -> Branch:
        below = [self._whole(one) for one in self.below.get(row.path, ())]
        return Branch(row.pk, self.totals[row.path], below)


def first_titles(rows: list[Row]) -> list[Row]:
    """In their order, all of them when they are few."""
    shown = len(rows) if len(rows) <= WHOLE else MANY
    return nsmallest(shown, rows, key=lambda row: french_key(row.title))


def shown_for(user) -> dict:
    """The plan with its pages, for a template."""
    plan = plan_for(user)
    ids = set(all_ids(plan))
    pages = with_closed(user, Page.objects.filter(pk__in=ids))
    known = {page.pk: page for page in still_readable(user, pages)}
    sections = [dressed_section(one, known) for one in plan.sections if one.branch.pk in known]
    return {"sections": sections, "alone": dressed(plan.alone, known)}


def all_ids(plan: Plan) -> Iterator[int]:
    for section in plan.sections:
        yield section.branch.pk
        yield from ids_of([*section.groups, *section.leaves])
    yield from ids_of(plan.alone)


def ids_of(branches: list[Branch]) -> Iterator[int]:
    for branch in branches:
        yield branch.pk
        yield from ids_of(branch.below)


def dressed_section(section: Section, known: dict[int, Page]) -> dict:
    return {
        "page": known[section.branch.pk],
        "total": section.branch.total,
        "groups": dressed(section.groups, known),
        "leaves": dressed(section.leaves, known),
        "is_folded": section.is_folded,
        "is_cut": section.is_cut,
    }


def dressed(branches: list[Branch], known: dict[int, Page]) -> list[dict]:
    return [
        {
            "page": known[branch.pk],
            "below": dressed(branch.below, known),
            "total": branch.total,
            "is_cut": branch.total > WHOLE,
        }
        for branch in branches
        if branch.pk in known
    ]
