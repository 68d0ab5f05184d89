"""The light on the facilitators' page: whether something closed is seen from outside."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from wiki.access.visibility import open_to
from wiki.leaks import reasons
from wiki.models import LeakCheck
from wiki.text import clock

OLD = timedelta(hours=48)
GREEN, ORANGE, RED = "green", "orange", "red"
SHOWN = 20  # faults


@dataclass
class Light:
    """`made`: the last round, if any; `faults`: (address, what was seen), for one person."""

    colour: str
    made: LeakCheck | None = None
    ago: str = ""
    faults: list[tuple[str, str]] = field(default_factory=list)
    command: str = ""


def light_for(user) -> Light:
    made = LeakCheck.objects.order_by("-pk").first()
    command = f".venv/bin/python manage.py leakcheck {settings.SITE_URL}"
    if made is None:
        return Light(ORANGE, command=command)
    age = timezone.now() - made.checked_at
    colour = RED if made.faults else ORANGE if age > OLD else GREEN
    return Light(colour, made, in_words(age), told_to(user, made.faults), command)


def told_to(user, faults: list[dict]) -> list[tuple[str, str]]:
    """What was seen; an address tells of its page: those who may not read it are not given it."""
    ids = {fault["page"] for fault in faults if fault["page"]}
    known = set(open_to(user, Page.objects.filter(pk__in=ids)).values_list("pk", flat=True))
    hidden = _("a page that is closed to you")
    return [
        (hidden if fault["page"] and fault["page"] not in known else fault["address"], told)
        for fault in faults[:SHOWN]
        for told in [reasons.in_words(fault["reason"])]
    ]


def in_words(age: timedelta) -> str:
    """« 12 min », « 5 h », « 3 days »."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 60:
        return clock.duration(max(minutes, 1))
    if age < OLD:
        return clock.duration(minutes - minutes % 60)
    return ngettext("%(n)s day", "%(n)s days", age.days) % {"n": age.days}
