"""Nobody grants what they do not have; somebody always remains to look after the site.

What the database says before and after a request is compared: the rule holds for any view,
whatever way it writes. `kept` runs inside the transaction that a refusal undoes.
"""

from contextlib import contextmanager

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from wiki.access.capabilities import READING, People, beyond

SUPERUSERS = _(
    "This account has all rights, or would get them: only somebody who has all rights can do "
    "that. Nothing was changed."
)
GRANTED = _(
    "This gives or takes away a right that you do not have yourself. Ask somebody who has it. "
    "Nothing was changed."
)
CREDENTIALS = _(
    "This person may do something that you may not: their login name, address and password are "
    "theirs. They can press “I have forgotten my password”."
)
LAST_ADMINISTRATOR = _(
    "Nobody would be left to look after the accounts. Name another administrator first. "
    "Nothing was changed."
)
LAST_FACILITATOR = _(
    "Nobody would be left to facilitate. Name another facilitator first. Nothing was changed."
)


class GrantRefused(Exception):
    """`str()` is the message for whoever asked."""


@contextmanager
def kept(actor):
    """Raises Refused when what was done inside breaks the rule."""
    before = People()
    yield
    after = People()
    if somebody_goes(before, after):
        # Another request may be taking out the other one: one after the other.
        list(Group.objects.select_for_update())
        after = People()
    message = why_refused(actor, before, after)
    if message:
        raise GrantRefused(message)


def why_refused(actor, before: People, after: People):
    rules = [nobody_left]
    if actor.pk not in before.superusers:
        rules += [touches_superusers, grants_beyond, takes_over]
    found = (rule(actor.pk, before, after) for rule in rules)
    return next((message for message in found if message), None)


def somebody_goes(before: People, after: People) -> bool:
    kinds = ("administrators", "facilitators", "superusers", "active")
    return any(getattr(before, kind) - getattr(after, kind) for kind in kinds)


def nobody_left(_actor, before: People, after: People):
    if lost(before.administrators, after.administrators):
        return LAST_ADMINISTRATOR
    if not after.administrators and lost(before.superusers & before.active, remaining(after)):
        return LAST_ADMINISTRATOR
    plain = before.facilitators - before.administrators
    still = after.facilitators - after.administrators
    if plain - after.facilitators and not still:
        return LAST_FACILITATOR
    return None


def lost(some: set, others: set) -> bool:
    return bool(some) and not others


def remaining(people: People) -> set[int]:
    return people.superusers & people.active


def touches_superusers(_actor, before: People, after: People):
    if before.superusers != after.superusers:
        return SUPERUSERS
    changed = {pk for pk in before.superusers if before.accounts[pk] != after.accounts[pk]}
    moved = (before.memberships ^ after.memberships) | (before.own ^ after.own)
    return SUPERUSERS if changed or {pk for pk, _what in moved} & before.superusers else None


def grants_beyond(actor: int, before: People, after: People):
    """In groups, in what groups may, in what one person may; reading is granted by the pages."""
    own = before.of(actor)
    gone = before.accounts.keys() - after.accounts.keys()
    moved = {
        group for person, group in before.memberships ^ after.memberships if person not in gone
    }
    wanted = set().union(*(before.rights.get(group, set()) for group in moved))
    wanted |= {right for _person, right in after.own - before.own}
    for group, rights in after.rights.items():
        wanted |= {right for right in rights - before.rights[group] if right[0] not in READING}
    for group in before.rights.keys() - after.rights.keys():
        wanted |= before.rights[group]
    return GRANTED if beyond(wanted, own) else None


def takes_over(actor: int, before: People, after: People):
    own = before.of(actor)
    changed = [
        pk
        for pk, account in before.accounts.items()
        if pk in after.accounts and account.credentials != after.accounts[pk].credentials
    ]
    others = (pk for pk in changed if pk != actor)
    return CREDENTIALS if any(beyond(before.of(pk), own) for pk in others) else None
