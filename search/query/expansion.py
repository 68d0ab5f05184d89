"""A query with the words and the expressions that mean the same.

A word that others may stand for gains their stems, and the phrases of those of several words. An
expression that is typed is looked for as it stands. What may be written in one word or in two is
looked for both ways.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from search.language.numbers import MONTHS
from search.query.groups import Group, Phrase, groups_of
from search.query.synonyms import Vocabulary

Expansion = tuple[Group, ...]
Place = tuple[int, int, tuple[tuple[str, ...], ...], tuple[str, ...]]
MIXED = re.compile(r"(?<![a-z])([a-z]+)(\d+)|(?<!\d)(\d+)([a-z]+)")  # « CAF37 », « 4g »
LONGEST_FIGURE = 12  # characters
YEAR = re.compile(r"(?:19|20)\d\d")


def expanded(
    groups: Expansion, vocabulary: Vocabulary, is_known: Callable[[str], bool]
) -> tuple[Expansion, ...]:
    """The ways of saying these words, the typed one first: with what means the same, then with
    neighbours put together. `is_known`: whether pages hold a word."""
    typed = enriched(groups, vocabulary)
    joined = with_neighbours_joined(groups, is_known)
    return (typed,) if joined == groups else (typed, enriched(joined, vocabulary))


def enriched(groups: Expansion, vocabulary: Vocabulary) -> Expansion:
    """Each word with those that mean the same; the expressions among them as one."""
    said, reached = [], 0
    for start, end, phrase, others in _apart(_places(groups, vocabulary)):
        said += [*groups[reached:start], _meaning(groups[start:end], phrase, others)]
        reached = end
    whole = [*map(_parted, said), *map(_parted, groups[reached:])]
    return tuple({group.main: group for group in whole}.values())


def with_expressions_mended(
    groups: Expansion,
    vocabulary: Vocabulary,
    is_known: Callable[[str], bool],
    near: Callable[[str], list[str]],
) -> Expansion:
    """« mot de pase » as « mot de passe »: a word that nobody wrote, the stem of which may be that
    of another one, where a near word makes an expression of the vocabulary."""
    if len(groups) < 2 or all(is_known(group.word) for group in groups):
        return groups
    for rank, group in enumerate(groups):
        if group.stems and not is_known(group.word):
            tried = (_with(groups, rank, word) for word in near(group.word))
            groups = next((one for one in tried if _is_expressed(one, rank, vocabulary)), groups)
    return groups


def _with(groups: Expansion, rank: int, word: str) -> Expansion:
    mended = (replace(one, typed=groups[rank].word) for one in groups_of(word))
    return (*groups[:rank], *mended, *groups[rank + 1 :])


def _is_expressed(groups: Expansion, rank: int, vocabulary: Vocabulary) -> bool:
    """Whether an expression of several words stands over this one."""
    places = _places(groups, vocabulary)
    return any(start <= rank < end and end - start > 1 for start, end, *_what in places)


def _meaning(typed: Expansion, phrase: tuple[str, ...], others: tuple) -> Group:
    """The word, or the expression, that stands here."""
    told = list(map(_told, others))
    singles = [stem for one in told if isinstance(one, Group) for stem in one.stems]
    phrases = [one for one in told if isinstance(one, Phrase)]
    if len(typed) == 1:
        own = typed[0]
        meant = dict.fromkeys(s for s in (*own.others, *singles) if s not in own.stems)
        return replace(own, others=tuple(meant), phrases=(*own.phrases, *phrases))
    return Group(
        " ".join(group.word for group in typed),
        phrases=(_expression(phrase), *phrases),
        parts=typed,
        others=tuple(dict.fromkeys(singles)),
    )


@lru_cache(maxsize=2_048)
def _told(words: tuple[str, ...]) -> Group | Phrase | None:
    """What the words of a row say: one word, an expression."""
    groups = groups_of(" ".join(words))
    if len(groups) == 1 and not groups[0].stems:  # small words only
        return groups[0].phrases[0]
    return _expression(words) if len(groups) > 1 else next(iter(groups), None)


@lru_cache(maxsize=2_048)
def _expression(words: tuple[str, ...]) -> Phrase:
    return Phrase.of(words)


def _places(groups: Expansion, vocabulary: Vocabulary) -> Iterator[Place]:
    """Where a phrase of the vocabulary stands in the query, and what may stand there."""
    for start, group in enumerate(groups):
        rows = (row for stem in group.keys for row in vocabulary.get(stem, ()))
        for words, phrase, others in rows:
            here = groups[start : start + len(words)]
            if len(here) == len(words) and all(map(_same, here, words)):
                yield start, start + len(words), phrase, others


def _same(one: Group, other: Group) -> bool:
    return not set(one.keys).isdisjoint(other.keys)


def _apart(places: Iterator[Place]) -> Iterator[Place]:
    """Of places that overlap, the longest; of the same words, all that may stand there."""
    together: dict[tuple[int, int], Place] = {}
    for start, end, phrase, others in places:
        known = together.get((start, end))
        merged = tuple(dict.fromkeys((*known[3], *others))) if known else others
        together[start, end] = (start, end, known[2] if known else phrase, merged)
    reached = 0
    for start, end in sorted(together, key=lambda place: (place[0], -place[1])):
        if start >= reached:
            yield together[start, end]
            reached = end


def _parted(group: Group) -> Group:
    """« CAF37 » is « CAF 37 » too, « 3919 » is « 39 19 »."""
    mixed = MIXED.fullmatch(group.word)
    if mixed:
        pieces = tuple(filter(None, mixed.groups()))
    elif group.word.isdigit() and len(group.word) == 4 and not YEAR.fullmatch(group.word):
        pieces = (group.word[:2], group.word[2:])
    else:
        return group
    parts = () if group.word.isdigit() else tuple(groups_of(" ".join(pieces)))
    phrases = (*group.phrases, Phrase.exactly(pieces))
    return replace(group, phrases=phrases, parts=group.parts or parts)


def with_neighbours_joined(groups: Expansion, is_known: Callable[[str], bool]) -> Expansion:
    """« co voiturage » as « covoiturage », « wi fi » as « wifi », when pages hold that word."""
    joined, rank = [], 0
    while rank < len(groups):
        pair = groups[rank : rank + 2]
        whole = "".join(group.word for group in pair)
        if len(pair) == 2 and _may_be_one(groups, rank, whole, is_known):
            joined += groups_of(whole)
            rank += 2
        else:
            joined.append(groups[rank])
            rank += 1
    return tuple({group.main: group for group in joined}.values())


def _may_be_one(groups: Expansion, rank: int, whole: str, is_known: Callable[[str], bool]) -> bool:
    """Two words, or a word and a figure: « windows 10 », « 39 19 », no date; in « clé 4 g » the
    figure goes with what follows."""
    first, second, *after = (group.word for group in groups[rank : rank + 3])
    if not (first.isdigit() or second.isdigit()):
        return is_known(whole)
    is_date = any(word in MONTHS or YEAR.fullmatch(word) for word in (first, second))
    is_next = second.isdigit() and bool(after) and len(after[0]) == 1
    return len(whole) <= LONGEST_FIGURE and not (is_date or is_next)
