"""Which items of two sequences are the same ones, in a time that no input makes long."""

from collections.abc import Hashable, Sequence

from rapidfuzz.distance import LCSseq

LARGEST = 64_000_000  # pairs of items above which what differs is one single change


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple]:
    """(are they equal, start and end in the old one, start and end in the new one), in order.

    What is equal is the longest common subsequence; neighbouring changes are one.
    """
    ranks: dict[Hashable, int] = {}
    a = [ranks.setdefault(item, len(ranks)) for item in old]
    b = [ranks.setdefault(item, len(ranks)) for item in new]
    head, tail = ends(a, b)
    end_a, end_b = len(a) - tail, len(b) - tail
    runs = [(True, 0, head, 0, head)]
    runs += _middle(a[head:end_a], b[head:end_b], head)
    runs.append((True, end_a, len(a), end_b, len(b)))
    return _joined(run for run in runs if run[1] < run[2] or run[3] < run[4])


def ends(a: Sequence, b: Sequence) -> tuple[int, int]:
    """How many items are the same at the beginning, then at the end."""
    shortest = min(len(a), len(b))
    head = next((n for n in range(shortest) if a[n] != b[n]), shortest)
    room = shortest - head
    tail = next((n for n in range(room) if a[-1 - n] != b[-1 - n]), room)
    return head, tail


def _middle(a: list[int], b: list[int], head: int):
    if not (a and b) or len(a) * len(b) > LARGEST:
        yield False, head, head + len(a), head, head + len(b)
        return
    for code in LCSseq.opcodes(a, b):
        source = head + code.src_start, head + code.src_end
        yield code.tag == "equal", *source, head + code.dest_start, head + code.dest_end


def _joined(runs) -> list[tuple]:
    joined: list[tuple] = []
    for run in runs:
        if joined and joined[-1][0] == run[0]:
            equal, i1, _i2, j1, _j2 = joined[-1]
            joined[-1] = (equal, i1, run[2], j1, run[4])
        else:
            joined.append(run)
    return joined
