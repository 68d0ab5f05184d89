"""Kept pages, sent before Django is asked."""

from django.db import DatabaseError, connection
from django.utils.http import parse_etags

from wiki.http.kept_pages import Kept, kept_pages, key_of
from wiki.models import SiteRevision

# Conditions that Django knows better.
RARE = ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
OF_304 = {"Cache-Control", "ETag", "Vary"}


class KeptFirst:
    """A WSGI application around the one of Django."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        kept = kept_for(environ)
        if kept is None:
            return self.application(environ, start_response)
        if is_known(environ, kept.etag):
            headers = [pair for pair in kept.headers if pair[0] in OF_304]
            start_response("304 Not Modified", headers)
            return []
        start_response("200 OK", kept.headers)
        return [kept.body]


def kept_for(environ: dict) -> Kept | None:
    if environ["REQUEST_METHOD"] != "GET" or any(name in environ for name in RARE):
        return None
    key = key_of(environ)
    try:
        return key and kept_pages.get(key, newest_stamp())
    except DatabaseError:
        return None  # Django says what is wrong


def newest_stamp() -> int:
    """Outside a request of Django nobody looks after its connection."""
    if not connection.in_atomic_block:  # that of a test
        connection.close_if_unusable_or_obsolete()
    return SiteRevision.newest()


def is_known(environ: dict, etag: str) -> bool:
    """Whether the browser has it already, by weak comparison."""
    known = environ.get("HTTP_IF_NONE_MATCH", "")
    return bool(known) and (
        known.strip() == "*"
        or etag.removeprefix("W/") in {one.removeprefix("W/") for one in parse_etags(known)}
    )
