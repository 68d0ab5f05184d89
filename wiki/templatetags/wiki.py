"""What templates need beyond Django: addresses of pages, names of kinds, times as people say."""

import re

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe

from wiki.markup import anchors, html, sections
from wiki.media import file_labels
from wiki.pages import kinds
from wiki.rendering import autolinks
from wiki.text import addresses, characters, web_addresses
from wiki.text import clock as hours
from wiki.text.numbers import Grouped

register = template.Library()
WORDS = re.compile(r"[^\W_]+")


register.filter("shortened", characters.shortened)


@register.filter
def address(page) -> str:
    """The address of a page under the site's root, without any query."""
    return addresses.url_of(page.url_path)


@register.filter
def on_site(path: str) -> str:
    """An address of the site in full, from the name that the settings give it: whatever the
    visitor's request says, others are not sent elsewhere."""
    return f"{settings.SITE_URL}{path}"


@register.filter
def words_of_address(path: str) -> str:
    """« epn avoine », of `/lieux/epn-avoine/`: what somebody who came there may search; a number
    alone names nothing."""
    last = path.strip("/").rpartition("/")[2]
    words = "" if last.isdecimal() else " ".join(WORDS.findall(last))
    return characters.one_line(words)[:60].strip()


@register.simple_tag
def page_url(page, action: str, **kwargs) -> str:
    """The address of a screen about a page: `{% page_url page "history" %}`."""
    return addresses.screen_url(page, action, **kwargs)


@register.simple_block_tag
def part(content, title, look=""):
    """A section of a page and its heading, of the class `look`; nothing when it says nothing."""
    if sections.is_blank(html.without_tags(content)):
        return ""
    dress = "class" if look else "id"
    named = f'{dress}="{conditional_escape(look or anchors.of_part(title))}"'
    head = f"<h2 {named}>{conditional_escape(title)}</h2>"
    return mark_safe(f"<section>\n{head}\n{content.strip()}\n</section>")


@register.simple_block_tag
def contents(content):
    """The text of a page; a long one has the list of its parts before it."""
    headings = sections.parts_of(content)
    if not headings:
        return mark_safe(content)
    items = "".join(
        f'<li dir="auto"><a href="#{escape(anchor)}">{escape(words)}</a></li>\n'
        for anchor, words in headings
    )
    list_of_parts = render_to_string("components/contents.html", {"items": mark_safe(items)})
    return mark_safe(list_of_parts + content)


@register.filter
def items(values) -> str:
    """An item of a list for each value."""
    return mark_safe("".join([f"<li>{conditional_escape(value)}</li>" for value in values]))


@register.filter
def linked_items(lines) -> str:
    """An item for each line that people typed, the addresses in it being links."""
    shown = [f'<li dir="auto">{autolinks.with_links(line)}</li>' for line in lines]
    return mark_safe("".join(shown))


@register.filter
def kind_name(page) -> str:
    """« situation », « place »: what sort of page it is, without a query."""
    return kinds.kind_name(page)


@register.filter
def labels(page, name: str) -> list[str]:
    """What readers see of a field of several choices."""
    return type(page)._meta.get_field(name).labels(getattr(page, name))


@register.filter
def unnamed(structure, name: str) -> list[str]:
    """The values of a field that the rows of labels of the structure do not name already."""
    field = type(structure)._meta.get_field(name)
    values = getattr(structure, name)
    named = {row.name.casefold() for row in structure.labels.all()}
    return [label for label in field.labels(values) or values if label.casefold() not in named]


@register.filter
def lines(text: str) -> list[str]:
    """The lines of a text that are not blank."""
    return [line.strip() for line in text.splitlines() if line.strip()]


register.filter("sort_of_document", file_labels.sort_of_document)
weight = register.filter("weight", file_labels.weight)
register.filter("about_document", file_labels.about_document)
register.filter("points", characters.points)
register.filter("mailto", web_addresses.mailto)
register.filter("hollow_said", sections.said)
register.filter("with_links", autolinks.with_links)
register.filter("clock", hours.clock)
register.filter("duration", hours.duration)


@register.filter
def grouped(n: int) -> Grouped:
    """A number that is written « 1 384 », also where `blocktranslate` counts."""
    return Grouped(n)


@register.filter
def is_web(text: str) -> bool:
    """True for an address that a browser may be sent to."""
    return text.startswith(("https://", "http://"))


@register.filter
def bare(url: str) -> str:
    """A web address as one says it: no scheme, no « www », no last slash."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/") or url


@register.simple_tag
def chosen_document(field):
    """The document that a bound field names, when its reader may know it."""
    return field.field.chosen(field.value())


@register.simple_tag
def accepted_documents() -> str:
    """The kinds of files that are kept, as a browser asks for them."""
    return ",".join(f".{extension}" for extension in settings.WAGTAILDOCS_EXTENSIONS)


@register.simple_tag
def weekday() -> int:
    """Today's rank in the week, Monday is 0; pages are never kept past midnight."""
    return timezone.localdate().weekday()
