"""From French text to the terms that the index holds and that queries ask for.

A word is folded (case, accents, œ, æ), loses its elision (l', qu’), and gives its stems:
Snowball's French stem of the folded word, and the folded stem of the accented word, which
differ for some words. Plurals that Snowball leaves as they are (travaux, lieux, photos)
or takes for verbs (champions) give the stem of their singular too.
Stemmer: Porter's French algorithm (https://snowballstem.org/algorithms/french/stemmer.html).

What is written in several ways has one stem: « co-voiturage » that of « covoiturage » too,
« R.S.A. » that of « RSA », « 5/2/20 » those of « 5 février 2020 », « +33 2 47… » that of
« 0247… », « Ste » that of « Sainte ». Small words that are words where they stand (« le son »,
« l’été », « l’AS ») are kept: see `search.language.stop_words`.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from search.language import numbers, stop_words
from search.language.stop_words import STOP_WORDS
from wiki.text.characters import without_accents

LONGEST_WORD = 60
SIGNS = dict.fromkeys("’ʼ‘´`", "'") | dict.fromkeys("\u2010\u2011", "-")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss"})
LETTERS = "[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*"  # accents may be characters of their own
INITIALS = r"[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"  # « R.S.A. »
WORD = re.compile(f"(?<![^\\W_]){INITIALS}|{LETTERS}(?:['-]{LETTERS})*")
ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu)'(?=.)", re.IGNORECASE)
WHOLE = {  # words that an apostrophe or a hyphen does not part
    "aujourd'hui": "aujourdhui",
    "quelqu'un": "quelquun",
    "quelqu'une": "quelquun",
    "wi-fi": "wifi",
    "e-mail": "email",
    "e-mails": "emails",
}
SINGULARS = {"baux": "bail", "cieux": "ciel", "maux": "mal", "yeux": "oeil"}
WRITTEN_SHORT = {"st": "saint", "ste": "saint", "sts": "saint", "stes": "saint", "1er": "1"}
ONE_STEM = frozenset(numbers.MONTHS)  # « mars » would be cut as « mari » is

_own = threading.local()


def _stem(word: str) -> str:
    """Snowball's stem; its stemmers hold the word they work on, so each thread has its own."""
    if not hasattr(_own, "stemmer"):
        _own.stemmer = snowballstemmer.stemmer("french")
    return _own.stemmer.stemWord(word)


class Token(NamedTuple):
    """A word of a text: where it stands, its folded form, and its stems, the main one first.

    `is_stop`: it says nothing where it stands. `solid`: of the last word of a compound, where the
    compound begins, and its folded form without hyphens.
    """

    start: int
    end: int
    word: str
    stems: tuple[str, ...]
    is_stop: bool = False
    solid: tuple[int, str] | None = None


def fold(text: str) -> str:
    """Lower case, without accents nor ligatures."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(LIGATURES)
    plain = unicodedata.normalize("NFKD", plain)
    return without_accents(plain)


def tokens(text: str) -> list[Token]:
    """The words of a text in order, stop words included; positions are in `text`."""
    for written, plain in SIGNS.items():
        text = text.replace(written, plain)
    return stop_words.told_apart(_in_order(text), text)


def _in_order(text: str) -> list[Token]:
    """Words, and between them the figures that say more together than apart."""
    found, reached = [], 0
    for figure in numbers.found_in(text):
        found += _words(text, reached, figure.start())
        found += _figures(figure)
        reached = figure.end()
    return found + _words(text, reached, len(text))


def _figures(figure: re.Match) -> Iterator[Token]:
    for start, end, word, stems in numbers.read(figure):
        yield Token(start, end, word, stems)


_new = tuple.__new__  # a text has a thousand words: half of what its analysis costs is to make them


def _words(text: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for match in WORD.finditer(text, start, end):
        compound = match[0]
        if compound.isalnum():  # most often
            word, stems = _analyse(compound[:LONGEST_WORD])
            if word:
                place = match.span()
                found.append(_new(Token, (*place, word, stems, word in STOP_WORDS, None)))
        elif "." in compound:
            word, stems = _analyse(compound.replace(".", "")[:LONGEST_WORD])
            found.append(Token(*match.span(), word, stems))
        else:
            found += _compound(match.start(), compound)
    return found


def _compound(start: int, compound: str) -> list[Token]:
    """Its words; the last one has the stems of the whole without hyphens too, unless a small word
    stands among them, as in « Ports-sur-Vienne »."""
    found = []
    for place, part in _parts(start, compound):
        word, stems = _analyse(part[:LONGEST_WORD])
        if word:
            is_stop = word in STOP_WORDS
            found.append(Token(place, place + len(part), word, stems, is_stop))
    if len(found) > 1 and "-" in compound and not any(token.is_stop for token in found):
        word, stems = _analyse("".join(token.word for token in found)[:LONGEST_WORD])
        both = tuple(dict.fromkeys((*found[-1].stems, *stems)))
        found[-1] = found[-1]._replace(stems=both, solid=(found[0].start, word))
    return found


def _parts(start: int, compound: str) -> Iterable[tuple[int, str]]:
    """The words of a compound with where they stand: most often it is one word."""
    if compound.lower() in WHOLE:
        return ((start, compound),)
    return _pieces(start, compound)


def _pieces(start: int, compound: str) -> Iterator[tuple[int, str]]:
    """« rendez-vous » and « entr'aide » as two words, « l'atelier » without its elision."""
    elided = ELISION.match(compound)
    if elided and compound[elided.end() :].lower() in WHOLE:
        yield start + elided.end(), compound[elided.end() :]
        return
    for piece in compound.split("-"):
        elided = ELISION.match(piece)
        place, word = (elided.end(), piece[elided.end() :]) if elided else (0, piece)
        for part in [word] if word.lower() in WHOLE else word.split("'"):
            yield start + place, part
            place += len(part) + 1
        start += len(piece) + 1


def analysed(word: str) -> tuple[str, tuple[str, ...]]:
    """The folded form of a word without hyphens nor apostrophes, and its stems."""
    return _analyse(word[:LONGEST_WORD])


@lru_cache(maxsize=65_536)
def _analyse(word: str) -> tuple[str, tuple[str, ...]]:
    """The folded word and its stems; both empty when nothing is left of it."""
    lower = WHOLE.get(word.lower(), word.lower())
    folded = fold(lower)
    if folded in ONE_STEM:
        return folded, (folded,)
    accented = unicodedata.normalize("NFC", lower).translate(LIGATURES)
    forms = [_stem(folded), fold(_stem(accented))]
    forms += [_stem(singular) for singular in _singulars(folded)]
    if folded in WRITTEN_SHORT:
        forms.insert(0, WRITTEN_SHORT[folded])
    return folded, tuple(dict.fromkeys(form for form in forms if form))


def _singulars(word: str) -> list[str]:
    """What a folded plural may be the plural of: travaux, of traval or travail."""
    if word in SINGULARS:
        return [SINGULARS[word]]
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > 4:
        return [word[:-3] + "al", word[:-3] + "ail"]
    if word.endswith(("s", "eux")) and len(word) > 3:
        return [word[:-1]]
    return []


def stems_of(text: str) -> str:
    """The stems of a text in order, stop words left out: what full-text columns hold."""
    return stems_in(tokens(text))


def stems_in(found: Iterable[Token]) -> str:
    return " ".join([stem for token in found if not token.is_stop for stem in token.stems])


def words_in(found: Iterable[Token]) -> str:
    """The folded words in order, stop words included: what beginnings of words and exact
    phrases are looked for in."""
    return " ".join([token.word for token in found])
