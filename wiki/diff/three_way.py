"""Three-way merge of two sequences that come from one base: paragraphs, lines, rows.

What one side changed takes that side; what both added at one place is kept, theirs first;
only an item that both changed differently conflicts. Neighbouring changes never conflict, which
is why this is not a line merge.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import count
from typing import Generic, TypeVar

from wiki.diff.alignment import aligned, ends

Item = TypeVar("Item")
NEAR = 30  # items looked at for the earlier form of a changed one
PAIRS = 10_000  # pairs looked at in all for the earlier forms; the others are new items
EQUALS = 5_000  # pairs of equal items above which they are followed in a quicker way


@dataclass(frozen=True)
class Kind(Generic[Item]):
    """How items are told apart: `key` is equal for equal items, `alike` for two forms of one."""

    key: Callable[[Item], Hashable]
    alike: Callable[[Item, Item], bool]


@dataclass
class Added(Generic[Item]):
    """Items that a side put at one place, and the ranks of base items they stand for."""

    items: list[Item]
    replaced: frozenset[int] = frozenset()


@dataclass
class Side(Generic[Item]):
    """What became of each base item on one side (None: removed), and what was added where."""

    now: list[Item | None]
    added: dict[int, Added[Item]] = field(default_factory=dict)


@dataclass
class Kept(Generic[Item]):
    item: Item


@dataclass
class Both(Generic[Item]):
    """An item that both sides changed: the caller merges its inside, or it conflicts."""

    base: Item
    theirs: Item
    mine: Item


@dataclass
class Apart(Generic[Item]):
    """Items that no merge can choose between: changed by one and removed by the other, or
    replaced by both."""

    base: list[Item]
    theirs: list[Item]
    mine: list[Item]


def merge(base: Sequence, theirs: Sequence, mine: Sequence, kind: Kind) -> list:
    """Kept, Both and Apart pieces in order."""
    them, me = followed(base, theirs, kind), followed(base, mine, kind)
    apart = _removed_and_changed(base, them, me, kind)
    pieces: list = []
    for rank in range(len(base) + 1):
        pieces += _additions(base, them.added.get(rank), me.added.get(rank), kind)
        if rank in apart:
            pieces.append(apart[rank])
        elif rank < len(base):
            pieces += _item(base[rank], them.now[rank], me.now[rank], kind)
    return pieces


def followed(base: Sequence, side: Sequence, kind: Kind) -> Side:
    """Where each item of the base is on a side."""
    result: Side = Side([None] * len(base))
    pairs = count(PAIRS, -1)
    for tag, i1, i2, j1, j2 in _differences(base, side, kind):
        if tag == "equal":
            result.now[i1:i2] = side[j1:j2]
        elif tag == "insert":
            result.added[i1] = Added(list(side[j1:j2]))
        elif tag == "replace":
            _pair(base, i1, i2, list(side[j1:j2]), kind, result, pairs)
    return result


def _differences(base: Sequence, side: Sequence, kind: Kind):
    """Like SequenceMatcher's opcodes; what is the same at both ends is put aside first."""
    old, new = [kind.key(item) for item in base], [kind.key(item) for item in side]
    head, tail = ends(old, new)
    end_old, end_new = len(old) - tail, len(new) - tail
    yield "equal", 0, head, 0, head
    for tag, i1, i2, j1, j2 in _middle(old[head:end_old], new[head:end_new]):
        yield tag, i1 + head, i2 + head, j1 + head, j2 + head
    yield "equal", end_old, len(old), end_new, len(new)


def _middle(old: list, new: list):
    """SequenceMatcher keeps the longest runs together, but looks at all pairs of equal items
    for each run that it finds: what repeats itself goes through `aligned`."""
    counts = Counter(old), Counter(new)
    equals = sum(times * counts[1][item] for item, times in counts[0].items())
    if equals <= EQUALS and len(old) + len(new) <= EQUALS:
        yield from SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        return
    for is_equal, i1, i2, j1, j2 in aligned(old, new):
        tag = "equal" if is_equal else "insert" if i1 == i2 else "replace" if j1 < j2 else "delete"
        yield tag, i1, i2, j1, j2


def _pair(base, start: int, end: int, new: list, kind: Kind, result: Side, pairs) -> None:
    """Follow items that were rewritten in place; the others were removed or added there."""
    if end - start == len(new):
        result.now[start:end] = new
        return
    rank = start
    waiting: list = []
    for item in new:
        twin = _twin(base, rank, end, item, kind, pairs)
        if twin is None:
            waiting.append(item)
            continue
        _put(result, rank, twin, waiting)
        result.now[twin] = item
        rank, waiting = twin + 1, []
    _put(result, rank, end, waiting)


def _twin(base, start: int, end: int, item, kind: Kind, pairs) -> int | None:
    ranks = range(start, min(end, start + NEAR))
    near = (rank for rank in ranks if next(pairs) > 0 and kind.alike(base[rank], item))
    return next(near, None)


def _put(result: Side, start: int, end: int, items: list) -> None:
    """New items at the place of removed ones; one for one, they are their new form."""
    if len(items) == end - start:
        result.now[start:end] = items
    elif items:
        result.added[start] = Added(items, frozenset(range(start, end)))


def _item(base, theirs, mine, kind: Kind) -> list:
    if theirs is None or mine is None:
        return []
    if kind.key(theirs) == kind.key(base):
        return [Kept(mine)]
    if kind.key(mine) in (kind.key(base), kind.key(theirs)):
        return [Kept(theirs)]
    return [Both(base, theirs, mine)]


def _additions(base, theirs: Added | None, mine: Added | None, kind: Kind) -> list:
    """What both added at one place; the same thing added twice is written once."""
    if not (theirs and mine):
        return [Kept(item) for added in (theirs, mine) if added for item in added.items]
    if [kind.key(i) for i in theirs.items] == [kind.key(i) for i in mine.items]:
        return [Kept(item) for item in theirs.items]
    shared = sorted(theirs.replaced & mine.replaced)
    if shared:
        return [Apart([base[rank] for rank in shared], theirs.items, mine.items)]
    return [Kept(item) for item in [*theirs.items, *mine.items]]


def _removed_and_changed(base, them: Side, me: Side, kind: Kind) -> dict[int, Apart]:
    """Items that one side removed and the other one changed, with what replaced them."""
    apart = {}
    places = {id(side): _places(side) for side in (them, me)}
    for rank, (theirs, mine) in enumerate(zip(them.now, me.now, strict=True)):
        if (theirs is None) == (mine is None):
            continue
        kept = mine if theirs is None else theirs
        if kind.key(kept) == kind.key(base[rank]):
            continue
        side = them if theirs is None else me
        instead = _taken(side, places[id(side)].get(rank))
        pair = (instead, [kept]) if theirs is None else ([kept], instead)
        apart[rank] = Apart([base[rank]], *pair)
    return apart


def _places(side: Side) -> dict[int, int]:
    """Where the additions stand that took the place of items, by the ranks of these."""
    return {rank: place for place, added in side.added.items() for rank in added.replaced}


def _taken(side: Side, place: int | None) -> list:
    """What the side wrote at the place of the item it removed, no longer an addition."""
    added = side.added.pop(place, None)
    return added.items if added else []
