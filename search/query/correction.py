"""What stands for a typed word that no page holds, when something better does.

In this order: the word parted in two that follow each other in pages; words that begin with it;
the nearest words that pages hold. A word of the French dictionary may be rare and right: another
one stands for it only where it makes, with its neighbour, an expression that stands in pages:
« démarche en linge » means « démarche en ligne », « une personne sourde » means no « source ».
"""

from collections.abc import Iterator
from dataclasses import replace

from search.language import analysis
from search.query.groups import Group, Phrase, groups_of
from search.query.spelling import is_french, spelling
from search.query.terms import Term, Way, anywhere

SHORTEST_BEGINNING = 3
SHORTEST_PART = 2
SHORTEST_PARTED = 6
Stands = Iterator[tuple[Group, Group, object]]
"""The typed word, what stands for it, and the rows that hold that."""


class Mending:
    """`finder`: what says which rows hold a term; `text`: what was typed."""

    def __init__(self, finder, text: str):
        self.finder, self.text = finder, text

    def parted(self, lost: list[Group]) -> Stands:
        """« laroche » as « la roche »."""
        tried = [(group, whole) for group in lost for whole in parts_of(group)]
        found = self.finder.postings([anywhere(whole) for _group, whole in tried])
        for (group, whole), rows in zip(tried, found, strict=True):
            if len(rows):
                yield group, whole, rows

    def begun(self, lost: list[Group]) -> Stands:
        begun = [group for group in lost if len(group.word) >= SHORTEST_BEGINNING]
        found = self.finder.postings([Term(Way.BEGINNING, (group.word,)) for group in begun])
        for group, rows in zip(begun, found, strict=True):
            if len(rows):
                yield group, replace(group, beginning=True), rows

    def corrected(self, lost: list[Group]) -> Stands:
        """The nearest known words that a readable page holds, any of those equally near; the
        one that most pages hold is said to stand for the typed one."""
        tried = [(group, near) for group in lost for near in nearest(group)]
        tried = self.that_are_meant(tried)
        found = self.finder.postings([anywhere(near) for _group, near in tried])
        held: dict[Group, list[tuple[float, int, Group]]] = {}
        for (group, near), rows in zip(tried, found, strict=True):
            if len(rows):
                faults = spelling.faults(group.word, near.word)
                held.setdefault(group, []).append((faults, -len(rows), near))
        meant = {group: any_of(candidates) for group, candidates in held.items()}
        rows = self.finder.postings([anywhere(near) for near in meant.values()])
        for (group, near), own in zip(meant.items(), rows, strict=True):
            yield group, near, own

    def that_are_meant(self, tried: list[tuple[Group, Group]]) -> list[tuple[Group, Group]]:
        """Without what would stand for a right word, unless an expression says so."""
        doubtful = [pair for pair in tried if is_french(pair[0].word)]
        if not doubtful:
            return tried
        found = self.finder.postings([self.expression(*pair) for pair in doubtful])
        refused = {pair for pair, rows in zip(doubtful, found, strict=True) if not len(rows)}
        return [pair for pair in tried if pair not in refused]

    def expression(self, group: Group, near: Group) -> Term:
        """That the near word makes with its neighbours in the query; nothing without them."""
        words = analysis.tokens(self.text)
        place = next(rank for rank, token in enumerate(words) if token.word == group.word)
        said = [token.word for token in words]
        said[place] = near.word
        telling = [r for r, token in enumerate(words) if not token.is_stop and r != place]
        before = [said[r : place + 1] for r in telling[::-1] if r < place][:1]
        after = [said[place : r + 1] for r in telling if r > place][:1]
        return Term(Way.ANYWHERE, (), tuple(map(Phrase.of, before + after)))


def parts_of(group: Group) -> list[Group]:
    """A typed word as two words, of which pages hold the longer one at least."""
    word = group.word
    if len(word) < SHORTEST_PARTED or not word.isalpha():
        return []
    pairs = [(word[:n], word[n:]) for n in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)]
    known = [
        pair for pair in pairs if all(map(is_whole, pair)) and any(map(spelling.is_known, pair))
    ]
    return [
        Group(" ".join(pair), phrases=(Phrase.exactly(pair),), typed=word) for pair in known[:2]
    ]


def is_whole(word: str) -> bool:
    return spelling.is_known(word) or is_french(word)


def nearest(group: Group) -> list[Group]:
    return [
        replace(near, typed=group.word)
        for word in spelling.near(group.word)
        for near in groups_of(word)
    ]


def any_of(candidates: list[tuple[float, int, Group]]) -> Group:
    """One word for those with the fewest faults, named as the first of them."""
    ordered = sorted(candidates, key=lambda one: one[:2])
    nearest_ones = [group for faults, _pages, group in ordered if faults == ordered[0][0]]
    stems = dict.fromkeys(stem for group in nearest_ones for stem in group.stems)
    return replace(nearest_ones[0], stems=tuple(stems))
