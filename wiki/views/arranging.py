"""Renaming, moving, locking, reserving and deleting a page from the page itself."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki import arranging, people_guard, permissions, trash
from wiki.arranging_forms import AddressForm, DeleteForm, MoveForm
from wiki.french_order import in_french
from wiki.publishing import Edit
from wiki.reserved import readers_of
from wiki.reserving import ReserveForm
from wiki.views.lookup import with_page, writers_only
from wiki.visibility import can_read, opens_under, visible_to


@with_page
@writers_only(permissions.can_write)
def rename(request, page):
    if not permissions.can_rename(request.user, page):
        raise PermissionDenied
    form = AddressForm(request.POST or None, initial={"title": page.title})
    if request.method != "POST" or not form.is_valid():
        return screen(request, page, form, "wiki/rename.html")
    title = form.cleaned_data["title"]
    edit = Edit(author=request.user, summary=_("Renamed: %s") % title[:180])
    own = Page.objects.get(pk=page.pk).specific
    try:
        arranging.rename(own, title, form.cleaned_data["keep_address"], edit)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return screen(request, page, form, "wiki/rename.html")
    renamed = Page.objects.get(pk=page.pk)
    messages.success(request, said_of_renaming(page, renamed))
    return redirect(renamed.url)


def said_of_renaming(before, after) -> str:
    if before.url_path == after.url_path:
        return _("The page has its new name. Its address has not changed.")
    return _("The page has its new name. The old address leads here.")


@with_page
@writers_only(permissions.can_write)
def move(request, page):
    if not permissions.can_move(request.user, page):
        raise PermissionDenied
    form = MoveForm(
        request.POST or None,
        parents=possible_parents(request.user, page),
        opens_under=partial(opens_under, page),
    )
    if request.method != "POST" or not form.is_valid():
        return screen(request, page, form, "wiki/move.html")
    try:
        arranging.move(page, form.cleaned_data["parent"], request.user)
    except ValidationError as error:
        form.add_error("parent", error.messages)
        return screen(request, page, form, "wiki/move.html")
    messages.success(request, _("The page has moved. The old address leads here."))
    return redirect(Page.objects.get(pk=page.pk).url)


def possible_parents(user, page):
    """Readable wiki pages that are not the page itself nor below it."""
    pages = visible_to(user, Page.objects.filter(depth__gt=2))
    return pages.exclude(path__startswith=page.path).order_by(in_french("title"))


LOCKS = {"1": True, "0": False}


@with_page
@writers_only(permissions.can_write)
def lock(request, page):
    """One screen for both; what is sent says which, so that two who press it agree."""
    if not permissions.can_lock(request.user, page):
        raise PermissionDenied
    locked = LOCKS.get(request.POST.get("locked", ""))
    if locked is None:
        return render(request, "wiki/lock.html", {"page": page})
    arranging.set_lock(page, locked, request.user)
    said = _("The page is locked: only facilitators edit it.")
    messages.success(request, said if locked else _("The page is open to all who write."))
    return redirect(page.url)


@with_page
@writers_only(permissions.can_write)
def reserve(request, page):
    if not permissions.can_reserve(request.user, page):
        raise PermissionDenied
    form = ReserveForm(request.POST or None, page=page, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return screen(request, page, form, "wiki/reserve.html")
    try:
        form.keep()
    except people_guard.Refused as refused:
        form.add_error(None, str(refused))
        return screen(request, page, form, "wiki/reserve.html")
    messages.success(request, said_of_reserving(page))
    return redirect(page.url)


def said_of_reserving(page) -> str:
    readers = readers_of(page)
    said = _("The page is reserved: %(readers)s.") % {"readers": readers}
    return said if readers else _("Everybody may read the page.")


@with_page
@writers_only(permissions.can_write)
def delete(request, page):
    if not permissions.can_delete(request.user, page):
        return kept(request, page)
    form = DeleteForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return screen(request, page, form, "wiki/delete.html")
    parent = page.get_parent()
    try:
        trash.put_in(page, request.user, form.cleaned_data["reason"])
    except ValidationError as error:
        form.add_error(None, error.messages)
        return screen(request, page, form, "wiki/delete.html")
    messages.success(request, said_of_deleting())
    return redirect(parent.url if can_read(request.user, parent) else "/")


def kept(request, page):
    """Whoever began the page is told why it stays, and whom to ask."""
    can_edit = permissions.can_edit(request.user, page)
    if not (can_edit and (why := permissions.why_kept(request.user, page))):
        raise PermissionDenied
    return render(request, "wiki/kept_page.html", {"page": page, "why": why}, status=403)


def said_of_deleting() -> str:
    said = _("The page is in the trash for 90 days. You can take it back.")
    return format_html('{} <a href="{}">{}</a>', said, reverse("trash"), _("See the trash"))


def screen(request, page, form, template):
    below = visible_to(request.user, page.get_descendants()).count()
    context = {"page": page, "form": form, "below": below}
    return render(request, template, context, status=422 if form.errors else 200)
