"""Whether the first of the answers may be called « the answer »: only when one can be sure.

It must be far ahead of the second one, and one of its names — the title, another wording —
must hold most of the question, its rarest word first, and not much else. A word that no page
holds is the rarest.
"""

from search.engine import Results
from search.engines.matching import MatchedWord
from search.query.groups import Group
from search.query.queries import Query
from search.query.ranking import QueryTerm, rarity

AHEAD = 1.25  # times the score of the second answer
ENOUGH = 1.6  # the least score, of some 3.1
MOST = 0.8  # of the question, by rarity, that the name must hold
TIGHT = 0.4  # of the name, by its stems, that the question must hold


def alternative_terms(
    query: Query, words: dict[Group, MatchedWord], ways: list[list[MatchedWord]], pages: int
) -> list[list[QueryTerm]]:
    """The ways of saying the query, with in the typed one the words that no page holds.

    `ways`: as `search.engines.matching.expansions_matched` gives them; `pages`: those that the
    reader may read.
    """
    asked = [[as_query_term(word.group, word.rarity) for word in way] for way in ways]
    typed = [one for g in query.expansions[0] for one in ((g,) if g in words else g.parts or (g,))]
    if any(group in words for group in typed):
        lost = [group for group in typed if group not in words]
        asked[0] += [QueryTerm(frozenset(group.stems), rarity(0, pages)) for group in lost]
    return asked


def as_query_term(group: Group, rarity: float) -> QueryTerm:
    phrases = tuple(tuple(map(frozenset, phrase.stems)) for phrase in group.phrases if phrase.stems)
    typed = len(group.parts) > 0
    return QueryTerm(frozenset(group.stems), rarity, phrases, frozenset(group.others), typed)


def is_sure(results: Results) -> bool:
    """Of the first hit, that there is."""
    first, *others = results.hits
    ahead = not others or first.score >= AHEAD * others[0].score
    if not ahead or first.score < ENOUGH:
        return False
    names = [name.split() for name in first.names.split("|")]
    return any(are_alike(name, way) for name in names if name for way in results.asked)


def are_alike(name: list[str], way: list[QueryTerm]) -> bool:
    found = {word: word.meant_in(name) for word in way}
    held = [word for word in way if found[word]]
    meant = frozenset().union(*found.values())
    rarest = max(word.rarity for word in way)
    return (
        any(word.rarity == rarest for word in held)
        and sum(word.rarity for word in held) >= MOST * sum(word.rarity for word in way)
        and sum(stem in meant for stem in name) >= TIGHT * len(name)
    )
