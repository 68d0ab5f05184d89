"""Renaming, moving, locking, reserving and deleting a page from the page itself."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from wiki.access import granting, permissions
from wiki.access.restrictions import readers_of
from wiki.access.visibility import opens_under, visible_to
from wiki.models.paths import under
from wiki.organizing import actions, places
from wiki.organizing.forms import AddressForm, MoveForm
from wiki.organizing.restricting import ReserveForm
from wiki.pages.lookup import with_page, writers_only
from wiki.publishing.publishing import Edit
from wiki.text.characters import one_line
from wiki.text.numbers import whole_number


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
        actions.rename(own, title, form.cleaned_data["keep_address"], edit)
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
    form = move_form(request.POST or None, request.user, page)
    if request.method != "POST" or not form.is_valid():
        return move_screen(request, page, form)
    before, parent = page.get_parent(), form.cleaned_data["parent"]
    try:
        actions.move(page, parent, request.user)
    except ValidationError as error:
        form.add_error("parent", error.messages)
        return move_screen(request, page, form)
    moved = Page.objects.get(pk=page.pk)
    messages.success(request, said_of_moving(request, moved, page.slug, before, parent))
    return redirect(moved.url)


def move_form(data, user, page) -> MoveForm:
    parents = places.possible(user, page)
    return MoveForm(data, parents=parents, opens_under=partial(opens_under, page))


def move_screen(request, page, form):
    asked = one_line(request.GET.get("q", ""))[:200]
    chosen = whole_number(form["parent"].value()) if form.is_bound else 0
    kept = places.possible(request.user, page).filter(pk=chosen)
    context = {
        "words": asked,
        "found": places.found(request.user, page, asked),
        "chosen": places.with_paths(request.user, kept, page),
        "tree": places.tree(request.user, page, chosen),
    }
    return screen(request, page, form, "wiki/move.html", **context)


def said_of_moving(request, moved, slug: str, before, parent) -> str:
    """What was done, and the button that undoes it."""
    context = {"page": moved, "slug": slug, "before": before, "parent": parent}
    return mark_safe(render_to_string("components/moved.html", context, request))


@require_POST
@with_page
@writers_only(permissions.can_write)
def move_back(request, page):
    """`<page>/deplacer/annuler/`: where it was before it was moved, if it still stands there."""
    if not permissions.can_move(request.user, page):
        raise PermissionDenied
    put = whole_number(request.POST.get("put"))
    form = move_form({"parent": request.POST.get("parent", "")}, request.user, page)
    if page.get_parent().pk == put and not form.is_valid():
        return move_screen(request, page, form)  # more people would read it there: it is asked
    try:
        parent = form.fields["parent"].clean(form["parent"].value())
        slug = request.POST.get("slug", "")[:255]
        actions.move(page, parent, request.user, slug, found_under=put or -1)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The page is back in its place."))
    return redirect(Page.objects.get(pk=page.pk).url)


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
    actions.set_lock(page, locked, request.user)
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
    except granting.GrantRefused as refused:
        form.add_error(None, str(refused))
        return screen(request, page, form, "wiki/reserve.html")
    messages.success(request, said_of_reserving(page))
    return redirect(page.url)


def said_of_reserving(page) -> str:
    readers = readers_of(page)
    said = _("The page is reserved: %(readers)s.") % {"readers": readers}
    return said if readers else _("Everybody may read the page.")


def screen(request, page, form, template, **more):
    below = visible_to(request.user, Page.objects.filter(under(page))).count()
    context = {"page": page, "form": form, "below": below, **more}
    return render(request, template, context, status=422 if form.errors else 200)
