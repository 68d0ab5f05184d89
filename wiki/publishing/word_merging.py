"""Two forms of one paragraph put together word by word, when they changed different words.

It is proposed to somebody who reads it, never done unseen: two changes that lie apart may still
say opposite things.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, product

from wiki.diff.alignment import aligned

TOKEN = re.compile(r"""<(?:[^<>"]|"[^"]*")*>|\s+|\w+|.""", re.DOTALL)
MOST = 3000  # words, blanks and punctuation of one side
MOST_CHANGES = 100  # of one side: above, nobody sees what becomes of them

Change = tuple[int, int, list[str]]  # of the base: from, to, and what stands there instead


def together(base: str, theirs: str, mine: str) -> str | None:
    """Both changes in one text; None when they touch, or when a side is too long."""
    one, other, third = (TOKEN.findall(text) for text in (base, theirs, mine))
    if max(map(len, (one, other, third))) > MOST:
        return None
    sides = [list(_changes(one, side)) for side in (other, third)]
    alike = [change for change in sides[0] if change in sides[1]]  # done by both: done once
    own = [[change for change in side if change not in alike] for side in sides]
    if not all(own) or max(map(len, own)) > MOST_CHANGES:
        return None
    words = list(accumulate((token.isalnum() for token in one), initial=0))
    if any(not _lie_apart(words, *pair) for pair in product(*own)):
        return None
    return "".join(_applied(one, sorted([*alike, *own[0], *own[1]])))


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    for is_equal, i1, i2, j1, j2 in aligned(old, new):
        if not is_equal:
            yield i1, i2, new[j1:j2]


def _lie_apart(words: list[int], one: Change, other: Change) -> bool:
    """At least one word stands between two changes; `words`: how many there are before each."""
    (_start, end, _new), (start, _end, _other) = sorted([one, other])
    return end < start and words[end] < words[start]


def _applied(base: list[str], changes: list[Change]) -> Iterator[str]:
    rank = 0
    for start, end, instead in changes:
        yield from base[rank:start]
        yield from instead
        rank = end
    yield from base[rank:]
