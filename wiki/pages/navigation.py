"""Where one is on the site: the page asked for, the trail above it, the sections of the site.

One query finds all of them, at any depth of the tree.
"""

from dataclasses import dataclass, field

from django.db.models import Case, JSONField, OuterRef, Q, Subquery, When
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from wiki.access.visibility import marked, readable, rights
from wiki.internals.compiled import Compiled, Fixed, OneOf
from wiki.models import Version
from wiki.pages import content
from wiki.text import addresses

SECTION_DEPTH = 3


@dataclass
class Navigation:
    """`page`: the specific page asked for, or None; `trail`: the pages above it, home first."""

    page: Page | None = None
    trail: list[Page] = field(default_factory=list)
    sections: list[Page] = field(default_factory=list)
    home: Page | None = None

    @property
    def section(self) -> Page | None:
        """The section of the site that the page belongs to."""
        here = [*self.trail, self.page] if self.page else self.trail
        return here[1] if len(here) > 1 else None


def navigation_of(user, path: str | None = None) -> Navigation:
    """What stands around the page at a site path such as `/lieux/apeb/`, for one reader.

    With no path, only the sections. A page that the reader may not read is None.
    """
    root = addresses.site_root_path()
    wanted = root + path.strip("/") + "/" if path and path.strip("/") else root
    above = OneOf(_url_paths_to(root, wanted))
    rows = _trail_and_sections(*rights(user), Fixed(root), above, wanted if path else "")
    found = {row.url_path: row for row in rows}
    page = found.get(wanted) if path else None
    return Navigation(
        page=_specific(page) if page else None,
        trail=[row for row in rows if page and page.url_path.startswith(row.url_path)][:-1],
        sections=[row for row in rows if row.depth == SECTION_DEPTH and row.show_in_menus],
        home=found.get(root),
    )


def _url_paths_to(root: str, wanted: str) -> list[str]:
    """« /home/ », « /home/lieux/ », « /home/lieux/apeb/ »."""
    parts = wanted[len(root) :].strip("/").split("/")
    return [root, *(root + "/".join(parts[: n + 1]) + "/" for n in range(len(parts)))]


def _pages(closed, shut, root: str, url_paths, wanted: str):
    newest = Version.objects.filter(page=OuterRef("pk")).order_by("-number")
    text = Case(
        When(url_path=wanted, then=Subquery(newest.values("content")[:1])),
        default=None,
        output_field=JSONField(),
    )
    sections = Q(depth=SECTION_DEPTH, show_in_menus=True, url_path__startswith=root)
    pages = readable(closed, Page.objects.filter(Q(url_path__in=url_paths) | sections))
    return marked(shut, pages).annotate(newest_content=text).order_by("path")


_trail_and_sections = Compiled(_pages)


def _specific(page: Page) -> Page:
    """The page as its newest version has it; pages without version come from their table."""
    known = page.newest_content
    found = page.specific if known is None else content.page_with(page, known)
    found.is_closed = getattr(page, "is_closed", False)
    return found


def navigation(request) -> dict:
    """Context processor: `navigation`, already made by the view or made when a template shows
    a part of it."""
    return {"navigation": SimpleLazyObject(lambda: _of(request))}


def _of(request) -> Navigation:
    if not hasattr(request, "kb_navigation"):
        request.kb_navigation = navigation_of(request.user)
    return request.kb_navigation
