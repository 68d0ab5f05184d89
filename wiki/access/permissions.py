"""Who may do what with a page; reading is `wiki.access.visibility`'s business."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki.access.visibility import can_read
from wiki.models import Version, WikiPage


def can_write(user) -> bool:
    """Contributors, facilitators and administrators."""
    return user.is_active and user.has_perm("wiki.write_pages")


def can_facilitate(user) -> bool:
    """Facilitators and administrators."""
    return user.is_active and user.has_perm("wiki.facilitate")


def can_edit(user, page: Page) -> bool:
    """Whoever writes and may read the page, unless a facilitator locked it."""
    if not (can_write(user) and issubclass(page.specific_class, WikiPage)):
        return False
    return can_read(user, page) and (not page.locked or can_facilitate(user))


def can_rename(user, page: Page) -> bool:
    return can_edit(user, page) and is_ordinary(page)


def can_retitle(user, page: Page) -> bool:
    """The sections that hold the site up keep the name that facilitators gave them."""
    return is_ordinary(page) or can_facilitate(user)


def can_move(user, page: Page) -> bool:
    return can_facilitate(user) and can_edit(user, page) and is_ordinary(page)


def can_lock(user, page: Page) -> bool:
    """Sections too: whoever facilitates still edits them."""
    return can_facilitate(user) and can_edit(user, page)


def can_reserve(user, page: Page) -> bool:
    """To say who reads it; sections too."""
    return can_lock(user, page)


def can_delete(user, page: Page) -> bool:
    """A facilitator any page; a contributor a page they wrote alone, with nothing below."""
    if not (can_edit(user, page) and is_ordinary(page)):
        return False
    return can_facilitate(user) or (not page.numchild and wrote_alone(user, page))


def wrote_alone(user, page: Page) -> bool:
    others = Version.objects.filter(page_id=page.pk).exclude(author_id=user.pk)
    return began(user, page) and not others.exists()


def why_kept(user, page: Page) -> str:
    """Why somebody who began this page may not delete it, as they are told it; empty for others."""
    if not (is_ordinary(page) and began(user, page)):
        return ""
    if page.numchild:
        return _("You wrote this page, but pages stand below it: facilitators delete it.")
    return _("You wrote this page, and others have corrected it since: facilitators delete it.")


def began(user, page: Page) -> bool:
    authors = Version.objects.filter(page_id=page.pk).order_by("number").values_list("author_id")
    return authors.first() == (user.pk,)


def is_ordinary(page: Page) -> bool:
    """Not one of the sections that hold the site up."""
    return page.specific_class.creatable
