"""The part of a text that answers a query, its found words marked.

Wherever they stand: the words found in the text (`search.query.matches`), then the stretch that
holds the most different words of the query, and a second one for those that stand elsewhere.
"""

import re
from collections import Counter

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.language.stop_words import SELDOM_MARKED
from search.query.groups import Group
from search.query.matches import Mark, marks_in
from wiki.text.characters import folded

UNFINISHED = re.compile(r"(?<=[^\s.!?:;,…·])\s*\n\s*")
LENGTH = 220  # characters of an extract
FIRST, SECOND = 130, 85  # of its two stretches, when one does not hold all
BEFORE = 90  # characters, at most, between the start of the extract and its first mark
JUST_BEFORE = 30  # the same, of the second of two stretches
GAP = "\u00a0… "  # no line begins with it, nor is made of it alone
SMALL_NUMBER = re.compile(r"(?<![^\s>(«])(\d{1,3}(?:</mark>)?) (?=[^\W\d_]|<mark>)")


def extract(text: str, groups: list[Group]) -> SafeString:
    """The densest part of the text, escaped, with `<mark>` around the found words."""
    found = marks_in(text, telling(groups))
    if not found:
        end = _word_end(text, LENGTH)
        return _put_together(text, [(0, end)], [])
    first = _densest(found, LENGTH)
    whole = _stretch(text, first, LENGTH, BEFORE)
    others = _elsewhere(found, whole)
    if not others:
        return _put_together(text, [whole], found)
    stretches = [
        _stretch(text, _densest(found, FIRST), FIRST, BEFORE // 2),
        _stretch(text, others[0], SECOND, JUST_BEFORE),
    ]
    return _put_together(text, _merged(sorted(stretches)), found)


def telling(groups: list[Group]) -> list[Group]:
    """Without small words, which stand everywhere; all of them when there is nothing else."""
    return [group for group in groups if group.word not in SELDOM_MARKED] or groups


def _stretch(text: str, mark: Mark, length: int, before: int) -> tuple[int, int]:
    start = _sentence_start(text, mark.start, before)
    if len(text) - start < length // 2:  # near the end: what stands before says more
        start = _sentence_start(text, max(0, len(text) - length * 3 // 4), before)
    return start, _word_end(text, max(start + length, mark.end))


def _elsewhere(found: list[Mark], stretch: tuple[int, int]) -> list[Mark]:
    """Those of words of the query that this stretch does not hold."""
    start, end = stretch
    inside = {mark.rank for mark in found if start <= mark.start and mark.end <= end}
    return [mark for mark in found if mark.rank not in inside]


def _merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    (start, end), (begin, last) = stretches
    return stretches if begin > end else [(start, max(end, last))]


def _densest(found: list[Mark], length: int) -> Mark:
    """The first mark of the stretch of this length with the most different words."""
    best, most, last, different = found[0], 0, 0, 0
    inside: Counter[int] = Counter()
    for mark in found:
        while last < len(found) and found[last].end <= mark.start + length:
            different += not inside[found[last].rank]
            inside[found[last].rank] += 1
            last += 1
        if different > most:
            best, most = mark, different
        inside[mark.rank] -= 1
        different -= not inside[mark.rank]
    return best


def _put_together(text: str, stretches: list[tuple[int, int]], found: list[Mark]) -> SafeString:
    said = GAP.join(_flat(_marked(text, *stretch, found)) for stretch in stretches)
    return mark_safe(_ellipsis(text, stretches[0][0], stretches[-1][1], said))


def _marked(text: str, start: int, end: int, found: list[Mark]) -> str:
    parts, place = [], start
    for mark in found:
        if place <= mark.start and mark.end <= end:
            word = escape(text[mark.start : mark.end])
            parts += [escape(text[place : mark.start]), f"<mark>{word}</mark>"]
            place = mark.end
    return "".join([*parts, escape(text[place:end])])


def _sentence_start(text: str, place: int, before: int) -> int:
    """The beginning of the line or sentence, if it is near; else of a word before."""
    near = max(0, place - before)
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
    """On one line; a dot between lines that end without punctuation, such as list items; small
    numbers with what they count."""
    return SMALL_NUMBER.sub("\\1\u00a0", folded(UNFINISHED.sub(" · ", marked.strip())))


def _ellipsis(text: str, start: int, end: int, marked: str) -> str:
    head = "…\u00a0" if start > 0 else ""
    tail = "\u00a0…" if end < len(text) else ""
    return f"{head}{marked}{tail}"
