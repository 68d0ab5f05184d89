"""The screens that list, count, search or announce pages: where nothing closed may be named."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from wagtail.models import Page

from wiki.leaks.closed import Closed, public_pages
from wiki.models import PageLink, Topic
from wiki.pages.kinds import all_kinds
from wiki.pages.listing import A_SCREEN
from wiki.pages.sitemaps import part_numbers
from wiki.pages.topic_pages import ids_by_kind
from wiki.pages.topic_views import FIRST
from wiki.text import addresses

ALONE = (
    *("topics", "changes", "changes_feed", "contributors", "plan", "sitemap", "robots"),
    *(
        "facilitate",
        "reports",
        "reviews",
        "own_desk",
        "own_changes",
        "wanted_pages",
        "orphan_pages",
        "broken_links",
        "trash",
        "search",
        "drafts",
        "choose_kind",
    ),
)
SEARCHES = ("search", "propositions", "page_titles")
# What those routes show is asked for as a thing, of `closed`, or is no listing.
OTHERS = {
    *("login", "logout", "profile", "password_change", "password_change_done"),
    *("password_reset", "password_reset_done", "password_reset_confirm"),
    *("password_reset_complete", "contributor", "trashed", "untrash", "restore", "undo"),
    *("annotate", "history", "version", "difference", "edit", "preview", "preview_new", "new"),
    *("rename", "move", "move_back", "lock", "reserve", "delete", "report", "settle_report"),
    *("save_draft", "draft_state", "be_present", "take_changes"),
    "resume_draft",
    *("discard_draft", "send_photo", "send_file", "photo", "document", "wagtaildocs_serve"),
    *("view_as", "media", "add_slash", "favicon", "without_click", "close_sessions"),
    *("own_files", "rename_file", "delete_file"),
}


def listings(closed: Closed) -> Iterator[str]:
    """Addresses, those that show most pages first."""
    yield from ("/", *map(reverse, ALONE))
    yield from (reverse("sitemap_part", args=[number]) for number in part_numbers())
    pages = list(public_pages().filter(depth__gt=1))
    yield from (addresses.url_of(page.url_path) for page in pages if page.numchild)
    yield from (address for page in pages for address in _later_screens(page))
    topics = Topic.objects.exclude(slug__in=closed.topics).order_by("pk")
    yield from (address for topic in topics for address in _screens_of(topic))
    for slug in closed.topics:
        yield from (f"{reverse(name)}?theme={slug}" for name in ("changes", "changes_feed"))
    yield from _beside(pages)
    for name in SEARCHES:
        yield from (f"{reverse(name)}?{urlencode({'q': words})}" for words in closed.words)
    for kind in (kind for kind, model in all_kinds().items() if model.told_apart_by):
        asked = (urlencode({"sorte": kind, "q": words}) for words in closed.words)
        yield from (f"{reverse('propositions')}?{query}" for query in asked)


def _later_screens(page: Page) -> Iterator[str]:
    """Of what a page lists: those of all that stands right below it."""
    for number in range(2, -(-page.numchild // A_SCREEN) + 1):
        yield f"{addresses.url_of(page.url_path)}?page={number}"


def _screens_of(topic: Topic) -> Iterator[str]:
    """The first pages of each kind, then all of them."""
    yield topic.get_absolute_url()
    for kind, ids in ids_by_kind(topic, AnonymousUser()).items():
        for number in range(1, -(-len(ids) // A_SCREEN) + 1 if len(ids) > FIRST else 1):
            yield f"{topic.get_absolute_url()}?sorte={kind}&page={number}"


def _beside(pages: list[Page]) -> Iterator[str]:
    """Pages that lead to closed ones, and the feeds and backlinks of all open ones."""
    ids = {page.pk for page in pages}
    leading = PageLink.objects.filter(target__isnull=False).exclude(target__in=ids)
    sources = set(leading.values_list("source_id", flat=True))
    for page in pages:
        address = addresses.url_of(page.url_path)
        if page.pk in sources and not page.numchild:
            yield address
        yield from (f"{address}{screen}" for screen in ("pages-liees/", "flux/", "historique/"))
