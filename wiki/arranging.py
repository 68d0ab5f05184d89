"""Renaming, moving and deleting pages: each in one transaction, old addresses kept."""

from django.db import transaction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page

from wiki import addresses
from wiki.models import Trash, Version
from wiki.publishing import Edit, publish


@transaction.atomic
def rename(page: Page, title: str, keep_address: bool, edit: Edit) -> Version:
    """Publish a new title, and an address made from it unless the old one is kept.

    Wagtail leaves a redirect from the old address.
    """
    page.title = page.draft_title = title
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


@transaction.atomic
def delete(page: Page, user, reason: str) -> None:
    """Put a page and those below it in the trash, with who and why; no redirect leads there.

    Versions and files stay: a facilitator takes the page back from the tree of the admin.
    """
    page = Page.objects.get(pk=page.pk)
    gone = list(Page.objects.filter(path__startswith=page.path).values_list("pk", flat=True))
    before = set(Redirect.objects.values_list("pk", flat=True))
    for below in Page.objects.filter(pk__in=gone, live=True):
        action = UnpublishPageAction(below.specific, user=user, log_action=False)
        action.execute(skip_permission_checks=True)
    page.refresh_from_db()
    page.slug = f"{page.slug[:60]}-{page.pk}"
    page.save(clean=False)
    page.refresh_from_db()
    put_under(page, Trash.current(), user)
    Redirect.objects.filter(redirect_page__in=gone).exclude(pk__in=before).delete()
    _log(page, user, reason)


def put_under(page: Page, parent: Page, user) -> None:
    """Wagtail's move; who may do it was asked of `wiki.permissions`, not of the admin's tree."""
    action = MovePageAction(page, parent, pos="last-child", user=user)
    action.execute(skip_permission_checks=True)


def _log(page: Page, user, reason: str) -> None:
    log(instance=page, action="wagtail.delete", user=user, data={"reason": reason})
