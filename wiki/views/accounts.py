"""One's own account: the name shown to readers, the address for a lost password."""

from functools import partial
from math import ceil

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiki import sessions, throttling
from wiki.after_answers import ThenActs
from wiki.changes import written_by
from wiki.forms import ForgottenPasswordForm, LoginForm, ProfileForm

FEW = 10


def admin_login(request):
    """The site's own login screen; somebody logged in whom the admin refuses is told so."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", "/admin/"))


def admin_password_reset(request, rest):
    return redirect("password_reset")


def admin_new_password(request, uidb64, token):
    return redirect("password_reset_confirm", uidb64, token)


class Login(auth.LoginView):
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        response = super().form_valid(form)
        sessions.begin(self.request, form.cleaned_data["shared"])
        return response

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.wait:
            response.status_code = 429
            response["Retry-After"] = ceil((form.wait - timezone.now()).total_seconds())
        return response


class Logout(auth.LogoutView):
    """Pages seen and, on a shared computer, all that the browser kept of the site go too."""

    def post(self, request, *args, **kwargs):
        kept = '"cache", "storage"' if sessions.is_shared(request) else '"cache"'
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = kept
        return response


class ForgottenPassword(auth.PasswordResetView):
    """The same answer, as fast, for known and unknown addresses: who it is for is looked for,
    and the mail sent, once the answer has gone."""

    form_class = ForgottenPasswordForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form):
        throttling.count_asking(self.request, form.cleaned_data["email"])
        send = partial(
            form.save,
            use_https=self.request.is_secure(),
            request=self.request,
            email_template_name=self.email_template_name,
            subject_template_name=self.subject_template_name,
        )
        return ThenActs(self.get_success_url(), send)

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.has_error("__all__", "too_often"):
            response.status_code = 429
        return response


class NewPassword(auth.PasswordResetConfirmView):
    def form_valid(self, form):
        throttling.forget_failures(self.user.get_username())
        return super().form_valid(form)


@require_POST
@login_required
def close_sessions(request):
    sessions.close_others(request)
    messages.success(
        request, _("Your other sessions are closed, on all devices. This one goes on.")
    )
    return redirect("profile")


@login_required
def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    mine = written_by(request.user, FEW)
    context = {"form": form, "mine": mine}
    return render(request, "wiki/profile.html", context, status=422 if form.errors else 200)
