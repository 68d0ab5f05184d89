"""People with less rights than oneself, to see the site as they do: never with more.

A visitor is Django's anonymous user. A contributor is nobody's account: their rights are cut
to those of the person who looks, so that looking never opens anything.
"""

from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import QuerySet

from wiki.internals.django import give_rights
from wiki.models import User

VISITOR, CONTRIBUTOR = "visiteur", "contributeur"
ROLES = (VISITOR, CONTRIBUTOR)
OF_CONTRIBUTORS = {"wiki.write_pages"}
GROUP = "Contributeurs"
NOBODY = 0  # no account has this id


def lesser(role: str, viewer):
    return AnonymousUser() if role == VISITOR else contributor_seen_by(viewer)


def contributor_seen_by(viewer) -> User:
    """In the group of contributors and in no other one, as far as the viewer is."""
    person = User(pk=NOBODY, username=CONTRIBUTOR)
    rights = {right for right in OF_CONTRIBUTORS if viewer.has_perm(right)}
    give_rights(person, rights, _groups(viewer))
    return person


def _groups(viewer) -> QuerySet:
    groups = Group.objects.filter(name=GROUP)
    if viewer.is_superuser:
        return groups
    # Ids, not a query: SQLite's parser has a depth, and this one stands deep in others.
    return groups.filter(pk__in=list(viewer.groups.values_list("pk", flat=True)))
