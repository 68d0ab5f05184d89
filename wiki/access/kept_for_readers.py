"""What each process keeps of lists and counts, once for all who may read the same pages."""

from collections.abc import Callable
from typing import Generic, TypeVar

from wiki.access.closed_paths import closed_paths
from wiki.models import KeptByStamp

T = TypeVar("T")
MOST = 1_000  # values of one kind; beyond, they are forgotten together


class KeptForReaders(Generic[T]):
    """Values that are made of what one person may read, and of nothing else that is theirs.

    No more than one query when a value is kept. `kept`: for how long (KeptByStamp). They are
    never changed, for threads share them, and hold no page: whoever shows one reads it.
    """

    def __init__(self, kept: type[KeptByStamp] = KeptByStamp):
        self._kept: KeptByStamp[dict[tuple, T]] = kept(dict)

    def of(self, user, read: Callable[[], T], *about) -> T:
        """What `read()` gives for this person, unless it is known; `about`: all else that tells
        it from other values."""
        known = self._kept()
        key = (closed_paths(user).paths, *about)
        found = known.get(key)
        if found is None:
            if len(known) >= MOST:
                known.clear()
            found = known[key] = read()
        return found


class ReadForReaders(Generic[T]):
    """One value, that `read` gives for a person."""

    def __init__(self, read: Callable[..., T], kept: type[KeptByStamp] = KeptByStamp):
        self.read, self.known = read, KeptForReaders[T](kept)

    def __call__(self, user) -> T:
        return self.known.of(user, lambda: self.read(user))
