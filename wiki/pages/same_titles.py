"""Pages that have the very title one is giving to another: told, never refused."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki.access.visibility import visible_to
from wiki.models import PageTitle, Version
from wiki.text import addresses
from wiki.text.titles import key_of

MOST = 3


def told(user, title: str, page: Page | None = None) -> list[dict[str, str]]:
    """`said`, `address` of pages that this person may read; none for a title kept as it was."""
    key = key_of(title)
    if not key or (page and key == key_of(page.title)):
        return []
    titled = PageTitle.objects.filter(key=key).values("page_id")
    found = visible_to(user, Page.objects.filter(pk__in=titled, depth__gt=2)).order_by("path")
    others = found.exclude(pk=page.pk) if page else found
    return [said(one) for one in others[:MOST]]


def said(page: Page) -> dict[str, str]:
    return {"said": page.title, "address": addresses.url_of(page.url_path)}


def told_of(user, version: Version) -> str:
    """A sentence on the other pages of the title that a new page was given; empty for none."""
    key = key_of(version.title)
    others = PageTitle.objects.filter(key=key).exclude(page_id=version.page_id)
    pages = visible_to(user, Page.objects.filter(pk__in=others.values("page_id"), depth__gt=2))
    links = format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        ((one["address"], one["said"]) for one in map(said, pages.order_by("path")[:MOST])),
    )
    return format_html("{} {}.", _("Another page has this title too:"), links) if links else ""
