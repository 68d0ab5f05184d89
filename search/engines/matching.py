"""Which entries hold the words of a query, as rows of the facet index.

A database is asked for words in six ways; see `search.query.terms`. What it answered is kept in the
process until the site's stamp changes: the next page of results, or another filter, asks nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from search.engines.facet_index import NO_ROWS, FacetIndex
from search.language.stop_words import weight
from search.query.correction import Mending
from search.query.groups import Group
from search.query.queries import Query
from search.query.ranking import rarity
from search.query.terms import Term, Way, anywhere, in_names

MOST = 0.4  # of the query, by rarity: what a page must hold to be listed
EXPRESSION = 0.25  # what each further word of a typed expression adds to its weight
MOST_KEPT = 64  # words whose rows are kept


class Postings(Protocol):
    def __call__(self, terms: list[Term]) -> list[tuple[int, str]]:
        """The rank of each term that something holds, with the ids of all the pages that
        hold it, parted by commas, whoever may read them. One query."""


@dataclass
class MatchedWord:
    """A word of the query and the rows of the readable entries that hold it."""

    group: Group
    rows: np.ndarray = field(default_factory=lambda: NO_ROWS)
    rarity: float = 1.0


class Finder:
    """Asks the database for words on behalf of one reader."""

    kept: dict[Term, np.ndarray] = {}
    kept_of: FacetIndex | None = None

    def __init__(self, fetch: Postings, facet_index: FacetIndex, readable: np.ndarray):
        self.fetch, self.facet_index, self.readable = fetch, facet_index, readable
        self.readers_pages = int(np.count_nonzero(readable))

    def postings(self, terms: Sequence[Term]) -> list[np.ndarray]:
        """The readable entries that answer each of these terms."""
        kept = self._kept()
        missing = [term for term in dict.fromkeys(terms) if term not in kept]
        found = self._asked(missing) if missing else {}
        if len(kept) + len(found) <= MOST_KEPT:
            kept.update(found)
        both = {**kept, **found}
        return [both[term][self.readable[both[term]]] for term in terms]

    def _kept(self) -> dict[Term, np.ndarray]:
        if Finder.kept_of is not self.facet_index:
            Finder.kept_of, Finder.kept = self.facet_index, {}
        return Finder.kept

    def _asked(self, terms: list[Term]) -> dict[Term, np.ndarray]:
        found = dict.fromkeys(terms, NO_ROWS)
        for rank, ids in self.fetch(terms):
            if ids:
                numbers = np.fromstring(ids, dtype=np.int64, sep=",")
                own = found[terms[rank]]
                rows = self.facet_index.rows_of(numbers)
                found[terms[rank]] = np.union1d(own, rows) if len(own) else rows
        return found

    def words(self, query: Query) -> dict[Group, MatchedWord]:
        """Each word of the query that a readable page holds; in the place of a typed one that
        none holds, words that begin with it, or the word that it may be with a fault; the words
        of a typed expression that none holds.

        Names are asked for in the same query: of a crowd, they tell which pages to read.
        """
        groups = dict.fromkeys(group for wording in query.expansions for group in wording)
        words = self.matched(groups)
        typed = query.expansions[0]
        parts = self.matched([part for g in typed if g not in words for part in g.parts])
        words |= parts
        single = [one for group in typed for one in (group.parts or (group,))]
        whole = {part for group in typed if group in words for part in group.parts}
        lost = [group for group in single if group not in words and group not in whole]
        return {**words, **self.mended(lost, query.text)}

    def matched(self, groups: Iterable[Group]) -> dict[Group, MatchedWord]:
        asked = list(groups)
        if not asked:
            return {}
        found = self.postings([*map(anywhere, asked), *map(in_names, asked)])
        held = zip(asked, found[: len(asked)], strict=True)
        return {group: self.word(group, rows) for group, rows in held if len(rows)}

    def word(self, group: Group, rows: np.ndarray) -> MatchedWord:
        rare = rarity(len(rows), self.readers_pages) * weight(group.word)
        return MatchedWord(group, rows, rare * (1 + EXPRESSION * max(len(group.parts) - 1, 0)))

    def mended(self, lost: list[Group], text: str) -> dict[Group, MatchedWord]:
        """By the typed word that nobody wrote: what stands for it."""
        mending = Mending(self, text)
        words: dict[Group, MatchedWord] = {}
        for way in (mending.parted, mending.begun, mending.corrected):
            left = [group for group in lost if group not in words]
            words |= {group: self.word(near, own) for group, near, own in way(left)} if left else {}
        return words

    def parts(self, query: Query, ways: list[list[MatchedWord]]) -> np.ndarray:
        """The part of the query that each entry holds, weighted by rarity: 1 for all of it, 0
        for entries that are not listed.

        Those that hold most of it are listed; when none does, those that hold most.
        """
        parts = np.zeros(self.facet_index.size)
        for way in ways:
            np.maximum(parts, self.part_of(way), out=parts)
        parts = np.where(self.allowed(query), parts, 0.0).round(6)
        floor = min(MOST, parts.max(initial=0.0)) - 1e-6
        return np.where(parts >= max(floor, 1e-6), parts, 0.0)

    def part_of(self, way: list[MatchedWord]) -> np.ndarray:
        """What each entry holds of the query said this way."""
        parts = np.zeros(self.facet_index.size)
        for word in way:
            parts[word.rows] += word.rarity
        return parts / sum(word.rarity for word in way)

    def holding(self, rows: np.ndarray) -> np.ndarray:
        mask = np.zeros(self.facet_index.size, dtype=bool)
        mask[rows] = True
        return mask

    def allowed(self, query: Query) -> np.ndarray:
        """Without the words left out, with the exact ones."""
        mask = self.readable.copy()
        for rows in self.postings([anywhere(group) for group in query.excluded]):
            mask[rows] = False
        for rows in self.postings([Term(Way.EXACT, phrase) for phrase in query.phrases]):
            mask &= self.holding(rows)
        return mask


def expansions_matched(query: Query, words: dict[Group, MatchedWord]) -> list[list[MatchedWord]]:
    """The ways of saying the query, each as the words that are held, the typed one first.
    Another one counts only when all its words are held, and alone when the typed one lacks some.
    """
    typed, *others = query.expansions
    first = (
        one for group in typed for one in ((group,) if group in words else group.parts or (group,))
    )
    typed_words = [words.get(group) for group in first]
    whole = [[words[group] for group in way] for way in others if all(g in words for g in way)]
    if whole and None in typed_words:
        return whole
    return [way for way in ([word for word in typed_words if word], *whole) if way]
