"""Titles as people compare them: without case, accents, nor kinds of quotes and dashes."""

import re
import unicodedata
from functools import lru_cache

from wiki.text.characters import normal, without_accents

LONGEST = 255
_SPELT_OUT = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ′´`", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "œ": "oe",
        "æ": "ae",
    }
)
_BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=16_384)  # a page names a dozen others, each on many pages
def key_of(title: str) -> str:
    """The folded title: « L’Œuvre  d’été » is « l'oeuvre d'ete ». Folding it again changes nothing.

    Only blanks, and characters that nobody sees, give an empty key.
    """
    return folded(title)[:LONGEST].strip()


def folded(text: str) -> str:
    """A text of any length, folded as titles are."""
    parts = unicodedata.normalize("NFKD", normal(text).translate(_SPELT_OUT)).casefold()
    parts = unicodedata.normalize("NFKD", parts).translate(_SPELT_OUT)
    bare = without_accents(parts)
    return _BLANKS.sub(" ", bare if bare.strip() else parts).strip()
