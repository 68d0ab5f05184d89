"""How well a page answers a query, from the stems of its entry; the same for every engine.

A page's relevance adds up three parts, each between 0 and 1 before its weight, each weighted
by the rarity of the query's words:
- words: how much the page is about them (BM25F: Robertson and Zaragoza, « The Probabilistic
  Relevance Framework: BM25 and Beyond », 2009, section 3.6);
- name: how nearly its title, or one of its other wordings, is the query;
- neighbours: how near to each other, in the page, stand the words that follow each other in the
  query.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from operator import add
from typing import NamedTuple

SATURATION = 2.0  # BM25's k1: what a word said twice is worth beside a word said once
LENGTH_PENALTY = 0.5  # BM25's b: how much a long text weakens each of its words
NAME, NEIGHBOURS = 1.4, 0.6  # weights of these parts; the words weigh 1
WORDING = 0.8  # another wording, or a part of the title, is worth less than the whole title
SECTION = 0.5  # a section lists answers, it seldom is one
MEANT = 0.8  # what a word is worth that means the same as the one of the query
NEAR = 3  # stems from one word of an expression to the next one
DISTANCES = (
    (2, 1.0),
    (5, 0.6),
    (12, 0.35),
    (30, 0.15),
)  # stems between two words; what it is worth
WORTH = [  # by the distance
    next(worth for most, worth in DISTANCES if distance <= most)
    for distance in range(DISTANCES[-1][0] + 1)
]
PARTED, FAR_APART = " | | ", " |" * 40 + " "  # wordings, and files, are no sentence together
MOST_LOOKED_AT = 40  # places of a word in one column
BACKWARDS = 0.4  # in the other order than the query's


class Positions(NamedTuple):
    """Where a word stands; `worth`: 1 when it is the word itself, not one that means the same."""

    places: list[int]
    worth: float


@dataclass(frozen=True)
class Column:
    """`weight`: of one occurrence; `usual`: stems in it when it is neither long nor short;
    `closeness`: worth of two neighbours found in it."""

    weight: float
    usual: int
    closeness: float


COLUMNS = {
    "title_stems": Column(4.0, 4, 1.0),
    "wording_stems": Column(4.0, 20, 1.0),
    "lead_stems": Column(2.0, 25, 0.7),
    "topic_stems": Column(2.0, 4, 0.7),
    "body_stems": Column(1.0, 250, 0.4),
    "file_stems": Column(0.5, 800, 0.2),
}
NAMES = {"title_stems": 1.0, "wording_stems": WORDING}


@dataclass(frozen=True)
class QueryTerm:
    """A word of the query: the stems that are it, how rare it is, the phrases that are it, each
    as the stems of its words in order, and the stems that mean the same. `is_expression`: the
    first of the phrases was typed, the others mean the same."""

    stems: frozenset[str]
    rarity: float
    phrases: tuple[tuple[frozenset[str], ...], ...] = ()
    others: frozenset[str] = frozenset()
    is_expression: bool = False

    def meant_in(self, name: list[str]) -> frozenset[str]:
        """The stems by which a name holds this word."""
        found = (self.stems | self.others).intersection(name)
        for phrase in self.phrases:
            own = [stems.intersection(name) for stems in phrase]
            found = found.union(*own) if all(own) else found
        return found


def rarity(postings: int, pages: int) -> float:
    """A word of every page still weighs 1.1; one of a single page in 20,000 weighs 9.9."""
    return log(2 + pages / max(postings, 1)) if pages else 1.0


class Ranking:
    """The relevance of pages to the words of one query, given in its order."""

    def __init__(self, asked: list[QueryTerm]):
        self.rarities = [word.rarity for word in asked]
        self.whole = sum(self.rarities) or 1.0
        self.pairs = [a + b for a, b in zip(self.rarities, self.rarities[1:], strict=False)]
        most = 1 + NAME + (NEIGHBOURS if self.pairs else 0)
        self.scale = (1 + NAME + NEIGHBOURS) / most  # a query of one word has no neighbours
        self.stems = [
            *((stem, rank, 1.0) for rank, word in enumerate(asked) for stem in padded(word.stems)),
            *(
                (stem, rank, MEANT)
                for rank, word in enumerate(asked)
                for stem in padded(word.others)
            ),
        ]
        self.phrases = [
            (rank, tuple(map(padded, phrase)), 1.0 if word.is_expression and number == 0 else MEANT)
            for rank, word in enumerate(asked)
            for number, phrase in enumerate(word.phrases)
        ]
        self.in_phrases = {
            stem for _rank, phrase, _worth in self.phrases for word in phrase for stem in word
        }

    def relevance(self, entry: dict[str, str], is_section: bool = False) -> float:
        """`entry`: the columns of stems of a page."""
        places = {name: self.places(entry[name]) for name in COLUMNS}
        lengths = {name: stems_in(entry[name]) for name in COLUMNS}
        total = self.scale * (
            self.words(places, lengths)
            + NAME * self.name(entry, places)
            + NEIGHBOURS * self.neighbours(places)
        )
        return total * SECTION if is_section else total

    def places(self, stems: str, whole: bool = False) -> dict[int, Positions]:
        """Where each word of the query stands among stems parted by spaces, by its rank; an
        expression where it begins, or with `whole` at each of its words."""
        found: dict[int, Positions] = {}
        if not stems:
            return found
        parted = f" {stems} "
        if PARTED in parted:
            parted = parted.replace(PARTED, FAR_APART)
        for stem, rank, worth in self.stems:
            if stem in parted:
                found.setdefault(rank, Positions([], worth)).places.extend(places_in(parted, stem))
        told = self.phrases_told_in(parted)
        if not told:
            return found
        stems = {stem for _rank, phrase, _worth in told for word in phrase for stem in word}
        stand = {stem: places_in(parted, stem) for stem in stems}
        for rank, phrase, worth in told:
            for chain in chains(stand, phrase):
                own = found.setdefault(rank, Positions([], worth))
                own.places.extend(chain if whole else chain[:1])
        return found

    def phrases_told_in(self, parted: str) -> list:
        """Those of which a text holds every word, wherever it stands."""
        present = {stem for stem in self.in_phrases if stem in parted}
        if not present:
            return []
        return [asked for asked in self.phrases if holds_each(present, asked[1])]

    def words(self, places: dict[str, dict], lengths: dict[str, int]) -> float:
        """A word of the title that a wording says again is said once."""
        said, named = [0.0] * len(self.rarities), [0.0] * len(self.rarities)
        for name, column in COLUMNS.items():
            stretch = 1 - LENGTH_PENALTY + LENGTH_PENALTY * lengths[name] / column.usual
            for rank, found in places[name].items():
                worth = column.weight * found.worth * len(found.places) / stretch
                if name in NAMES:
                    named[rank] = max(named[rank], worth)
                else:
                    said[rank] += worth
        both = map(add, said, named)
        worth = (r * s / (s + SATURATION) for r, s in zip(self.rarities, both, strict=True))
        return sum(worth) / self.whole

    def name(self, entry: dict[str, str], places: dict[str, dict]) -> float:
        """The nearest of the page's names; wordings are parted by « | »."""
        return max(
            (
                weight * self.likeness(name.strip())
                for column, weight in NAMES.items()
                if places[column]
                for name in entry[column].split("|")
            ),
            default=0.0,
        )

    def likeness(self, name: str) -> float:
        """1 when a name holds the query and no other word."""
        found = self.places(name, whole=True)
        if not found:
            return 0.0
        held = sum(self.rarities[rank] * own.worth for rank, own in found.items()) / self.whole
        named = len({place for own in found.values() for place in own.places})
        tight = named / max(stems_in(name), 1)
        return held * (0.5 + 0.5 * tight * tight)

    def neighbours(self, places: dict[str, dict]) -> float:
        if not self.pairs:
            return 0.0
        worth = sum(pair * self.closeness(rank, places) for rank, pair in enumerate(self.pairs))
        return worth / sum(self.pairs)

    def closeness(self, rank: int, places: dict[str, dict]) -> float:
        """Of the column where the words of this rank and of the next one are best together."""
        return max(
            (
                COLUMNS[name].closeness * nearness(found[rank], found[rank + 1])
                for name, found in places.items()
                if rank in found and rank + 1 in found
            ),
            default=0.0,
        )


def padded(stems: Iterable[str]) -> tuple[str, ...]:
    return tuple(f" {stem} " for stem in stems)


def places_in(parted: str, stem: str) -> list[int]:
    """The ranks of a stem, between spaces, among those of a text."""
    found, place, counted = [], 0, 0
    at = parted.find(stem)
    while at >= 0:
        place, counted = place + parted.count(" ", counted, at), at
        found.append(place)
        at = parted.find(stem, at + 1)
    return found


def holds_each(present: set[str], phrase: tuple[tuple[str, ...], ...]) -> bool:
    return not any(map(present.isdisjoint, phrase))


def chains(stand: dict[str, list[int]], phrase: tuple[tuple[str, ...], ...]) -> list[list[int]]:
    """Where the words of a phrase follow each other, as the ranks of each of them; `stand`: the
    ranks of each stem."""
    found: list[list[int]] = []
    for number, stems in enumerate(phrase):
        own = sorted({place for stem in stems for place in stand[stem]})
        if number == 0:
            found = [[place] for place in own]
            continue
        steps = ((chain, after(chain[-1], own)) for chain in found)
        found = [[*chain, step] for chain, step in steps if step is not None]
        if not found:
            break
    return found


def after(place: int, places: list[int]) -> int | None:
    """The first of these sorted places that follows within NEAR."""
    rank = bisect_right(places, place)
    return places[rank] if rank < len(places) and places[rank] <= place + NEAR else None


def stems_in(text: str) -> int:
    return text.count(" ") + 1 if text else 0


def nearness(first: Positions, second: Positions) -> float:
    """1 for two words side by side in the order of the query, 0 for words far apart."""
    places, best = sorted(second.places), 0.0
    for place in first.places[:MOST_LOOKED_AT]:
        rank = bisect_left(places, place)
        if rank < len(places):
            best = max(best, worth_of(places[rank] - place))
        if rank:
            best = max(best, BACKWARDS * worth_of(place - places[rank - 1]))
    return best


def worth_of(distance: int) -> float:
    return WORTH[distance] if distance < len(WORTH) else 0.0
