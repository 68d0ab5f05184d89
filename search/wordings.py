"""A query said in the words that mean the same."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice, product

from search.groups import Group, groups_of

MOST = 4  # ways of saying a query that are looked for
Wording = tuple[Group, ...]
Place = tuple[int, int, tuple[Wording, ...]]


def said_otherwise(groups: Wording, vocabulary: list) -> tuple[Wording, ...]:
    """The ways of saying these words, the typed one first.

    A word that another single word may stand for keeps its place and gains its stems;
    phrases make wordings of their own. `vocabulary`: as `search.synonyms.groups` gives it.
    """
    places = list(_apart(_places(groups, _by_stem(tuple(vocabulary)))))
    if not places:
        return (groups,)
    choices = [_choices(groups, place) for place in places]
    wordings = (_put_in(groups, places, picked) for picked in product(*choices))
    return tuple(dict.fromkeys(islice(wordings, MOST)))


@lru_cache(maxsize=4)
def _by_stem(vocabulary: tuple) -> dict[str, list[tuple[Wording, tuple[Wording, ...]]]]:
    """Each phrase with those that mean the same, by the stems of its first word."""
    found: dict[str, list] = {}
    for row in vocabulary:
        phrases = [tuple(groups_of(" ".join(words))) for words in row]
        for phrase in phrases:
            others = tuple(other for other in phrases if other != phrase)
            for stem in phrase[0].stems if phrase else ():
                found.setdefault(stem, []).append((phrase, others))
    return found


def _places(groups: Wording, by_stem: dict) -> Iterator[Place]:
    """Where a phrase of the vocabulary stands in the query, and what may stand there."""
    for start, group in enumerate(groups):
        for phrase, others in by_stem.get(group.stems[0], ()):
            end = start + len(phrase)
            here = groups[start:end]
            if len(here) == len(phrase) and all(map(_same, here, phrase)):
                yield start, end, others


def _same(one: Group, other: Group) -> bool:
    return not set(one.stems).isdisjoint(other.stems)


def _apart(places: Iterator[Place]) -> Iterator[Place]:
    """Of places that overlap, the longest; of the same words, all that may stand there."""
    together: dict[tuple[int, int], tuple[Wording, ...]] = {}
    for start, end, others in places:
        together[start, end] = together.get((start, end), ()) + others
    reached = 0
    for start, end in sorted(together, key=lambda place: (place[0], -place[1])):
        if start >= reached:
            yield start, end, together[start, end]
            reached = end


def _choices(groups: Wording, place: Place) -> list[Wording]:
    start, end, others = place
    typed = groups[start:end]
    single = [other[0] for other in others if len(other) == 1 and end - start == 1]
    stems = [*typed[0].stems, *(stem for group in single for stem in group.stems)]
    if single:
        typed = (replace(typed[0], stems=tuple(dict.fromkeys(stems))),)
    return [typed, *(other for other in others if other and not (single and len(other) == 1))]


def _put_in(groups: Wording, places: list[Place], picked: tuple[Wording, ...]) -> Wording:
    """The query with what was picked at each place; a word said twice counts once."""
    said, reached = [], 0
    for (start, end, _others), words in zip(places, picked, strict=True):
        said += [*groups[reached:start], *words]
        reached = end
    distinct = {group.stems[0]: group for group in (*said, *groups[reached:])}
    return tuple(distinct.values())
