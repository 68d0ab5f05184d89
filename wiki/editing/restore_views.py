"""Going back from the history: an old version again, or one change undone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki.access import past_restrictions, permissions
from wiki.editing.conflict_views import fields_but_choices
from wiki.history.views import one, readable
from wiki.models import Version
from wiki.pages.lookup import with_page, writers_only
from wiki.publishing import restoring
from wiki.publishing.merging_before_lock import merging_first
from wiki.publishing.publishing import Edit
from wiki.text.addresses import screen_url
from wiki.text.characters import one_line

LONGEST = 200  # characters of a summary


def posted_by_editors(view):
    """Those who may edit the page press a button; an address typed by hand shows the version."""

    @with_page
    @writers_only(permissions.can_write)
    def guarded(request, page, number):
        version = one(request, page, number)
        if not permissions.can_edit(request.user, page):
            raise PermissionDenied
        if request.method != "POST":
            return redirect(screen_url(page, "version", number=version.number))
        if has_moved_on(request, page):
            messages.warning(request, _("The page has changed meanwhile: look at it again."))
            return redirect(screen_url(page, "version", number=version.number))
        coming = version.number - (view.__name__ == "undo")  # what stood before the change
        if (readers := written_for(request, page, coming)) and "opens" not in request.POST:
            return ask_to_open(request, page, readers)
        return merging_first(view)(request, page, version)

    return guarded


def written_for(request, page, number: int) -> str:
    """For whom the text that comes back was written, in words, when more people read today;
    nothing of one that this person may not read."""
    coming = readable(request, page).filter(number=number).select_related("audience")
    return "".join(past_restrictions.wider_than(version, page) for version in coming)


def ask_to_open(request, page, readers: str):
    context = {"page": page, "readers": readers, "action": request.path}
    context["typed"] = [*fields_but_choices(request.POST), ("opens", "1")]
    return render(request, "wiki/opens_again.html", context, status=409)


def has_moved_on(request, page) -> bool:
    """Somebody published after the screen with the button was shown."""
    seen = request.POST.get("newest", "")
    newest = readable(request, page).values_list("number", flat=True).first()
    return bool(seen) and seen != str(newest)


@posted_by_editors
def restore(request, page, version):
    summary = _("Back to version %(number)s") % {"number": version.number}
    try:
        restoring.restore(version, edit_of(request, summary))
    except restoring.Nothing:
        messages.info(request, _("The page already reads so: nothing was changed."))
    except ValidationError as error:
        return refused(request, page, version, error.messages)
    else:
        message = _("The page is as in version %(number)s again. History keeps the others.")
        messages.success(request, message % {"number": version.number})
    return redirect(Page.objects.get(pk=page.pk).url)


@posted_by_editors
def undo(request, page, version):
    before = previous(request, page, version)
    summary = _("Change of version %(number)s undone") % {"number": version.number}
    try:
        restoring.undo(version, before, edit_of(request, summary))
    except restoring.Nothing:
        messages.info(request, _("This change is no longer in the page: nothing was changed."))
    except (restoring.UndoConflict, ValidationError):
        return refused(request, page, version, [])
    else:
        messages.success(request, _("The change is undone. What came after it is kept."))
    return redirect(Page.objects.get(pk=page.pk).url)


def previous(request, page, version) -> Version:
    """The version just before; Http404 when there is none that this person may read."""
    found = readable(request, page).filter(number=version.number - 1).first()
    if found is None:
        raise Http404
    return found


def edit_of(request, summary: str) -> Edit:
    said = one_line(request.POST.get("summary", ""))
    return Edit(author=request.user, summary=(said or summary)[:LONGEST])


def refused(request, page, version, errors):
    """Why it was not done, and where to do it by hand."""
    context = {"page": page, "version": version, "errors": errors}
    return render(request, "wiki/not_undone.html", context, status=409)
