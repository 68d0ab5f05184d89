"""The trash: deleted pages with all they hold, until they come back or 90 days have gone.

A trashed page stands under `Trash`, unpublished, its restrictions on it; those that stood
above it are remembered by the audience of its event. Its rules are in docs/decisions/0007.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, PageViewRestriction

from wiki.access.audiences import audience_of, clauses_of
from wiki.access.in_trash import DAYS_KEPT, days_left, is_in_trash, root_path
from wiki.access.visibility import audience_key, open_to, published, visible_to
from wiki.admin.known_pages import known_pages
from wiki.models import Audience, Event, Trash, TrashedPage
from wiki.models.paths import from_page, under
from wiki.organizing.actions import publish_again, put_under
from wiki.publishing import events
from wiki.text import addresses


class ParentInTrash(Exception):
    """The page stood under another one that is in the trash: `trashed` comes back first."""

    def __init__(self, trashed: TrashedPage):
        super().__init__(str(trashed))
        self.trashed = trashed


@dataclass
class Returned:
    """A page out of the trash, and whether it is as it was before."""

    page: Page
    same_place: bool
    same_address: bool
    restricted: bool  # restrictions of its old place were put on the page itself


# In.


@transaction.atomic
def put_in(page: Page, user, reason: str) -> TrashedPage:
    """Put a page and those below it in the trash, with who and why; no redirect leads there.

    Its address is free at once; versions and files stay. Raises ValidationError when pages
    that this person may not know stand below: nobody throws away what they do not see.
    """
    page = Page.objects.select_for_update(no_key=True).get(pk=page.pk)
    if is_in_trash(page):  # somebody pressed first
        return TrashedPage.objects.get(pk=page.pk)
    _refuse_unseen(page, user)
    parent, slug, audience = page.get_parent(), page.slug, audience_of(_clauses(page))
    live = published().filter(from_page(page)).order_by("path")
    gone = [below.pk for below in live]
    for below in live:
        action = UnpublishPageAction(below.specific, user=user, log_action=False)
        action.execute(skip_permission_checks=True)
    _put_under(page, Trash.current(), f"{slug[:60]}-{page.pk}", user)
    page.refresh_from_db()
    log(instance=page, action="wagtail.delete", user=user, data={"reason": reason})
    event = events.record(Event.Kind.TRASH, page, user, audience, note=reason)
    return TrashedPage.objects.create(
        page=page, event=event, parent=parent, slug=slug, published=gone
    )


def _refuse_unseen(page: Page, user) -> None:
    below = Page.objects.filter(under(page))
    if user is not None and below.count() != known_pages(user, below).count():
        raise ValidationError(
            _(
                "Pages that you may not read are kept under this one. Ask somebody who reads them "
                "to move them first."
            )
        )


def _clauses(page: Page) -> set[str]:
    return clauses_of(audience_key(page))


def _put_under(page: Page, parent: Page, slug: str, user) -> None:
    """Move with another slug: written past `save`, which would leave a redirect."""
    Page.objects.filter(pk=page.pk).update(slug=slug)
    page.refresh_from_db()
    put_under(page, parent, user)


# What one sees of it.


def described(user, rows: Iterable[TrashedPage]) -> list[TrashedPage]:
    """Rows of `shown_to` with, on each, `below`: how many pages under it this person may read."""
    rows = list(rows)
    ids = {pk for row in rows for pk in row.published}
    readable = set(open_to(user, Page.objects.filter(pk__in=ids)).values_list("pk", flat=True))
    for row in rows:
        row.below = len(readable & set(row.published) - {row.page_id})
        row.days_left = days_left(row)
    return rows


def audience_before(page: Page) -> Audience | None:
    """Who could read a page that is in the trash."""
    row = TrashedPage.objects.select_related("event__audience").get(page__path=root_path(page))
    before = row.event.audience.key if row.event.audience else ""
    return audience_of(clauses_of(before) | _clauses(page))


# Out.


@transaction.atomic
def take_back(trashed: TrashedPage, user) -> Returned:
    """Give a page back its place, its address and what was published, those below included.

    Raises ParentInTrash when the page above it is there too, TrashedPage.DoesNotExist when
    it is no more in the trash. Nothing opens by coming back: where its place is more open
    than it was, the page keeps its old restrictions.
    """
    row = TrashedPage.objects.select_for_update(no_key=True).get(pk=trashed.pk)
    place = _place_of(row, user)
    page = Page.objects.get(pk=row.page_id)
    slug = addresses.free_slug(row.slug, place)
    _put_under(page, place, slug, user)
    page = Page.objects.get(pk=page.pk)
    restricted = _restrict_again(page, row.event)
    publish_again(Page.objects.filter(from_page(page), pk__in=row.published), user)
    events.record(Event.Kind.RETURN, page, user, row.event.audience)
    same_place = row.parent_id == place.pk
    row.delete()
    page.refresh_from_db()
    return Returned(page, same_place, slug == row.slug, restricted)


def _place_of(row: TrashedPage, user) -> Page:
    """Where it stood, else the index of its kind, else the home page."""
    if row.parent is None:
        model = row.page.specific_class
        parent = getattr(model, "parent_model", "")
        indexes = apps.get_model(parent).objects.all() if parent else Page.objects.none()
        ids = indexes.values("pk")
        index = visible_to(user, Page.objects.filter(pk__in=ids)).order_by("path").last()
        return index or published().filter(depth=2).first()
    if is_in_trash(row.parent):
        raise ParentInTrash(TrashedPage.objects.get(page__path=root_path(row.parent)))
    return row.parent


def _restrict_again(page: Page, event: Event) -> bool:
    """Put on the page the restrictions that it was read under and that its place lacks."""
    before, now = clauses_of(event.audience.key if event.audience else ""), _clauses(page)
    missing = before - now
    if len(before | now) > 1:
        missing.discard(PageViewRestriction.LOGIN)  # members of a group are logged in
    for clause in sorted(missing):
        kind, _colon, ids = clause.partition(":")
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
        groups = [int(pk) for pk in ids.split(",") if pk]
        restriction.groups.set(Group.objects.filter(pk__in=groups))
    return bool(missing)


# For good.


def expired(days: int = DAYS_KEPT, now: datetime | None = None) -> QuerySet:
    """The rows of the trash that are older than so many days."""
    limit = (now or timezone.now()) - timedelta(days=days)
    return TrashedPage.objects.filter(event__created_at__lt=limit).select_related("event", "page")
