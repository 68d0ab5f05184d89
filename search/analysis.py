"""From French text to the terms that the index holds and that queries ask for.

A word is folded (case, accents, œ, æ), loses its elision (l', qu’), and gives its stems:
Snowball's French stem of the folded word, and the folded stem of the accented word, which
differ for some words. Irregular plurals (-aux) give the stems of -al and -ail too.
Stemmer: Porter's French algorithm (https://snowballstem.org/algorithms/french/stemmer.html).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

LONGEST_WORD = 60
APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "´": "'", "`": "'"})
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE", "ß": "ss"})
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|aujourd)'(?=.)")
WHOLE = {"aujourd'hui": "aujourdhui", "quelqu'un": "quelquun", "quelqu'une": "quelquun"}

STOP_WORDS = frozenset(
    [
        "a",
        "ai",
        "as",
        "au",
        "aux",
        "avec",
        "c",
        "ce",
        "ceci",
        "cela",
        "celle",
        "celles",
        "celui",
        "ces",
        "cet",
        "cette",
        "ceux",
        "ci",
        "comme",
        "comment",
        "d",
        "dans",
        "de",
        "des",
        "donc",
        "du",
        "elle",
        "elles",
        "en",
        "est",
        "et",
        "etait",
        "etant",
        "ete",
        "etre",
        "eu",
        "eux",
        "il",
        "ils",
        "j",
        "je",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "lui",
        "m",
        "ma",
        "mais",
        "me",
        "meme",
        "mes",
        "moi",
        "mon",
        "n",
        "ne",
        "nos",
        "notre",
        "nous",
        "on",
        "ont",
        "or",
        "ou",
        "par",
        "pas",
        "pour",
        "pourquoi",
        "qu",
        "quand",
        "que",
        "quel",
        "quelle",
        "quelles",
        "quels",
        "qui",
        "quoi",
        "s",
        "sa",
        "sans",
        "se",
        "sera",
        "ses",
        "si",
        "son",
        "sont",
        "sur",
        "t",
        "ta",
        "te",
        "tes",
        "toi",
        "ton",
        "tu",
        "un",
        "une",
        "va",
        "veut",
        "vos",
        "votre",
        "vous",
        "y",
        "ca",
        "est-ce",
        "faut",
        "peut",
        "suis",
        "avoir",
        "fait",
        "faire",
        "dois",
        "doit",
    ]
)

_stemmer = snowballstemmer.stemmer("french")


@dataclass(frozen=True)
class Token:
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
    plain = unicodedata.normalize("NFKD", text.translate(LIGATURES).lower())
    return "".join(char for char in plain if not unicodedata.combining(char))


def tokens(text: str) -> list[Token]:
    """The words of a text in order, stop words included; positions are in `text`."""
    text = text.translate(APOSTROPHES).replace("\x00", " ")
    found = []
    for match in WORD.finditer(text):
        start, word = _without_elision(match.start(), match.group())
        for part_start, part in _parts(start, word):
            folded, stems = _analyse(part[:LONGEST_WORD])
            if folded:
                found.append(Token(part_start, part_start + len(part), folded, stems))
    return found


def _without_elision(start: int, word: str) -> tuple[int, str]:
    if word.lower() in WHOLE:
        return start, word
    elided = ELISION.match(word.lower())
    return (start + elided.end(), word[elided.end() :]) if elided else (start, word)


def _parts(start: int, word: str):
    """« entr'aide » keeps its two words apart; fixed phrases stay one."""
    if word.lower() in WHOLE:
        yield start, word
        return
    for part in word.split("'"):
        yield start, part
        start += len(part) + 1


@lru_cache(maxsize=65_536)
def _analyse(word: str) -> tuple[str, tuple[str, ...]]:
    lower = WHOLE.get(word.lower(), word.lower())
    lower = unicodedata.normalize("NFC", lower.translate(LIGATURES))
    folded = fold(lower)
    forms = [_stemmer.stemWord(folded), fold(_stemmer.stemWord(lower))]
    if folded.endswith("aux") and not folded.endswith("eaux") and len(folded) > 4:
        forms += [_stemmer.stemWord(folded[:-3] + end) for end in ("al", "ail")]
    return folded, tuple(dict.fromkeys(form for form in forms if form))


def stems_of(text: str) -> str:
    """The stems of a text in order, stop words left out: what full-text columns hold."""
    return " ".join(stem for token in tokens(text) if not token.is_stop for stem in token.stems)


def words_of(text: str) -> str:
    """Each folded word of a text once: what the search by beginnings of words reads."""
    return " ".join(sorted({token.word for token in tokens(text)}))
