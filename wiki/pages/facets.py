"""Facets: what a list of pages is narrowed by, in addresses, on screens and when it is counted.

A facet has one name in addresses and one for people, in the indexes and in the search: what
narrows the one narrows the other.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

NAMES = {  # in addresses
    "kind": "sorte",
    "topic": "theme",
    "family": "famille",
    "public": "public",
    "level": "niveau",
    "device": "appareil",
    "commune": "commune",
    "year": "annee",
}
LABELS = {
    "kind": _("Sort of page"),
    "topic": _("Topic"),
    "family": _("Family"),
    "public": _("Public"),
    "level": _("Level"),
    "device": _("Device"),
    "commune": _("Commune"),
    "year": _("Year"),
}
MOST_VALUES = 20  # of one facet
LONGEST = 100  # characters of a value
FacetFilters = Mapping[str, Sequence[str]]
"""Values asked of each facet, any of them: `{"kind": ["fiche"], "topic": ["courriel"]}`."""


@dataclass(frozen=True)
class FacetValue:
    """`value` as addresses write it, its `name` for people, and how many pages have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True)
class Option:
    """A value that may be chosen. `without`: when it is, the address that takes it away."""

    value: str
    name: str
    count: int
    is_chosen: bool = False
    without: str = ""


@dataclass(frozen=True)
class Facet:
    """What a form of filters shows of a facet; `name`: in addresses."""

    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]

    def parts(self, total: int) -> bool:
        """Whether something can be chosen that not all of so many pages have."""
        return any(option.count < total for option in self.options)


def facet_of(
    facet: str,
    values: Iterable[FacetValue],
    filters: FacetFilters,
    address: Callable[[FacetFilters], str],
) -> Facet:
    """A facet with these values under these filters; `address`: that of others."""
    asked = filters.get(facet, ())
    options = [
        Option(v.value, v.name, v.count, True, address(less(filters, facet, v.value)))
        if v.value in asked
        else Option(v.value, v.name, v.count)
        for v in values
    ]
    return Facet(NAMES[facet], str(LABELS[facet]), options)


def asked_in(query: QueryDict, facets: Iterable[str]) -> dict[str, list[str]]:
    """The values that an address asks of these facets; the others are passed over."""
    found = {facet: _values(query.getlist(NAMES[facet])) for facet in facets}
    return {facet: values for facet, values in found.items() if values}


def _values(values: list[str]) -> list[str]:
    kept = dict.fromkeys(value.strip()[:LONGEST] for value in values[:MOST_VALUES])
    return [value for value in kept if value and "\x00" not in value]


def less(filters: FacetFilters, facet: str, value: str) -> dict[str, Sequence[str]]:
    """The filters without one value."""
    return {**filters, facet: [other for other in filters[facet] if other != value]}


def pairs_of(filters: FacetFilters) -> list[tuple[str, str]]:
    """The filters as the query of an address holds them."""
    return [(NAMES[facet], value) for facet, values in filters.items() for value in values]


def page_number(text: str, last: int) -> int:
    """From 1 to the last one; 1 for what is no number."""
    if not (text.isascii() and text.isdigit()):
        return 1
    return min(max(int(text), 1), last) if len(text) < 10 else last
