"""Which entries hold the words of a query, as places on the shelf.

A database is asked for words in six ways; see `Way`. What it answered is kept in the process
until the site's stamp changes: the next page of results, or another filter, asks nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple, Protocol

import numpy as np

from search.groups import Group, groups_of
from search.queries import Query
from search.ranking import rarity
from search.shelf import NO_PLACES, Shelf
from search.spelling import spelling

SHORTEST_BEGINNING = 3
MOST = 0.4  # of the query, by rarity: what a page must hold to be listed
MOST_KEPT = 64  # words whose places are kept


class Way(StrEnum):
    """`ANYWHERE`, `NAMES` (title and other wordings), `LEADS` (summary), `TOPICS`: pages that
    hold one of these stems there. `BEGINNING`: a word that begins with these letters.
    `EXACT`: these folded words, one after the other."""

    ANYWHERE = "anywhere"
    NAMES = "names"
    LEADS = "leads"
    TOPICS = "topics"
    BEGINNING = "beginning"
    EXACT = "exact"


class Term(NamedTuple):
    way: Way
    words: tuple[str, ...]


class Holders(Protocol):
    def __call__(self, terms: list[Term]) -> list[tuple[int, str]]:
        """The rank of each term that something holds, with the ids of all the pages that
        hold it, parted by commas, whoever may read them. One query."""


@dataclass
class Word:
    """A word of the query and the places of the readable entries that hold it. `is_typed`: it
    is not there only because it means the same as another."""

    group: Group
    places: np.ndarray = field(default_factory=lambda: NO_PLACES)
    rarity: float = 1.0
    is_typed: bool = True


class Finder:
    """Asks the database for words on behalf of one reader."""

    kept: dict[Term, np.ndarray] = {}
    kept_of: Shelf | None = None

    def __init__(self, holders: Holders, shelf: Shelf, readable: np.ndarray):
        self.holders, self.shelf, self.readable = holders, shelf, readable
        self.readers_pages = int(np.count_nonzero(readable))

    def places(self, terms: Sequence[Term]) -> list[np.ndarray]:
        """The readable entries that answer each of these terms."""
        kept = self._kept()
        missing = [term for term in dict.fromkeys(terms) if term not in kept]
        found = self._asked(missing) if missing else {}
        if len(kept) + len(found) <= MOST_KEPT:
            kept.update(found)
        both = {**kept, **found}
        return [both[term][self.readable[both[term]]] for term in terms]

    def _kept(self) -> dict[Term, np.ndarray]:
        if Finder.kept_of is not self.shelf:
            Finder.kept_of, Finder.kept = self.shelf, {}
        return Finder.kept

    def _asked(self, terms: list[Term]) -> dict[Term, np.ndarray]:
        found = dict.fromkeys(terms, NO_PLACES)
        for rank, ids in self.holders(terms):
            if ids:
                numbers = np.fromstring(ids, dtype=np.int64, sep=",")
                found[terms[rank]] = self.shelf.places_of(numbers)
        return found

    def words(self, query: Query) -> dict[Group, Word]:
        """Each word of the query that a readable page holds; in the place of a typed one that
        none holds, words that begin with it, or the word that it may be with a fault.

        Names are asked for in the same query: of a crowd, they tell which pages to read.
        """
        groups = list(dict.fromkeys(group for wording in query.wordings for group in wording))
        found = self.places([*map(anywhere, groups), *map(in_names, groups)])
        held = dict(zip(groups, found[: len(groups)], strict=True))
        lost = [group for group in query.wordings[0] if not len(held[group])]
        words = {group: self.word(group, places) for group, places in held.items() if len(places)}
        return {**words, **self.mended(lost)}

    def word(self, group: Group, places: np.ndarray) -> Word:
        return Word(group, places, rarity(len(places), self.readers_pages))

    def mended(self, lost: list[Group]) -> dict[Group, Word]:
        """By the typed word that nobody wrote: what stands for it."""
        begun = [group for group in lost if len(group.word) >= SHORTEST_BEGINNING]
        half_typed = self.places([Term(Way.BEGINNING, (group.word,)) for group in begun])
        words = {
            group: self.word(replace(group, beginning=True), places)
            for group, places in zip(begun, half_typed, strict=True)
            if len(places)
        }
        return {**words, **self.corrected([group for group in lost if group not in words])}

    def corrected(self, lost: list[Group]) -> dict[Group, Word]:
        """The nearest known words that a readable page holds, any of those equally near; the
        one that most pages hold is said to stand for the typed one."""
        tried = [(group, near) for group in lost for near in nearest(group)]
        found = self.places([anywhere(near) for _group, near in tried])
        held: dict[Group, list[tuple[int, int, Group]]] = {}
        for (group, near), places in zip(tried, found, strict=True):
            if len(places):
                faults = spelling.faults(group.word, near.word)
                held.setdefault(group, []).append((faults, -len(places), near))
        meant = {group: any_of(candidates) for group, candidates in held.items()}
        places = self.places([anywhere(near) for near in meant.values()])
        return {
            group: self.word(near, own)
            for (group, near), own in zip(meant.items(), places, strict=True)
        }

    def parts(self, query: Query, ways: list[list[Word]]) -> np.ndarray:
        """The part of the query that each entry holds, weighed by rarity: 1 for all of it, 0
        for entries that are not listed.

        Those that hold most of it are listed; when none does, those that hold most.
        """
        parts = np.zeros(self.shelf.size)
        for way in ways:
            np.maximum(parts, self.part_of(way), out=parts)
        parts = np.where(self.allowed(query), parts, 0.0).round(6)
        floor = min(MOST, parts.max(initial=0.0)) - 1e-6
        return np.where(parts >= max(floor, 1e-6), parts, 0.0)

    def part_of(self, way: list[Word]) -> np.ndarray:
        """What each entry holds of the query said this way: of the words that mean the same as
        typed ones, all or nothing."""
        parts = np.zeros(self.shelf.size)
        others = np.ones(self.shelf.size, dtype=bool)
        for word in way:
            if word.is_typed:
                parts[word.places] += word.rarity
            else:
                others &= self.holding(word.places)
        parts += others * sum(word.rarity for word in way if not word.is_typed)
        return parts / sum(word.rarity for word in way)

    def holding(self, places: np.ndarray) -> np.ndarray:
        mask = np.zeros(self.shelf.size, dtype=bool)
        mask[places] = True
        return mask

    def allowed(self, query: Query) -> np.ndarray:
        """Without the words left out, with the exact ones."""
        mask = self.readable.copy()
        for places in self.places([anywhere(group) for group in query.excluded]):
            mask[places] = False
        for places in self.places([Term(Way.EXACT, phrase) for phrase in query.phrases]):
            mask &= self.holding(places)
        return mask


def anywhere(group: Group) -> Term:
    return Term(Way.ANYWHERE, group.stems)


def in_names(group: Group) -> Term:
    return Term(Way.NAMES, group.stems)


def nearest(group: Group) -> list[Group]:
    return [
        replace(near, typed=group.word)
        for word in spelling.near(group.word)
        for near in groups_of(word)
    ]


def any_of(candidates: list[tuple[int, int, Group]]) -> Group:
    """One word for those with the fewest faults, named as the first of them."""
    ordered = sorted(candidates, key=lambda one: one[:2])
    nearest_ones = [group for faults, _pages, group in ordered if faults == ordered[0][0]]
    stems = dict.fromkeys(stem for group in nearest_ones for stem in group.stems)
    return replace(nearest_ones[0], stems=tuple(stems))


def said(query: Query, words: dict[Group, Word]) -> list[list[Word]]:
    """The ways of saying the query, each as the words that are held, the typed one first. One
    in words that mean the same counts only when all its words are held."""
    typed, *others = query.wordings
    ways = [[words[group] for group in typed if group in words]]
    for other in others:
        if all(group in words or group in typed for group in other):
            held = (group for group in other if group in words)
            ways.append([replace(words[group], is_typed=group in typed) for group in held])
    return [way for way in ways if way]
