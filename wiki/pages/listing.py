"""One screen of the pages that an index lists, narrowed and counted in the database.

Whatever the number of pages, a listing costs three queries at most: how many pages have the same
values in the columns that narrow it, how many have each topic, and the pages of the screen, of
which no body is read.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page as Screen
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from wiki.access.visibility import visible_to, with_closed
from wiki.models import TopicLink
from wiki.pages.facets import (
    NAMES,
    Facet,
    FacetFilters,
    FacetValue,
    Option,
    asked_in,
    facet_of,
    page_number,
    pairs_of,
)
from wiki.text.addresses import slug_of
from wiki.text.french_order import french_key
from wiki.text.model_fields import ChoiceListField, marked

A_SCREEN = 30
TOPIC = "topic"


@dataclass(frozen=True)
class FacetColumn:
    """A facet that stands in a column: one value of a closed list, or several of them."""

    facet: str
    name: str

    def field(self, model):
        return model._meta.get_field(self.name)

    def values(self, model, stored) -> dict[str, str]:
        """What a row has: values as addresses write them, and their names."""
        field = self.field(model)
        if isinstance(field, ChoiceListField):
            return field.named(stored)
        return {stored: str(dict(field.flatchoices).get(stored, stored))} if stored else {}

    def asked(self, value: str) -> str:
        """A value as it was typed in an address."""
        return value

    def holding(self, model, value: str, _stored: Iterable) -> Q:
        """The rows that have a value; `_stored`: all that the column holds."""
        if isinstance(self.field(model), ChoiceListField):
            return Q(**{f"{self.name}__contains": marked(value)})
        return Q(**{self.name: value})


class SpelledColumn(FacetColumn):
    """Free text that people spell in several ways: « CHINON » is « Chinon »."""

    def values(self, model, stored) -> dict[str, str]:
        return {slug: stored} if (slug := slug_of(stored)) else {}

    def asked(self, value: str) -> str:
        return slug_of(value)

    def holding(self, model, value: str, stored: Iterable) -> Q:
        spellings = {text for text in stored if slug_of(text) == value}
        return Q(**{f"{self.name}__in": sorted(spellings)})


@dataclass(frozen=True)
class FacetGroup:
    """So many pages that have the same values of every facet; `stored`: as columns hold them."""

    stored: dict[str, object]
    held: dict[str, dict[str, str]]
    total: int

    def has(self, asked: dict[str, str], but: str = "") -> bool:
        """Whether these pages have what is asked of each facet, but of one."""
        return all(value in self.held[name] for name, value in asked.items() if name != but)


class Listing:
    """What one reader may read of some pages, as the query of an address asks for it.

    `columns`, `by_topic`: what narrows it, by one value of each facet; a value that no page has
    leaves none. `order`: that of the pages, which tells any two of them apart. `dressed`: what
    else is read of those that are shown.
    """

    def __init__(
        self,
        pages: QuerySet,
        user,
        query: QueryDict,
        *,
        order: Sequence,
        columns: Sequence[FacetColumn] = (),
        by_topic: bool = False,
        dressed: Callable[[QuerySet], QuerySet] = lambda pages: pages,
    ):
        self.pages, self.user, self.query = pages, user, query
        self.order, self.columns, self.by_topic, self.dressed = order, columns, by_topic, dressed
        self.visible = visible_to(user, pages).order_by()
        self.asked = self._asked()

    def _asked(self) -> dict[str, str]:
        """The value of each facet that is asked for, the last one where there are several."""
        read = {TOPIC: str} if self.by_topic else {}
        read |= {column.facet: column.asked for column in self.columns}
        return {facet: read[facet](own[-1]) for facet, own in asked_in(self.query, read).items()}

    @property
    def _filters(self) -> FacetFilters:
        return {facet: [value] for facet, value in self.asked.items()}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.asked)

    @cached_property
    def total(self) -> int:
        return sum(group.total for group in self.groups if group.has(self.asked))

    @cached_property
    def facets(self) -> list[Facet]:
        """Those that have something to choose; the counts of each are those of the pages that
        the other facets leave."""
        counted = {TOPIC: self._topics()} if self.by_topic else {}
        counted |= {column.facet: self._values(column.facet) for column in self.columns}
        return [
            facet_of(facet, in_order(values), self._filters, address)
            for facet, values in counted.items()
            if values
        ]

    def facet(self, name: str) -> Facet:
        """One of them, empty when it has nothing to choose."""
        found = (facet for facet in self.facets if facet.name == NAMES[name])
        return next(found, facet_of(name, [], {}, address))

    @property
    def chosen(self) -> list[tuple[Facet, Option]]:
        return [(facet, option) for facet in self.facets for option in facet.chosen]

    @property
    def kept(self) -> str:
        """What the addresses of its other screens say before their number: `?theme=wifi&`."""
        return f"{query}&" if (query := address(self._filters)) else "?"

    @cached_property
    def screen(self) -> Screen:
        """The pages of the screen that is asked for; of the last one beyond it."""
        paginator = Paginator(range(self.total), A_SCREEN)
        number = page_number(self.query.get("page", ""), paginator.num_pages)
        screen = paginator.page(number)
        screen.object_list = self._shown(screen.object_list) if self.total else []
        return screen

    @property
    def rows(self) -> list:
        return self.screen.object_list

    def _shown(self, ranks: range) -> list:
        """Of several screens, found by what they are ordered by only, then read."""
        if len(ranks) == self.total:
            pages = self._narrowed(self.visible)
        else:
            pages = self.pages.filter(pk__in=self._keys(ranks))
        return list(with_closed(self.user, self.dressed(pages.order_by(*self.order))))

    def _keys(self, ranks: range) -> QuerySet:
        """Counted from the nearer end: what is passed over is put in order too."""
        keys = self._narrowed(self.visible).order_by(*self.order).values("pk")
        after = self.total - ranks.stop
        if after < ranks.start:
            return keys.reverse()[after : after + len(ranks)]
        return keys[ranks.start : ranks.stop]

    @cached_property
    def groups(self) -> list[FacetGroup]:
        pages, names = self.visible, [column.name for column in self.columns]
        if TOPIC in self.asked:
            pages, names = pages.annotate(has_topic=self._has_topic()), ["has_topic", *names]
        if not names:
            return [FacetGroup({}, {}, pages.count())]
        rows = pages.values(*names).annotate(total=Count("pk"))
        return [self._group(row) for row in rows]

    def _group(self, row: dict) -> FacetGroup:
        held = {c.facet: c.values(self.pages.model, row[c.name]) for c in self.columns}
        if TOPIC in self.asked:
            held[TOPIC] = {self.asked[TOPIC]: ""} if row["has_topic"] else {}
        return FacetGroup(row, held, row["total"])

    def _values(self, facet: str) -> list[FacetValue]:
        """Each with the name that most pages give it, and how many pages have it."""
        names: dict[str, Counter] = {}
        for group in self.groups:
            for value, name in group.held[facet].items() if group.has(self.asked, facet) else ():
                names.setdefault(value, Counter())[name] += group.total
        return [
            FacetValue(value, commonest(counts), counts.total()) for value, counts in names.items()
        ]

    def _topics(self) -> list[FacetValue]:
        topic = "topic_links__topic__"
        pages = self._in_columns(self.visible).values_list(f"{topic}slug", f"{topic}name")
        return [FacetValue(*row) for row in pages.annotate(total=Count("pk")) if row[0]]

    def _narrowed(self, pages: QuerySet) -> QuerySet:
        pages = self._in_columns(pages)
        return pages.filter(self._has_topic()) if TOPIC in self.asked else pages

    def _in_columns(self, pages: QuerySet) -> QuerySet:
        for column in self.columns:
            if column.facet in self.asked:
                stored = [group.stored[column.name] for group in self.groups]
                value = self.asked[column.facet]
                pages = pages.filter(column.holding(pages.model, value, stored))
        return pages

    def _has_topic(self) -> Exists:
        links = TopicLink.objects.filter(topic__slug=self.asked[TOPIC])
        return Exists(links.filter(page_id=OuterRef("pk")))


def in_order(values: Iterable[FacetValue]) -> list[FacetValue]:
    return sorted(values, key=lambda value: french_key(value.name))


def commonest(counts: Counter) -> str:
    """The first in French order when several are."""
    return min(counts, key=lambda name: (-counts[name], french_key(name)))


def address(filters: FacetFilters) -> str:
    """The query of the first screen under these filters; empty without any."""
    pairs = pairs_of(filters)
    return f"?{urlencode(pairs)}" if pairs else ""
