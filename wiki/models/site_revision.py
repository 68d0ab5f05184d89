"""The stamp: one number that grows with each change that a reader could see."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models
from django.db.models import F

from wiki.internals.django import transaction_under_way

HOLDS = 0.1  # seconds that a request believes the number that it read

# `number` and `until` while a request is answered; `raising` while a change is written.
_request = threading.local()


class SiteRevision(models.Model):
    """One row, one number: it grows with every change of what readers may see.

    Raised inside the transaction of the change, so that cached pages and ETags made
    from it are out of date exactly when the change is visible.
    """

    number = models.BigIntegerField(default=1)

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """Read from the database; once for the few milliseconds that answering a page takes."""
        if time.monotonic() < getattr(_request, "until", 0) and transaction_under_way() is None:
            return _request.number
        number = cls.newest()
        if hasattr(_request, "until") and transaction_under_way() is None:
            _request.number, _request.until = number, time.monotonic() + HOLDS
        return number

    @classmethod
    def newest(cls) -> int:
        """Read from the database in any case. In SQL: to build the query costs five times that."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT number FROM {cls._meta.db_table} WHERE id = 1")
            row = cursor.fetchone()
        return row[0] if row else 0

    @classmethod
    def bump(cls, tags: set[str] | None = None) -> None:
        """`tags`: those of the only pages that readers now see otherwise; None for all pages."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.create(pk=1)
        connection.kb_raised_in = transaction_under_way()
        if tags is not None:
            ChangeTags.note(cls.newest(), tags)
        if hasattr(_request, "until"):
            _request.until = 0

    @staticmethod
    def is_being_raised() -> bool:
        """Whether the transaction under way raised it, and nobody else knows this number yet; or
        whether it is going to be."""
        if getattr(_request, "raising", 0):
            return True
        under_way = transaction_under_way()
        return under_way is not None and getattr(connection, "kb_raised_in", None) is under_way


@contextmanager
def about_to_raise() -> Iterator[None]:
    """While what follows a change is written, before the stamp is raised: what is kept by the
    stamp is of before the change, and is read again each time."""
    _request.raising = getattr(_request, "raising", 0) + 1
    try:
        yield
    finally:
        _request.raising -= 1


class ChangeTags(models.Model):
    """The cache tags of one change: pages that bear none of them are what they were before it.

    A change without row may alter any page.
    """

    KEPT = 500  # changes

    number = models.BigIntegerField(primary_key=True)
    tags = models.JSONField()

    def __str__(self):
        return f"{self.number}: {self.tags}"

    @classmethod
    def between(cls, before: int, now: int) -> set[str] | None:
        """All tags of the changes after the stamp `before` until `now`; None when they may alter
        any page."""
        if not 0 < now - before <= cls.KEPT:
            return None
        rows = cls.objects.filter(number__gt=before, number__lte=now)
        found = list(rows.values_list("tags", flat=True))
        return set().union(*found) if len(found) == now - before else None

    @classmethod
    def note(cls, number: int, tags: set[str]) -> None:
        """Those of a change; the oldest are dropped from time to time."""
        cls.objects.bulk_create(
            [cls(number=number, tags=sorted(tags))],
            update_conflicts=True,  # a number that came back, with an old site_revision row
            unique_fields=["number"],
            update_fields=["tags"],
        )
        if number % 50 == 0:
            cls.objects.filter(number__lte=number - cls.KEPT).delete()


@contextmanager
def one_request() -> Iterator[None]:
    """While a request is answered, `current` is read once in `HOLDS`, and anew in transactions.
    The admin asks the site for a page within its own request."""
    is_outermost = not hasattr(_request, "until")
    _request.until = 0
    try:
        yield
    finally:
        if is_outermost:
            del _request.until
