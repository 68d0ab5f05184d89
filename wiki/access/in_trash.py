"""What is in the trash, and who may know it there: its rules are in docs/decisions/0007."""

from datetime import timedelta
from math import ceil

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from wagtail.models import Page

from wiki.access.audiences import open_rows
from wiki.access.permissions import can_facilitate, can_write
from wiki.access.visibility import open_to
from wiki.models import Trash, TrashedPage, Version
from wiki.models.paths import from_page, under

DAYS_KEPT = 90


def shown_to(user) -> QuerySet:
    """The trashed pages that this person may know, last deleted first.

    Facilitators those that they could read, with today's groups; contributors those that
    they put there themselves.
    """
    rows = readable_rows(user)
    if not can_facilitate(user):
        rows = rows.filter(event__author=user) if can_write(user) else rows.none()
    return rows.order_by("-event__created_at", "-event__pk")


def readable_rows(user) -> QuerySet:
    """The trashed pages that this writer could read, with today's groups."""
    if not can_write(user):
        return TrashedPage.objects.none()
    rows = TrashedPage.objects.select_related("event", "page", "parent")
    pages = open_to(user, Page.objects.filter(pk=OuterRef("page_id")))
    return open_rows(user, rows.filter(Exists(pages)), "event__audience")


def days_left(trashed: TrashedPage) -> int:
    until = trashed.event.created_at + timedelta(days=DAYS_KEPT)
    return max(ceil((until - timezone.now()) / timedelta(days=1)), 0)


def root_for(user, page: Page) -> TrashedPage | None:
    """The row of the trash that holds this page, when this person may read the page there."""
    if not is_in_trash(page):
        return None
    row = shown_to(user).filter(page__path=root_path(page)).first()
    readable = open_to(user, Page.objects.filter(pk=page.pk)).exists()
    return row if row and readable and page.pk in row.published else None


def root_path(page: Page, held: Trash | None = None) -> str:
    """The path of the trashed page that this one is, or that it stands under; `held`: the
    trash, when it is known."""
    return page.path[: page.steplen * ((held or Trash.current()).depth + 1)]


def outside() -> QuerySet:
    """The pages that are not in the trash, on the site or not."""
    held, pages = Trash.held(), Page.objects.filter(depth__gt=1)
    return pages.exclude(from_page(held)) if held else pages


def is_in_trash(page: Page) -> bool:
    trash = Trash.held()
    return bool(trash) and page.path.startswith(trash.path) and page.pk != trash.pk


def pages_below(user, page: Page, row: TrashedPage) -> QuerySet:
    below = Page.objects.filter(under(page), pk__in=row.published)
    return open_to(user, below).order_by("path")


def last_text(user, page: Page) -> Version | None:
    """The newest version that was published for this person."""
    versions = open_rows(user, Version.objects.filter(page_id=page.pk))
    return versions.order_by("-number").first()


def row_for_writer(user, page: Page | None) -> TrashedPage | None:
    """The row of the trash that holds the page, for somebody who could read it before."""
    if page is None or not is_in_trash(page):
        return None
    row = readable_rows(user).filter(page__path=root_path(page)).first()
    if row is None or page.pk not in row.published:
        return None
    return row if open_to(user, Page.objects.filter(pk=page.pk)).exists() else None


def takeable(user, pages: list[Page]) -> set[int]:
    """Ids of those of these pages, all in the trash, that this person may take back."""
    held = Trash.held() if pages else None
    roots = {page.pk: root_path(page, held) for page in pages}
    rows = shown_to(user).filter(page__path__in=roots.values()) if roots else []
    known = {row.page.path for row in rows}
    return {pk for pk, root in roots.items() if root in known}
