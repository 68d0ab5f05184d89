"""Answers kept for people who are logged in, beside those kept for everybody.

Two people of the same groups and rights are shown the same page, but for what names one of them:
a page is kept for all its equals, or for one person when it shows files, or not at all.
"""

from collections.abc import Callable
from enum import Enum

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.utils import timezone

from wiki.access.closed_paths import reader_key
from wiki.http.kept_pages import Kept, kept_pages
from wiki.http.page_cache import AlwaysTheSame, holds_until, kept_of, may_be_kept
from wiki.models import SiteRevision

SECRET = b"csrfmiddlewaretoken"


class Readers(Enum):
    """For whom an answer is the same."""

    EQUALS = "those of the same groups and rights"
    ONE = "one person"
    NOBODY = "nobody: not even for the same person a moment later"


def kept_or_made(request, may: tuple, make: Callable[[], tuple[HttpResponse, Readers]]):
    """The answer of `make`, or the one that it gave before to somebody who is shown the same.

    `may`: what this person may do here, all that the answer tells of it. Nothing is kept for
    anonymous readers, whose whole answers are; nor for nobody's account, in whose eyes somebody
    looks at the page and changes it; nor of an answer that tells something once.
    """
    if not request.user.is_authenticated or not request.user.pk or len(get_messages(request)):
        return make()[0]
    stamp = SiteRevision.current()
    keys = keys_of(request, may, stamp)
    for key in keys.values():
        if kept := kept_pages.get(key, stamp):
            return HttpResponse(kept.body, headers=dict(kept.headers))
    response, readers = make()
    if readers in keys and is_sound(request, response):
        kept_pages.put(keys[readers], zipped(request, response), stamp)
    return response


def keys_of(request, may: tuple, stamp: int) -> dict[Readers, tuple]:
    user = request.user
    rights = frozenset(user.get_all_permissions())
    address = (request.get_full_path(), request.get_host(), request.scheme, is_zipped(request))
    equals = (*address, reader_key(user, stamp), rights, may)
    return {Readers.EQUALS: equals, Readers.ONE: (*equals, user.pk)}


def is_zipped(request) -> bool:
    return "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")


def is_sound(request, response) -> bool:
    """It holds nothing of one session, and stays true for a while."""
    lasts = (holds_until(request) - timezone.now()).total_seconds() > 1
    return may_be_kept(response) and SECRET not in response.content and lasts


def zipped(request, response) -> Kept:
    """As it is sent: holding no secret of anybody, it needs no blur of its length."""
    small = AlwaysTheSame(lambda request: response).process_response(request, response)
    return kept_of(request, small, etag="")
