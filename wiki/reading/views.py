"""Reading a page, and its address when it is not written as it should be."""

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render

from wiki.access import permissions
from wiki.editing import presence
from wiki.history import contributors
from wiki.pages.lookup import with_page
from wiki.rendering.context import context_of

ACTIONS = (
    *("can_edit", "can_rename", "can_move", "can_lock", "can_delete"),
    *("kept_locked", "why_kept"),
)


@with_page
def show(request, page):
    context = context_of(page, request)
    context.update(contributors.signature(page, request.user), **actions(request.user, page))
    context["can_view_as"] = permissions.can_facilitate(request.user)
    return render(request, page.template, context)


def actions(user, page) -> dict:
    """What this person may do with the page; nothing is asked for anonymous readers."""
    if not user.is_authenticated:
        return dict.fromkeys(ACTIONS, False)
    can_edit = permissions.can_edit(user, page)
    can_delete = permissions.can_delete(user, page)
    return {
        "can_edit": can_edit,
        "present": presence.others(user, page) if can_edit else [],
        "can_rename": permissions.can_rename(user, page),
        "can_move": permissions.can_move(user, page),
        "can_lock": can_edit and permissions.can_facilitate(user),
        "kept_locked": page.locked and permissions.can_write(user),
        "can_delete": can_delete,
        "why_kept": permissions.why_kept(user, page) if can_edit and not can_delete else "",
    }


def add_slash(request, path):
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return HttpResponsePermanentRedirect(f"/{path}/{query}")
