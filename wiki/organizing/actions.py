"""Renaming, moving and locking pages: each in one transaction, old addresses kept."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import log
from wagtail.models import Page

from wiki.access.visibility import published
from wiki.models import Version
from wiki.publishing import events
from wiki.publishing.publishing import Edit, publish
from wiki.text import addresses


@transaction.atomic
def rename(page: Page, title: str, keep_address: bool, edit: Edit) -> None:
    """Publish a new title, and an address made from it unless the old one is kept.

    Wagtail leaves a redirect from the old address.
    """
    page.title = page.draft_title = title
    publish(page, replace(edit, origin=Version.Origin.RENAMING))
    if not keep_address:
        renamed = Page.objects.get(pk=page.pk).specific
        renamed.slug = addresses.free_slug(title, renamed.get_parent(), renamed)
        renamed.save()


@transaction.atomic
def move(page: Page, parent: Page, user, slug: str = "", found_under: int | None = None) -> None:
    """Put a page and those below it under another one; Wagtail leaves redirects.

    `slug`: the address that it had, taken again if it is free; `found_under`: the page under
    which it must still stand. Raises ValidationError when what somebody else moved or deleted
    meanwhile forbids it.
    """
    lock_tree()
    page, parent = _still_there(page), _still_there(parent)
    if found_under and page.get_parent().pk != found_under:
        raise ValidationError(_("Somebody has moved this page since: it stays where it is."))
    if parent.path.startswith(page.path):
        raise ValidationError(
            _("Somebody has just put that page under this one: choose another place.")
        )
    _take_slug(page, parent, page.slug)
    put_under(page, parent, user)
    if slug:
        _take_slug(Page.objects.get(pk=page.pk).specific, parent, slug)
    events.sign_move(page, user)


def _take_slug(page: Page, parent: Page, wanted: str) -> None:
    slug = addresses.free_slug(wanted, parent, page)
    if slug != page.slug:
        page.slug = slug
        page.save()
        page.refresh_from_db()


@transaction.atomic
def set_lock(page: Page, locked: bool, user) -> None:
    """As Wagtail does: a locked page is edited by facilitators alone."""
    page = Page.objects.select_for_update(no_key=True).get(pk=page.pk).specific
    if page.locked == locked:
        return
    page.locked = locked
    page.locked_by, page.locked_at = (user, timezone.now()) if locked else (None, None)
    page.save(update_fields=["locked", "locked_by", "locked_at"])
    log(instance=page, action="wagtail.lock" if locked else "wagtail.unlock", user=user)


def lock_tree() -> None:
    """Moves go one at a time: two that cross, each under the other, would cut off a branch."""
    Page.objects.select_for_update(no_key=True).filter(depth=1).order_by("path").first()


def has_moved(page: Page) -> bool:
    """Since it was read; or it is no more there."""
    return not Page.objects.filter(pk=page.pk, path=page.path).exists()


def _still_there(page: Page) -> Page:
    fresh = published().filter(pk=page.pk).first()
    if fresh is None:
        raise ValidationError(_("This page was put in the trash meanwhile: choose again."))
    return fresh


def put_under(page: Page, parent: Page, user) -> None:
    """Wagtail's move; who may do it was asked of our permissions, not of the admin's tree."""
    action = MovePageAction(page, parent, pos="last-child", user=user)
    action.execute(skip_permission_checks=True)


@transaction.atomic
def publish_again(pages: QuerySet[Page], user) -> int:
    """Put pages that were taken off the site on it again, as they stand: their last revision may
    be of before they were renamed, and of somebody else. How many were off it."""
    off = list(pages.filter(live=False).order_by("path"))
    for page in off:
        revision = page.specific.save_revision(user=user, clean=False, log_action=False)
        revision.publish(user=user, log_action=False, skip_permission_checks=True)
    return len(off)
