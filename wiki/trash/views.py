"""The trash: what was deleted, its last text, and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from wiki.access import in_trash, permissions
from wiki.access.visibility import can_read
from wiki.diff import names_for
from wiki.markup import html
from wiki.media.shown_files import files_used
from wiki.models import TrashedPage
from wiki.organizing.views import screen
from wiki.pages import content
from wiki.pages.lookup import with_page, writers_only
from wiki.rendering import bodies
from wiki.text import addresses
from wiki.trash import deleted_pages, trash
from wiki.trash.forms import DeleteForm

A_SCREEN = 25


@writers_only(permissions.can_write)
def listing(request):
    facilitates = permissions.can_facilitate(request.user)
    rows = Paginator(in_trash.shown_to(request.user), A_SCREEN)
    listed = rows.get_page(request.GET.get("page"))
    told = not facilitates and listed.number == 1
    context = {
        "listed": listed,
        "rows": trash.described(request.user, listed),
        "by_others": deleted_pages.deleted_by_others(request.user) if told else [],
        "days": in_trash.DAYS_KEPT,
        "facilitates": facilitates,
    }
    return render(request, "wiki/trash.html", context)


@writers_only(permissions.can_write)
def trashed(request, pk):
    """The last text of a page of the trash, or of one below it, for those who see it there."""
    page = get_object_or_404(Page, pk=pk)
    row = in_trash.root_for(request.user, page)
    version = in_trash.last_text(request.user, page) if row else None
    if version is None:
        raise Http404
    shown = content.page_with(page, version.content)
    context = {
        "row": row,
        "page": shown,
        "version": version,
        "facts": facts(shown, request.user),
        "body": text_of(shown, request.user),
        "below": in_trash.pages_below(request.user, page, row),
        "days_left": in_trash.days_left(row),
    }
    response = render(request, "wiki/trashed_page.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def facts(page, user) -> list[tuple[str, list[str]]]:
    """The typed fields and rows that hold something, by their names."""
    model = type(page)
    names = [field.name for field in content.written_fields(model)]
    wanted = [n for n in names if n not in {"title", "summary", "body", "licence", "review_on"}]
    held = [
        (content.label_of(model, name), content.lines(page, name, names_for(user)))
        for name in [*wanted, *content.child_relations(model)]
    ]
    return [(label, lines) for label, lines in held if lines]


def text_of(page, user):
    """The body without its files: they come back with the page."""
    held = files_used(page)
    body = html.without_files(page.body, held.documents, held.images)
    return bodies.render(body, user).html


@require_POST
@writers_only(permissions.can_write)
def untrash(request, pk):
    row = in_trash.shown_to(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    try:
        returned = trash.take_back(row, request.user)
    except trash.ParentInTrash as above:
        return wait_for_parent(request, above.trashed)
    except TrashedPage.DoesNotExist as gone:
        raise Http404 from gone
    tell(request, returned)
    if can_read(request.user, returned.page):
        return redirect(returned.page.url)
    return redirect("trash")


def wait_for_parent(request, above: TrashedPage):
    """The page above comes back first; it is named to those who see it in the trash."""
    if in_trash.shown_to(request.user).filter(pk=above.pk).exists():
        message = _(
            "This page stood under “%(title)s”, which is in the trash too: "
            "take that one back first."
        ) % {"title": above.page.title}
        messages.warning(request, message)
        return redirect("trashed", pk=above.pk)
    messages.warning(request, _("The page above it is in the trash too. Ask a facilitator."))
    return redirect("trash")


def tell(request, returned: trash.Returned) -> None:
    messages.success(request, _("The page is back, with its history."))
    if not returned.same_place:
        messages.info(
            request, _("The page above it exists no more: it is now in the list of its kind.")
        )
    if not returned.same_address:
        address = addresses.url_of(returned.page.url_path)
        message = _("Its old address is taken by another page. It is now at %(address)s")
        messages.info(request, message % {"address": address})
    if returned.restricted:
        messages.info(request, _("It stays closed to those who could not read it before."))


@with_page
@writers_only(permissions.can_write)
def delete(request, page):
    if not permissions.can_delete(request.user, page):
        return kept(request, page)
    form = DeleteForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return deletion_screen(request, page, form)
    parent = page.get_parent()
    try:
        trash.put_in(page, request.user, form.cleaned_data["reason"])
    except ValidationError as error:
        form.add_error(None, error.messages)
        return deletion_screen(request, page, form)
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


def deletion_screen(request, page, form):
    return screen(request, page, form, "wiki/delete.html")
