"""Who else has a page open in the editor; it tells, and locks nothing."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki.editing import drafts
from wiki.internals.compiled import Compiled
from wiki.models import Presence
from wiki.text import clock

ALIVE = timedelta(seconds=90)
KEPT = timedelta(days=1)


def seen(person, page: Page, key) -> None:
    """The form of this key is open on this page; a key that is no UUID is passed over."""
    key = drafts.as_key(key)
    if key is None:
        return
    now = timezone.now()
    Presence.objects.bulk_create(
        [Presence(person=person, page_id=page.pk, key=key, seen_at=now)],
        update_conflicts=True,
        unique_fields=["person", "key"],
        update_fields=["page", "seen_at"],
    )
    if any(moment < now - KEPT for moment in _first_seen()):
        Presence.objects.filter(seen_at__lt=now - KEPT).delete()


_first_seen = Compiled(
    lambda: Presence.objects.order_by("seen_at").values_list("seen_at", flat=True)[:1]
)


def left(person, key) -> None:
    if key := drafts.as_key(key):
        Presence.objects.filter(person=person, key=key).delete()


def others(person, page: Page) -> list[str]:
    """A sentence for each other person who edits the page now, the first come first.

    Ask only for somebody who may edit the page.
    """
    since = timezone.now() - ALIVE
    first = {}
    for row in _of_others(page.pk, person.pk):
        if row.seen_at > since:
            first.setdefault(row.person_id, row)
    return [sentence(row) for row in first.values()]


_of_others = Compiled(
    lambda page_id, own: (
        Presence.objects.filter(page_id=page_id)
        .exclude(person_id=own)
        .select_related("person")
        .order_by("since")
    )
)


def sentence(row: Presence) -> str:
    minutes = int((timezone.now() - row.since).total_seconds() // 60)
    if minutes < 1:
        return _("%(name)s has just begun to edit this page.") % {"name": row.person.public_name}
    told = {"name": row.person.public_name, "time": clock.duration(minutes)}
    return _("%(name)s has been editing this page for %(time)s.") % told
