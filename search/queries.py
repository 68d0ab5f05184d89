"""What a reader typed, as groups of terms: any text is a valid query."""

from dataclasses import dataclass

from search import analysis

LONGEST = 2_000  # characters read of a query
MOST_GROUPS = 24  # words asked of the index


@dataclass(frozen=True)
class Group:
    """One word of the query: any of its stems will do.

    `beginning`: no page that the reader may read holds its stems, so that words which
    begin with it are looked for.
    """

    word: str
    stems: tuple[str, ...]
    beginning: bool = False


def groups_of(text: str) -> list[Group]:
    """The distinct words of a query in order; stop words only when there is nothing else."""
    found = analysis.tokens(cut(text))
    telling = [token for token in found if not token.is_stop] or found
    groups = {token.stems[0]: Group(token.word, token.stems) for token in telling if token.stems}
    return list(groups.values())[:MOST_GROUPS]


def cut(text: str) -> str:
    """What is read of a text: no half word at the end."""
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] or text[:LONGEST]
