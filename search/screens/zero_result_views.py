"""The beacon of a page of results that one leaves without opening anything."""

from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search.screens import zero_results
from search.screens.params import SearchParams
from search.screens.searching import search_quietly
from wiki.text.characters import one_line

HEAVIEST = 4_000  # bytes: 200 characters, written as forms write them


# Exempt: it comes without a cookie, hence without a token; it knows nobody, and adds one to a
# count that only facilitators read. Other sites are refused by what browsers say of the origin.
@csrf_exempt
@require_POST
def without_click(request):
    """Note the words of `q`; 204, or 403 from another site, 400 for more than 200 characters."""
    if not is_from_here(request):
        return HttpResponseForbidden()
    length = request.headers.get("Content-Length") or "0"
    if not length.isdigit() or int(length) > HEAVIEST:
        return HttpResponseBadRequest()
    asked = request.POST.get("q", "")
    if len(asked) > zero_results.LONGEST:
        return HttpResponseBadRequest()
    if finds_something(asked):
        zero_results.note_without_click(asked)
    return HttpResponse(status=204)


def finds_something(query: str) -> bool:
    """Whether anybody finds pages by these words: what only members find is not noted, as
    facilitators outside their group read that it was looked for, and found."""
    params = SearchParams(one_line(query.replace("\x00", " ")))
    return bool(search_quietly(params, AnonymousUser()).hits)


def is_from_here(request) -> bool:
    """What the browser itself says, which no script can write."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = urlsplit(request.headers.get("Origin", ""))
    return bool(origin.netloc) and origin.netloc == request.get_host()
