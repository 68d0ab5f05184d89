"""The pages of a list as one reader may know them: their ids in order, and what each facet holds.

Which pages have a value is a number whose n-th bit is the n-th page of the list: to narrow it, to
count it and to count what is left under each value takes a few operations on numbers, however many
pages there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from wiki.pages.facets import FacetValue
from wiki.text.french_order import french_key

Held = dict[str, dict[str, int]]
"""Of one facet: value → name that pages give it → which pages do."""


class ListedRows:
    def __init__(self, ids: list[int], held: dict[str, Held]):
        self.ids, self.held = ids, held
        self.all = (1 << len(ids)) - 1

    def narrowed(self, asked: Mapping[str, str], but: str = "") -> int:
        """The pages that have what is asked of each facet, but of one."""
        found = self.all
        for facet, value in asked.items():
            if facet != but:
                found &= self._having(facet, value)
        return found

    def _having(self, facet: str, value: str) -> int:
        found = 0
        for pages in self.held[facet].get(value, {}).values():
            found |= pages
        return found

    def values(self, facet: str, among: int) -> list[FacetValue]:
        """Those that some of these pages have, in French order, each with the name that most of
        them give it."""
        if among == self.all:
            return self._of_all[facet]
        return self._values(facet, among)

    @cached_property
    def _of_all(self) -> dict[str, list[FacetValue]]:
        return {facet: self._values(facet, self.all) for facet in self.held}

    def _values(self, facet: str, among: int) -> list[FacetValue]:
        found = (value_among(value, names, among) for value, names in self.held[facet].items())
        return sorted((one for one in found if one.count), key=lambda one: french_key(one.name))

    def ids_at(self, among: int, ranks: range) -> list[int]:
        """The ids of some of these pages, by their ranks among them."""
        if among == self.all:
            return self.ids[ranks.start : ranks.stop]
        return [self.ids[place] for place in places(among)][ranks.start : ranks.stop]


def value_among(value: str, names: Mapping[str, int], among: int) -> FacetValue:
    counts = {name: (pages & among).bit_count() for name, pages in names.items()}
    return FacetValue(value, commonest(counts), sum(counts.values()))


def commonest(counts: Mapping[str, int]) -> str:
    """The first in French order when several are."""
    if len(counts) == 1:
        return next(iter(counts))
    return min(counts, key=lambda name: (-counts[name], french_key(name)))


def places(bits: int) -> Iterator[int]:
    text = bin(bits)[:1:-1]
    place = text.find("1")
    while place >= 0:
        yield place
        place = text.find("1", place + 1)


def held_by(values: Iterable[tuple[int, Mapping[str, str]]]) -> Held:
    """Of the places of pages, each with its values of a facet and their names."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, own in values:
        for value, name in own.items():
            found[value][name].append(place)
    return {
        value: {name: bits_of(at) for name, at in names.items()} for value, names in found.items()
    }


def bits_of(places: list[int]) -> int:
    held = bytearray(max(places) // 8 + 1)
    for place in places:
        held[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(held, "little")
