"""Reading a page, and its address when it is not written as it should be."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from wiki.access import permissions
from wiki.editing import presence
from wiki.history import contributors
from wiki.http.kept_for_equals import Readers, kept_or_made
from wiki.http.page_cache import depends_on
from wiki.models import WikiPage, cache_tags
from wiki.pages.lookup import with_page
from wiki.rendering.context import context_of
from wiki.text.titles import key_of

ACTIONS = (
    *("can_edit", "can_rename", "can_move", "can_lock", "can_delete"),
    *("kept_locked", "why_kept"),
)
# Of these pages the template says the title and the address.
ONLY_NAMED = {"visible_pages", "backlinks", "related"}


@with_page
def show(request, page):
    may = actions(request.user, page)
    told = (page.pk, page.locked, *map(str, may.values()))
    return kept_or_made(request, told, lambda: made(request, page, may))


def made(request, page, may: dict) -> tuple[HttpResponse, Readers]:
    context = context_of(page, request)
    context.update(contributors.signature(page, request.user), **may)
    depends_on_what_it_shows(request, page, context)
    context["can_view_as"] = permissions.can_facilitate(request.user)
    return render(request, page.template, context), same_for(context)


def same_for(context: dict) -> Readers:
    """Whoever sent a file sees it first; what a group is called is said on its pages only."""
    if context["reserved"] or context.get("shows_deleted"):
        return Readers.NOBODY
    return Readers.ONE if context.get("shows_files") else Readers.EQUALS


def depends_on_what_it_shows(request, page, context: dict) -> None:
    """A page that lists no others is another one only when another page links to it, or when one
    changes that stands beside it. A new title or address of any page ends them all."""
    if not isinstance(page, WikiPage) or page.lists or "listing" in context or page.numchild:
        return
    beside = (pages_in(value) for name, value in context.items() if name not in ONLY_NAMED)
    tags = {cache_tags.shows(one.pk) for pages in beside for one in pages} | {
        cache_tags.lists_links_to(page.pk),
        cache_tags.lists_links_to_title(key_of(page.title)),
    }
    depends_on(request, tags)


def pages_in(value) -> list:
    """The pages of a value of the context: itself, or those that it holds."""
    held = value.values() if isinstance(value, dict) else value
    held = held if isinstance(value, (list, tuple, set, dict)) else [value]
    return [one for one in held if hasattr(one, "url_path")]


def actions(user, page) -> dict:
    """What this person may do with the page; nothing is asked for anonymous readers."""
    if not user.is_authenticated:
        return dict.fromkeys(ACTIONS, False)
    rights = permissions.rights_on(user, page)
    return {
        "can_edit": rights.edit,
        "present": presence.others(user, page) if rights.edit else [],
        "can_rename": rights.rename,
        "can_move": rights.move,
        "can_lock": rights.lock,
        "kept_locked": page.locked and permissions.can_write(user),
        "can_delete": rights.delete,
        "why_kept": rights.why_kept,
    }


def add_slash(request, path):
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return HttpResponsePermanentRedirect(f"/{path}/{query}")
