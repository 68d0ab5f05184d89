"""« Signaler une erreur »: anybody tells what is wrong on a page; facilitators see the list."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from wiki.access.permissions import can_facilitate
from wiki.dashboards import reports
from wiki.models import DaySalt
from wiki.pages.lookup import with_page, writers_only
from wiki.text import form_fields
from wiki.text.characters import can_be_read

LONGEST = 2_000  # characters
A_SCREEN = 30
TOKEN = "csrfmiddlewaretoken"  # in its place, but our own: readers have no cookie to compare with


class ReportForm(forms.Form):
    text = form_fields.LinesField(
        label=gettext_lazy("What is wrong?"),
        most=LONGEST,
        help_text=gettext_lazy(
            "For instance: the opening hours have changed. Write no password, nor the name of "
            "somebody who is helped."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    # People do not see this field; machines fill it in.
    site = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_text(self) -> str:
        if not can_be_read(self.cleaned_data["text"]):
            raise forms.ValidationError(_("Write a few words, with letters."))
        return self.cleaned_data["text"]

    def as_sent_by_people(self) -> "ReportForm":
        """The same words in a form whose hidden field is empty."""
        return ReportForm(initial={"text": self.data.get("text", "")})


def keeps_words(view):
    """The page was closed or thrown away, or the session ended, while one typed: the words are
    given back."""

    @wraps(view)
    def kept(request, path=""):
        words = request.POST.get("text", "").strip()[:LONGEST]
        try:
            answer = view(request, path=path)
        except (PermissionDenied, Http404) as refusal:
            if not words:
                raise
            status = 403 if isinstance(refusal, PermissionDenied) else 404
            return given_back(request, words, status)
        is_lost = words and answer.status_code in {302, 404, 410}
        return given_back(request, words, 401) if is_lost else answer

    return kept


def given_back(request, words: str, status: int):
    context = {"words": words, "address": request.get_full_path()}
    return render(request, "wiki/report_kept.html", context, status=status)


@csrf_exempt  # no cookie for readers: the token of the form is signed for its page, for a day
@never_cache
@keeps_words
@with_page
def report(request, page):
    """`<page>/signaler/`"""
    DaySalt.forget()
    form = ReportForm(request.POST or None)
    if request.method != "POST":
        return screen(request, page, form)
    if not reports.is_of(page, request.POST.get(TOKEN, "")):
        return refused(request, page, form, _("Please read your words again, then send them."), 403)
    if not form.is_valid():
        return screen(request, page, form, 422)
    if why := too_fast(form, request.POST[TOKEN]):
        return refused(request, page, form, why, 422)
    try:
        reports.keep(request, page, form.cleaned_data["text"])
    except reports.TooMany:
        said = _("Many errors were reported today. Try again tomorrow, please.")
        return refused(request, page, form, said, 429)
    return render(request, "wiki/reported.html", {"page": page})


def too_fast(form: ReportForm, token: str) -> str:
    """Why it looks like a machine sent it, as people are told it."""
    if form.cleaned_data["site"] or not reports.is_in_time(token):
        return _("Please read your words again, then send them.")
    return ""


def refused(request, page, form: ReportForm, why: str, status: int):
    """The words stay in the form."""
    return screen(request, page, form.as_sent_by_people(), status, why)


def screen(request, page, form: ReportForm, status: int = 200, why: str = ""):
    context = {"page": page, "form": form, "why": why, "token": reports.token_for(page)}
    return render(request, "wiki/report.html", context, status=status)


@never_cache
@writers_only(can_facilitate)
def listed(request):
    """`/animer/erreurs/`"""
    waiting = Paginator(reports.waiting(request.user), A_SCREEN)
    listed = waiting.get_page(request.GET.get("page"))
    newest = reports.newest_versions(listed)
    for one in listed:
        one.newest = newest.get(one.page_id, 0)
    return render(request, "wiki/reports.html", {"listed": listed})


@require_POST
@never_cache
@writers_only(can_facilitate)
def close_report(request, pk: int):
    """What was corrected leaves the list, or comes back with `again`; somebody else may have said
    so just before."""
    found = reports.known_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    if "again" in request.POST:
        reports.take_back(found)
        messages.success(request, _("It is in the list again."))
    elif reports.settle(found, request.user):
        said = render_to_string("components/settled.html", {"report": found}, request)
        messages.success(request, mark_safe(said))
    else:
        messages.info(request, _("Somebody else dealt with it just before you."))
    return redirect("reports")
