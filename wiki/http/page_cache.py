"""Whole pages kept for readers who are not logged in, and what they are told of them.

A page that says what is true only now calls `expires(request, moment)`; one that knows which
changes alter it calls `depends_on(request, tags)`, all the others end with any change.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from wiki.http.kept_pages import Kept, kept_pages, key_of
from wiki.models import SiteRevision
from wiki.models.site_revision import one_request

TEXT = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml|javascript)", re.IGNORECASE)


def expires(request, moment: datetime) -> None:
    """Tell the cache that the page being made is false after this moment."""
    known = getattr(request, "kb_expires", None)
    request.kb_expires = min(known, moment) if known else moment


def midnight() -> datetime:
    """The end of today: every page may name a day."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


def depends_on(request, tags: Iterable[str]) -> None:
    """Tell the cache the only tags of changes after which the page being made is another."""
    request.kb_tags = frozenset(tags)


class PageCacheMiddleware:
    """The outermost one: what it keeps holds the headers of all the others."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with one_request():
            return without_body(request, self._answer(request))

    def _answer(self, request):
        key = key_of(request.META)
        if key is None:
            return private(self.get_response(request))
        stamp = SiteRevision.current()
        kept = kept_pages.get(key, stamp)
        if kept is None:
            return self._make(request, key, stamp)
        return unless_known(request, HttpResponse(kept.body, headers=dict(kept.headers)), kept.etag)

    def _make(self, request, key: tuple, stamp: int):
        response = self.get_response(request)
        if not may_be_kept(response):
            return response
        etag = etag_of(response)
        headed(response, etag)
        response["Content-Length"] = str(len(response.content))
        if holds_until(request) > timezone.now() + timedelta(seconds=1):
            kept_pages.put(key, kept_of(request, response, etag), stamp)
        return unless_known(request, response, etag)


def kept_of(request, response, etag: str) -> Kept:
    until = holds_until(request)
    tags = getattr(request, "kb_tags", None)
    return Kept(response.content, list(response.items()), etag, until.timestamp(), tags)


def holds_until(request) -> datetime:
    return min(getattr(request, "kb_expires", None) or midnight(), midnight())


def etag_of(response) -> str:
    """The same as long as the answer is: the stamp also moves for what this reader may not see."""
    said = repr((response.content, sorted(response.items())))
    return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def may_be_kept(response) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
    )


class ZippedText(GZipMiddleware):
    """Pages, feeds and scripts are zipped; files are not: most of them are zipped already, and
    the length and the parts of the others are told."""

    def process_response(self, request, response):
        if response.streaming or not TEXT.match(response.get("Content-Type", "")):
            return response
        if key_of(request.META) and may_be_kept(response):
            return AlwaysTheSame(self.get_response).process_response(request, response)
        return super().process_response(request, response)


class AlwaysTheSame(GZipMiddleware):
    """The same page gives the same bytes: others would tell that it was made again. What is kept
    for everybody holds no secret that their length could give away."""

    max_random_bytes = 0


def unless_known(request, response, etag: str):
    """The page, or 304 when the browser has it; another process may have made it."""
    known = get_conditional_response(request, etag, response=response)
    return headed(known or response, etag)


def headed(response, etag: str):
    """Readers' browsers keep the page and ask each time whether it still holds."""
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


def without_body(request, response):
    """HEAD is told all that GET is, the length too."""
    if request.method == "HEAD" and not response.streaming and response.content:
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def private(response):
    """What a logged-in person sees is kept by nobody else."""
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = "private, no-cache"
    return response
