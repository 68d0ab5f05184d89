"""Renaming and moving pages: each in one transaction, old addresses kept."""

from django.db import transaction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page

from wiki import addresses, events
from wiki.models import Version
from wiki.publishing import Edit, publish


@transaction.atomic
def rename(page: Page, title: str, keep_address: bool, edit: Edit) -> Version:
    """Publish a new title, and an address made from it unless the old one is kept.

    Wagtail leaves a redirect from the old address.
    """
    page.title = page.draft_title = title
    edit.origin = Version.Origin.RENAMING
    version = publish(page, edit)
    if not keep_address:
        renamed = Page.objects.get(pk=page.pk).specific
        renamed.slug = addresses.free_slug(title, renamed.get_parent(), renamed)
        renamed.save()
    return version


@transaction.atomic
def move(page: Page, parent: Page, user) -> None:
    """Put a page and those below it under another one; Wagtail leaves redirects."""
    page, parent = Page.objects.get(pk=page.pk), Page.objects.get(pk=parent.pk)
    slug = addresses.free_slug(page.slug, parent, page)
    if slug != page.slug:
        page.slug = slug
        page.save()
        page.refresh_from_db()
    put_under(page, parent, user)
    events.sign_move(page, user)


def put_under(page: Page, parent: Page, user) -> None:
    """Wagtail's move; who may do it was asked of `wiki.permissions`, not of the admin's tree."""
    action = MovePageAction(page, parent, pos="last-child", user=user)
    action.execute(skip_permission_checks=True)
