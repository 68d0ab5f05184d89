"""The forms of one's own account: coming in, a lost password, a new one, one's profile."""

from datetime import datetime

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wiki.accounts import public_names, throttling
from wiki.models import User
from wiki.text import form_fields

LONGEST_NAME = User._meta.get_field("username").max_length
PRESENT = _("Your present password")
WRONG = _("This is not your present password. Check the capitals.")


class CountedTries:
    """A form where a password is tried: whoever tried too often waits."""

    request = None
    wait: datetime | None = None  # until when, after too many wrong passwords

    def look_at_tries(self, name: str | None) -> None:
        self.wait = throttling.waits_until(self.request, name)
        if self.wait:
            raise ValidationError(throttling.please_wait(self.wait))


class LoginForm(CountedTries, AuthenticationForm):
    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("Wrong login name or password. Check the capitals."),
    }

    shared = forms.BooleanField(
        label=_("This is a shared computer"),
        required=False,
        help_text=_(
            "You are logged out when the browser is closed, or after half an hour of rest; the "
            "site keeps your texts."
        ),
    )

    def clean_username(self) -> str:
        """A phone puts a capital of its own: when nobody has this very name, that of the one
        person whose name it is but for capitals."""
        name, people = self.cleaned_data["username"], User.objects
        if len(name) > LONGEST_NAME or people.filter(username=name).exists():
            return name
        alike = people.filter(username__iexact=name).values_list("username", flat=True)[:2]
        return alike[0] if len(alike) == 1 else name

    def clean(self):
        name = self.cleaned_data.get("username")
        self.look_at_tries(name)
        try:
            return super().clean()
        except ValidationError:
            self.look_at_tries(name)
            raise


class ForgottenPasswordForm(PasswordResetForm):
    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["email"].label = _("E-mail address")

    def clean(self):
        cleaned = super().clean()
        refusal = throttling.asks_too_often(self.request, cleaned.get("email"))
        if refusal and not self.errors:
            raise ValidationError(refusal, code="too_often")
        return cleaned


class PresentPassword(CountedTries):
    """A form of somebody logged in that asks for their password: their session may be open
    on a computer that they left."""

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def refuse_wrong(self, typed: str) -> None:
        """Raises ValidationError on another password than that of the session's person."""
        person = self.request.user
        self.look_at_tries(person.get_username())
        if check_password(typed, person.password):
            throttling.note_success(self.request, person.get_username())
            return
        throttling.count_failure(self.request, person.get_username())
        self.look_at_tries(person.get_username())
        raise ValidationError(WRONG, code="wrong_password")


class ChangePasswordForm(PresentPassword, PasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = PRESENT

    def clean_old_password(self) -> str:
        self.refuse_wrong(self.cleaned_data["old_password"])
        return self.cleaned_data["old_password"]


class ProfileForm(PresentPassword, forms.ModelForm):
    """The link of a lost password goes to the mail address: a new one needs the password."""

    present_password = forms.CharField(
        label=PRESENT,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Only if you change your e-mail address. Otherwise leave it empty."),
    )

    class Meta:
        model = User
        fields = ["display_name", "email"]
        field_classes = {"display_name": form_fields.LineField, "email": form_fields.MailField}
        widgets = {"email": forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"})}
        labels = {"email": _("E-mail address")}
        help_texts = {
            "display_name": _(
                "Your role, your first name or a pseudonym. It signs what you write from now on; "
                "what is signed already keeps its name."
            ),
            "email": _("Never shown. It serves when you have forgotten your password."),
        }

    @property
    def old_address(self) -> str:
        return self.initial["email"]

    def has_new_address(self) -> bool:
        return self.cleaned_data.get("email", self.old_address) != self.old_address

    def clean_display_name(self) -> str:
        return public_names.checked(self.cleaned_data["display_name"], self.instance)

    def clean_email(self) -> str:
        """What nobody touched stays as it is stored."""
        shown = self.fields["email"].is_as_shown(self.old_address, self["email"].data)
        return self.old_address if shown else self.cleaned_data["email"]

    def clean_present_password(self) -> str:
        typed = self.cleaned_data["present_password"]
        if self.has_new_address():
            if not typed:
                raise ValidationError(_("To change your e-mail address, write your password here."))
            self.refuse_wrong(typed)
        return typed
