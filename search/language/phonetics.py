"""How a French word sounds, roughly: words that are written otherwise and heard alike have one
sound. « lojement » and « logement », « robotic » and « robotique », « franse » and « France ».

The rules are those of French spelling, from the longest group of letters to the shortest, over
folded words; letters that are not heard at the end are left out.
"""

import re
from functools import lru_cache

VOWEL = "aeiouy"
RULES = [
    (r"ph", "f"),
    (r"sch|sh|ch", "x"),
    (r"(?:cqu|ck|qu|q)", "k"),
    (r"cc(?=[eiy])", "ks"),
    (r"sc(?=[eiy])|c(?=[eiy])|t(?=ion)", "s"),
    (r"cc|c", "k"),
    (r"gu(?=[eiy])", "G"),
    (r"ge(?=[ao])|g(?=[eiy])", "j"),
    (r"gn", "N"),
    (r"h", ""),
    (r"eaux?|aux?", "o"),
    (r"oi", "wa"),
    (rf"(?:ain|ein|aim|yn|ym|in|im)(?![{VOWEL}nm])", "1"),
    (rf"(?:en|em|an|am)(?![{VOWEL}nm])", "2"),
    (rf"(?:on|om)(?![{VOWEL}nm])", "3"),
    (rf"un(?![{VOWEL}nm])", "1"),
    (r"oeu|eu", "e"),
    (r"ai|ei|ay|ey|ea|ae|oe", "e"),
    (r"(?<=[a-z0-9])(?:e[rzt])$", "e"),
    (r"y", "i"),
    (r"z", "s"),
    (r"(.)\1+", r"\1"),
    (r"(?<=..)(?:es?|s|x)$", ""),
    (r"(?<=..)[tdp]$", ""),
]
COMPILED = [(re.compile(pattern), heard) for pattern, heard in RULES]


@lru_cache(maxsize=100_000)
def sound_of(word: str) -> str:
    """Of a folded word of ASCII letters; others sound as they are written."""
    for pattern, heard in COMPILED:
        word = pattern.sub(heard, word)
    return word
