"""The Wagtail admin and the trash: deleting leads to our screens, what is deleted stays there."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from wiki import events, trash
from wiki.models import WikiPage
from wiki.visibility import can_read

LEADS_OUT = {"publish", "move", "delete"}


@hooks.register("before_delete_page")
def delete_in_front_office(request, page):
    """A page of the wiki goes to the trash, with who and why, from the page itself."""
    if not isinstance(page.specific, WikiPage):
        return None
    if trash.is_in_trash(page):
        return to_the_trash(request)
    if can_read(request.user, page):
        return redirect(f"{page.url}supprimer/")
    messages.error(request, _("Publish this page first: it can then be deleted from the page."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_edit_page", order=-1)
@hooks.register("before_copy_page", order=-1)
@hooks.register("before_unpublish_page", order=-1)
def trashed_pages_stay(request, page):
    return to_the_trash(request) if trash.is_in_trash(page) else None


@hooks.register("before_move_page")
def trashed_pages_come_back_whole(request, page, destination):
    return to_the_trash(request) if trash.is_in_trash(page) else None


@hooks.register("before_bulk_action")
def one_page_at_a_time(request, action_type, objects, action):
    """Several pages are not deleted at once; trashed ones are neither published nor moved."""
    pages = [page for page in objects if isinstance(getattr(page, "specific", None), WikiPage)]
    trashed = [page for page in pages if trash.is_in_trash(page)]
    if action_type in LEADS_OUT and trashed:
        return to_the_trash(request)
    if action_type == "delete" and pages:
        messages.error(request, _("Delete pages one at a time, from the page itself."))
        return redirect("wagtailadmin_explore_root")
    return None


def to_the_trash(request):
    messages.info(request, _("This page is in the trash: take it back from here."))
    return redirect("trash")


@hooks.register("after_move_page")
def sign_one_move(request, page):
    events.sign_move(page, request.user)


@hooks.register("after_bulk_action")
def sign_moves(request, action_type, objects, action):
    for page in objects if action_type == "move" else []:
        events.sign_move(page, request.user)
