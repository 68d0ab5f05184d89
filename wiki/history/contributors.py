"""Who wrote a page, and what one signature wrote. See docs/decisions/0009.

A contributor is an account and the name it signed with: two names of one person are two
contributors that nothing ties together. A contributor's address holds the id of one of
their versions, so that it says nothing of the account.
"""

from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from wagtail.models import Page

from wiki.access.audiences import (
    open_rows,
    readable_versions,
    version_rights,
    versions_open_to,
)
from wiki.access.kept_for_readers import KeptForReaders
from wiki.access.visibility import satisfied_audiences, visible_to
from wiki.internals.compiled import Compiled
from wiki.models import KeptBesideTexts, KeptByStamp, Version
from wiki.text.titles import key_of

LONGEST = 500  # versions read for the list of names; older ones are counted in the history


@dataclass(frozen=True)
class Contributor:
    """`pk`: the id of one of their readable versions."""

    name: str
    pk: int | None = None


def signature(page, user) -> dict:
    """The newest change, the contributors, and how many versions, in one query."""
    rows = _signatures(*version_rights(user), page.pk)
    changes = [row for row in rows if row["origin"] != Version.Origin.OPENING]
    return {
        "last_change": changes[0] if changes else None,
        "version_count": len(rows),
        "contributors": _contributors(changes),
    }


def _newest(closed, audiences, page_pk: int) -> QuerySet:
    rows = versions_open_to(closed, audiences, Version.objects.filter(page_id=page_pk))
    columns = ("pk", "number", "author_id", "author_name", "created_at", "origin", "minor")
    return rows.order_by("-number").values(*columns)[:LONGEST]


_signatures = Compiled(_newest)


def until(version: Version, user) -> list[Contributor]:
    """Who wrote what an old version holds: itself and those before it that one may read."""
    rows = Version.objects.filter(page_id=version.page_id, number__lte=version.number)
    signed = readable_versions(user, rows).exclude(origin=Version.Origin.OPENING)
    return _contributors(list(signed.order_by("-number").values("pk", "author_name")[:LONGEST]))


def _contributors(rows: list[dict]) -> list[Contributor]:
    """One a name on one page, the last who wrote first."""
    found: dict[str, Contributor] = {}
    for row in rows:
        if row["author_name"]:
            found.setdefault(row["author_name"], Contributor(row["author_name"], row["pk"]))
    return list(found.values())


def changes_known_to(user) -> QuerySet:
    """All signed changes that this person may read."""
    rows = Version.objects.exclude(origin=Version.Origin.OPENING).exclude(author_name="")
    pages = visible_to(user, Page.objects.filter(pk=OuterRef("page_id")))
    return open_rows(user, rows).filter(Exists(pages))


class Counted(NamedTuple):
    """What each signature wrote, and the id of the newest version when it was counted."""

    newest: int
    rows: list[dict]


_counted: KeptForReaders[Counted] = KeptForReaders(KeptBesideTexts)
_everybody: KeptForReaders[list[dict]] = KeptForReaders()
LATE = 5  # versions that may be written after others whose ids are greater


def everybody(user) -> list[dict]:
    """Each signature with what it wrote for this reader: pages, changes, the last day."""
    audiences = tuple(satisfied_audiences(user))
    return _everybody.of(user, lambda: _up_to_date(user, audiences), audiences)


def _up_to_date(user, audiences: tuple) -> list[dict]:
    """A new text has only those counted again who signed since all were."""
    known = _counted.of(user, lambda: _counted_for(user), audiences)
    written = Version.objects.filter(pk__gt=known.newest - LATE).order_by()
    names = set(written.values_list("author_name", flat=True))
    again = _count(changes_known_to(user).filter(author_name__in=names))
    rows = again + [row for row in known.rows if row["author_name"] not in names]
    rows.sort(key=lambda row: row["author_name"])
    return sorted(rows, key=lambda row: row["last"], reverse=True)


def _counted_for(user) -> Counted:
    newest = Version.objects.aggregate(newest=Max("pk"))["newest"]
    return Counted(newest or 0, _count(changes_known_to(user)))


def _count(changes: QuerySet) -> list[dict]:
    rows = changes.order_by().values("author_id", "author_name")
    counted = {
        "version": Min("id"),
        "pages": Count("page_id", distinct=True),
        "changes": Count("id"),
        "last": Max("created_at"),
    }
    return list(rows.annotate(**counted))


def changes_signed_as(version_pk: int, user) -> QuerySet | None:
    """What was written under the signature of this version; None when it is not known."""
    known = changes_known_to(user)
    version = known.filter(pk=version_pk).only("author_id", "author_name").first()
    if version is None:
        return None
    # By the index of names: that of accounts holds all the versions that have none.
    account = Coalesce(F("author_id"), 0)
    same = known.alias(account=account).filter(account=version.author_id or 0)
    return same.filter(author_name=version.author_name)


def pages_of(changes: QuerySet) -> QuerySet:
    """The pages of these changes, last changed first: page_id, changes, last, new."""
    rows = changes.order_by().values("page_id")
    return rows.annotate(changes=Count("id"), last=Max("created_at")).order_by("-last", "page_id")


MOST_NAMES = 50  # signatures that a few letters may mean


def names_like(asked: str) -> tuple[str, ...]:
    """The signature written so; else those that hold these words, whatever their case and
    accents. What was signed by them is for `wiki.history.changes` to narrow."""
    if Version.objects.filter(author_name=asked).exists() or not (key := key_of(asked)):
        return (asked,)
    found = (name for name, own in _names() if key in own)
    return tuple(islice(found, MOST_NAMES)) or (asked,)


def _read_names() -> list[tuple[str, str]]:
    """All signatures, each with its key."""
    rows = Version.objects.exclude(author_name="").order_by("author_name")
    names = rows.values_list("author_name", flat=True).distinct()
    return [(name, key_of(name)) for name in names]


_names = KeptByStamp(_read_names)
