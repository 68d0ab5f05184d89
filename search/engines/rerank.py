"""The order of the answers of a database engine: `search.query.ranking` reads the best of them.

Of a crowd, those are read whose names, summaries and topics hold most of the query, names that
say nothing else first: no text is read for it.
"""

import numpy as np
from django.db import connection

from search.engines.certainty import as_query_term
from search.engines.matching import Finder, MatchedWord
from search.language import analysis
from search.models import SearchEntry
from search.query.groups import Group
from search.query.ranking import COLUMNS, QueryTerm, Ranking
from search.query.terms import Way, in_way

RANKED = 24  # pages whose texts are read; further ones keep the order of their prescore
SECTION = "rubrique"
WHOLE = 0.3  # what holding all the words is worth
PART_POWER = 0.25  # power of the part that is held, when it is not all
OF_PARTS, NAME, LEAD, TOPIC = 10, 0.6, 0.3, 0.3
TIGHT = 0.4  # what a name that says nothing else is worth above NAME
OTHERWISE = 0.95  # what the query is worth with its neighbours put together
EARLY = 50  # characters from the beginning, where small words are worth half


def ordered(finder: Finder, chosen: np.ndarray, parts: np.ndarray, ways: list, reach: int) -> list:
    """Rows with scores, best first, of the `reach` best at least.

    `chosen`: rows; `parts`: of the query that each entry of the facet index holds.
    """
    crowd = chosen
    if len(chosen) > RANKED:
        prescores = prescore(finder, chosen, parts, ways[0])
        crowd = chosen[best_first(prescores, max(RANKED, reach))]
    read = crowd[:RANKED]
    scores = relevances(finder.facet_index.ids[read].tolist(), ways)
    scored = [
        (int(row), worth(scores[pk], parts[row]))
        for row, pk in zip(read, finder.facet_index.ids[read].tolist(), strict=True)
        if pk in scores
    ]
    scored.sort(key=lambda item: (-item[1], finder.facet_index.ids[item[0]]))
    return scored + [(int(row), 0.0) for row in crowd[RANKED:]]


def worth(relevance: float, part: float) -> float:
    """Of a page of this relevance that holds this part of the query."""
    return relevance * part**PART_POWER + WHOLE * (part >= 1)


def best_first(worth: np.ndarray, count: int) -> np.ndarray:
    """The ranks of the `count` greatest, greatest first; of equals, the first."""
    if count < len(worth):
        floor = np.partition(worth, len(worth) - count)[len(worth) - count]
        ranks = np.flatnonzero(worth >= floor)
    else:
        ranks = np.arange(len(worth))
    return ranks[np.argsort(-worth[ranks], kind="stable")][:count]


def prescore(
    finder: Finder, chosen: np.ndarray, parts: np.ndarray, words: list[MatchedWord]
) -> np.ndarray:
    """How much the names, the summaries and the topics of these rows promise."""
    named, led, about = parts_by_field(finder, words, chosen)
    tight = np.minimum(len(words) / np.maximum(finder.facet_index.name_lengths[chosen], 1), 1.0)
    worth = OF_PARTS * parts[chosen] + named**2 * (NAME + TIGHT * tight)
    return worth + LEAD * led + TOPIC * about


def parts_by_field(
    finder: Finder, words: list[MatchedWord], chosen: np.ndarray
) -> list[np.ndarray]:
    """The part of the query that these rows hold in names, in summaries, in topics."""
    stemmed = [word for word in words if not word.group.beginning]
    ways = (Way.NAMES, Way.LEADS, Way.TOPICS)
    asked = [in_way(way, word.group) for way in ways for word in stemmed]
    found = iter(finder.postings(asked))
    whole, parts = sum(word.rarity for word in words), []
    for _way in ways:
        part = np.zeros(finder.facet_index.size)
        for word in stemmed:
            part[next(found)] += word.rarity / whole
        parts.append(part[chosen])
    return parts


def by_date(finder: Finder, chosen: np.ndarray, reach: int) -> list[tuple[int, float]]:
    """Rows, changed last first, of the `reach` first: a crowd is not put in order for a screen."""
    ranks = best_first(finder.facet_index.changed[chosen], reach)
    return [(int(row), 0.0) for row in chosen[ranks]]


def relevances(ids: list[int], ways: list[list[MatchedWord]]) -> dict[int, float]:
    """Relevance by page id, in the way of saying the query that suits each page best."""
    groups = [word.group for way in ways for word in way]
    by_words = any(group.beginning or not any_stem(group) for group in groups)
    columns = ["page_id", "kind", *COLUMNS, *(["words"] if by_words else [])]
    entries = entries_of(ids, columns)
    best = dict.fromkeys((entry["page_id"] for entry in entries), 0.0)
    for rank, way in enumerate(ways):
        order = Ranking([meant(word, entries) for word in way])
        for entry in entries:
            worth = order.relevance(entry, is_section=entry["kind"] == SECTION)
            worth *= OTHERWISE if rank else 1.0
            best[entry["page_id"]] = max(best[entry["page_id"]], worth)
    if by_words:
        first = {entry["page_id"]: earliness(entry["words"], groups) for entry in entries}
        best = {pk: worth + first[pk] for pk, worth in best.items()}
    return best


def any_stem(group: Group) -> bool:
    return bool(group.answers or any(phrase.stems for phrase in group.phrases))


def earliness(words: str, groups: list[Group]) -> float:
    """How near the beginning of a page, which is its title, stand the small words that were all
    that was asked for."""
    small = [phrase for g in groups if not any_stem(g) for phrase in g.phrases]
    places = [f" {words} ".find(f" {' '.join(own)} ") for p in small for own in p.spellings]
    return max((EARLY / (EARLY + place) for place in places if place >= 0), default=0.0)


def entries_of(ids: list[int], columns: list[str]) -> list[dict]:
    """Columns of the entries of these pages, in SQL: each search builds the same query."""
    if not ids:
        return []
    table, marks = SearchEntry._meta.db_table, ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE page_id IN ({marks})", ids)
        return [dict(zip(columns, row, strict=True)) for row in cursor]


def meant(word: MatchedWord, entries: list[dict]) -> QueryTerm:
    """A word as the ranking reads it; half typed, the words found that begin with it."""
    group = word.group
    if not group.beginning:
        return as_query_term(group, word.rarity)
    found = {text for entry in entries for text in entry["words"].split()}
    begun = " ".join(text for text in found if text.startswith(group.word))
    stems = frozenset(stem for token in analysis.tokens(begun) for stem in token.stems)
    return QueryTerm(stems, word.rarity)
