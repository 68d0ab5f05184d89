"""What a database is asked for."""

from enum import StrEnum
from typing import NamedTuple

from search.groups import Group, Phrase


class Way(StrEnum):
    """`ANYWHERE`, `NAMES` (title and other wordings), `LEADS` (summary), `TOPICS`: pages that
    hold one of these stems there. `BEGINNING`: a word that begins with these letters.
    `EXACT`: these folded words, one after the other."""

    ANYWHERE = "anywhere"
    NAMES = "names"
    LEADS = "leads"
    TOPICS = "topics"
    BEGINNING = "beginning"
    EXACT = "exact"


class Term(NamedTuple):
    """`phrases`: other than by the stems of `words`, one may answer by one of these: anywhere,
    by words that follow each other; in the other ways, by all their words."""

    way: Way
    words: tuple[str, ...]
    phrases: tuple[Phrase, ...] = ()

    @property
    def spellings(self) -> tuple[tuple[str, ...], ...]:
        """What pages may write of the phrases, for a way that knows which words follow."""
        if self.way == Way.EXACT:
            return (self.words,)
        return tuple(words for phrase in self.phrases for words in phrase.spellings)


def in_way(way: Way, group: Group) -> Term:
    return Term(way, group.answers, group.phrases)


def anywhere(group: Group) -> Term:
    return in_way(Way.ANYWHERE, group)


def in_names(group: Group) -> Term:
    return in_way(Way.NAMES, group)
