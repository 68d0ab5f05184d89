"""What each process keeps in memory until the site's stamp says that something changed."""

from collections.abc import Callable
from typing import Generic, TypeVar

from wiki.models import SiteRevision

T = TypeVar("T")


class KeptByStamp(Generic[T]):
    """What `read` gives, read once for each stamp: one query a call at most when it is kept.

    Threads share it: what is kept is replaced whole, never changed.
    """

    def __init__(self, read: Callable[[], T]):
        self.read = read
        self.kept: tuple[int, T] | None = None

    def __call__(self, stamp: int | None = None) -> T:
        """As of this stamp, or as of the current one. It is read before what is kept: a
        change that comes between both is read again, never missed."""
        stamp = SiteRevision.current() if stamp is None else stamp
        kept = self.kept
        if kept is None or kept[0] != stamp:
            kept = self.kept = (stamp, self.read())
        return kept[1]

    def forget(self) -> None:
        self.kept = None
