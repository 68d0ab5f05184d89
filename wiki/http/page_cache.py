"""Whole pages kept for readers who are not logged in.

The key holds the site's stamp: any change of what readers may see empties the cache at
once. A page that says what is true only now calls `expires(request, moment)`.
"""

import hashlib
import re
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from wiki.models import SiteRevision
from wiki.models.site_revision import one_request

TEXT = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml|javascript)", re.IGNORECASE)
KEPT = (
    "Content-Type",
    "Content-Encoding",
    "Content-Security-Policy",
    "X-Frame-Options",
    "Vary",
    "Link",
    "Referrer-Policy",
    "X-Robots-Tag",
)


def expires(request, moment: datetime) -> None:
    """Tell the cache that the page being made is false after this moment."""
    known = getattr(request, "kb_expires", None)
    request.kb_expires = min(known, moment) if known else moment


def midnight() -> datetime:
    """The end of today: every page may name a day."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


class PageCacheMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with one_request():
            return without_body(request, self._answer(request))

    def _answer(self, request):
        if not is_cacheable(request):
            return private(self.get_response(request))
        key = cache_key(request)
        kept = cache.get(key)
        if kept is None:
            return self._make(request, key)
        *page, etag = kept
        return unless_known(request, rebuilt(page), etag)

    def _make(self, request, key):
        response = self.get_response(request)
        if not may_be_kept(response):
            return response
        headers = {name: response[name] for name in KEPT if name in response}
        until = min(getattr(request, "kb_expires", None) or midnight(), midnight())
        etag = etag_of(response.content, headers)
        seconds = (until - timezone.now()).total_seconds()
        if seconds >= 1:
            cache.set(key, (response.content, headers, etag), seconds)
        return unless_known(request, response, etag)


def is_cacheable(request) -> bool:
    """A reader with no session; the admin and files have rules of their own."""
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith(("/admin/", "/media/", "/fichiers/", "/static/"))
    )


def cache_key(request) -> str:
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    parts = [
        SiteRevision.current(),
        timezone.localdate(),
        request.get_host(),
        request.get_full_path(),
        zipped,
    ]
    digest = hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
    return f"page-{digest[:32]}"


def etag_of(body: bytes, headers: dict[str, str]) -> str:
    """The same as long as the answer is: the stamp also moves for what this reader may not see."""
    digest = hashlib.sha256(repr((body, sorted(headers.items()))).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def may_be_kept(response) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
    )


def rebuilt(kept):
    body, headers = kept
    return HttpResponse(body, headers={**headers, "Content-Length": str(len(body))})


class ZippedText(GZipMiddleware):
    """Pages, feeds and scripts are zipped; files are not: most of them are zipped already, and
    the length and the parts of the others are told."""

    def process_response(self, request, response):
        if response.streaming or not TEXT.match(response.get("Content-Type", "")):
            return response
        if is_cacheable(request) and may_be_kept(response):
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
