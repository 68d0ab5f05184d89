"""The form of deleting a page."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wiki.text import form_fields
from wiki.text.characters import can_be_read


class DeleteForm(forms.Form):
    reason = form_fields.LineField(
        label=_("Why?"),
        max_length=200,
        help_text=_("A few words. Everybody reads them in the latest changes."),
    )

    def clean_reason(self) -> str:
        if not can_be_read(self.cleaned_data["reason"]):
            raise ValidationError(_("Write a few words, with letters."))
        return self.cleaned_data["reason"]
