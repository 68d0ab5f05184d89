"""Who may read what: the only place that asks whether a page is live and open.

Whatever lists, searches, links, feeds, exports or counts pages starts from `visible_to`.
"""

import hashlib
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from wagtail.models import Page, PageViewRestriction

from wiki.access.closed_paths import ClosedPaths, closed_paths, closed_to_some, groups_of
from wiki.internals.compiled import NOTHING, Compiled, OneOf
from wiki.models import Audience, KeptByStamp, SiteRevision

NO_PATH = ClosedPaths(())


def open_to(user, pages: QuerySet) -> QuerySet:
    """Narrow pages, live or not, to those under no restriction closed to this person."""
    return closed_paths(user).outside(pages)


def with_closed(user, pages: QuerySet) -> QuerySet:
    """Pages that say with `is_closed` whether some may not read them, for people with an account:
    what the others read is open to all."""
    return marked(closed_to_some() if user.is_authenticated else None, pages)


def marked(shut: ClosedPaths | None, pages: QuerySet) -> QuerySet:
    """With `is_closed`, where one of these paths leads to them; nowhere without paths. A page that
    did not say so would cost templates more than the page: they look for it in all that it has."""
    return (shut or NO_PATH).marked(pages, "is_closed")


def rights(user) -> tuple:
    """For compiled queries: what `readable` and `marked` ask."""
    return closed_paths(user), closed_to_some() if user.is_authenticated else NOTHING


def readable(closed: ClosedPaths, pages: QuerySet) -> QuerySet:
    """The published pages to which none of these paths leads."""
    return closed.outside(pages.live())


def visible_to(user, pages: QuerySet | None = None) -> QuerySet:
    """The published pages this person may read; of a given queryset, or of all pages."""
    return readable(closed_paths(user), Page.objects.all() if pages is None else pages)


def still_readable(user, pages: Iterable[Page]) -> list[Page]:
    """Of pages in memory, named by something that is kept: those that this person may read."""
    closed = closed_paths(user)
    return [page for page in pages if page.live and not closed.hold(page.path)]


def is_readable(user, page: str) -> Exists:
    """Of rows that name a page: asked of the rows at hand, not of all pages."""
    return Exists(visible_to(user, Page.objects.filter(pk=OuterRef(page))))


def can_read(user, page: Page) -> bool:
    return page.pk is not None and bool(_if_readable(closed_paths(user), page.pk))


_if_readable = Compiled(
    lambda closed, pk: readable(closed, Page.objects.filter(pk=pk)).values_list("pk")
)


def restrictions_above(page: Page) -> QuerySet:
    return _restrictions_at(paths_to(page))


def restrictions_over(pages: list[Page]) -> list[PageViewRestriction]:
    """The restrictions of these pages and of those above them, with their groups."""
    paths = sorted({path for page in pages for path in paths_to(page)})
    found = _with_pages(OneOf(paths)) if paths else []
    prefetch_related_objects(found, "groups")
    return found


def _restrictions_at(paths) -> QuerySet:
    closed = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.NONE)
    return closed.filter(page__path__in=paths)


_with_pages = Compiled(lambda paths: _restrictions_at(paths).select_related("page"))


def paths_to(page: Page) -> list[str]:
    """Those of the pages above one, from the top, then its own."""
    return [page.path[: end + page.steplen] for end in range(0, len(page.path), page.steplen)]


def audience_key(page: Page) -> str:
    """The restrictions above a page as an Audience key; empty when everybody may read it."""
    return audience_keys([page])[page.pk]


def audience_keys(pages: list[Page]) -> dict[int | None, str]:
    """Of several pages, by their ids."""
    known = list(restrictions_over(pages))
    return {
        page.pk: "&".join(sorted({_clause(r) for r in known if page.path.startswith(r.page.path)}))
        for page in pages
    }


def place_sign(page: Page) -> str:
    """Another one when the page moves, or when others may read it: what a form promised of
    the place of a new page holds while it stays the same."""
    return place_signs([page])[page.pk]


def place_signs(pages: list[Page]) -> dict[int | None, str]:
    keys = audience_keys(pages)
    return {page.pk: _sign(page.url_path, keys[page.pk]) for page in pages}


def _sign(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]


def opens_under(page: Page, parent: Page) -> bool:
    """Whether a restriction that holds a page would not hold it under another parent."""
    now = _restrictions_as_clauses(restrictions_above(page))
    own = _restrictions_as_clauses(restrictions_above(page).filter(page=page))
    return bool(opened(now, own | _restrictions_as_clauses(restrictions_above(parent))))


def opened(before: set[str], today: set[str]) -> set[str]:
    """The clauses of before that people may satisfy today without satisfying them: nobody is in
    a group without being logged in, nor in one of two groups without being in one of three."""
    return {clause for clause in before if not _is_implied(clause, today)}


def _is_implied(clause: str, today: set[str]) -> bool:
    kind, groups = _parted(clause)
    if clause in today or kind == PageViewRestriction.LOGIN:
        return bool(today)
    now = (ids for other, ids in map(_parted, today) if other == PageViewRestriction.GROUPS)
    return kind == PageViewRestriction.GROUPS and any(ids <= groups for ids in now)


def _parted(clause: str) -> tuple[str, set[str]]:
    kind, _colon, ids = clause.partition(":")
    return kind, {pk for pk in ids.split(",") if pk}


def _restrictions_as_clauses(restrictions: QuerySet) -> set[str]:
    return {_clause(item) for item in restrictions.prefetch_related("groups")}


def _clause(restriction: PageViewRestriction) -> str:
    if restriction.restriction_type != PageViewRestriction.GROUPS:
        return restriction.restriction_type
    return "groups:" + ",".join(str(pk) for pk in sorted(g.pk for g in restriction.groups.all()))


_audiences = KeptByStamp(lambda: list(Audience.objects.order_by("pk")))


def satisfied_audiences(user) -> list[int]:
    """Ids of the audiences whose every clause this person satisfies with today's groups."""
    if not user.is_authenticated:
        return []
    stamp = SiteRevision.current()
    groups = {str(pk) for pk in groups_of(user, stamp)}
    return [
        audience.pk
        for audience in _audiences(stamp)
        if all(_satisfies(user, groups, clause) for clause in audience.key.split("&"))
    ]


def groups_named(key: str) -> set[int]:
    """Ids of the groups that satisfy some clause of an audience key."""
    clauses = (clause.partition(":") for clause in key.split("&"))
    ids = (ids for kind, _colon, ids in clauses if kind == PageViewRestriction.GROUPS)
    return {int(pk) for group in ids for pk in group.split(",") if pk}


def _satisfies(user, groups: set[str], clause: str) -> bool:
    kind, _colon, ids = clause.partition(":")
    if kind == PageViewRestriction.LOGIN:
        return True
    if kind == PageViewRestriction.GROUPS:
        return user.is_superuser or bool(groups & set(ids.split(",")))
    return False


def is_closed_to(user, url_path: str) -> bool:
    """True when a published page stands at this `url_path` and this person may not read it."""
    pages = Page.objects.live().filter(url_path=url_path)
    return pages.exists() and not visible_to(user, pages).exists()


def published() -> QuerySet:
    """All published pages, for commands that keep things in order; never shown to a reader."""
    return Page.objects.live()
