"""A text sent when the session, or the form's token, had ended: it is given back, not lost."""

from functools import wraps

from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import render
from django.views import csrf
from django.views.decorators.debug import sensitive_post_parameters

from wiki.access.permissions import can_write
from wiki.accounts import sessions
from wiki.accounts.forms import LoginForm
from wiki.editing.deleted_page import without_that_page
from wiki.markup import html
from wiki.pages.lookup import NotThatPage
from wiki.text.form_fields import LONGEST_BODY

EDITORS = {"edit", "new"}
FOR_SCRIPTS = {"save_draft", "draft_state", "be_present", "take_changes"}
LOGIN = "connexion"  # prefix of the login's own fields, beside those of the page


def recovers_text(view):
    """Give an editor's form back, with the login, to somebody whose session has ended."""

    @sensitive_post_parameters(f"{LOGIN}-password")
    @wraps(view)
    def kept(request, *args, **kwargs):
        if request.method != "POST" or "key" not in request.POST:
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            return published_or_kept(view, request, *args, **kwargs)
        form = LoginForm(request, request.POST if asked_to_log_in(request) else None, prefix=LOGIN)
        if not asked_to_log_in(request) or not form.is_valid():
            return login_screen(request, form)
        login(request, form.get_user())
        sessions.begin(request, form.cleaned_data["shared"])
        return view(reopening(request), *args, **kwargs)

    return kept


def published_or_kept(view, request, *args, **kwargs):
    """A page that was locked or closed while its writer typed: the text is given back."""
    try:
        return answered(view, request, *args, **kwargs)
    except PermissionDenied:
        if not can_write(request.user):
            raise
        return not_published(request, request.POST, request.get_full_path())


def answered(view, request, *args, **kwargs):
    try:
        return view(request, *args, **kwargs)
    except NotThatPage as elsewhere:
        return without_that_page(request, elsewhere.path)


def not_published(request, data, action: str):
    """The text of a form, to be copied, or sent again when the page is open again."""
    context = {"words": words_of(data), "typed": fields_to_resend(data), "action": action}
    return render(request, "wiki/not_published.html", context, status=403)


def words_of(data) -> str:
    return html.plain_text(html.clean(data.get("body", "")[:LONGEST_BODY]))


def asked_to_log_in(request) -> bool:
    return f"{LOGIN}-username" in request.POST


def reopening(request):
    """The request as one that opens the editor with the text, and publishes nothing."""
    data = request.POST.copy()
    for name in [name for name in data if name.startswith(f"{LOGIN}-")]:
        del data[name]
    data["reopen"] = "1"
    request.POST = data
    return request


def login_screen(request, form):
    context = {
        "form": form,
        "typed": fields_to_resend(request.POST),
        "action": request.get_full_path(),
    }
    return render(request, "wiki/session_ended.html", context, status=401)


def fields_to_resend(posted) -> list[tuple[str, str]]:
    """All that was sent, but the login and the token."""
    return [
        (name, value)
        for name, values in posted.lists()
        for value in values
        if name not in {"csrfmiddlewaretoken", "reopen"} and not name.startswith(f"{LOGIN}-")
    ]


def is_from_here(request) -> bool:
    """Sent by a page of this site: browsers say where a form comes from."""
    here = f"{request.scheme}://{request.get_host()}"
    origin, page = request.headers.get("Origin"), request.headers.get("Referer", "")
    return origin == here if origin else page.startswith(f"{here}/")


def csrf_failure(request, reason=""):
    """A token too old: an editor's text is given back; it is published by a press only.

    What another site sent is never shown as one's own text.
    """
    name = request.resolver_match.url_name if request.resolver_match else ""
    if name in FOR_SCRIPTS:
        return JsonResponse({"error": "csrf"}, status=403)
    if name in EDITORS and request.POST.get("key") and is_from_here(request):
        form = None if request.user.is_authenticated else LoginForm(request, prefix=LOGIN)
        response = login_screen(request, form)
        response.status_code = 403
        return response
    return csrf.csrf_failure(request, reason=reason)
