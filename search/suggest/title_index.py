"""The folded names of all pages, kept in each process for the completion of titles.

They are read whole once, then only those written since, known by the site's stamp. What is
found here is a guess that costs no query: whoever shows it asks first who may read it.
"""

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from heapq import heapify, heappop
from itertools import accumulate
from operator import itemgetter
from threading import Lock
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.language.analysis import STOP_WORDS
from search.models import PageNames
from wiki.models import SiteRevision

LATE = 200  # stamps: a transaction may end after that many others that began later
SHORTEST_MISTAKEN = 4  # characters: shorter words are taken as they are written
LONG = 8  # characters of a word that may hold two mistakes
MOST_BEGUN = 60  # lists of beginnings kept: those that people type just now


class NameRow(NamedTuple):
    """A name of a page; rows sort in the order of the answers."""

    is_other: bool  # a wording, not the title
    length: int
    line: str  # a space before each word
    page_id: int


def rows_of(page_id: int, names: str) -> list[NameRow]:
    lines = [f"\n {name}" for name in names.splitlines()]
    return [NameRow(rank > 0, len(line), line, page_id) for rank, line in enumerate(lines)]


class Lines:
    """All names as one text, a line a name and a space before each word: one pass of
    `str.find` over it is much quicker than a loop over the names."""

    def __init__(self, rows: list[NameRow]):
        self.page_ids = [row.page_id for row in rows]
        self.text = "".join([row.line for row in rows])
        self.starts = list(accumulate([row.length for row in rows], initial=0))

    def find(self, words: list[str]) -> Iterator[int]:
        """Pages with a name that holds all these words, best first: names that begin so,
        then words that begin so, then words that hold them. Reads no further than asked."""
        if any(self.text.find(word) < 0 for word in words):
            return  # one pass, not three
        seen: set[int] = set()
        begun = [f" {word}" for word in words]
        for texts in (["\n" + "".join(begun)], begun, words):
            for rank in self.holding(texts):
                pk = self.page_ids[rank]
                if pk not in seen:
                    seen.add(pk)
                    yield pk

    def holding(self, texts: list[str]) -> Iterator[int]:
        """The ranks of the lines that hold all these texts."""
        first, *others = sorted(texts, key=len, reverse=True)
        place = self.text.find(first)
        while place >= 0:
            rank = bisect_right(self.starts, place) - 1
            start, end = self.starts[rank], self.starts[rank + 1]
            if all(self.text.find(text, start, end) >= 0 for text in others):
                yield rank
            place = self.text.find(first, end)


class NameVocabulary:
    """The words of all names, to be searched with mistakes: a letter added, left out, changed
    or swapped with its neighbour; two of them in a long word."""

    def __init__(self, words: Iterable[str]):
        self.of_length: dict[int, list[str]] = {}
        self.of_letter: dict[str, list[str]] = {}
        self.begun: dict[tuple[str, int], dict[str, list[str]]] = {}
        for word in words:
            self.of_length.setdefault(len(word), []).append(word)
            self.of_letter.setdefault(word[0], []).append(word)

    def near(self, word: str) -> Iterator[tuple[str, int]]:
        """Words that begin with the same letter and that this one may be, with the number of
        mistakes: ten times fewer to look at than all words, and few err on the first letter."""
        begun = self.of_letter.get(word[0], ())
        return iter(nearest(word, begun, mistakes_in(word)))

    def far(self, word: str) -> Iterator[tuple[str, int]]:
        """The same, whatever the first letter."""
        allowed = mistakes_in(word)
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            yield from nearest(word, self.of_length.get(length, ()), allowed)

    def begun_near(self, word: str) -> Iterator[tuple[str, int]]:
        """Words that begin with the same letter, of which this one may be the beginning."""
        for length in (len(word) - 1, len(word), len(word) + 1):
            begun = self.beginnings(word[0], length)
            for found, distance in nearest(word, begun, mistakes_in(word)):
                for whole in begun[found]:
                    yield whole, distance

    def beginnings(self, letter: str, length: int) -> dict[str, list[str]]:
        """The longer words of this letter by their first `length` letters; made once."""
        key = (letter, length)
        if key not in self.begun:
            if len(self.begun) >= MOST_BEGUN:
                self.begun.clear()
            begun: dict[str, list[str]] = {}
            for whole in self.of_letter.get(letter, ()):
                if len(whole) > length:
                    begun.setdefault(whole[:length], []).append(whole)
            self.begun[key] = begun
        return self.begun[key]


def mistakes_in(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def nearest(word: str, texts: Iterable[str], allowed: int) -> list[tuple[str, int]]:
    found = process.extract(
        word, list(texts), scorer=OSA.distance, score_cutoff=allowed, limit=None
    )
    return [(text, int(distance)) for text, distance, _rank in found]


def in_order(totals: list[tuple[int, int, int]]) -> Iterator[int]:
    """A heap: of a thousand pages, some forty are asked for."""
    heapify(totals)
    while totals:
        yield heappop(totals)[-1]


class NamesInMemory:
    """Shared by the threads of a process; what they read is made new, never changed."""

    def __init__(self):
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        self.stamp = -1
        self.names: dict[int, str] = {}
        self.rows: list[NameRow] = []
        self.lines = Lines([])
        self.pages_of_word: dict[str, array[int]] = {}  # sets weigh ten times that
        self.vocabulary: NameVocabulary | None = None

    def find(self, words: list[str]) -> Iterator[int]:
        """Pages with a name that holds all these folded words, best first; lazily."""
        with self.lock:
            self.refresh()
            return self.lines.find(words)

    def find_mistaken(self, words: list[str], last: str = "near") -> Iterator[int]:
        """Pages whose names hold, but for a letter or two, all the telling ones of these
        words, fewest mistakes first; put in order no further than asked.

        `last`, the way of `NameVocabulary` to look for the last word: "near", "begun_near" when
        it is half typed; "far" looks so for all of them.
        """
        telling = [w for w in words if len(w) >= SHORTEST_MISTAKEN and w not in STOP_WORDS]
        first = "far" if last == "far" else "near"
        with self.lock:
            found = [self.mistakes(word, first) for word in telling[:-1]]
            found += [self.mistakes(word, last) for word in telling[-1:]]
            return in_order(self.totals(found))

    def totals(self, found: list[dict[int, int]]) -> list[tuple[int, int, int]]:
        """The mistakes, the length of the names and the number of the pages of all words."""
        names, (first, *others) = self.names, found or [{}]
        if not others:  # the same as below, without its cost for each page
            return [(mistakes, len(names[pk]), pk) for pk, mistakes in first.items()]
        return [
            (mistakes + sum(other[pk] for other in others), len(names[pk]), pk)
            for pk, mistakes in first.items()
            if all(pk in other for other in others)
        ]

    def mistakes(self, word: str, way: str) -> dict[int, int]:
        """How far the nearest word of a page's names is from this one, by page."""
        self.vocabulary = self.vocabulary or NameVocabulary(self.pages_of_word)
        found: dict[int, int] = {}
        nearest_last = sorted(getattr(self.vocabulary, way)(word), key=itemgetter(1), reverse=True)
        for near, distance in nearest_last:
            found.update(dict.fromkeys(self.pages_of_word[near], distance))
        return found

    def brought_up(self) -> None:
        with self.lock:
            self.refresh()

    def names_of(self, page_id: int) -> str:
        """The folded names of a page, one a line, as they were at the last refreshing."""
        return self.names.get(page_id, "")

    def postings(self, terms: Iterable[set[str]]) -> list[list[int]]:
        """For each set of folded words, the pages whose names hold one of them, likewise."""
        with self.lock:
            known = self.pages_of_word
            return [[*set().union(*(known.get(word, ()) for word in term))] for term in terms]

    def refresh(self) -> None:
        """Read what was written since; everything when the stamp went back."""
        current = SiteRevision.current()
        if current == self.stamp:
            return
        if current < self.stamp:
            self.forget()
        written = PageNames.objects.all()
        if self.stamp >= 0:
            written = written.filter(stamp__gte=self.stamp - LATE)
        fresh = dict(written.values_list("page_id", "names"))
        changed = {pk: names for pk, names in fresh.items() if self.names.get(pk) != names}
        self.take(changed)
        self.stamp = current

    def take(self, changed: dict[int, str]) -> None:
        if not changed:
            return
        for pk, names in changed.items():
            self.drop(pk)
            self.names[pk] = names
            for word in set(names.split()):
                self.pages_of_word.setdefault(word, array("L")).append(pk)
        self.place([row for pk, names in changed.items() for row in rows_of(pk, names)])
        self.lines, self.vocabulary = Lines(self.rows), None

    def place(self, rows: list[NameRow]) -> None:
        """Keep the order: a few rows at their place, many with one sort."""
        if len(rows) > LATE:
            self.rows = sorted([*self.rows, *rows])
            return
        for row in rows:
            insort(self.rows, row)

    def drop(self, pk: int) -> None:
        names = self.names.get(pk, "")
        for row in rows_of(pk, names):
            del self.rows[bisect_left(self.rows, row)]
        for word in set(names.split()):
            self.pages_of_word[word].remove(pk)
            if not self.pages_of_word[word]:
                del self.pages_of_word[word]


names_in_memory = NamesInMemory()
