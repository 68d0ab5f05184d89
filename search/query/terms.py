"""What a database is asked for."""

from enum import StrEnum
from typing import NamedTuple

from search.query.groups import Group, Phrase


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
    def together(self) -> tuple[Phrase, ...]:
        """The phrases of a way that knows which words follow each other."""
        if self.way == Way.EXACT:
            return (Phrase.exactly(self.words),)
        return self.phrases if self.way == Way.ANYWHERE else ()


def in_way(way: Way, group: Group) -> Term:
    """In summaries and topics, without the expressions that mean the same as a word: they cost
    more than they tell."""
    tells_little = way in (Way.LEADS, Way.TOPICS) and group.stems
    return Term(way, group.answers, () if tells_little else group.phrases_besides)


def anywhere(group: Group) -> Term:
    return in_way(Way.ANYWHERE, group)


def in_names(group: Group) -> Term:
    return in_way(Way.NAMES, group)
