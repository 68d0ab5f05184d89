"""One search of the screen of results: what the engine answers, for one reader."""

from dataclasses import replace

from search import vain
from search.answers import hits_of
from search.asked import Asked
from search.engine import PAGE_SIZE, Results, get_engine
from search.groups import groups_of
from search.promoted import promoted_pages


def answers_to(asked: Asked, user) -> Results:
    """The engine's answers; what facilitators chose comes first. A search in vain is noted."""
    offset = (asked.page - 1) * PAGE_SIZE
    results = get_engine().search(
        asked.query, user, filters=asked.filters, order=asked.order, offset=offset
    )
    if asked.filters or asked.order or asked.page > 1:
        return results
    results = with_promoted(results, user)
    if asked.query and not results.hits and not results.degraded:
        vain.note_without_answer(asked.query)
    return results


def with_promoted(results: Results, user) -> Results:
    ids = [page.pk for page in promoted_pages(results.query, user, results.stamp)]
    if not ids:
        return results
    chosen = hits_of([(pk, 0.0) for pk in ids], groups_of(results.query), user)
    first = [replace(hit, is_promoted=True) for hit in chosen]
    hits = [*first, *(hit for hit in results.hits if hit.page.pk not in ids)][:PAGE_SIZE]
    return replace(results, hits=hits, total=max(results.total, len(hits)))
