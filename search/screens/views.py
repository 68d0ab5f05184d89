"""The results, as a reader's rights have them."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from search.engine import PAGE_SIZE, Results
from search.engines.certainty import is_sure
from search.language import analysis
from search.query.groups import groups_of
from search.screens.params import LAST_PAGE, LONGEST, SearchParams
from search.screens.searching import run_search
from search.suggest.titles import pages_named
from wiki.http.page_cache import expires
from wiki.text.characters import one_line

ANSWER_KIND = "situation"
FEWEST_WORDS = 2  # telling ones, of a query that one answer answers


def search(request):
    """Answers of one page of results, narrowed and ordered as the address says."""
    params = SearchParams.read(request.GET)
    results = run_search(params, request.user)
    if results.degraded or results.is_late:
        expires(request, timezone.now())  # in a moment there are better ones
    facets = params.facets(results.facets, results.total)
    context = {
        "query": params.query,
        "params": params,
        "results": results,
        "facets": facets,
        "chosen": [option for facet in facets for option in facet.chosen],
        "answer": answer_of(results, params.page),
        "corrected": corrected(params, results),
        "orders": orders(params),
        "says_little": says_little(params.query),
        "number": params.page,
        "pages": min(-(-results.total // PAGE_SIZE), LAST_PAGE),
        "previous": params.address(page=params.page - 1),
        "next": params.address(page=params.page + 1),
        "first": params.address(),
        "unfiltered": params.address(filters={}),
    }
    return render(request, "search/search.html", context)


def answer_of(results: Results, number: int):
    """The first hit stands out as « the answer » when it is a situation that facilitators chose
    or of which one can be sure, and more was said than a single word."""
    first = results.hits[0] if results.hits and number == 1 else None
    if not (first and first.kind == ANSWER_KIND and first.lead):
        return None
    told = len(groups_of(results.query)) >= FEWEST_WORDS
    return first if told and (first.is_promoted or is_sure(results)) else None


def says_little(query: str) -> bool:
    """Whether it is made of small words only."""
    found = analysis.tokens(query[:LONGEST])
    return bool(found) and all(token.is_stop for token in found)


def corrected(params: SearchParams, results: Results) -> dict[str, str] | None:
    """The query without its faults and the address that asks for it; None without faults."""
    query = results.corrected_query
    return {"query": query, "address": params.address(query=query)} if query else None


def orders(params: SearchParams) -> dict[str, str]:
    """The addresses of the same answers in each order."""
    return {"relevance": params.address(order=""), "date": params.address(order="date")}


def page_titles(request):
    """The titles that complete `q`, as JSON: what one may read is nobody else's business."""
    response = JsonResponse(
        {"pages": pages_named(one_line(request.GET.get("q", "")), request.user)}
    )
    patch_cache_control(response, private=True, no_cache=True)
    return response
