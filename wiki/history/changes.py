"""What changed lately, as one reader may know it: publications, moves, deletions, returns.

The newest rows are walked by the index of their date, some at a time; the pages of those
rows only are asked whether this reader may know them. So the cost does not grow with the
site. See docs/decisions/0008.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki.access.audiences import open_rows
from wiki.access.closed_paths import ClosedPaths
from wiki.access.visibility import marked, readable, rights
from wiki.internals.compiled import Compiled, OneOf
from wiki.models import Event, Topic, TopicLink, Version

CHUNK, LARGEST_CHUNK = 40, 2_000
FEW = 500  # pages under which a filter starts from the pages, not from the dates
CURSOR = re.compile(r"([0-9]{1,17})([ev])([0-9]{1,18})", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
VERSION, EVENT = 0, 1  # of one moment, what happened is told before what was written


@dataclass(slots=True)
class PageRow:
    """What a list says of a page: read as values, a page object costs as much as a query."""

    pk: int
    title: str
    url_path: str
    is_closed: bool = False  # that not everybody reads it, for people with an account


@dataclass(slots=True)
class Change:
    """A version or an event, as lists show it. `what` is the origin or the kind of event."""

    rank: int
    pk: int
    page_id: int
    created_at: datetime
    author_name: str
    what: str
    summary: str
    minor: bool = False
    number: int = 0
    place_before: int | None = None
    place_after: int | None = None
    is_gone: bool = False  # the page is in the trash since this very event
    page: PageRow | None = None
    local: datetime | None = None  # `created_at` on the reader's clock
    from_title: str = ""
    to_title: str = ""

    @property
    def is_event(self) -> bool:
        return self.rank == EVENT

    @property
    def label(self) -> str:
        names = Event.Kind if self.is_event else Version.Origin
        return str(names(self.what).label)

    @property
    def signature(self) -> str:
        return self.author_name or _("former member")

    @property
    def key(self) -> tuple:
        return self.created_at, self.rank, self.pk


SHARED = ("pk", "page_id", "created_at", "author_name")
OF_VERSIONS = (*SHARED, "origin", "summary", "minor", "number")
OF_EVENTS = (*SHARED, "kind", "note", "place_before_id", "place_after_id", "trashed")


def _of_version(*values) -> Change:
    return Change(VERSION, *values)


def _of_event(*values) -> Change:
    *said, before, after, trashed = values
    return Change(EVENT, *said, place_before=before, place_after=after, is_gone=bool(trashed))


COLUMNS = {VERSION: (OF_VERSIONS, _of_version), EVENT: (OF_EVENTS, _of_event)}


@dataclass(frozen=True)
class ChangeFilters:
    """What a reader asks to see; a name of nothing gives an empty list."""

    model: type[Page] | None = None
    topics: tuple[Topic, ...] = ()
    author_names: tuple[str, ...] = ()
    without_minor: bool = False
    page: Page | None = None
    nothing: bool = False

    def rows(self, rows: QuerySet) -> QuerySet:
        if self.nothing:
            return rows.none()
        if self.page:
            rows = rows.filter(page_id=self.page.pk)
        if self.author_names:
            rows = rows.filter(author_name__in=self.author_names)
        if self.without_minor and rows.model is Version:
            rows = rows.filter(minor=False)
        return rows

    def pages(self, pages: QuerySet) -> QuerySet:
        if self.model:
            pages = pages.type(self.model)
        if self.topics:
            pages = pages.filter(topic_links__topic__in=self.topics).distinct()
        return pages

    def of_their_page(self) -> Iterator[Exists]:
        """What `pages` asks, of rows that name a page."""
        if self.topics:
            links = TopicLink.objects.filter(topic__in=self.topics)
            yield Exists(links.filter(page_id=OuterRef("page_id")))
        if self.model:
            yield Exists(Page.objects.type(self.model).filter(pk=OuterRef("page_id")))

    @property
    def by_page(self) -> bool:
        return bool(self.model or self.topics)


NO_FILTER = ChangeFilters()


@dataclass(frozen=True)
class Moment:
    """Where a row stands in the walk."""

    created_at: datetime
    rank: int
    pk: int

    @classmethod
    def of(cls, change: Change) -> "Moment":
        return cls(*change.key)

    @classmethod
    def read(cls, text: str) -> "Moment | None":
        """From a cursor of an address; None when it is none."""
        found = CURSOR.fullmatch(text)
        if not found:
            return None
        moment = EPOCH + timedelta(microseconds=int(found[1]))
        return cls(moment, int(found[2] == "e"), int(found[3]))

    def __str__(self):
        microseconds = (self.created_at - EPOCH) // timedelta(microseconds=1)
        return f"{microseconds}{'ve'[self.rank]}{self.pk}"

    def older(self, rank: int) -> Q:
        """The rows of this rank that come after this moment in the walk."""
        if rank > self.rank:
            return Q(created_at__lt=self.created_at)
        if rank < self.rank:
            return Q(created_at__lte=self.created_at)
        same = Q(created_at=self.created_at, pk__lt=self.pk)
        return Q(created_at__lte=self.created_at) & (Q(created_at__lt=self.created_at) | same)


def walk(user, filters: ChangeFilters = NO_FILTER, after: Moment | None = None) -> Iterator[Change]:
    """The changes that this person may know, newest first, each with its `page`.

    A deletion is known to those who could read the page that day.
    """
    events = open_rows(user, Event.objects.all())
    few = _few_pages(filters)
    streams = [
        _stream(_filtered(_versions(user), filters, few), VERSION, after),
        _stream(_filtered(events, filters, few), EVENT, after),
    ]
    rows = merge(*streams, key=lambda change: change.key, reverse=True)
    return _known_to(user, rows)


def written(user, rows: QuerySet) -> Iterator[Change]:
    """The publications among these versions that this person may know, newest first."""
    return _known_to(user, _stream(_filtered(rows), VERSION))


def _versions(user) -> QuerySet:
    """Openings are not changes."""
    return open_rows(user, Version.objects.exclude(origin=Version.Origin.OPENING))


def _stream(rows: QuerySet, rank: int, after: Moment | None = None) -> Iterator[Change]:
    """All the rows in the order of the walk, asked for by chunks, more of them each time."""
    size = CHUNK
    columns, made = COLUMNS[rank]
    while True:
        part = rows.filter(after.older(rank)) if after else rows
        chunk = [made(*values) for values in part.values_list(*columns)[:size]]
        yield from chunk
        if len(chunk) < size:
            return
        after, size = Moment.of(chunk[-1]), min(size * 2, LARGEST_CHUNK)


def _few_pages(filters: ChangeFilters) -> list[int] | None:
    """The pages that a filter by kind or topic leaves, when they are few."""
    if not filters.by_page or filters.nothing:
        return None
    pages = filters.pages(Page.objects.order_by()).values_list("pk", flat=True)
    few = list(pages[: FEW + 1])
    return few if len(few) <= FEW else None


def _filtered(
    rows: QuerySet, filters: ChangeFilters = NO_FILTER, few: list[int] | None = None
) -> QuerySet:
    """In the order of the walk: by the index of the dates, or by that of a few pages."""
    rows = filters.rows(rows)
    if few is None and not filters.page:
        # Of many pages: the walk stops at the first rows of theirs, which are near.
        return rows.filter(*filters.of_their_page()).order_by("-created_at", "-pk")
    if few is not None:
        rows = rows.filter(page_id__in=few)
    return rows.order_by(Coalesce(F("created_at"), F("created_at")).desc(), "-pk")


def _known_to(user, changes: Iterator[Change]) -> Iterator[Change]:
    """Ask the rules for the pages of some rows at a time; pass over what they hide."""
    size = CHUNK
    while rows := list(islice(changes, size)):
        size = min(size * 2, LARGEST_CHUNK)
        gone = {row.page_id for row in rows if row.is_gone}
        places = {pk for row in rows for pk in (row.place_before, row.place_after) if pk}
        readable = _pages(_readable_rows, user, {row.page_id for row in rows} | places)
        trashed = _pages(_open_rows, user, gone)
        for row in rows:
            row.page = (trashed if row.is_gone else readable).get(row.page_id)
            if row.page:
                yield _placed(row, readable)


def _pages(asked: Compiled, user, ids: set[int]) -> dict[int, PageRow]:
    rows = asked(*rights(user), OneOf(sorted(ids))) if ids else []
    return {values[0]: PageRow(*values) for values in rows}


def _columns(shut: ClosedPaths | None, pages: QuerySet) -> QuerySet:
    columns = ("pk", "title", "url_path", *(["is_closed"] if shut else []))
    return marked(shut, pages).order_by().values_list(*columns)


_readable_rows = Compiled(
    lambda closed, shut, ids: _columns(shut, readable(closed, Page.objects.filter(pk__in=ids)))
)
# Whether they are published or not: of the trash.
_open_rows = Compiled(
    lambda closed, shut, ids: _columns(shut, closed.outside(Page.objects.filter(pk__in=ids)))
)


def _placed(row: Change, readable: dict[int, PageRow]) -> Change:
    """Say where from and where to, when this person may read those pages."""
    if row.place_before in readable:
        row.from_title = readable[row.place_before].title
    if row.place_after in readable:
        row.to_title = readable[row.place_after].title
    return row


def latest_changes(user, count: int, but: frozenset[str] = frozenset()) -> list[Change]:
    """The newest change of each of the `count` pages changed last; `but` those of these
    `url_path`."""
    changes = written(user, _versions(user))
    return _of_pages((change for change in changes if change.page.url_path not in but), count)


def written_by(user, count: int) -> list[Change]:
    """The newest change of each of the `count` pages in which this person wrote last, under any
    name: for their own eyes only."""
    return _of_pages(written(user, _versions(user).filter(author=user)), count)


def _of_pages(changes: Iterable[Change], count: int) -> list[Change]:
    """The first change of each page, of so many pages."""
    found: dict[int, Change] = {}
    for change in changes:
        found.setdefault(change.page_id, change)
        if len(found) == count:
            break
    return list(found.values())
