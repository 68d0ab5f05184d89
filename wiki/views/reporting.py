"""« Signaler une erreur »: anybody tells what is wrong on a page; facilitators see the list."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from wiki import form_fields, reports
from wiki.permissions import can_facilitate
from wiki.signs import can_be_read
from wiki.views.lookup import with_page, writers_only

LONGEST = 2_000  # signs
A_PAGE = 30


class ReportForm(forms.Form):
    text = form_fields.LinesField(
        label=gettext_lazy("What is wrong?"),
        most=LONGEST,
        help_text=gettext_lazy(
            "For instance: the opening hours have changed. Write no password and no name of "
            "somebody who is helped."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    # People do not see this field; machines fill it in.
    site = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1"}))

    def clean_text(self) -> str:
        if not can_be_read(self.cleaned_data["text"]):
            raise forms.ValidationError(_("Write a few words, with letters."))
        return self.cleaned_data["text"]


@csrf_exempt  # no cookie for readers: the token of the form is signed for its page, for a day
@never_cache
@with_page
def report(request, page):
    form = ReportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return screen(request, page, form, 422 if form.errors else 200)
    if not reports.is_in_time(request.POST.get("csrfmiddlewaretoken", ""), page):
        form.add_error(None, _("Please read your words again, then send them."))
        return screen(request, page, form, 422)
    if not reports.may_send(request):
        form.add_error(None, _("Many errors were reported today. Try again tomorrow, please."))
        return screen(request, page, form, 429)
    if not form.cleaned_data["site"]:
        reports.keep(request, page, form.cleaned_data["text"])
    return render(request, "wiki/reported.html", {"page": page})


def screen(request, page, form, status: int):
    context = {"page": page, "form": form, "token": reports.token_for(page)}
    return render(request, "wiki/report.html", context, status=status)


@never_cache
@writers_only(can_facilitate)
def listed(request):
    """`/animer/erreurs/`"""
    waiting = Paginator(reports.waiting(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "wiki/reports.html", {"listed": waiting})


@never_cache
@writers_only(can_facilitate)
def settle(request, pk: int):
    """What was corrected leaves the list."""
    found = reports.waiting(request.user).filter(pk=pk).first()
    if found is None or request.method != "POST":
        raise Http404
    reports.settle(found, request.user)
    messages.success(request, _("It is no more in the list. Thank you!"))
    return redirect("reports")
