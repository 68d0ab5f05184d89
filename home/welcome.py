"""What the home page shows of the rest of the site, for one reader."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from wagtail.models import Page

from meetings.models import MeetingPage
from structures.models import StructureIndexPage, StructurePage
from wiki.access.kept_for_readers import KeptForReaders
from wiki.access.visibility import visible_to
from wiki.history.changes import latest_changes
from wiki.models import KeptBesideTexts
from wiki.pages.below import counted_below
from wiki.text import addresses

CHANGES = 5
# What the law asks of the site: whoever comes for news does not look for it.
LEGAL = ("mentions-legales", "confidentialite", "accessibilite", "licence")
COMMUNES = 3

_first_communes: KeptForReaders[list[tuple[str, int]]] = KeptForReaders(KeptBesideTexts)


@dataclass
class DoorLine:
    """A line behind a door: its words, where it leads, how many pages are there."""

    label: str
    address: str
    count: int


def context(home, user) -> dict:
    """Four queries whatever the number of pages: doors, communes, changes, next meeting."""
    return {
        "doors": doors(home, user),
        "changes": latest_changes(user, CHANGES, but=legal_pages(home)),
        "meeting": MeetingPage.objects.next_for(user),
    }


def legal_pages(home) -> frozenset[str]:
    """The `url_path` of those that the foot of every screen leads to."""
    return frozenset(f"{home.url_path}{slug}/" for slug in LEGAL)


def doors(home, user) -> list[dict]:
    """The doors whose section this reader may open, each with the lines behind it."""
    wanted = [(block["value"]["page"], block["value"]) for block in home.doors.raw_data]
    pages = {page.pk: page for page in _rooms(home, user)}
    return [
        {
            "page": pages[pk],
            "title": value["title"],
            "text": value["text"],
            "lines": _lines(pages[pk], pages.values(), user),
        }
        for pk, value in wanted
        if pk in pages
    ]


def _rooms(home, user) -> list[Page]:
    """Sections, their index pages and the articles put in menus, with counts.

    Few pages are in menus, and an index has them; asked for the tree and its order, SQLite reads
    all pages instead.
    """
    depths = home.depth + 1, home.depth + 2
    pages = visible_to(user, Page.objects.filter(depth__in=depths, show_in_menus=True))
    rooms = [page for page in pages if page.path.startswith(home.path)]
    return counted_below(user, sorted(rooms, key=lambda page: page.path))


def _lines(door: Page, pages, user) -> list[DoorLine]:
    """The sections right behind a door; behind the door of places, the communes."""
    if issubclass(door.specific_class, StructureIndexPage):
        return _communes(door, user)
    sections = [page for page in pages if page.depth > door.depth and page.path[:-4] == door.path]
    return [DoorLine(one.title, addresses.url_of(one.url_path), one.below) for one in sections]


def _communes(door: Page, user) -> list[DoorLine]:
    """All places, then the communes that have most of them."""
    address = addresses.url_of(door.url_path)
    communes = _first_communes.of(
        user, lambda: list(StructurePage.objects.communes(user)[:COMMUNES])
    )
    return [
        DoorLine(_("All places"), address, door.below),
        *(DoorLine(name, f"{address}?{urlencode({'commune': name})}", n) for name, n in communes),
    ]
