"""Pages that somebody comes for and that are in the trash: what each person may be told.

Those who may take a page back are told who deleted it and led there; those who wrote it, who
and why, and whom to ask. Those who were writing in it are told that it is in the trash. All
that only of pages that they could read. The others find no page.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from wiki.access import in_trash, permissions
from wiki.access.visibility import open_to
from wiki.models import Trash, TrashedPage, Version
from wiki.models.paths import under
from wiki.text import addresses
from wiki.text.days import date_format


def page_at(url_path: str) -> Page | None:
    """The page, now in the trash, that was read at this address, be it before it was moved or
    renamed; the last deleted of several."""
    return _deleted_from(url_path) or _redirected_from(url_path)


def _redirected_from(url_path: str) -> Page | None:
    old = Redirect.normalise_path(addresses.url_of(url_path))
    found = Redirect.objects.filter(old_path=old).select_related("redirect_page").first()
    page = found and found.redirect_page
    if page is None or not in_trash.is_in_trash(page):
        return None
    row = TrashedPage.objects.filter(page__path=in_trash.root_path(page)).first()
    return page if row and page.pk in row.published else None


def _deleted_from(url_path: str) -> Page | None:
    names = [name for name in url_path.split("/") if name]
    rows = TrashedPage.objects.filter(slug__in=names).select_related("page", "parent")
    for row in rows.order_by("-event__created_at", "-event__pk"):
        old = address_before(row)
        if old and url_path.startswith(old):
            now = row.page.url_path + url_path[len(old) :]
            return Page.objects.filter(url_path=now, pk__in=row.published).first()
    return None


def address_before(row: TrashedPage) -> str:
    """Where the page stood; empty when its place is in the trash too, or gone."""
    if row.parent is None or in_trash.is_in_trash(row.parent):
        return ""
    return f"{row.parent.url_path}{row.slug}/"


def known_among(user, pages: list[Page]) -> set[int]:
    """Ids of those of these pages that are in the trash and that this writer could read."""
    held = Trash.held()
    inside = {
        p.pk: in_trash.root_path(p, held) for p in pages if held and p.path.startswith(held.path)
    }
    inside.pop(held.pk if held else None, None)
    roots = in_trash.readable_rows(user).filter(page__path__in=set(inside.values()))
    published = dict(roots.values_list("page__path", "published"))
    readable = open_to(user, Page.objects.filter(pk__in=inside)).values_list("pk", flat=True)
    return {pk for pk in readable if pk in published.get(inside[pk], ())}


@dataclass(frozen=True)
class Told:
    """What is said of a page to those who may take it back, and to those who wrote it."""

    page: Page
    said: str
    reason: str
    takes_back: bool


def told(user, page: Page) -> Told | None:
    """None for those who may not know that the page is in the trash."""
    row = in_trash.root_for(user, page)
    if row:
        return _told(page, row, takes_back=True)
    row = in_trash.row_for_writer(user, page) if wrote(user, page) else None
    return row and _told(page, row, takes_back=False)


def _told(page: Page, row: TrashedPage, takes_back: bool) -> Told:
    return Told(page, _who_and_when(row), row.event.note, takes_back)


def wrote(user, page: Page) -> bool:
    return user.is_authenticated and Version.objects.filter(page_id=page.pk, author=user).exists()


def _deleted_by_others(user) -> QuerySet:
    return TrashedPage.objects.exclude(event__author=user)


def deleted_by_others(user) -> list[Told]:
    """The pages that this person wrote and that others put in the trash, last deleted first."""
    held = Trash.held() if _deleted_by_others(user).exists() else None
    if held is None:
        return []
    written = Version.objects.filter(author=user).values("page_id")
    inside = Page.objects.filter(under(held), pk__in=written).order_by("path")
    roots = {page: in_trash.root_path(page, held) for page in open_to(user, inside)}
    rows = in_trash.readable_rows(user).exclude(event__author=user)
    by_path = {row.page.path: row for row in rows.filter(page__path__in=roots.values())}
    found = [(by_path[root], page) for page, root in roots.items() if root in by_path]
    found.sort(key=lambda pair: pair[0].event.created_at, reverse=True)
    return [_told(page, row, takes_back=False) for row, page in found if page.pk in row.published]


def sentence(user, page: Page) -> str:
    """That the page is in the trash; who put it there and when, to those who may see it there."""
    row = in_trash.root_for(user, page)
    if row is None:
        return _("This page was put in the trash while you were writing.")
    return _who_and_when(row)


def _who_and_when(row: TrashedPage) -> str:
    when = localtime(row.event.created_at)
    said = _("%(author)s put this page in the trash on %(date)s at %(time)s.")
    return said % {
        "author": row.event.signature,
        "date": date_format(when, "j F Y"),
        "time": date_format(when, "G:i"),
    }


def is_off_site(user, url_path: str) -> bool:
    """Whether a page stands there that was taken off the site, not put in the trash: told to
    facilitators who could read it."""
    if not permissions.can_facilitate(user):
        return False
    pages = Page.objects.filter(url_path=url_path, live=False, depth__gt=2)
    return any(not in_trash.is_in_trash(page) for page in open_to(user, pages))
