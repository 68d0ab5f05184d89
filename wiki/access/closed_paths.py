"""The parts of the tree that one person may not read, as the heads of the paths of their pages.

Restrictions are few and change seldom: they are read once until something else than texts
changes, so that a list of pages compares paths, and asks nothing more for each of them. In which
groups somebody is, is read at each stamp.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import BooleanField, Case, Func, QuerySet, Value, When
from wagtail.models import PageViewRestriction

from wiki.internals.compiled import Compiled, OneOf
from wiki.models import KeptBesideTexts, SiteRevision


class Restriction(NamedTuple):
    """`groups`: the ids of those that satisfy it, when it is one of groups."""

    pk: int
    kind: str
    path: str
    url_path: str
    groups: frozenset[int]


class ClosedPaths:
    """Heads of paths; those that another one holds are left out."""

    def __init__(self, paths: Iterable[str]):
        kept: dict[str, None] = {}
        for path in sorted(set(paths)):
            if not any(path[:end] in kept for end in range(4, len(path), 4)):
                kept[path] = None
        self.paths = tuple(kept)

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset(self.paths)

    @cached_property
    def by_length(self) -> dict[int, OneOf]:
        found = defaultdict(list)
        for path in self.paths:
            found[len(path)].append(path)
        return {length: OneOf(paths) for length, paths in sorted(found.items())}

    def hold(self, path: str) -> bool:
        return any(path[:end] in self._heads for end in range(4, len(path) + 1, 4))

    def outside(self, pages: QuerySet) -> QuerySet:
        """The pages that none of these paths leads to."""
        return pages.exclude(self._condition) if self.by_length else pages

    def inside(self, pages: QuerySet) -> QuerySet:
        """The pages that one of these paths leads to."""
        return pages.filter(self._condition) if self.by_length else pages.none()

    def marked(self, pages: QuerySet, name: str) -> QuerySet:
        """Each page with whether one of these paths leads to it, under this name."""
        told = (
            Case(When(self._condition, then=True), default=False)
            if self.by_length
            else Value(False)
        )
        return pages.annotate(**{name: told})

    @cached_property
    def _condition(self) -> "Under":
        return Under("path", self)

    @cached_property
    def sql(self) -> str:
        """Of the condition; `{path}` stands for the column."""
        heads = (
            f"SUBSTR({{path}}, 1, {length}) IN ({', '.join(['%s'] * len(values.values))})"
            for length, values in self.by_length.items()
        )
        return f"({' OR '.join(heads)})"

    # What a compiled query asks of a value.

    def shape(self) -> tuple:
        return tuple((length, values.shape()) for length, values in self.by_length.items())

    def parts(self) -> list[str]:
        return [path for values in self.by_length.values() for path in values.values]

    def filled(self, parts: Iterator[str]) -> "ClosedPaths":
        other = ClosedPaths(())
        other.by_length = {
            length: OneOf(values.filled(parts)) for length, values in self.by_length.items()
        }
        return other


class Under(Func):
    """Whether one of these paths leads to a page. Lists of pages ask it several times each: its SQL
    is made once for all of them, and its values, which may be hundreds, go as they are."""

    output_field = BooleanField()

    def __init__(self, path, closed: ClosedPaths):
        super().__init__(path)
        self.closed = closed

    def as_sql(self, compiler, connection, **context):
        path, _no_values = compiler.compile(self.source_expressions[0])
        return self.closed.sql.replace("{path}", path), self.closed.parts()


def _read() -> tuple[list[Restriction], dict]:
    """The restrictions, and room for what is made of them while they hold."""
    closed = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.NONE)
    rows = closed.select_related("page").prefetch_related("groups").order_by("page__path", "pk")
    return [
        Restriction(
            row.pk,
            row.restriction_type,
            row.page.path,
            row.page.url_path,
            frozenset(group.pk for group in row.groups.all()),
        )
        for row in rows
    ], {}


_restrictions = KeptBesideTexts(_read)


class Closed(NamedTuple):
    """What one person may not read: the restrictions, and the paths that they close."""

    restrictions: tuple[Restriction, ...]
    paths: ClosedPaths


def _closed(user) -> Closed:
    stamp = SiteRevision.current()
    restrictions, known = _restrictions(stamp)
    key = reader_key(user, stamp)
    found = known.get(key)
    if found is None:
        closed = tuple(one for one in restrictions if not _satisfies(key, one))
        found = known[key] = Closed(closed, ClosedPaths(one.path for one in closed))
    return found


def closed_restrictions(user) -> tuple[Restriction, ...]:
    """The view restrictions that this person does not satisfy today."""
    return _closed(user).restrictions


def closed_paths(user) -> ClosedPaths:
    """The paths that these restrictions close."""
    return _closed(user).paths


def closed_to_some() -> ClosedPaths:
    """Of the restrictions that somebody without an account does not satisfy: all of them."""
    return closed_paths(AnonymousUser())


def reader_key(user, stamp: int) -> tuple:
    """The same for all who satisfy the same restrictions."""
    if not user.is_authenticated:
        return ("anybody",)
    if user.is_superuser:
        return ("superuser",)
    return ("groups", groups_of(user, stamp))


def _given(user) -> list[int]:
    """The groups of somebody who is seen with less rights than an account has: nobody's account
    (`wiki.access.lesser_readers`)."""
    known = getattr(user, "_prefetched_objects_cache", {}).get("groups", ())
    return [group.pk for group in known]


_groups_with = Compiled(
    lambda person: Group.objects.filter(user=person).order_by().values_list("pk", flat=True)
)


def groups_of(user, stamp: int) -> frozenset[int]:
    """The ids of somebody's groups, as of this stamp, which any change of them raises."""
    known = getattr(user, "kb_groups", None)
    if known is None or known[0] != stamp or SiteRevision.is_being_raised():
        groups = frozenset(_given(user) or _groups_with(user.pk))
        known = user.kb_groups = (stamp, groups)
    return known[1]


def _satisfies(key: tuple, restriction: Restriction) -> bool:
    if key[0] == "superuser":
        return restriction.kind != PageViewRestriction.PASSWORD
    if key[0] == "anybody" or restriction.kind == PageViewRestriction.PASSWORD:
        return False
    return restriction.kind == PageViewRestriction.LOGIN or bool(key[1] & restriction.groups)
