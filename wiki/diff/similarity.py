"""Whether two pieces of text are forms of one another: by the share of words that both hold."""

from collections import Counter

ALIKE = 0.35  # under this share they are two pieces, not two forms of one

Words = frozenset[str] | set[str] | Counter


def are_alike(old: Words, new: Words) -> bool:
    """Sørensen–Dice: twice what both hold, over what each holds. Cheap, as many are compared."""
    return 2 * _size(old & new) >= ALIKE * (_size(old) + _size(new))


def _size(words: Words) -> int:
    return words.total() if isinstance(words, Counter) else len(words)
