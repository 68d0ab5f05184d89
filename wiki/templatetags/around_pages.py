"""What stands around the text of a page: sections of the site, trail, last change, neighbours.

Every page that one reads has it, of some fifty pieces: it is written here, for a fifth of what a
template costs.
"""

from collections.abc import Iterable
from functools import cache
from html import escape

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiki.text import addresses
from wiki.text.days import date_format
from wiki.text.numbers import Grouped

register = template.Library()
ONE = 1_987_654_321  # stands for a number in an address
FEW = 8  # linked pages; the others have a screen of their own


def link(page) -> str:
    return f'<a href="{escape(addresses.url_of(page.url_path))}">{escape(page.title)}</a>'


@register.simple_tag(takes_context=True)
def site_sections(context) -> SafeString:
    """`navigation` of the context, when there is one: an item for each section of the site."""
    navigation = context.get("navigation")
    shown = [section_item(one, navigation) for one in navigation.sections] if navigation else []
    return mark_safe("".join(f"\n        {item}\n        " for item in shown))


def section_item(section, navigation) -> str:
    here, page, current = navigation.section, navigation.page, ""
    if here is not None and section.pk == here.pk:
        current = "page" if page is not None and section.pk == page.pk else "true"
    marked = f' aria-current="{current}"' if current else ""
    address = escape(addresses.url_of(section.url_path))
    return f'<li><a href="{address}"{marked}>{escape(section.title)}</a></li>'


@register.simple_tag(takes_context=True)
def trail_items(context) -> SafeString:
    """`trail` and `page` of the context, as components/trail.html says."""
    trail, page = context.get("trail") or [], context.get("page")
    links = [link(above) for above in trail]
    if links:
        home, address = _("Home"), escape(addresses.url_of(trail[0].url_path))
        links[0] = f'<a href="{address}">{home}</a>'
    above = "".join(f"\n    <li>{one}</li>\n    " for one in links)
    return mark_safe(above + "\n    " + (f"<li>{link(page)}</li>" if page else ""))


@register.simple_tag(takes_context=True)
def last_written(context) -> SafeString:
    """When and by whom the page was changed last, and its history: components/meta.html says what
    it takes of the context."""
    change, count = context.get("last_change"), context.get("version_count")
    written = ""
    if change:
        told, by = told_of(count, context.get("introduces")), _("by")
        written = f"\n    {told} {time_of(change)}\n    {by} {author_of(change)}\n    "
    history = history_link(context["page"], count) if count else ""
    return mark_safe(f'<p class="soft">\n    {written}\n  </p>\n  {history}')


def told_of(count: int | None, introduces: bool) -> str:
    if introduces:
        return _("Introduction written on")
    return _("Written on") if count == 1 else _("Changed on")


def time_of(change: dict) -> str:
    moment = localtime(change["created_at"])
    said = escape(date_format(moment, "j F Y"))
    return f'<time datetime="{moment:%Y-%m-%d}">{said}</time>'


def author_of(change: dict) -> str:
    if not change["author_name"]:
        return _("a former member")
    return signed(change["pk"], change["author_name"])


def signed(pk: int, name: str) -> str:
    return f'<a href="{contributor_address().replace(str(ONE), str(pk))}">{escape(name)}</a>'


@cache
def contributor_address() -> str:
    return reverse("contributor", args=[ONE])


def history_link(page, count: int) -> str:
    said = ngettext("History (%(n)s version)", "History (%(n)s versions)", count)
    address = escape(addresses.screen_url(page, "history"))
    return f'<p class="row soft"><a href="{address}">{said % {"n": Grouped(count)}}</a></p>'


@register.simple_tag
def pages_around(page, related: list, backlinks: list, contributors: list) -> SafeString:
    """Of a page that one reads: pages of the same topics, pages tied to it by links, and what it
    is."""
    parts = (read_also(related), linked_pages(page, backlinks), this_page(page, contributors))
    return mark_safe("\n".join(["", "", *parts, ""]))


def read_also(related: list) -> str:
    return named_list(_("Read also"), related, "") if related else ""


def linked_pages(page, backlinks: list) -> str:
    if not backlinks:
        return ""
    address = escape(addresses.screen_url(page, "backlinks"))
    said = _("See all linked pages")
    more = f'<p><a href="{address}">{said}</a></p>' if len(backlinks) > FEW else ""
    return named_list(_("Linked pages"), backlinks[:FEW], f"\n  {more}")


def named_list(label: str, pages: list, end: str) -> str:
    items = "".join(f'<li dir="auto">{link(one)}{closed(one)}</li>' for one in pages)
    return (
        f'\n<section>\n  <h2 class="label">{label}</h2>\n  <ul class="plain">\n    {items}\n  </ul>'
        f"{end}\n</section>\n"
    )


def closed(page) -> str:
    is_closed = getattr(page, "is_closed", False)
    return render_to_string("components/closed.html", {"page": page}) if is_closed else ""


def this_page(page, contributors: list) -> str:
    told = (
        listed(_("Topics:"), map(topic_link, page.topics)),
        listed(_("Contributors:"), map(person_link, contributors)),
        to_review(page),
        _("Licence %(licence)s.") % {"licence": escape(page.get_licence_display())},
    )
    label, lines = _("This page"), "\n    ".join(told)
    return (
        f'<section>\n  <h2 class="label">{label}</h2>\n'
        f'  <p class="soft">\n    {lines}\n  </p>\n</section>'
    )


def listed(label: str, links: Iterable[str]) -> str:
    said = ", ".join(links)
    return f"{label} {said}." if said else ""


def topic_link(topic) -> str:
    """One of an old version may be no more: it has no address."""
    name = escape(str(topic))
    has_address = getattr(topic, "slug", "")
    return f'<a href="{topic.get_absolute_url()}">{name}</a>' if has_address else name


def person_link(person) -> str:
    return signed(person.pk, person.name) if person.pk else escape(person.name)


def to_review(page) -> str:
    if not page.review_on or page.is_due_for_review:
        return ""
    day = escape(date_format(page.review_on, "F Y"))
    return _("To review before %(date)s.") % {"date": day}
