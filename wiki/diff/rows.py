"""Two lists of blocks as rows: what was rewritten, added, removed or moved."""

from collections import defaultdict, deque
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wiki.diff.alignment import aligned
from wiki.diff.parsing import TextBlock
from wiki.diff.similarity import are_alike
from wiki.diff.wording import Naming
from wiki.diff.words import Compared, seen

NEAR = 40  # blocks looked at for the earlier form of a rewritten one
MOST_TOLD = 400  # rows; of the others only the number is known
PAIRS = 30_000  # pairs of blocks looked at in all


@dataclass
class Step:
    """What became of a block: `old` or `new` is None when it came or went."""

    old: TextBlock | None
    new: TextBlock | None
    is_moved: bool = False

    @property
    def is_pair(self) -> bool:
        return bool(self.old and self.new) and not self.is_moved


@dataclass
class BlockChange:
    """One row of a difference: `kind` is modified, added, removed or moved."""

    where: str
    kind: str
    compared: Compared | None = None
    notes: list[str] = field(default_factory=list)

    @cached_property
    def text(self) -> SafeString:
        """The words, those that differ marked; made when the row is shown."""
        if self.compared is None:
            return SafeString()
        return self.compared.marked(cut=self.kind in {"modified", "moved"})

    @property
    def label(self) -> str:
        """« Added in “Sources” · paragraph 1 »."""
        said = {
            "modified": _("Changed %(where)s"),
            "added": _("Added %(where)s"),
            "removed": _("Removed %(where)s"),
            "moved": _("Moved %(where)s"),
        }
        return said[self.kind] % {"where": self.where}


def compare(old: list[TextBlock], new: list[TextBlock]) -> tuple[list[BlockChange], int]:
    """The rows, and how many blocks have not changed."""
    steps = _with_moves(_steps(old, new))
    naming, changes, same, follows = Naming(), [], 0, True
    for step in steps:
        is_told = len(changes) < MOST_TOLD
        change = _change(step, naming, follows) if is_told else _counted(step)
        follows = step.is_pair
        if change:
            changes.append(change)
        else:
            same += 1
    return changes, same


def only_values(old: list[TextBlock], new: list[TextBlock]) -> tuple[list[BlockChange], int]:
    """Of a field that holds one value: it was changed, even when no word is left of it."""
    if len(old) == len(new) == 1:
        change = _change(Step(old[0], new[0]), Naming(), follows=False)
        return ([change], 0) if change else ([], 1)
    return compare(old, new)


# Pairs


def _steps(old: list[TextBlock], new: list[TextBlock]) -> list[Step]:
    """Pair the blocks that are the same, then those of the same words, then those alike."""
    budget = [PAIRS]
    steps: list[Step] = []
    for equal, i1, i2, j1, j2 in aligned([b.key for b in old], [b.key for b in new]):
        if equal:
            steps += map(Step, old[i1:i2], new[j1:j2])
        else:
            steps += _of_the_same_words(old[i1:i2], new[j1:j2], budget)
    return steps


def _of_the_same_words(old: list[TextBlock], new: list[TextBlock], budget: list[int]) -> list[Step]:
    steps: list[Step] = []
    for equal, i1, i2, j1, j2 in aligned([seen(b.text) for b in old], [seen(b.text) for b in new]):
        if equal:
            steps += map(Step, old[i1:i2], new[j1:j2])
        else:
            steps += _rewritten(old[i1:i2], new[j1:j2], budget)
    return steps


def _rewritten(old: list[TextBlock], new: list[TextBlock], budget: list[int]) -> list[Step]:
    """Pair what was rewritten in order; the rest was added or removed."""
    steps: list[Step] = []
    first = 0
    for block in new:
        twin = _twin(old, first, block, budget)
        if twin is None:
            steps.append(Step(None, block))
            continue
        steps += [Step(gone, None) for gone in old[first:twin]]
        steps.append(Step(old[twin], block))
        first = twin + 1
    return steps + [Step(gone, None) for gone in old[first:]]


def _twin(old: list[TextBlock], first: int, block: TextBlock, budget: list[int]) -> int | None:
    for rank in range(first, min(first + NEAR, len(old))):
        if budget[0] <= 0:
            return None
        budget[0] -= 1
        if are_alike(old[rank].words, block.words):
            return rank
    return None


# Moves


def _with_moves(steps: list[Step]) -> list[Step]:
    """A block that goes and comes with the same words was moved."""
    gone: dict[str, deque[int]] = defaultdict(deque)
    for rank, step in enumerate(steps):
        if step.new is None:
            gone[step.old.text].append(rank)
    dropped: set[int] = set()
    for step in steps:
        if step.old is None and gone[step.new.text]:
            rank = gone[step.new.text].popleft()
            dropped.add(rank)
            step.old, step.is_moved = steps[rank].old, True
    return [step for rank, step in enumerate(steps) if rank not in dropped]


# Rows


def _change(step: Step, naming: Naming, follows: bool) -> BlockChange | None:
    """The row of a step; None when nothing differs."""
    old, new = step.old, step.new
    if new is None:
        gone = Compared(old.text, "")
        return BlockChange(old.where, "removed", gone, naming.come_or_gone(old, "old"))
    if old is None:
        come = Compared("", new.text)
        return BlockChange(new.where, "added", come, naming.come_or_gone(new, "new"))
    if old.key == new.key and (old.shared == new.shared or not follows) and not step.is_moved:
        naming.pass_by(old, new)
        return None
    return _rewriting(step, naming, follows and step.is_pair)


def _counted(step: Step) -> BlockChange | None:
    """A row that is not shown: that something differs is enough."""
    is_same = step.is_pair and step.old.key == step.new.key
    return None if is_same else BlockChange("", "modified")


def _rewriting(step: Step, naming: Naming, follows: bool) -> BlockChange | None:
    old, new = step.old, step.new
    compared = Compared(old.text, new.text)
    notes = naming.notes(old, new, compared, follows)
    if step.is_moved:
        notes.insert(0, _("It was %(where)s") % {"where": old.where})
    elif not notes and old.text == new.text:
        return None
    kind = "moved" if step.is_moved else "modified"
    return BlockChange(new.where, kind, compared, notes)
