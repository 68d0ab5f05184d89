"""The words of a query, each with the stems that answer it."""

from dataclasses import dataclass

from search import analysis

MOST_GROUPS = 24  # words asked of the index


@dataclass(frozen=True)
class Group:
    """One word of the query: any of its stems will do.

    `beginning`: no page that the reader may read holds its stems, so that words which
    begin with it are looked for. `typed`: what stood there, when this word was put in its
    place because nobody wrote it.
    """

    word: str
    stems: tuple[str, ...]
    beginning: bool = False
    typed: str = ""


def groups_of(text: str) -> list[Group]:
    """The distinct words of a text in order; stop words only when there is nothing else."""
    found = analysis.tokens(text)
    telling = [token for token in found if not token.is_stop] or found
    groups = {token.stems[0]: Group(token.word, token.stems) for token in telling if token.stems}
    return list(groups.values())[:MOST_GROUPS]
