"""What was written for some readers only: versions and events that remember their audience."""

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from wagtail.models import Page

from wiki.access.closed_paths import ClosedPaths, closed_paths
from wiki.access.visibility import readable, satisfied_audiences
from wiki.internals.compiled import NOTHING, OneOf
from wiki.models import Audience, Version

NOBODYS = 0  # stands for the audience of what everybody may read


def open_rows(user, rows: QuerySet, audience: str = "audience") -> QuerySet:
    """Narrow rows to those whose audience this person satisfies with today's groups.

    Says nothing of the pages: ask `wiki.access.visibility` too. `audience`: the path to it.
    """
    return rows_open_to([NOBODYS, *satisfied_audiences(user)], rows, audience)


def open_audiences(user) -> OneOf:
    """For compiled queries: what `rows_open_to` asks."""
    return OneOf([NOBODYS, *satisfied_audiences(user)])


def rows_open_to(audiences: list[int], rows: QuerySet, audience: str = "audience") -> QuerySet:
    # Not a plain « is null »: SQLite would then gather all rows by the index of audiences,
    # which hardly any row has, instead of walking by date.
    return rows.alias(open_to=Coalesce(F(audience), NOBODYS)).filter(open_to__in=audiences)


def audience_of(clauses: set[str]) -> Audience | None:
    """The audience that satisfies all these clauses; None when there is none."""
    key = "&".join(sorted(clauses))
    return Audience.objects.get_or_create(key=key)[0] if key else None


def clauses_of(key: str) -> set[str]:
    return set(key.split("&")) if key else set()


def readable_versions(user, versions: QuerySet | None = None) -> QuerySet:
    """Versions of pages that this person may read, those published for others left out;
    `versions`: among these, all of them unless it is given."""
    rows = Version.objects.all() if versions is None else versions
    return versions_open_to(closed_paths(user), satisfied_audiences(user), rows)


def versions_open_to(closed: ClosedPaths, audiences: list[int], versions: QuerySet) -> QuerySet:
    """Of pages to which no closed path leads, and of these audiences or of everybody."""
    # Asked of each version's page, not of all pages: that grew with the site.
    pages = Exists(readable(closed, Page.objects.filter(pk=OuterRef("page_id"))))
    own = versions.alias(open_for=Coalesce("audience", NOBODYS))  # as in `open_rows`
    return own.filter(pages, open_for__in=[NOBODYS, *(audiences or ())])


def is_readable_version(user, version: str) -> Exists:
    """Of rows that name a version: asked of the rows at hand, not of all versions."""
    return is_open_version(closed_paths(user), satisfied_audiences(user), version)


def is_open_version(closed: ClosedPaths, audiences: list[int], version: str) -> Exists:
    """The same, for whom these paths are closed and these audiences open."""
    return Exists(versions_open_to(closed, audiences, Version.objects.filter(pk=OuterRef(version))))


def version_rights(user) -> tuple:
    """For compiled queries: what `versions_open_to` asks."""
    audiences = satisfied_audiences(user)
    return closed_paths(user), OneOf(audiences) if audiences else NOTHING
