"""The part of a text that answers a query, its found words marked.

Words are found by comparing stems over the original text, so accents, plurals and
elisions are marked as they are written.
"""

import re
from collections import Counter

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import Token, tokens
from search.queries import Group

UNFINISHED = re.compile(r"(?<=[^\s.!?:;,…])\s*\n\s*")
LENGTH = 220  # characters of an extract
READ = 10_000  # characters of a text looked at
BEFORE = 90  # characters, at most, between the start of the extract and its first mark


def extract(text: str, groups: list[Group]) -> SafeString:
    """The densest part of the text, escaped, with `<mark>` around the found words."""
    text = text[:READ]
    found = found_in(text, groups)
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
    """The words of the text that answer a word of the query; stop words only when asked."""
    stems = {stem for group in groups for stem in group.stems}
    beginnings = tuple(group.word for group in groups if group.beginning)
    asked = {group.word for group in groups}
    return [
        token
        for token in tokens(text)
        if (not stems.isdisjoint(token.stems) or token.word.startswith(beginnings))
        and (token.word in asked or not token.is_stop)
    ]


def _window(text: str, found: list[Token]) -> tuple[int, int]:
    """Where to cut: around the place that holds the most different found words."""
    if not found:
        return 0, _word_end(text, LENGTH)
    best = _densest(found)
    start = _sentence_start(text, best.start)
    return start, _word_end(text, max(start + LENGTH, best.end))


def _densest(found: list[Token]) -> Token:
    """The first found word of the stretch of LENGTH characters with the most different ones."""
    best, most, last = found[0], 0, 0
    inside: Counter[str] = Counter()
    for token in found:
        while last < len(found) and found[last].end <= token.start + LENGTH:
            inside[found[last].stems[0]] += 1
            last += 1
        if len(+inside) > most:
            best, most = token, len(+inside)
        inside[token.stems[0]] -= 1
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
    return " ".join(UNFINISHED.sub(" · ", marked.strip()).split())


def _ellipsis(text: str, start: int, end: int, marked: str) -> str:
    head = "… " if start > 0 else ""
    return f"{head}{marked}{' …' if end < len(text) else ''}"
