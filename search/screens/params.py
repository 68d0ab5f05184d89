"""What the address of the results asks for: words, filters, order, page."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from search.engine import BY_DATE, BY_RELEVANCE, FacetValue
from wiki.text.characters import one_line

NAMES = {  # a facet's name in addresses
    "kind": "sorte",
    "topic": "theme",
    "public": "public",
    "level": "niveau",
    "device": "appareil",
    "commune": "commune",
    "year": "annee",
}
LABELS = {
    "kind": _("Sort of page"),
    "topic": _("Topic"),
    "public": _("Public"),
    "level": _("Level"),
    "device": _("Device"),
    "commune": _("Commune"),
    "year": _("Year"),
}
LAST_PAGE = 500
LONGEST = 500  # characters of a query kept in the addresses of the screen
MOST_VALUES = 20  # of one facet
MOST_SHOWN = 8  # values of one facet that are shown, those chosen aside


@dataclass
class Option:
    value: str
    name: str
    count: int
    is_chosen: bool


@dataclass
class Facet:
    """What a fieldset of the filters shows."""

    name: str
    label: str
    options: list[Option]

    def parts(self, total: int) -> bool:
        """Whether something can be chosen that not all the answers have."""
        return any(option.count < total for option in self.options)

    @property
    def is_open(self) -> bool:
        return any(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Asked:
    """`filters`: facet → values; `page`: from 1."""

    query: str
    filters: dict[str, list[str]] = field(default_factory=dict)
    order: str = BY_RELEVANCE
    page: int = 1

    @classmethod
    def read(cls, values: QueryDict) -> "Asked":
        """Any text is a valid query; values that mean nothing are passed over."""
        query = one_line(values.get("q", "").replace("\x00", " "))
        filters = {facet: _values(values.getlist(name)) for facet, name in NAMES.items()}
        return cls(
            query,
            {facet: chosen for facet, chosen in filters.items() if chosen},
            BY_DATE if values.get("tri") == BY_DATE else BY_RELEVANCE,
            page_number(values.get("page", "")),
        )

    def address(self, **changes) -> str:
        """The query string of this search with other `query`, `filters` or `order`; of its
        first page unless `page` says otherwise."""
        asked = {"query": self.query, "filters": self.filters, "order": self.order} | changes
        pairs = [("q", asked["query"][:LONGEST])]
        pairs += [(NAMES[facet], value) for facet, own in asked["filters"].items() for value in own]
        pairs += [("tri", asked["order"])] if asked["order"] else []
        pairs += [("page", str(changes["page"]))] if changes.get("page", 1) > 1 else []
        return "?" + urlencode(pairs)

    def without(self, facet: str, value: str) -> str:
        """The address of this search without one chosen value."""
        left = [other for other in self.filters[facet] if other != value]
        return self.address(filters={**self.filters, facet: left})

    def facets(self, found: dict[str, list[FacetValue]], total: int) -> list[Facet]:
        """The filters of the screen: facets that part the answers, or that are chosen."""
        facets = [
            Facet(NAMES[name], str(LABELS[name]), self._options(name, found.get(name, [])))
            for name in NAMES
        ]
        return [one for one in facets if one.is_open or one.parts(total)]

    def _options(self, name: str, values: list[FacetValue]) -> list[Option]:
        chosen = self.filters.get(name, [])
        shown = values[:MOST_SHOWN] + [v for v in values[MOST_SHOWN:] if v.value in chosen]
        if name == "year":
            shown = sorted(shown, key=lambda value: value.value, reverse=True)
        return [Option(v.value, v.name, v.count, v.value in chosen) for v in shown]

    def chosen(self, facets: list[Facet]) -> list[dict[str, str]]:
        """What narrows the answers, each with the address that takes it away."""
        facet_of = {name: facet for facet, name in NAMES.items()}
        return [
            {"name": option.name, "address": self.without(facet_of[facet.name], option.value)}
            for facet in facets
            for option in facet.options
            if option.is_chosen
        ]


def _values(values: list[str]) -> list[str]:
    kept = dict.fromkeys(value.strip()[:100] for value in values[:MOST_VALUES])
    return [value for value in kept if value and "\x00" not in value]


def page_number(text: str) -> int:
    """From 1 to LAST_PAGE; 1 for what is no number."""
    if not (text.isascii() and text.isdigit()):
        return 1
    return min(max(int(text), 1), LAST_PAGE) if len(text) < 10 else LAST_PAGE
