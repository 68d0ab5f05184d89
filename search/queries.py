"""What a reader typed, as groups of terms: any text is a valid query."""

from dataclasses import dataclass
from math import ceil

from search import analysis

LONGEST = 2_000  # characters read of a query
MOST_GROUPS = 24  # words asked of the index


@dataclass(frozen=True)
class Group:
    """One word of the query: any of its stems will do."""

    word: str
    stems: tuple[str, ...]


def groups_of(text: str) -> list[Group]:
    """The distinct words of a query in order; stop words only when there is nothing else."""
    found = analysis.tokens(text[:LONGEST])
    telling = [token for token in found if not token.is_stop] or found
    groups = {token.stems[0]: Group(token.word, token.stems) for token in telling if token.stems}
    return list(groups.values())[:MOST_GROUPS]


def most_of(total: int) -> int:
    """How many words of a query a page must hold to be listed at all.

    All of one, one of two, then two in three.
    """
    return 1 if total <= 2 else ceil(total * 2 / 3 - 1e-9)
