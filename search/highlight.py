"""The part of a text that answers a query, its found words marked.

Words are found by comparing stems over the original text, so accents, plurals and
elisions are marked as they are written.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, takewhile

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import SINGULARS, Token, tokens
from search.groups import Group
from wiki.signs import folded

UNFINISHED = re.compile(r"(?<=[^\s.!?:;,…])\s*\n\s*")
LENGTH = 220  # characters of an extract
READ = 6_000  # characters of a text looked at
MOST_PLACES = 100  # of one text
LONGEST_HEAD = 6
SIGN = "[\u0300-\u036f'’-]?"  # what may stand between two letters of a word
NOTHING = "(?!)"
BLANK = re.compile(r"\s|$")
ACCENTED = {  # the small letters that are folded into each
    base: "".join(
        chr(code)
        for code in range(0xDF, 0x180)
        if unicodedata.normalize("NFD", chr(code))[0] == base and chr(code).islower()
    )
    for base in "abcdefghijklmnopqrstuvwxyz"
}
BEFORE = 90  # characters, at most, between the start of the extract and its first mark


def extract(text: str, groups: list[Group]) -> SafeString:
    """The densest part of the text, escaped, with `<mark>` around the found words."""
    text = text[:READ]
    found = _first_ones(_found(text, groups)) if len(groups) == 1 else found_in(text, groups)
    start, end = _window(text, found)
    parts, place = [], start
    for token in found:
        if start <= token.start and token.end <= end:
            word = escape(text[token.start : token.end])
            parts += [escape(text[place : token.start]), f"<mark>{word}</mark>"]
            place = token.end
    parts.append(escape(text[place:end]))
    return mark_safe(_ellipsis(text, start, end, _flat("".join(parts))))


def found_in(text: str, groups: list[Group]) -> list[Token]:
    """The words of the text that answer a word of the query; stop words only when asked.

    A pattern finds the places that may answer; only what stands there is analysed: a whole
    text costs as much as the rest of a search.
    """
    return list(_found(text, groups))


def _first_ones(found: Iterator[Token]) -> list[Token]:
    """Those near the first one: no place holds more different words of a query of one word."""
    first = next(found, None)
    if first is None:
        return []
    return [first, *takewhile(lambda token: token.start <= first.start + LENGTH, found)]


def _found(text: str, groups: list[Group]) -> Iterator[Token]:
    stems = {stem for group in groups for stem in group.stems}
    beginnings = tuple(group.word for group in groups if group.beginning)
    asked = {group.word for group in groups}
    return (
        token
        for token in _candidates(text, groups)
        if (not stems.isdisjoint(token.stems) or token.word.startswith(beginnings))
        and (token.word in asked or not token.is_stop)
    )


def _candidates(text: str, groups: list[Group]) -> Iterator[Token]:
    """The words around each place that the pattern finds, at most MOST_PLACES places."""
    reached, lower = 0, text.lower()
    places = _pattern(tuple(groups)).finditer(lower)
    if len(lower) != len(text):  # rare letters grow: places would not be those of the text
        yield from tokens(text)
        return
    for place in islice(places, MOST_PLACES):
        if place.start() < reached or text[place.start() - 1 : place.start()].isalnum():
            continue
        before = max(text.rfind(blank, reached, place.start()) for blank in " \n")
        start = max(before + 1, reached)
        reached = BLANK.search(text, place.end()).start()
        for token in tokens(text[start:reached]):
            yield token._replace(start=token.start + start, end=token.end + start)


@lru_cache(maxsize=256)
def _pattern(groups: tuple[Group, ...]) -> re.Pattern:
    """The first letters that any answering word has, whatever signs stand between them."""
    heads = {stem for group in groups for stem in group.stems}
    heads |= {plural for plural, singular in SINGULARS.items() if singular in heads}
    kept = {_head(stem) for stem in heads} | {g.word for g in groups if g.beginning}
    shortest = [head for head in kept if not any(head != o and head.startswith(o) for o in kept)]
    return re.compile("|".join(map(_spelt, sorted(shortest))) or NOTHING)


def _spelt(head: str) -> str:
    letters = [
        f"[{sign}{ACCENTED[sign]}]" if ACCENTED.get(sign) else re.escape(sign) for sign in head
    ]
    spelt = SIGN.join(letters)
    for pair, ligature in (("oe", "œ"), ("ae", "æ")):
        apart = SIGN.join(f"[{sign}{ACCENTED[sign]}]" for sign in pair)
        spelt = spelt.replace(apart, f"(?:{apart}|{ligature})")
    return spelt


def _head(stem: str) -> str:
    """What a stem shares with the words that have it: suffixes change its last letters."""
    return stem[: max(3, min(len(stem) - 2, LONGEST_HEAD))]


def _window(text: str, found: list[Token]) -> tuple[int, int]:
    """Where to cut: around the place that holds the most different found words."""
    if not found:
        return 0, _word_end(text, LENGTH)
    best = _densest(found)
    start = _sentence_start(text, best.start)
    return start, _word_end(text, max(start + LENGTH, best.end))


def _densest(found: list[Token]) -> Token:
    """The first found word of the stretch of LENGTH characters with the most different ones."""
    best, most, last, different = found[0], 0, 0, 0
    inside: Counter[str] = Counter()
    for token in found:
        while last < len(found) and found[last].end <= token.start + LENGTH:
            different += not inside[found[last].stems[0]]
            inside[found[last].stems[0]] += 1
            last += 1
        if different > most:
            best, most = token, different
        inside[token.stems[0]] -= 1
        different -= not inside[token.stems[0]]
    return best


def _sentence_start(text: str, place: int) -> int:
    """The beginning of the line or sentence, if it is near; else of a word before."""
    near = max(0, place - BEFORE)
    ends = [(text.rfind(end, near, place), len(end)) for end in ("\n", ". ", "? ", "! ")]
    starts = [found + length for found, length in ends if found >= 0]
    if starts:
        return max(starts)
    return 0 if near == 0 else _word_start(text, near, place)


def _word_start(text: str, near: int, place: int) -> int:
    blank = text.find(" ", near, place)
    return place if blank < 0 else blank + 1


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    blank = max(text.rfind(" ", 0, place + 1), text.rfind("\n", 0, place + 1))
    return blank if blank > place - 40 else place


def _flat(marked: str) -> str:
    """On one line; a dot between lines that end without punctuation, such as list items."""
    return folded(UNFINISHED.sub(" · ", marked.strip()))


def _ellipsis(text: str, start: int, end: int, marked: str) -> str:
    head = "… " if start > 0 else ""
    return f"{head}{marked}{' …' if end < len(text) else ''}"
