"""Faults of spelling: a word that nobody wrote, and the known words that it may be.

The vocabulary holds words of pages that are open to everybody. Whoever proposes one of them
verifies first that the reader may read a page that holds it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from threading import Lock

from rapidfuzz.distance import OSA

from search.analysis import LONGEST_WORD, Token, tokens
from search.models import Word
from search.names_in_memory import SHORTEST_MISTAKEN, Vocabulary

MOST_CANDIDATES = 6
LETTERS = re.compile(r"[^\W\d_]+")
MOST_KEPT = 6_000  # of one publication: 50,000 words of French have as many different ones


def keep_words(found: Iterable[Token], text: str, known: set[str] = frozenset()) -> None:
    """Add to the vocabulary the words of a text that it lacks, the first of them when there are
    more than anybody writes. `known`: words to pass over."""
    fresh = (token for token in found if token.word not in known)
    written = dict(islice(_each_written(fresh, text), MOST_KEPT))
    there = set(Word.objects.filter(word__in=written).values_list("word", flat=True))
    add_words({word: own for word, own in written.items() if word not in there})


def written_in(found: Iterable[Token], text: str) -> dict[str, str]:
    """The words of a text that the vocabulary may hold, as they are written in small letters."""
    return dict(_each_written(found, text))


def _each_written(found: Iterable[Token], text: str) -> Iterator[tuple[str, str]]:
    """One pair for a word, its first."""
    seen: set[str] = set()
    for token in found:
        if token.word in seen or not SHORTEST_MISTAKEN <= len(token.word) <= LONGEST_WORD:
            continue
        seen.add(token.word)
        if LETTERS.fullmatch(token.word):
            yield token.word, text[token.start : token.end].lower()


def add_words(written: Mapping[str, str]) -> None:
    """In one order: two writers never wait for each other."""
    rows = [Word(word=word, written=written[word][:60]) for word in sorted(written)]
    Word.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


class Spelling:
    """The vocabulary in memory, with what was added since it was read last."""

    def __init__(self):
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        self.last = 0
        self.written: dict[str, str] = {}
        self.vocabulary = Vocabulary(())

    def near(self, word: str) -> list[str]:
        """Words of the vocabulary that this one may be, fewest faults first."""
        if len(word) < SHORTEST_MISTAKEN or not LETTERS.fullmatch(word):
            return []
        with self.lock:
            self.refresh()
            found = sorted(self.vocabulary.near(word), key=lambda pair: (pair[1], pair[0]))
        return [near for near, _faults in found if near != word][:MOST_CANDIDATES]

    def faults(self, word: str, near: str) -> int:
        return int(OSA.distance(word, near))

    def with_accents(self, word: str) -> str:
        return self.written.get(word, word)

    def refresh(self) -> None:
        """Numbers grow: a word that a slower transaction adds with a smaller one is read when
        the vocabulary is read whole, at the next start."""
        rows = list(Word.objects.filter(pk__gt=self.last).values_list("pk", "word", "written"))
        if rows:
            self.last = max(pk for pk, *_words in rows)
            self.written |= {word: written for _pk, word, written in rows}
            self.vocabulary = Vocabulary(self.written)


spelling = Spelling()


def mended(query: str, corrections: Mapping[str, str]) -> str:
    """The query with other words in the place of those that nobody wrote; else nothing."""
    parts, reached = [], 0
    for token in tokens(query):
        if token.word in corrections:
            parts += [query[reached : token.start], corrections[token.word]]
            reached = token.end
    return "".join([*parts, query[reached:]]) if parts else ""
