"""Model fields that Django lacks."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

SEPARATOR = "|"


class SeparatedField(forms.CharField):
    """A line of text for a list of values: « a | b »."""

    def prepare_value(self, value):
        return f" {SEPARATOR} ".join(value) if isinstance(value, list) else value

    def to_python(self, value) -> list[str]:
        text = super().to_python(value)
        return [item.strip() for item in text.split(SEPARATOR) if item.strip()]


class ChoiceListField(models.TextField):
    """Several values of a closed list, stored as `|a|b|`: the national standard's separator.

    In Python a list of str. A row holding value `v` is found by `field__contains=marked(v)`.
    Validation raises ValidationError on a value outside the list.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if value is None:
            return []
        if isinstance(value, str):
            return [item.strip() for item in value.split(SEPARATOR) if item.strip()]
        return list(value)

    def get_prep_value(self, value):
        if isinstance(value, str):  # the operand of a lookup
            return value
        if not value:
            return ""
        return SEPARATOR + SEPARATOR.join(self._in_order(value)) + SEPARATOR

    def _in_order(self, value: list[str]) -> list[str]:
        """As the closed list has them, so that saving unchanged values changes nothing."""
        rank = {key: place for place, (key, _label) in enumerate(self.choices or [])}
        return sorted(value, key=lambda item: rank.get(item, len(rank)))

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value, model_instance):
        known = {key for key, _label in self.choices or []}
        unknown = [item for item in value if known and item not in known]
        if unknown:
            raise ValidationError(
                _("“%(value)s” is not in the list."), params={"value": ", ".join(unknown)}
            )

    def formfield(self, **kwargs):
        if not self.choices:
            own = {"form_class": SeparatedField, "widget": forms.TextInput}
            own["show_hidden_initial"] = False  # Django asks for it where a default is called
            return super().formfield(**{**kwargs, **own})
        return forms.MultipleChoiceField(
            choices=self.choices,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def labels(self, value: list[str]) -> list[str]:
        """What readers see of these values, in the list's own order."""
        return [*self.named(value).values()]

    def named(self, value: list[str]) -> dict[str, str]:
        """Each of these values with what readers see of it, in the list's own order."""
        return {key: str(label) for key, label in self.choices or [] if key in value}


def marked(value: str) -> str:
    """How one value stands in the stored text, for `contains` lookups."""
    return f"{SEPARATOR}{value}{SEPARATOR}"
