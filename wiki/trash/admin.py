"""The Wagtail admin and the trash: deleting leads to our screens, what is deleted stays there."""

from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Page

from wiki.access import in_trash, permissions
from wiki.access.visibility import can_read
from wiki.admin.door import FACILITATORS, let_in
from wiki.admin.judges import anything, written_page
from wiki.models import WikiPage
from wiki.models.paths import from_page
from wiki.organizing import actions
from wiki.publishing import events
from wiki.trash import trash

OF_THE_SITE = {
    "wagtailadmin_pages:move": "deplacer/",
    "wagtailadmin_pages:move_confirm": "deplacer/",
    "wagtailadmin_pages:unpublish": "supprimer/",
    "wagtailadmin_pages:history": "historique/",
    "wagtailadmin_pages:revisions_index": "historique/",
    "wagtailadmin_pages:revisions_revert": "modifier/",
    "wagtailadmin_pages:view_draft": "",
}
ARGUMENTS = {"page_id": written_page, "page_to_move_id": written_page}
ARGUMENTS |= {"destination_id": anything, "revision_id": anything}
LEADS_OUT = {"publish", "move", "delete"}


@hooks.register("before_delete_page")
def delete_in_front_office(request, page):
    """A page of the wiki goes to the trash, with who and why, from the page itself."""
    if not isinstance(page.specific, WikiPage):
        return None
    if in_trash.is_in_trash(page):
        return to_the_trash(request)
    if can_read(request.user, page):
        return redirect(f"{page.url}supprimer/")
    return to_be_published(request, page)


@hooks.register("before_edit_page", order=-1)
@hooks.register("before_copy_page", order=-1)
def pages_off_the_site_come_back_first(request, page):
    """The screens of a page are on the site: one that was taken off it has none."""
    if in_trash.is_in_trash(page) or page.live or not isinstance(page.specific, WikiPage):
        return None
    return to_be_published(request, page)


@hooks.register("before_edit_page", order=-2)
@hooks.register("before_copy_page", order=-2)
@hooks.register("before_unpublish_page", order=-1)
def trashed_pages_stay(request, page):
    return to_the_trash(request) if in_trash.is_in_trash(page) else None


@hooks.register("before_move_page")
def trashed_pages_come_back_whole(request, page, destination):
    """And nothing goes under them, where nobody would find it."""
    held = any(in_trash.is_in_trash(one) for one in (page, destination))
    return to_the_trash(request) if held else None


@hooks.register("before_bulk_action")
def by_the_trash(request, action_type, objects, action):
    """Pages deleted at once go to the trash; trashed ones are neither published nor moved."""
    pages = [page for page in objects if isinstance(getattr(page, "specific", None), WikiPage)]
    trashed = [page for page in pages if in_trash.is_in_trash(page)]
    if action_type in LEADS_OUT and (trashed or leads_in(action)):
        return to_the_trash(request)
    if action_type == "delete" and pages:
        return several_to_the_trash(request, pages, action)
    if action_type == "publish" and action.model is Page:
        return several_on_the_site(request, objects, action)
    return None


def leads_in(action) -> bool:
    """The move of several pages is to a page of the trash."""
    form = getattr(action, "cleaned_form", None)
    place = form.cleaned_data.get("chooser") if form else None
    return place is not None and in_trash.is_in_trash(place)


def several_to_the_trash(request, pages: list, action):
    """All of them or none: those that this person may delete from the page itself."""
    if not all(permissions.can_delete(request.user, page) for page in pages):
        said = _("Nothing was deleted: one of these pages must stay, or is not published.")
        messages.error(request, said)
        return redirect(action.next_url)
    try:
        with transaction.atomic():
            for page in pages:
                trash.put_in(page, request.user, _("Deleted with others from the list of pages"))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(action.next_url)
    messages.success(request, _("The pages are in the trash for 90 days."))
    return redirect(action.next_url)


def several_on_the_site(request, pages: list, action):
    """What is published already stays as it is: nobody is made to sign it again."""
    asked = Q(pk__in=[page.pk for page in pages])
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        asked = reduce(or_, (from_page(page) for page in pages), asked)
    count = actions.publish_again(in_trash.outside().filter(asked), request.user)
    said = ngettext("One page is on the site.", "%(n)s pages are on the site.", count) % {
        "n": count
    }
    messages.success(request, said if count else _("These pages are on the site already."))
    return redirect(action.next_url)


def to_be_published(request, page):
    """The confirmation of the admin's « publish », which is what can be done with the page."""
    messages.info(request, _("This page is not on the site: publish it first."))
    ask = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    back = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    return redirect(f"{ask}?{urlencode({'id': page.pk, 'next': back})}")


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


# Where the site has its own screen.


def leads_to(action: str):
    def led(request, kwargs):
        pk = next(kwargs[name] for name in ("page_id", "page_to_move_id", "pk") if name in kwargs)
        found = Page.objects.get(pk=pk)
        if in_trash.is_in_trash(found):
            return to_the_trash(request)
        if not found.live:
            return to_be_published(request, found)
        return redirect(f"{found.url}{action}")

    return led


def let_in_screens() -> None:
    for name, action in OF_THE_SITE.items():
        let_in(FACILITATORS, {name: ARGUMENTS}, leads_to=leads_to(action))
