"""One search of the screen of results: what the engine answers, for one reader."""

from dataclasses import replace

from search.engine import PAGE_SIZE, Results, get_engine
from search.engines.answers import hits_of
from search.query.groups import groups_of
from search.screens import zero_results
from search.screens.params import SearchParams
from search.screens.promoted import promoted_pages


def run_search(params: SearchParams, user) -> Results:
    """The engine's answers; what facilitators chose comes first, above the ten of the first
    page, and stands on no other. A zero-result search is noted."""
    results = search_quietly(params, user)
    is_plain = params.page == 1 and not params.filters and not params.order
    if is_plain and params.query and not results.hits and not results.degraded:
        zero_results.note_without_answer(params.query)
    return results


def search_quietly(params: SearchParams, user) -> Results:
    """The same, without a trace."""
    offset = (params.page - 1) * PAGE_SIZE
    results = get_engine().search(
        params.query, user, filters=params.filters, order=params.order, offset=offset
    )
    if params.filters or params.order:
        return results
    return with_promoted(results, user, is_first_page=params.page == 1)


def with_promoted(results: Results, user, is_first_page: bool) -> Results:
    ids = [page.pk for page in promoted_pages(results.query, user, results.stamp)]
    if not ids:
        return results
    others = [hit for hit in results.hits if hit.page.pk not in ids]
    if not is_first_page:
        return replace(results, hits=others)
    chosen = hits_of([(pk, 0.0) for pk in ids], groups_of(results.query), user)
    hits = [*(replace(hit, is_promoted=True) for hit in chosen), *others]
    return replace(results, hits=hits, total=max(results.total, len(hits)))
