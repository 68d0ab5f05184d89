"""Model fields that Django lacks."""

import re
from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from wiki.text import form_fields
from wiki.text.characters import one_line
from wiki.text.moments import minutes_of
from wiki.text.numbers import in_french
from wiki.text.web_addresses import items_in

SEPARATOR = "|"
EMBED = re.compile(r'<embed\b((?:[^<>"]|"[^"]*")*+)>')


class BodyField(RichTextField):
    """The rich text of a page. Wagtail finds pictures in its own way of closing them only."""

    def deconstruct(self):
        """As Wagtail's: what is found in it changes no table."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.RichTextField", args, kwargs

    def extract_references(self, value):
        return super().extract_references(EMBED.sub(_closed, str(value)))


def _closed(embed: re.Match) -> str:
    return f"<embed{embed[1].rstrip().removesuffix('/').rstrip()}/>"


class ReadLineField(models.CharField):
    """A line stored as `read` reads what was typed, whatever door it came through.

    `read` raises ValidationError on what it cannot read, and leaves its own results as they
    are; forms and differences show the value as `said` says it.
    """

    def __init__(self, *args, read: Callable, said: Callable = str, inputmode: str = "", **kwargs):
        self.read, self.said, self.inputmode = read, said, inputmode
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "read": self.read}

    def clean(self, value, model_instance):
        return super().clean(self.read(value) if value else value, model_instance)

    def formfield(self, **kwargs):
        own = {"read": self.read, "said": self.said, "inputmode": self.inputmode}
        return super().formfield(**{"form_class": form_fields.ReadField, **own, **kwargs})


class MinutesField(models.PositiveSmallIntegerField):
    """A duration in minutes, typed « 45 min » or « 1 h 30 »."""

    def to_python(self, value):
        return super().to_python(minutes_of(value) if isinstance(value, str) and value else value)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": form_fields.MinutesField, **kwargs})


class DegreesField(models.FloatField):
    """A latitude or a longitude, as `read` reads it."""

    def __init__(self, *args, read: Callable, **kwargs):
        self.read = read
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "read": self.read}

    def to_python(self, value):
        return super().to_python(self.read(value) if isinstance(value, str) and value else value)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value is not None:
            self.read(in_french(value))

    def formfield(self, **kwargs):
        own = {"form_class": form_fields.CoordinateField, "read": self.read}
        return super().formfield(**{**own, **kwargs})


class ChoiceListField(models.TextField):
    """Several values of a closed list, stored as `|a|b|`: the national standard's separator.

    In Python a list of str. A row holding value `v` is found by `field__contains=marked(v)`.
    Validation raises ValidationError on a value outside the list. Without a list, `parted`
    cuts what was typed and `read` reads each value.
    """

    def __init__(self, *args, parted: Callable = items_in, read: Callable = one_line, **kwargs):
        self.parted, self.read = parted, read
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """Without the closed list: how its values are called changes no table."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs

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

    def clean(self, value, model_instance):
        values = self.to_python(value)
        return super().clean(values if self.choices else self._read(values), model_instance)

    def _read(self, values: list[str]) -> list[str]:
        return list(dict.fromkeys(self.read(value) for value in values))

    def validate(self, value, model_instance):
        known = {key for key, _label in self.choices or []}
        unknown = [item for item in value if known and item not in known]
        if unknown:
            raise ValidationError(
                _("“%(value)s” is not in the list."), params={"value": ", ".join(unknown)}
            )

    def formfield(self, **kwargs):
        if not self.choices:
            own = {"form_class": form_fields.SeveralField, "widget": forms.TextInput}
            own |= {"parted": self.parted, "read": self.read}
            own["show_hidden_initial"] = False  # Django asks for it where a default is called
            between = {"between": " ; "} if self.parted is items_in else {}
            return super().formfield(**{**kwargs, **own, **between})
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
