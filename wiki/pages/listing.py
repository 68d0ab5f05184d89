"""One screen of the pages that an index lists, narrowed and counted.

Whatever the number of pages, a listing costs one query: the pages of the screen, of which no body
is read. Which pages there are, their order and what narrows them is kept for all who may read the
same ones (`listed_rows`); two queries read it again when something that places a page has changed
(`WikiPage.placing_fields`, and the columns here).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as Screen
from django.core.paginator import Paginator
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import QueryDict

from wiki.access.kept_for_readers import KeptForReaders
from wiki.access.visibility import still_readable, visible_to, with_closed
from wiki.models import KeptBesideTexts, Topic
from wiki.pages.facets import (
    NAMES,
    Facet,
    FacetFilters,
    Option,
    asked_in,
    facet_of,
    page_number,
    pairs_of,
)
from wiki.pages.listed_rows import Held, ListedRows, bits_of, held_by
from wiki.text.addresses import slug_of
from wiki.text.model_fields import ChoiceListField

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


class SpelledColumn(FacetColumn):
    """Free text that people spell in several ways: « CHINON » is « Chinon »."""

    def values(self, model, stored) -> dict[str, str]:
        return {slug: stored} if (slug := slug_of(stored)) else {}

    def asked(self, value: str) -> str:
        return slug_of(value)


@dataclass(frozen=True)
class Order:
    """`columns` say the place of a page in its list; `key`: by what of their values it is sorted.
    They tell any two pages apart."""

    columns: tuple[str, ...]
    key: Callable[..., Any]


BY_PATH = Order(("path",), str)

_rows: KeptForReaders[ListedRows] = KeptForReaders(KeptBesideTexts)


class Listing:
    """What one reader may read of some pages, as the query of an address asks for it.

    `about`: what tells this list from all others, its order included. `columns`, `by_topic`: what
    narrows it, by one value of each facet; a value that no page has leaves none. `dressed`: what
    else is told of those that are shown.
    """

    def __init__(
        self,
        pages: QuerySet,
        user,
        query: QueryDict,
        *,
        about: tuple,
        order: Order,
        columns: Sequence[FacetColumn] = (),
        by_topic: bool = False,
        dressed: Callable[[list], list] = lambda pages: pages,
    ):
        self.pages, self.user, self.query, self.about = pages, user, query, about
        self.order, self.columns, self.by_topic, self.dressed = order, columns, by_topic, dressed
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
    def _known(self) -> ListedRows:
        return _rows.of(self.user, self._read, *self.about)

    @cached_property
    def _narrowed(self) -> int:
        return self._known.narrowed(self.asked)

    @cached_property
    def total(self) -> int:
        return self._narrowed.bit_count()

    @cached_property
    def facets(self) -> list[Facet]:
        """Those that have something to choose; the counts of each are those of the pages that
        the other facets leave."""
        rows, asked = self._known, self.asked
        counted = {
            facet: rows.values(facet, rows.narrowed(asked, but=facet)) for facet in rows.held
        }
        return [
            facet_of(facet, values, self._filters, address)
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
        ids = self._known.ids_at(self._narrowed, ranks)
        return self.dressed(pages_at(ids, self.pages.order_by(), self.user))

    def _read(self) -> ListedRows:
        """What is kept of the list."""
        # As text: thousands of lists would take several times as long to make.
        facets = [Cast(column.name, TextField()) for column in self.columns]
        visible, first = visible_to(self.user, self.pages).order_by(), len(self.order.columns)
        rows = list(visible.values_list(*self.order.columns, *facets, "pk"))
        rows.sort(key=lambda row: self.order.key(*row[:first]))
        ids = [row[-1] for row in rows]
        held = {TOPIC: self._topics(visible, ids)} if self.by_topic else {}
        for rank, column in enumerate(self.columns, first):
            stored = (row[rank] for row in rows)
            held[column.facet] = held_by(enumerate(self._values(column, stored)))
        return ListedRows(ids, held)

    def _values(self, column: FacetColumn, stored: Iterator[str]) -> Iterator[Mapping[str, str]]:
        """Few rows hold something that no other one holds."""
        model, known = self.pages.model, {}
        for text in stored:
            if text not in known:
                known[text] = column.values(model, column.field(model).to_python(text))
            yield known[text]

    def _topics(self, visible: QuerySet, ids: list[int]) -> Held:
        places = {pk: place for place, pk in enumerate(ids)}
        found: dict[int, list[int]] = defaultdict(list)
        links = visible.filter(topic_links__isnull=False)
        for pk, topic in links.values_list("pk", "topic_links__topic").iterator():
            if pk in places:
                found[topic].append(places[pk])
        topics = Topic.objects.in_bulk(found)
        return {topics[pk].slug: {topics[pk].name: bits_of(own)} for pk, own in found.items()}


def pages_at(ids: list[int], pages: QuerySet, user) -> list:
    """Those of these ids, in their order."""
    found = still_readable(user, with_closed(user, pages.filter(pk__in=ids)))
    known = {page.pk: page for page in found}
    return [known[pk] for pk in ids if pk in known]


def address(filters: FacetFilters) -> str:
    """The query of the first screen under these filters; empty without any."""
    pairs = pairs_of(filters)
    return f"?{urlencode(pairs)}" if pairs else ""
