"""From French text to the terms that the index holds and that queries ask for.

A word is folded (case, accents, œ, æ), loses its elision (l', qu’), and gives its stems:
Snowball's French stem of the folded word, and the folded stem of the accented word, which
differ for some words. Plurals that Snowball leaves as they are (travaux, lieux, photos)
or takes for verbs (champions) give the stem of their singular too.
Stemmer: Porter's French algorithm (https://snowballstem.org/algorithms/french/stemmer.html).
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

LONGEST_WORD = 60
SIGNS = dict.fromkeys("’ʼ‘´`", "'") | dict.fromkeys("\u2010\u2011", "-")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss"})
LETTERS = "[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*"  # accents may be signs of their own
WORD = re.compile(f"{LETTERS}(?:['-]{LETTERS})*")
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

WORDS_TO_PASS_OVER = """
    a ai as au aux avec avez avoir avons c ca ce ceci cela celle celles celui ces cet cette ceux
    ci comme comment d dans de des dois doit donc du elle elles en es est et etait etant ete etes
    etre eu eux faire fait faut il ils j je la le les leur leurs lui m ma mais me meme mes moi mon
    n ne nos notre nous on ont or ou par peut peux pour pourquoi puis qu quand que quel quelle
    quelles quels qui quoi s sa se sera ses si son sont suis sur t ta te tes toi ton tu un
    une va veut veux vos votre vous y
"""
STOP_WORDS = frozenset(WORDS_TO_PASS_OVER.split())

_own = threading.local()


def _stem(word: str) -> str:
    """Snowball's stem; its stemmers hold the word they work on, so each thread has its own."""
    if not hasattr(_own, "stemmer"):
        _own.stemmer = snowballstemmer.stemmer("french")
    return _own.stemmer.stemWord(word)


class Token(NamedTuple):
    """A word of a text: where it stands, its folded form, and its stems, the main one first."""

    start: int
    end: int
    word: str
    stems: tuple[str, ...]

    @property
    def is_stop(self) -> bool:
        return self.word in STOP_WORDS


def fold(text: str) -> str:
    """Lower case, without accents nor ligatures."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(LIGATURES)
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in plain if not unicodedata.combining(char))


def tokens(text: str) -> list[Token]:
    """The words of a text in order, stop words included; positions are in `text`."""
    return list(each_token(text))


def each_token(text: str) -> Iterator[Token]:
    """As `tokens`, one at a time."""
    for written, plain in SIGNS.items():
        text = text.replace(written, plain)
    for match in WORD.finditer(text):
        for start, part in _parts(match.start(), match.group()):
            word, stems = _analyse(part[:LONGEST_WORD])
            if word:
                yield Token(start, start + len(part), word, stems)


def _parts(start: int, compound: str) -> Iterable[tuple[int, str]]:
    """The words of a compound with where they stand: most often it is one word."""
    if compound.isalnum() or compound.lower() in WHOLE:
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


@lru_cache(maxsize=65_536)
def _analyse(word: str) -> tuple[str, tuple[str, ...]]:
    """The folded word and its stems; both empty when nothing is left of it."""
    lower = WHOLE.get(word.lower(), word.lower())
    folded = fold(lower)
    accented = unicodedata.normalize("NFC", lower).translate(LIGATURES)
    forms = [_stem(folded), fold(_stem(accented))]
    forms += [_stem(singular) for singular in _singulars(folded)]
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
    return " ".join(stem for token in found if not token.is_stop for stem in token.stems)


def words_in(found: Iterable[Token]) -> str:
    """The folded words in order, stop words included: what beginnings of words and exact
    phrases are looked for in."""
    return " ".join(token.word for token in found)
