"""What a publication alters besides its own page: the cache tags of it, or any page."""

from dataclasses import dataclass

from wagtail.models import Page

from wiki.links.index import Said
from wiki.models import Version, cache_tags
from wiki.pages.content import TOPICS


@dataclass(frozen=True)
class Written:
    """On a page in memory, while what follows its publication runs: the version that was just
    written of it, and the one before."""

    version: Version
    before: Version | None


def by_publication(page: Page, before: Said | None, after: Said | None) -> set[str] | None:
    """`before`, `after`: what the table of links held of the page; None for any page: a page is
    new, has another title, or is named on other pages than before."""
    if before is None or after is None or before.key != after.key or _is_placed(page):
        return None
    return {cache_tags.shows(page.pk), *map(_tag_of, before.links ^ after.links)}


def _is_placed(page: Page) -> bool:
    """Whether a field has changed that says on which other pages it is named, or what narrows
    the list that it stands in."""
    placing = getattr(page, "placing_fields", None)
    listed = (column.name for column in getattr(page, "columns", ()))
    return placing is None or bool(_changed(page) & {"title", TOPICS, *placing, *listed})


def _tag_of(link: tuple[int | None, str]) -> str:
    target, key = link
    if target is None:
        return cache_tags.lists_links_to_title(key)
    return cache_tags.lists_links_to(target)


def _changed(page: Page) -> set[str]:
    """The fields in which its last two versions differ."""
    new, old = _last_contents(page)
    return {name for name in new.keys() | old.keys() if new.get(name) != old.get(name)}


def _last_contents(page: Page) -> tuple[dict, dict]:
    written = getattr(page, "kb_written", None)
    if written and written.before:
        return written.version.content, written.before.content
    rows = Version.objects.filter(page_id=page.pk).order_by("-number")
    return (*rows.values_list("content", flat=True)[:2], {}, {})[:2]
