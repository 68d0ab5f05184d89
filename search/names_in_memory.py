"""The folded names of all pages, kept in each process for the completion of titles.

They are read whole once, then only those written since, known by the site's stamp. What is
found here is a guess that costs no query: whoever shows it asks first who may read it.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from itertools import accumulate
from threading import Lock
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import STOP_WORDS
from search.models import PageNames
from wiki.models import Stamp

LATE = 200  # stamps: a transaction may end after that many others that began later
SHORTEST_MISTAKEN = 4  # signs: shorter words are taken as they are written
LONG = 8  # signs of a word that may hold two mistakes


class Row(NamedTuple):
    """A name of a page; rows sort in the order of the answers."""

    is_other: bool  # a wording, not the title
    length: int
    line: str  # a space before each word
    page_id: int


def rows_of(page_id: int, names: str) -> list[Row]:
    lines = [f"\n {name}" for name in names.splitlines()]
    return [Row(rank > 0, len(line), line, page_id) for rank, line in enumerate(lines)]


class Lines:
    """All names as one text, a line a name and a space before each word: one pass of
    `str.find` over it is much quicker than a loop over the names."""

    def __init__(self, rows: list[Row]):
        self.page_ids = [row.page_id for row in rows]
        self.text = "".join([row.line for row in rows])
        self.starts = list(accumulate([row.length for row in rows], initial=0))

    def find(self, words: list[str]) -> Iterator[int]:
        """Pages with a name that holds all these words, best first: names that begin so,
        then words that begin so, then words that hold them. Reads no further than asked."""
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


class Vocabulary:
    """The words of all names, to be searched with mistakes: a letter added, left out, changed
    or swapped with its neighbour; two of them in a long word."""

    def __init__(self, words: Iterable[str]):
        self.of_length: dict[int, list[str]] = {}
        self.of_letter: dict[str, list[str]] = {}
        for word in words:
            self.of_length.setdefault(len(word), []).append(word)
            self.of_letter.setdefault(word[0], []).append(word)

    def near(self, word: str) -> Iterator[tuple[str, int]]:
        """Words that this one may be, with the number of mistakes."""
        allowed = mistakes_in(word)
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            yield from nearest(word, self.of_length.get(length, ()), allowed)

    def begun_near(self, word: str) -> Iterator[tuple[str, int]]:
        """Words that this one may be the beginning of, with the number of mistakes; of those
        that begin with the same letter, ten times fewer."""
        for length in (len(word) - 1, len(word), len(word) + 1):
            begun: dict[str, list[str]] = {}
            for whole in self.of_letter.get(word[0], ()):
                if len(whole) > length:
                    begun.setdefault(whole[:length], []).append(whole)
            for found, distance in nearest(word, begun, mistakes_in(word)):
                for whole in begun[found]:
                    yield whole, distance


def mistakes_in(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def nearest(word: str, texts: Iterable[str], allowed: int) -> list[tuple[str, int]]:
    found = process.extract(
        word, list(texts), scorer=OSA.distance, score_cutoff=allowed, limit=None
    )
    return [(text, int(distance)) for text, distance, _rank in found]


class NamesInMemory:
    """Shared by the threads of a process; what they read is made new, never changed."""

    def __init__(self):
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        self.stamp = -1
        self.names: dict[int, str] = {}
        self.rows: list[Row] = []
        self.lines = Lines([])
        self.pages_of_word: dict[str, set[int]] = {}
        self.vocabulary: Vocabulary | None = None

    def find(self, words: list[str]) -> Iterator[int]:
        """Pages with a name that holds all these folded words, best first; lazily."""
        with self.lock:
            self.refresh()
            return self.lines.find(words)

    def find_mistaken(self, words: list[str], half_typed: bool = False) -> list[int]:
        """Pages whose names hold, but for a letter or two, all the telling ones of these
        words, fewest mistakes first; of the last one, the beginning when it is half typed."""
        telling = [w for w in words if len(w) >= SHORTEST_MISTAKEN and w not in STOP_WORDS]
        with self.lock:
            found = [self.mistakes(word) for word in telling]
            if half_typed and telling:
                found[-1] = self.mistakes(telling[-1], half_typed=True)
            shared = set.intersection(*map(set, found)) if found else set()
            totals = {pk: sum(of_word[pk] for of_word in found) for pk in shared}
            return sorted(totals, key=lambda pk: (totals[pk], len(self.names[pk]), pk))

    def mistakes(self, word: str, half_typed: bool = False) -> dict[int, int]:
        """How far the nearest word of a page's names is from this one, by page."""
        found: dict[int, int] = {}
        self.vocabulary = self.vocabulary or Vocabulary(self.pages_of_word)
        search = self.vocabulary.begun_near if half_typed else self.vocabulary.near
        for near, distance in search(word):
            for pk in self.pages_of_word[near]:
                found[pk] = min(distance, found.get(pk, distance))
        return found

    def refresh(self) -> None:
        """Read what was written since; everything when the stamp went back."""
        current = Stamp.current()
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
                self.pages_of_word.setdefault(word, set()).add(pk)
        self.place([row for pk, names in changed.items() for row in rows_of(pk, names)])
        self.lines, self.vocabulary = Lines(self.rows), None

    def place(self, rows: list[Row]) -> None:
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
            self.pages_of_word[word].discard(pk)
            if not self.pages_of_word[word]:
                del self.pages_of_word[word]


names_in_memory = NamesInMemory()
