"""Faults of spelling: a word that nobody wrote, and the known words that it may be.

The vocabulary holds words of pages that are open to everybody. Whoever proposes one of them
verifies first that the reader may read a page that holds it. A word of the French dictionary may
be rare and right: see `search.query.correction`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from threading import Lock

from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from search.language.analysis import LIGATURES, LONGEST_WORD, Token, stems_of, tokens
from search.language.phonetics import sound_of
from search.models import VocabularyWord
from search.suggest.title_index import SHORTEST_MISTAKEN, NameVocabulary

MOST_CANDIDATES = 8
HEARD_ALIKE = 0.5  # what each fault is worth between words of one sound
LETTERS = re.compile(r"[^\W\d_]+")
MOST_KEPT = 6_000  # of one publication: 50,000 words of French have as many different ones


def keep_words(found: Iterable[Token], text: str, known: set[str] = frozenset()) -> None:
    """Add to the vocabulary the words of a text that it lacks, the first of them when there are
    more than anybody writes. `known`: words to pass over."""
    fresh = (token for token in found if token.word not in known)
    written = dict(islice(_each_written(fresh, text), MOST_KEPT))
    there = set(VocabularyWord.objects.filter(word__in=written).values_list("word", flat=True))
    add_words({word: own for word, own in written.items() if word not in there})


def written_in(found: Iterable[Token], text: str) -> dict[str, str]:
    """The words of a text that the vocabulary may hold, as they are written in small letters."""
    return dict(_each_written(found, text))


def _each_written(found: Iterable[Token], text: str) -> Iterator[tuple[str, str]]:
    """One pair for a word, its first."""
    seen: set[str] = set()
    for token in found:
        if token.word in seen or not is_long_enough(token.word):
            continue
        seen.add(token.word)
        if LETTERS.fullmatch(token.word):
            yield token.word, text[token.start : token.end].lower()
        if token.solid and LETTERS.fullmatch(token.solid[1]):
            yield token.solid[1], text[token.solid[0] : token.end].lower()


def is_long_enough(word: str) -> bool:
    return SHORTEST_MISTAKEN <= len(word) <= LONGEST_WORD


def may_be_kept(word: str) -> bool:
    """A word of letters; of a compound with figures nothing is kept."""
    return is_long_enough(word) and bool(LETTERS.fullmatch(word))


def add_words(written: Mapping[str, str]) -> None:
    """In one order: two writers never wait for each other."""
    rows = [VocabularyWord(word=word, written=written[word][:60]) for word in sorted(written)]
    VocabularyWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


class Spelling:
    """The vocabulary in memory, with what was added since it was read last."""

    def __init__(self):
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        self.last, self.stamp = 0, None
        self.written: dict[str, str] = {}
        self.vocabulary = NameVocabulary(())
        self.by_sound: dict[str, list[str]] = {}

    def near(self, word: str) -> list[str]:
        """Words of the vocabulary that this one may be, fewest faults first: none for one that
        was cut, which is no word."""
        if not SHORTEST_MISTAKEN <= len(word) < LONGEST_WORD or not LETTERS.fullmatch(word):
            return []
        with self.lock:
            found = {near for near, _faults in self.vocabulary.near(word)}
            found.update(self.heard_as(word))
        ordered = sorted(found - {word}, key=lambda near: (self.faults(word, near), near))
        return ordered[:MOST_CANDIDATES]

    def heard_as(self, word: str) -> list[str]:
        if not self.by_sound:
            for known in self.written:
                self.by_sound.setdefault(sound_of(known), []).append(known)
        return self.by_sound.get(sound_of(word), [])

    def faults(self, word: str, near: str) -> float:
        distance = OSA.distance(word, near)
        return distance * HEARD_ALIKE if sound_of(word) == sound_of(near) else distance

    def is_known(self, word: str) -> bool:
        """Whether pages open to everybody hold it, in the singular or in the plural."""
        forms = (word, f"{word}s", word.removesuffix("s"))
        return len(word) >= SHORTEST_MISTAKEN and any(form in self.written for form in forms)

    def with_accents(self, word: str) -> str:
        return self.written.get(word, word)

    def bring_up(self, stamp: int | None) -> None:
        """To what the site's stamp says was written; one query when it is another stamp, or when
        the caller does not know it. To be called before what follows is asked."""
        with self.lock:
            if stamp is None or stamp != self.stamp:
                self.refresh()
                self.stamp = stamp

    def refresh(self) -> None:
        """Numbers grow: a word that a slower transaction adds with a smaller one is read when
        the vocabulary is read whole, at the next start."""
        rows = list(
            VocabularyWord.objects.filter(pk__gt=self.last).values_list("pk", "word", "written")
        )
        if rows:
            self.last = max(pk for pk, *_words in rows)
            self.written |= {word: written for _pk, word, written in rows}
            self.vocabulary, self.by_sound = NameVocabulary(self.written), {}


spelling = Spelling()


def same_word(group) -> str:
    """The known word that a typed one is, with a fault that its stem hides; else nothing."""
    typed = group.word
    if group.beginning or spelling.is_known(typed) or is_french(typed):
        return ""
    stems = set(group.stems)
    alike = (near for near in spelling.near(typed) if stems.intersection(stems_of(near).split()))
    return next(alike, "")


def is_french(word: str) -> bool:
    """Whether a folded word stands in the dictionary."""
    return word in dictionary()


@cache
def dictionary() -> frozenset[str]:
    """The words of French, folded; read when a word that nobody wrote is asked for first."""
    words = "\n".join(SpellChecker(language="fr").word_frequency.dictionary)
    bare = re.sub("[\u0300-\u036f]+", "", unicodedata.normalize("NFKD", words))
    return frozenset(bare.translate(LIGATURES).split("\n"))


def mended(query: str, corrections: Mapping[str, str]) -> str:
    """The query with other words in the place of those that nobody wrote; else nothing."""
    parts, reached = [], 0
    for token in tokens(query):
        if token.word in corrections:
            parts += [query[reached : token.start], corrections[token.word]]
            reached = token.end
    return "".join([*parts, query[reached:]]) if parts else ""
