"""What each process keeps in memory for all who may read the same, until the stamp changes."""

from collections.abc import Callable
from typing import Generic, TypeVar

from wiki.access.closed_paths import closed_paths
from wiki.models import KeptByStamp

T = TypeVar("T")


class KeptForReaders(Generic[T]):
    """What `read` gives for a person, read once for each stamp and each set of closed paths.

    It may say nothing of the person themselves: the next one who reads the same is told the same.
    """

    def __init__(self, read: Callable[..., T]):
        self.read = read
        self.kept: KeptByStamp[dict[tuple, T]] = KeptByStamp(dict)

    def __call__(self, user) -> T:
        # The paths themselves, not the groups: they are of the moment when they are read.
        kept, closed = self.kept(), closed_paths(user).paths
        if closed not in kept:
            kept[closed] = self.read(user)
        return kept[closed]
