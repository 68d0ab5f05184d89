"""`/mes-fichiers/`: the documents and photos that one sent, found again without the admin."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from wiki.access import permissions
from wiki.media import own_files
from wiki.media.shown_files import is_read_by_its_title
from wiki.pages.lookup import writers_only
from wiki.pages.normalising import readable_title
from wiki.text import form_fields

ON_A_SCREEN = 30


class TitleForm(forms.Form):
    title = form_fields.LineField(
        label=gettext_lazy("Name"),
        max_length=255,
        help_text=gettext_lazy("What one recognises it by. Pages that show it do not change."),
    )

    def clean_title(self) -> str:
        return readable_title(self.cleaned_data["title"])


def with_own_file(view):
    """Give the view the file of this sort and id, which the person who asks sent."""

    @never_cache
    @writers_only(permissions.can_write)
    def found(request, sort: str, pk: int):
        file = own_files.sent_by(request.user, sort).filter(pk=pk).first()
        if file is None:
            raise Http404
        return view(request, own_files.described(request.user, [(sort, file)])[0])

    return found


@never_cache
@writers_only(permissions.can_write)
def listing(request):
    pages = Paginator(own_files.all_of(request.user), ON_A_SCREEN)
    listed = pages.get_page(request.GET.get("page"))
    files = own_files.described(request.user, list(listed))
    return render(request, "wiki/own_files.html", {"listed": listed, "files": files})


@with_own_file
def rename(request, own):
    if not own.is_photo and is_read_by_its_title(own.file):
        message = _("A page shows this name to its readers: it stays. Edit the page to change it.")
        messages.error(request, message)
        return redirect("own_files")
    form = TitleForm(request.POST or None, initial={"title": own.file.title})
    if request.method == "POST" and form.is_valid():
        own.file.title = form.cleaned_data["title"]
        own.file.save()
        messages.success(request, _("The new name is kept."))
        return redirect("own_files")
    context = {"form": form, "own": own}
    return render(request, "wiki/own_file.html", context, status=422 if form.errors else 200)


@with_own_file
def delete(request, own):
    if own.held.keep_it:
        messages.error(request, why_kept(own.held))
        return redirect("own_files")
    if request.method != "POST":
        return render(request, "wiki/own_file_delete.html", {"own": own})
    if own_files.delete(own.file):
        messages.success(request, _("The file is deleted."))
    else:  # a page was published with it meanwhile
        messages.error(request, _("A page shows this file now: it stays."))
    return redirect("own_files")


def why_kept(held) -> str:
    if held.unseen:
        return _("A page that you do not see shows this file. Ask the facilitators to delete it.")
    if held.pages:
        message = _("“%(title)s” shows this file. First take it out of that page.")
        return message % {"title": held.pages[0].title}
    return _("The site uses this file elsewhere. Ask the facilitators to delete it.")
