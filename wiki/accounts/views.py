"""One's own account: the name shown to readers, the address for a lost password."""

from functools import partial
from math import ceil

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from wiki.accounts import mails, sessions, throttling
from wiki.accounts.forms import ChangePasswordForm, ForgottenPasswordForm, LoginForm, ProfileForm
from wiki.http.after_response import ThenActs
from wiki.pages import own_addresses

NO_ADDRESS = gettext_lazy(
    "Your account has no e-mail address any more. If you forget your password, ask the person "
    "who makes the accounts for a new one."
)


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
        return told_to_wait(super().form_invalid(form), form)


def told_to_wait(response, form):
    """The screen of a form where a password was tried too often says so to programs too."""
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
            **own_addresses.for_mails(),
            email_template_name=self.email_template_name,
            subject_template_name=self.subject_template_name,
        )
        return ThenActs(self.get_success_url(), send)

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.has_error("__all__", "too_often"):
            response.status_code = 429
        return response


class ChangePassword(auth.PasswordChangeView):
    form_class = ChangePasswordForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}

    def form_invalid(self, form):
        return told_to_wait(super().form_invalid(form), form)


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


@sensitive_post_parameters("present_password")
@login_required
def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user, request=request)
    if request.method == "POST" and form.is_valid():
        person = form.save()
        messages.success(request, _("Your profile is saved."))
        if not form.has_new_address():
            return redirect("profile")
        if not person.email:
            messages.warning(request, NO_ADDRESS)
        tell = partial(mails.tell_of_new_address, form.old_address, person)
        return ThenActs(reverse("profile"), tell)
    status = 422 if form.errors else 200
    response = render(request, "wiki/profile.html", {"form": form}, status=status)
    return told_to_wait(response, form)
