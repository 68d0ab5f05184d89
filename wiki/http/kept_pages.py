"""Whole answers kept in each process for readers who are not logged in.

An answer holds as long as no change bears one of its cache tags; one without tags until the next
change, whatever it is. Nothing is asked but the site's stamp, once a request.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.conf import settings

from wiki.models import ChangeTags, SiteRevision

MOST_BYTES = 16_000_000  # two thousand pages, zipped
OWN_WEIGHT = 2_000  # bytes of an answer without body
APART = ("/admin/", "/media/", "/fichiers/", "/static/")  # they have rules of their own


@dataclass(frozen=True)
class Kept:
    """`until`: seconds since 1970; `tags`: None when any change ends it."""

    body: bytes
    headers: list[tuple[str, str]]
    etag: str
    until: float
    tags: frozenset[str] | None

    @property
    def weight(self) -> int:
        return len(self.body) + OWN_WEIGHT


def key_of(environ: dict) -> tuple | None:
    """What an answer depends on in a WSGI request; None when it is for one person only."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    path = environ.get("PATH_INFO", "")
    if path.startswith(APART) or f"{settings.SESSION_COOKIE_NAME}=" in environ.get(
        "HTTP_COOKIE", ""
    ):
        return None
    return (
        path,
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_HOST"),
        "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""),
        environ.get("wsgi.url_scheme"),
        environ.get("HTTP_X_FORWARDED_PROTO"),
    )


class KeptPages:
    """Shared by the threads of a process; those asked last stay when there is no more room."""

    def __init__(self, most_bytes: int = MOST_BYTES):
        self.lock, self.most_bytes = Lock(), most_bytes
        self.forget()

    def forget(self) -> None:
        self.stamp, self.weight = 0, 0
        self.answers: OrderedDict[tuple, Kept] = OrderedDict()

    def get(self, key: tuple, stamp: int) -> Kept | None:
        with self.lock:
            if stamp != self.stamp:
                self._bring_up(stamp)
            kept = self.answers.get(key)
            if kept is None:
                return None
            if kept.until <= time.time():
                self._drop(key)
                return None
            self.answers.move_to_end(key)
            return kept

    def put(self, key: tuple, kept: Kept, stamp: int) -> None:
        """An answer made from this stamp on; when there were changes since, it is not kept."""
        with self.lock:
            if stamp != self.stamp:
                return
            self._drop(key)
            self.answers[key] = kept
            self.weight += kept.weight
            while self.weight > self.most_bytes:
                self._drop(next(iter(self.answers)))

    def _drop(self, key: tuple) -> None:
        if (gone := self.answers.pop(key, None)) is not None:
            self.weight -= gone.weight

    def _bring_up(self, stamp: int) -> None:
        """A stamp before the last one is that of a slow thread, or of a restored backup."""
        stamp = stamp if stamp > self.stamp else SiteRevision.newest()
        is_other = stamp != self.stamp and self.answers
        changed = ChangeTags.between(self.stamp, stamp) if is_other else set()
        ended = [
            key for key, kept in self.answers.items() if changed is None or ends(kept, changed)
        ]
        for key in ended:
            self._drop(key)
        self.stamp = stamp


def ends(kept: Kept, changed: set[str]) -> bool:
    """Of a change that altered nothing but these; none at all is no change."""
    return bool(changed) and (kept.tags is None or not kept.tags.isdisjoint(changed))


kept_pages = KeptPages()
