"""The embedded engine: SQLite's FTS5 in the same database and the same transaction.

A query goes in three steps, all inside the reader's rights. 1. For each word, the pages
that hold it. 2. Pages that hold all the words, or most of them, weighed by rarity; counts
by kind. 3. For the best of them, BM25 over weighted columns and phrases orders the list.
"""

from collections import Counter
from math import log

from django.db import connection
from wagtail.models import Page

from search.documents import fields_of
from search.engine import PAGE_SIZE, Hit, Results
from search.highlight import extract
from search.models import SearchEntry
from search.queries import Group, groups_of, most_of
from wiki.visibility import visible_to

# title, other wordings, lead, topics, body; the column of whole words does not weigh.
WEIGHTS = (10.0, 7.0, 3.0, 3.0, 1.0, 0.0)
STEM_COLUMNS = "{title_stems wording_stems lead_stems topic_stems body_stems}"
RANKED = 400  # pages ordered by BM25; further ones keep the order of step 2
SHORTEST_PREFIX = 3


class EmbeddedEngine:
    def index(self, page: Page) -> None:
        SearchEntry.objects.update_or_create(page_id=page.pk, defaults=fields_of(page))

    def remove(self, page_id: int) -> None:
        SearchEntry.objects.filter(page_id=page_id).delete()

    def search(self, query, user, *, kind="", offset=0, limit=PAGE_SIZE) -> Results:
        groups = groups_of(query)
        if not groups:
            return Results(query)
        expressions = [expression(group) for group in groups]
        found = matches(expressions)
        kinds = dict(readable(found, user))
        wanted = enough({pk: found[pk] for pk in kinds}, expressions)
        counts = Counter(kinds[pk] for pk in wanted)
        chosen = [pk for pk in wanted if kind in ("", kinds[pk])]
        ordered = ranked(chosen, wanted, groups, expressions)
        hits = hits_of(ordered[offset : offset + limit], groups)
        return Results(query, hits, total=len(ordered), kinds=dict(counts))


def quoted(term: str) -> str:
    """A term as an FTS5 string: nothing in it is an operator."""
    return '"' + term.replace('"', '""') + '"'


def expression(group: Group) -> str:
    """The FTS5 expression of one word: its stems, or its beginning when nothing has them."""
    stems = " OR ".join(quoted(stem) for stem in group.stems)
    exact = f"{STEM_COLUMNS}: ({stems})"
    if len(group.word) < SHORTEST_PREFIX or holds(exact):
        return exact
    return f"words: {quoted(group.word)}*"


def holds(match: str) -> bool:
    return bool(rows("SELECT 1 FROM search_index WHERE search_index MATCH %s LIMIT 1", [match]))


def rows(sql: str, params: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def matches(expressions: list[str]) -> dict[int, set[int]]:
    """Page ids with the ranks of the query's words that each holds."""
    found: dict[int, set[int]] = {}
    for rank, match in enumerate(expressions):
        for (pk,) in rows("SELECT rowid FROM search_index WHERE search_index MATCH %s", [match]):
            found.setdefault(pk, set()).add(rank)
    return found


def readable(found: dict[int, set[int]], user):
    """Ids and kinds of the found pages that this reader may read, in one query."""
    pages = visible_to(user).values("pk")
    entries = SearchEntry.objects.filter(page__in=pages)
    if len(found) <= 500:
        entries = entries.filter(page_id__in=list(found))
        return entries.values_list("page_id", "kind")
    return [row for row in entries.values_list("page_id", "kind") if row[0] in found]


def enough(found: dict[int, set[int]], expressions: list[str]) -> dict[int, float]:
    """Pages that hold all the words of the query or most of them, with the weight of these.

    A rare word weighs more: log(1 + pages / pages that hold it). When no page holds most
    of the words, those that hold the most are kept.
    """
    if not found:
        return {}
    spread = Counter(rank for ranks in found.values() for rank in ranks)
    weight = {rank: log(1 + len(found) / count) + 0.5 for rank, count in spread.items()}
    best = max(len(ranks) for ranks in found.values())
    floor = min(most_of(len(expressions)), best)
    return {
        pk: sum(weight[rank] for rank in ranks) + 100 * (len(ranks) == len(expressions))
        for pk, ranks in found.items()
        if len(ranks) >= floor
    }


def ranked(chosen, weights: dict[int, float], groups, expressions) -> list[tuple[int, float]]:
    """Page ids with scores, best first: all the words before most of them, then BM25."""
    first = sorted(chosen, key=lambda pk: (-weights[pk], pk))
    head = first[:RANKED]
    if len(first) > RANKED:
        edge = weights[first[RANKED - 1]]
        head = [pk for pk in first if weights[pk] >= edge]
    scores = bm25(head, groups, expressions)
    scored = [(pk, score(weights[pk], scores.get(pk, 0.0))) for pk in head]
    scored.sort(key=lambda item: (-item[1], item[0]))
    return scored + [(pk, weights[pk] / 1000) for pk in first[len(head) :]]


def score(weight: float, relevance: float) -> float:
    """Above 1000 for pages that hold all the words; relevance weighed by coverage below."""
    if weight >= 100:
        return 1000 + relevance
    return relevance + weight


def bm25(ids: list[int], groups: list[Group], expressions: list[str]) -> dict[int, float]:
    """BM25 of these pages for the words and for the phrases they form, higher is better."""
    if not ids:
        return {}
    match = " OR ".join(f"({part})" for part in [*expressions, *phrases(groups)])
    marks = ", ".join(str(weight) for weight in WEIGHTS)
    sql = (
        f"SELECT rowid, -bm25(search_index, {marks}) FROM search_index WHERE search_index MATCH %s"
    )
    if len(ids) <= RANKED:
        sql += f" AND rowid IN ({', '.join(str(int(pk)) for pk in ids)})"
    wanted = set(ids)
    return {pk: value for pk, value in rows(sql, [match]) if pk in wanted}


def phrases(groups: list[Group]) -> list[str]:
    """Neighbouring words of the query side by side: rare, so they weigh much in BM25."""
    pairs = zip(groups, groups[1:], strict=False)
    found = [quoted(f"{a.stems[0]} {b.stems[0]}") for a, b in pairs]
    if len(groups) > 2:
        found.append(quoted(" ".join(group.stems[0] for group in groups)))
    return [f"{STEM_COLUMNS}: {phrase}" for phrase in found]


def hits_of(scored: list[tuple[int, float]], groups: list[Group]) -> list[Hit]:
    ids = [pk for pk, _score in scored]
    entries = SearchEntry.objects.select_related("page").in_bulk(ids)
    stems = {stem for group in groups for stem in group.stems}
    return [
        Hit(
            page=entry.page,
            kind=entry.kind,
            score=round(value, 4),
            changed_at=entry.changed_at,
            extract=extract(entry.text or entry.lead, stems, [g.word for g in groups]),
            lead=entry.lead,
        )
        for pk, value in scored
        if (entry := entries.get(pk))
    ]
