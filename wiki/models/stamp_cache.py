"""What each process keeps in memory until the site's stamp says that something changed."""

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from wiki.models.site_revision import ChangeTags, SiteRevision

T = TypeVar("T")


class KeptByStamp(Generic[T]):
    """What `read` gives, read once for each stamp: one query a call at most when it is kept.

    Threads share it: what is kept is replaced whole, never changed. In a transaction that
    raised the stamp it is read each time and not kept: the number is given again when the
    transaction is undone.
    """

    everything: ClassVar[list["KeptByStamp"]] = []

    def __init__(self, read: Callable[[], T]):
        self.read = read
        self.kept: tuple[int, T] | None = None
        self.everything.append(self)

    def __call__(self, stamp: int | None = None) -> T:
        """As of this stamp, or as of the current one. It is read before what is kept: a
        change that comes between both is read again, never missed."""
        stamp = SiteRevision.current() if stamp is None else stamp
        if SiteRevision.is_being_raised():
            return self.read()
        kept = self.kept
        if kept is None or not self.outlives(kept[0], stamp):
            kept = (stamp, self.read())
        self.kept = (stamp, kept[1])
        return kept[1]

    def outlives(self, read_at: int, stamp: int) -> bool:
        """Whether what was read at one stamp is what would be read at another one."""
        return read_at == stamp

    def forget(self) -> None:
        self.kept = None

    @classmethod
    def forget_all(cls) -> None:
        for one in cls.everything:
            one.forget()


class KeptBesideTexts(KeptByStamp[T]):
    """For what holds nothing of pages but their titles, places, topics, readers, and the fields by
    which they are listed: a change that says which pages it alters leaves all of these as they
    were (`wiki.publishing.altered`)."""

    def outlives(self, read_at: int, stamp: int) -> bool:
        return read_at == stamp or ChangeTags.between(read_at, stamp) is not None
