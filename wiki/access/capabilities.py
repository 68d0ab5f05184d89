"""What people may do, in sets that can be compared.

A right is (kind, permission, object): of Django, over a part of the tree of pages or of
files, or to read what is kept for a group.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models import Exists, OuterRef
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageViewRestriction,
)

from wiki.access.visibility import groups_named
from wiki.models import Audience, Event, Version

TREES = {"page": Page, "collection": Collection}
OWN, READING = "django", ("reads", "opens", "remembers")
KEPT = ("is_superuser", "is_active", "username", "email", "password")


@dataclass(frozen=True)
class Account:
    is_superuser: bool
    is_active: bool
    username: str
    email: str
    password: str

    @property
    def credentials(self) -> tuple:
        """What lets one come in as this person."""
        return self.username, self.email, self.password


class People:
    """Who may do what, as the database says it at one moment."""

    def __init__(self):
        model = get_user_model()
        rows = model.objects.values_list("pk", *KEPT)
        self.accounts = {pk: Account(*kept) for pk, *kept in rows}
        self.memberships = set(model.groups.through.objects.values_list("user_id", "group_id"))
        own = model.user_permissions.through.objects.values_list("user_id", "permission_id")
        self.own = {(person, (OWN, right, None)) for person, right in own}
        self.rights = rights_of_groups()

    def of(self, person: int) -> set[tuple]:
        own = {right for owner, right in self.own if owner == person}
        groups = [group for member, group in self.memberships if member == person]
        return own.union(*(self.rights[group] for group in groups))

    @cached_property
    def active(self) -> set[int]:
        return {pk for pk, account in self.accounts.items() if account.is_active}

    @cached_property
    def superusers(self) -> set[int]:
        return {pk for pk, account in self.accounts.items() if account.is_superuser}

    def able(self, codename: str) -> set[int]:
        """Active people who have this right of the wiki, superusers without a group apart."""
        permission = Permission.objects.get(content_type__app_label="wiki", codename=codename)
        right = (OWN, permission.pk, None)
        groups = {group for group, rights in self.rights.items() if right in rights}
        by_group = {person for person, group in self.memberships if group in groups}
        return self.active & (by_group | {person for person, own in self.own if own == right})

    @cached_property
    def administrators(self) -> set[int]:
        return self.able("change_user")

    @cached_property
    def facilitators(self) -> set[int]:
        return self.able("facilitate")


def rights_of_groups() -> dict[int, set[tuple]]:
    rights = defaultdict(set, {pk: set() for pk in Group.objects.values_list("pk", flat=True)})
    for kind, rows in rows_of_rights().items():
        for group, *right in rows:
            rights[group].add((kind, *right) if len(right) == 2 else (kind, right[0], None))
    return rights


def rows_of_rights() -> dict:
    pages = PageViewRestriction.groups.through.objects
    files = CollectionViewRestriction.groups.through.objects
    return {
        OWN: Group.permissions.through.objects.values_list("group_id", "permission_id"),
        "page": GroupPagePermission.objects.values_list("group_id", "permission_id", "page_id"),
        "collection": GroupCollectionPermission.objects.values_list(
            "group_id", "permission_id", "collection_id"
        ),
        "reads": pages.values_list("group_id", "pageviewrestriction_id"),
        "opens": files.values_list("group_id", "collectionviewrestriction_id"),
        "remembers": groups_remembered(),
    }


def groups_remembered() -> list[tuple[int, int]]:
    """Groups, each with an audience that opens to it what was written for its members: old
    versions and events of pages that no restriction closes any more."""
    bears = [Exists(model.objects.filter(audience=OuterRef("pk"))) for model in (Version, Event)]
    rows = Audience.objects.filter(reduce(or_, bears)).values_list("pk", "key")
    known = set(Group.objects.values_list("pk", flat=True))
    return [(group, pk) for pk, key in rows for group in groups_named(key) if group in known]


def beyond(wanted: set[tuple], own: set[tuple]) -> set[tuple]:
    """The rights wanted that this set does not hold; over a tree, what is above holds."""
    lacking = wanted - own
    above = {right for right in lacking if right[0] in TREES and is_above(right, own)}
    return lacking - above


def is_above(right: tuple, own: set[tuple]) -> bool:
    kind, permission, place = right
    held = [pk for k, p, pk in own if (k, p) == (kind, permission)]
    paths = dict(TREES[kind].objects.filter(pk__in=[*held, place]).values_list("pk", "path"))
    return any(paths.get(place, "").startswith(paths[pk]) for pk in held if pk in paths)


def may_manage(actor, person) -> bool:
    """Superusers are changed by superusers only."""
    return actor.is_superuser or not person.is_superuser


def grantable_groups(actor):
    """The groups that open nothing that this person does not have."""
    if actor.is_superuser:
        return Group.objects.all()
    people = People()
    own = people.of(actor.pk)
    return Group.objects.filter(
        pk__in=[group for group, rights in people.rights.items() if not beyond(rights, own)]
    )


def has_more(person, actor) -> bool:
    """The person has a right that the actor lacks."""
    if actor.is_superuser or person.pk in (None, actor.pk):
        return False
    people = People()
    return bool(beyond(people.of(person.pk), people.of(actor.pk)))
