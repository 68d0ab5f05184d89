"""The order of the answers of a database engine: `search.ranking` reads the best of them.

Of a crowd, those are read whose names, summaries and topics hold most of the query, names that
say nothing else first: no text is read for it.
"""

import numpy as np
from django.db import connection

from search import analysis
from search.finding import Finder, Term, Way, Word
from search.models import SearchEntry
from search.ranking import COLUMNS, Asked, Ranking

RANKED = 30  # pages whose texts are read; further ones keep the order of their promise
SECTION = "rubrique"
WHOLE = 0.3  # what holding all the words is worth
HELD = 0.25  # power of the part that is held, when it is not all
OF_PARTS, NAME, LEAD, TOPIC = 10, 0.6, 0.3, 0.3
TIGHT = 0.4  # what a name that says nothing else is worth above NAME
OTHERWISE = 0.95  # what the query is worth in words that mean the same


def ordered(finder: Finder, chosen: np.ndarray, parts: np.ndarray, ways: list, reach: int) -> list:
    """Places with scores, best first, of the `reach` best at least.

    `chosen`: places; `parts`: of the query that each entry of the shelf holds.
    """
    crowd = chosen
    if len(chosen) > RANKED:
        promised = promise(finder, chosen, parts, ways[0])
        crowd = chosen[best_first(promised, max(RANKED, reach))]
    read = crowd[:RANKED]
    scores = relevances(finder.shelf.ids[read].tolist(), ways)
    scored = [
        (int(place), worth(scores[pk], parts[place]))
        for place, pk in zip(read, finder.shelf.ids[read].tolist(), strict=True)
        if pk in scores
    ]
    scored.sort(key=lambda item: (-item[1], finder.shelf.ids[item[0]]))
    return scored + [(int(place), 0.0) for place in crowd[RANKED:]]


def worth(relevance: float, part: float) -> float:
    """Of a page of this relevance that holds this part of the query."""
    return relevance * part**HELD + WHOLE * (part >= 1)


def best_first(worth: np.ndarray, count: int) -> np.ndarray:
    """The ranks of the `count` greatest, greatest first; of equals, the first."""
    if count < len(worth):
        floor = np.partition(worth, len(worth) - count)[len(worth) - count]
        ranks = np.flatnonzero(worth >= floor)
    else:
        ranks = np.arange(len(worth))
    return ranks[np.argsort(-worth[ranks], kind="stable")][:count]


def promise(finder: Finder, chosen: np.ndarray, parts: np.ndarray, words: list[Word]) -> np.ndarray:
    """How much the names, the summaries and the topics of these places promise."""
    named, led, about = held(finder, words, chosen)
    tight = np.minimum(len(words) / np.maximum(finder.shelf.name_lengths[chosen], 1), 1.0)
    worth = OF_PARTS * parts[chosen] + named**2 * (NAME + TIGHT * tight)
    return worth + LEAD * led + TOPIC * about


def held(finder: Finder, words: list[Word], chosen: np.ndarray) -> list[np.ndarray]:
    """The part of the query that these places hold in names, in summaries, in topics."""
    stemmed = [word for word in words if not word.group.beginning]
    ways = (Way.NAMES, Way.LEADS, Way.TOPICS)
    asked = [Term(way, word.group.stems) for way in ways for word in stemmed]
    found = iter(finder.places(asked))
    whole, parts = sum(word.rarity for word in words), []
    for _way in ways:
        part = np.zeros(finder.shelf.size)
        for word in stemmed:
            part[next(found)] += word.rarity / whole
        parts.append(part[chosen])
    return parts


def by_date(finder: Finder, chosen: np.ndarray) -> list[tuple[int, float]]:
    """Places, changed last first."""
    ranks = np.argsort(-finder.shelf.changed[chosen], kind="stable")
    return [(int(place), 0.0) for place in chosen[ranks]]


def relevances(ids: list[int], ways: list[list[Word]]) -> dict[int, float]:
    """Relevance by page id, in the way of saying the query that suits each page best."""
    begun = any(word.group.beginning for way in ways for word in way)
    entries = entries_of(ids, ["page_id", "kind", *COLUMNS, *(["words"] if begun else [])])
    best = dict.fromkeys((entry["page_id"] for entry in entries), 0.0)
    for rank, way in enumerate(ways):
        order = Ranking([Asked(stems_meant(word, entries), word.rarity) for word in way])
        for entry in entries:
            worth = order.relevance(entry, is_section=entry["kind"] == SECTION)
            worth *= OTHERWISE if rank else 1.0
            best[entry["page_id"]] = max(best[entry["page_id"]], worth)
    return best


def entries_of(ids: list[int], columns: list[str]) -> list[dict]:
    """Columns of the entries of these pages, in SQL: each search builds the same query."""
    if not ids:
        return []
    table, marks = SearchEntry._meta.db_table, ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE page_id IN ({marks})", ids)
        return [dict(zip(columns, row, strict=True)) for row in cursor]


def stems_meant(word: Word, entries: list[dict]) -> frozenset[str]:
    """The stems of a word; of the words found that begin with it, when it was half typed."""
    group = word.group
    if not group.beginning:
        return frozenset(group.stems)
    found = {text for entry in entries for text in entry["words"].split()}
    begun = " ".join(text for text in found if text.startswith(group.word))
    return frozenset(stem for token in analysis.tokens(begun) for stem in token.stems)
