"""What the home page shows of the rest of the site, for one reader."""

from django.db.models import Q
from wagtail.models import Page

from meetings.models import MeetingPage
from wiki.changes import latest_changes
from wiki.neighbours import counted_below
from wiki.visibility import visible_to

CHANGES = 5


def context(home, user) -> dict:
    """Three queries whatever the number of pages: doors, changes, next meeting."""
    return {
        "doors": doors(home, user),
        "changes": latest_changes(user, CHANGES),
        "meeting": MeetingPage.objects.next_for(user),
    }


def doors(home, user) -> list[dict]:
    """The doors whose section this reader may open, each with the rooms behind it."""
    wanted = [(block["value"]["page"], block["value"]) for block in home.doors.raw_data]
    pages = {page.pk: page for page in _rooms(home, user)}
    found = [(pages[pk], value) for pk, value in wanted if pk in pages]
    return [
        {"page": page, "title": value["title"], "text": value["text"], "rooms": rooms}
        for page, value in found
        if (rooms := _behind(page, pages.values())) is not None
    ]


def _rooms(home, user) -> list[Page]:
    """Sections, their index pages and the articles put in menus, with counts."""
    menus = Q(depth__in=[home.depth + 1, home.depth + 2], show_in_menus=True)
    pages = visible_to(user, Page.objects.filter(menus, path__startswith=home.path))
    return list(counted_below(user, pages).order_by("path"))


def _behind(door: Page, pages) -> list[Page]:
    """The rooms right behind a door, or the door itself when it has none."""
    rooms = [page for page in pages if page.depth > door.depth and page.path[:-4] == door.path]
    return rooms or [door]
