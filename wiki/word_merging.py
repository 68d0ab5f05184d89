"""Two forms of one paragraph put together word by word, when they changed different words.

It is proposed to somebody who reads it, never done unseen: two changes that lie apart may still
say opposite things.
"""

import re
from collections.abc import Iterator

from wiki.differences.alignment import aligned

TOKEN = re.compile(r"""<(?:[^<>"]|"[^"]*")*>|\s+|\w+|.""", re.DOTALL)
MOST = 3000  # words, blanks and signs of one side

Change = tuple[int, int, list[str]]  # of the base: from, to, and what stands there instead


def together(base: str, theirs: str, mine: str) -> str | None:
    """Both changes in one text; None when they touch, or when a side is too long."""
    one, other, third = (TOKEN.findall(text) for text in (base, theirs, mine))
    if max(map(len, (one, other, third))) > MOST:
        return None
    both = _in_order(list(_changes(one, other)), list(_changes(one, third)))
    if both is None or any(not _lie_apart(one, *pair) for pair in zip(both, both[1:])):
        return None
    return "".join(_applied(one, both))


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    for is_equal, i1, i2, j1, j2 in aligned(old, new):
        if not is_equal:
            yield i1, i2, new[j1:j2]


def _in_order(theirs: list[Change], mine: list[Change]) -> list[Change] | None:
    """What both did alike is done once; None when one side changed nothing of its own."""
    alike = [change for change in theirs if change in mine]
    if len(alike) in (len(theirs), len(mine)):
        return None
    return sorted([*theirs, *(change for change in mine if change not in alike)])


def _lie_apart(base: list[str], one: Change, other: Change) -> bool:
    """At least one word that nobody touched stands between two changes."""
    between = base[one[1] : other[0]]
    return one[1] < other[0] and any(token.isalnum() for token in between)


def _applied(base: list[str], changes: list[Change]) -> Iterator[str]:
    rank = 0
    for start, end, instead in changes:
        yield from base[rank:start]
        yield from instead
        rank = end
    yield from base[rank:]
