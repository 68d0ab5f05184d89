"""What a reader typed, understood: any text is a valid query.

« exact words » between quotes are looked for as they are written, side by side; a minus
before a word leaves out the pages that hold it; all other words are looked for by their
stems, with the words that mean the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from search.language import analysis
from search.query import synonyms
from search.query.expansion import expanded, with_expressions_mended
from search.query.groups import Group, groups_of
from search.query.spelling import spelling

LONGEST = 2_000  # characters read of a query
MOST_PHRASES = 20  # between quotes
QUOTED = re.compile('["“”«]([^"“”«»]++)["“”»]')
EXCLUDED = re.compile(r"(?<!\S)[-−–](?=[^\W_])(\S+)")


@dataclass(frozen=True)
class Query:
    """`groups`: the words as they were typed; `expansions`: ways of saying them, with what means
    the same, the typed one first; `phrases`: folded words that follow each other in the page;
    `excluded`: words that the page does not hold."""

    text: str
    groups: tuple[Group, ...] = ()
    expansions: tuple[tuple[Group, ...], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[Group, ...] = ()

    def __bool__(self):
        return bool(self.groups)

    def mended(self, words: Mapping[Group, Group], stamp: int | None = None) -> "Query":
        """With the words that stand for those that nobody wrote, and what means the same."""
        if not any(group.typed for group in words.values()):
            return self
        held = (one for group in self.expansions[0] for one in stands_for(group, words))
        groups = tuple({group.main: group for group in held}.values())
        return replace(self, groups=groups, expansions=ways(groups, stamp))


def understood(text: str, stamp: int | None = None) -> Query:
    """`stamp`: the site's, when the caller knows it."""
    spelling.bring_up(stamp)
    text = cut(text)
    quoted = dict.fromkeys(words_of(found) for found in QUOTED.findall(text))
    phrases = tuple(filter(None, quoted))[:MOST_PHRASES]
    rest = QUOTED.sub(lambda found: f" {found[1]} ", text)
    excluded = [group for group in groups_of(" ".join(EXCLUDED.findall(rest))) if group.stems]
    groups = groups_of(EXCLUDED.sub(" ", rest))
    if not groups:  # nothing is asked for: the minus signs were dashes
        groups, excluded = groups_of(rest), []
    typed = mended_expressions(tuple(groups), stamp)
    return Query(text, typed, ways(typed, stamp), phrases, tuple(excluded))


def ways(groups: tuple[Group, ...], stamp: int | None) -> tuple[tuple[Group, ...], ...]:
    return expanded(groups, synonyms.vocabulary(stamp), spelling.is_known)


def mended_expressions(groups: tuple[Group, ...], stamp: int | None) -> tuple[Group, ...]:
    vocabulary = synonyms.vocabulary(stamp)
    return with_expressions_mended(groups, vocabulary, spelling.is_known, spelling.near)


def stands_for(group: Group, words: Mapping[Group, Group]) -> tuple[Group, ...]:
    """What is looked for in the place of a word: itself, a mended one, the words of an
    expression that no page holds."""
    if group in words or not group.parts:
        return (words.get(group, group),)
    return tuple(words.get(part, part) for part in group.parts)


def words_of(text: str) -> tuple[str, ...]:
    return tuple(token.word for token in analysis.tokens(text))


def cut(text: str) -> str:
    """What is read of a text: no half word at the end."""
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] or text[:LONGEST]
