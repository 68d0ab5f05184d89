"""Somebody who waited too long for their turn to write: told so, and nothing typed is lost."""

import sys
from contextlib import suppress

from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error

from wiki.editing.session_recovery import EDITORS, FOR_SCRIPTS, is_from_here
from wiki.markup import html
from wiki.text.form_fields import LONGEST_BODY

SENT_BY_SCRIPTS = {"send_photo", "send_file", "page_titles", "propositions", "without_click"}
LOCKED = ("database is locked", "database table is locked")
# PostgreSQL: lock_not_available, deadlock_detected, serialization_failure.
WAITED = {"55P03", "40P01", "40001"}
NEVER_SHOWN = ("csrfmiddlewaretoken", "password")
AGAIN_IN = 10  # seconds


class BusyMiddleware:
    """What views meet; what the other middlewares do, `when_it_fails` does."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return screen(request) if is_busy(exception) else None


@requires_csrf_token
def when_it_fails(request):
    """The site's answer to an error that nothing foresaw (`handler500`)."""
    if is_busy(sys.exc_info()[1]):
        return screen(request)
    match = request.resolver_match
    if match and match.url_name in EDITORS and (sent := fields_from_here(request)):
        with suppress(Exception):  # what failed may fail again: the bare page then
            return failed(request, sent)
    return server_error(request)


def failed(request, sent: list[tuple[str, str]]) -> HttpResponse:
    """The text of an editor that failed, to be sent again or copied."""
    body = request.POST.get("body", "")[:LONGEST_BODY]
    words = html.plain_text(html.clean(body))
    context = {"typed": sent, "words": words, "action": request.get_full_path()}
    answer = render(request, "wiki/failed.html", context, status=500)
    answer["Cache-Control"] = "no-store"
    return answer


def is_busy(error: BaseException | None) -> bool:
    """Whether an error says that somebody else was writing for too long."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return state in WAITED or any(words in str(error) for words in LOCKED)


def screen(request) -> HttpResponse:
    if wants_data(request):
        said = _("Many people are writing at this moment. Your text will be sent again.")
        answer = JsonResponse({"error": said}, status=503)
    else:
        context = {"typed": fields_from_here(request), "action": request.get_full_path()}
        answer = render(request, "wiki/busy.html", context, status=503)
    answer["Retry-After"] = str(AGAIN_IN)
    answer["Cache-Control"] = "no-store"
    return answer


def wants_data(request) -> bool:
    """It was sent by the editor's script, not by a form."""
    match = request.resolver_match
    return bool(match) and match.url_name in FOR_SCRIPTS | SENT_BY_SCRIPTS


def fields_from_here(request) -> list[tuple[str, str]]:
    """What was sent by a page of this site, to be sent again by a press; no password stays."""
    if request.method != "POST" or not is_from_here(request):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name for word in NEVER_SHOWN)
    ]
