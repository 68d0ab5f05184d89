"""The forms of renaming, moving and deleting a page."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wiki.pages.normalising import readable_title
from wiki.text import form_fields
from wiki.text.form_fields import only_keys


class AddressForm(forms.Form):
    """A new title, and the address that follows it unless said otherwise."""

    title = form_fields.LineField(label=_("New title"), max_length=255)
    keep_address = forms.BooleanField(
        label=_("Keep the address as it is"),
        required=False,
        help_text=_("If not, the old address leads to the new one."),
    )

    def clean_title(self) -> str:
        return readable_title(self.cleaned_data["title"])


class MoveForm(forms.Form):
    parent = forms.ModelChoiceField(
        label=_("Put the page under"),
        queryset=None,
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose a place.")},
    )

    opens = forms.BooleanField(
        label=_("Yes, more people may read this page, what is below it and its files"),
        required=False,
    )

    def __init__(self, *args, parents, opens_under=lambda parent: False, **kwargs):
        """`opens_under`: whether more people would read the page under a parent."""
        super().__init__(*args, **kwargs)
        self.opens_under = opens_under
        self.fields["parent"].queryset = parents
        only_keys(self.fields["parent"])
        if not self.opens_there():
            self.fields["opens"].widget = forms.HiddenInput()

    def opens_there(self) -> bool:
        if not self.is_bound:
            return False
        try:
            return self.opens_under(self.fields["parent"].clean(self.data.get("parent")))
        except ValidationError:
            return False

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("parent") and self.opens_there() and not cleaned.get("opens"):
            self.add_error(
                "opens",
                _(
                    "The page is not for everybody where it is; there, more people would read "
                    "it. Tick this box, or choose another place."
                ),
            )
        return cleaned
