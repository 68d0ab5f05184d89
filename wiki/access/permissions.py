"""Who may do what with a page; reading is `wiki.access.visibility`'s business."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki.access.visibility import can_read
from wiki.internals.compiled import Compiled
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


@dataclass(frozen=True)
class PageRights:
    """What somebody may do with a page that they read; `why_kept`: in words, to its author."""

    edit: bool = False
    rename: bool = False
    move: bool = False
    lock: bool = False
    delete: bool = False
    why_kept: str = ""


def rights_on(user, page: Page) -> PageRights:
    """All of them at once, each thing being asked of the database once."""
    if not can_edit(user, page):
        return PageRights()
    facilitates, ordinary = can_facilitate(user), is_ordinary(page)
    if facilitates or not ordinary:
        return PageRights(True, ordinary, ordinary, facilitates, ordinary)
    authors = _authors(page.pk)
    own = bool(authors) and authors[0] == user.pk
    deletes = own and not page.numchild and set(authors) == {user.pk}
    kept = _why_kept(page) if own and not deletes else ""
    return PageRights(True, True, False, False, deletes, kept)


def wrote_alone(user, page: Page) -> bool:
    return set(_authors(page.pk)) == {user.pk}


# Of each version from the first on; None where the account is not known.
_authors = Compiled(
    lambda page_id: (
        Version.objects.filter(page_id=page_id)
        .order_by("number")
        .values_list("author_id", flat=True)
    )
)


def why_kept(user, page: Page) -> str:
    """Why somebody who began this page may not delete it, as they are told it; empty for others."""
    if not (is_ordinary(page) and began(user, page)):
        return ""
    return _why_kept(page)


def _why_kept(page: Page) -> str:
    if page.numchild:
        return _("You wrote this page, but pages stand below it: facilitators delete it.")
    return _("You wrote this page, and others have corrected it since: facilitators delete it.")


def began(user, page: Page) -> bool:
    return _authors(page.pk)[:1] == [user.pk]


def is_ordinary(page: Page) -> bool:
    """Not one of the sections that hold the site up."""
    return page.specific_class.creatable
