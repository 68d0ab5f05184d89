from urllib.parse import urlencode

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from search.engine import PAGE_SIZE, get_engine
from search.titles import pages_named
from wiki.kinds import kind_names
from wiki.models.pages import IndexPage

LAST_PAGE = 500
ANSWER_KIND = "situation"


def search(request):
    """Answers as the reader's rights have them, 20 a page, narrowed by kind.

    Any text in `q` is a valid query; bad `page` and `sorte` values are passed over.
    """
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())
    names = {**kind_names(), IndexPage.kind: str(IndexPage.kind_plural)}
    kind = request.GET.get("sorte", "")
    kind = kind if kind in names else ""
    number = page_number(request.GET.get("page", ""))
    offset = (number - 1) * PAGE_SIZE
    results = get_engine().search(query, request.user, kind=kind, offset=offset)
    context = {
        "query": query,
        "results": results,
        "kind": kind,
        "kind_label": names.get(kind, ""),
        "facets": facets(results.kinds, names, kind),
        "total_everywhere": sum(results.kinds.values()),
        "answer": answer_of(results, number),
        "number": number,
        "pages": -(-results.total // PAGE_SIZE),
        "query_string": urlencode({"q": query[:500]}),
    }
    return render(request, "search/search.html", context)


def page_titles(request):
    """The titles that complete `q`, as JSON: what one may read is nobody else's business."""
    response = JsonResponse({"pages": pages_named(request.GET.get("q", ""), request.user)})
    patch_cache_control(response, private=True, no_cache=True)
    return response


def page_number(text: str) -> int:
    """From 1 to LAST_PAGE; 1 for what is no number."""
    if not (text.isascii() and text.isdigit()):
        return 1
    return min(max(int(text), 1), LAST_PAGE) if len(text) < 10 else LAST_PAGE


def facets(kinds: dict[str, int], names: dict[str, str], chosen: str) -> list[dict]:
    """The kinds that answer, in the order of the site's kinds, with their counts."""
    return [
        {"kind": kind, "label": names[kind], "count": kinds[kind], "chosen": kind == chosen}
        for kind in names
        if kinds.get(kind)
    ]


def answer_of(results, number: int):
    """The first hit stands out as « the answer » when it is a situation."""
    first = results.hits[0] if results.hits and number == 1 else None
    return first if first and first.kind == ANSWER_KIND and first.lead else None
