"""What was written when fewer people read the page than today, and for whom, in words."""

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from wiki.access.audiences import clauses_of
from wiki.access.visibility import audience_key, opened
from wiki.models import Version


def wider_than(version: Version, page: Page) -> str:
    """For whom the version was written, in words, when more people read the page today."""
    return clauses_in_words(version.audience.key if version.audience else "", audience_key(page))


def clauses_in_words(then: str, today: str) -> str:
    """Whom an audience key kept a text for, when another one opens it; empty when it does not."""
    closing = sorted(opened(clauses_of(then), clauses_of(today)))
    return ", ".join(dict.fromkeys(map(_clause_in_words, closing)))


def _clause_in_words(clause: str) -> str:
    kind, _colon, ids = clause.partition(":")
    if kind != PageViewRestriction.GROUPS:
        return _("people who are logged in")
    groups = Group.objects.filter(pk__in=[int(pk) for pk in ids.split(",") if pk.isdecimal()])
    return ", ".join(groups.order_by("name").values_list("name", flat=True)) or _("nobody")
