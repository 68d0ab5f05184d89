"""Controls of forms that read what French people type; browsers refuse none of it before.

A control that browsers check by themselves (`type=number`, `url`, `email`, `pattern`, a
`maxlength` of the stored form) would refuse « 37 500 » or « www.exemple.fr » on its own.
"""

import copy
from collections.abc import Callable, Iterable, Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext as _

from wiki.text.characters import lines, one_line
from wiki.text.moments import date_of, minutes_of, time_of
from wiki.text.numbers import in_french, number_of, whole_of
from wiki.text.web_addresses import mail_of, site_of

LONGEST_LINES = 20_000  # characters of a text of several lines
LONGEST_BODY = 400_000  # characters of HTML, some 50,000 words
LONGEST_WORDING = 255  # characters of each line of other wordings, as of a title
LONGEST_KEY = 18  # figures: databases hold those of 64 bits
LONGEST_TYPED = 1000  # characters of what is typed, whatever its stored form


def _bounded(typed: str) -> str:
    """Raises ValidationError on what is too long to be read as a value."""
    if len(typed) > LONGEST_TYPED:
        raise ValidationError(
            _("This is too long: a few words are enough here."), code="max_length"
        )
    return typed


def _or_as_typed(read: Callable, value):
    try:
        return read(_bounded(value)) if isinstance(value, str) and value.strip() else value
    except ValidationError:
        return value


class LineField(forms.CharField):
    """A line of text in its one form."""

    def to_python(self, value):
        return super().to_python(one_line(_bounded(value)) if isinstance(value, str) else value)


class LinesField(forms.CharField):
    """Lines of text in their one form, `most` characters at most."""

    def __init__(self, *, most: int = LONGEST_LINES, **kwargs):
        self.most = most
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, str) and len(value) > self.most:
            message = _("This text is very long. Share it between two pages.")
            raise ValidationError(message, code="max_length")
        return super().to_python(lines(value) if isinstance(value, str) else value)


class ReadField(forms.CharField):
    """A line that `read` brings to its stored form, and that is shown as `said` says it."""

    def __init__(self, *, read: Callable, said: Callable = str, inputmode: str = "", **kwargs):
        self.read, self.said, self.inputmode = read, said, inputmode
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        """`max_length` is that of the stored form: what is typed may be longer."""
        attrs = {**super().widget_attrs(widget), "maxlength": str(LONGEST_TYPED)}
        return {**attrs, "inputmode": self.inputmode} if self.inputmode else attrs

    def to_python(self, value):
        typed = super().to_python(lines(value) if isinstance(value, str) else value)
        return typed if typed in self.empty_values else self.read(_bounded(typed))

    def prepare_value(self, value):
        return value if value in self.empty_values else self.said(value)

    def is_as_shown(self, value, typed) -> bool:
        """Whether what is typed is just what was shown of a stored value."""
        return isinstance(typed, str) and lines(typed) == lines(str(self.prepare_value(value)))


class SeveralField(ReadField):
    """A line for several values: `parted` cuts it, `read` reads each."""

    def __init__(self, *, parted: Callable, between: str = ", ", **kwargs):
        self.parted, self.between = parted, between
        super().__init__(**kwargs)

    def to_python(self, value) -> list[str]:
        pieces = self.parted(lines(_bounded(value))) if isinstance(value, str) else value or []
        return list(dict.fromkeys(self.read(piece) for piece in pieces))

    def prepare_value(self, value):
        return self.between.join(value) if isinstance(value, list) else value

    def has_changed(self, initial, data):
        try:
            return list(initial or []) != self.to_python(data)
        except ValidationError:
            return True


class SiteField(ReadField):
    def __init__(self, **kwargs):
        super().__init__(**{"read": site_of, "inputmode": "url", **kwargs})


class MailField(ReadField):
    def __init__(self, **kwargs):
        super().__init__(**{"read": mail_of, "inputmode": "email", **kwargs})


class _NumberField(forms.Field):
    """A number typed as text, as `reads` reads it."""

    widget = forms.TextInput
    reads: Callable = staticmethod(number_of)
    inputmode = "decimal"

    def __init__(self, *, min_value=None, max_value=None, **kwargs):
        super().__init__(**kwargs)
        if min_value is not None:
            self.validators.append(MinValueValidator(min_value))
        if max_value is not None:
            self.validators.append(MaxValueValidator(max_value))

    def to_python(self, value):
        typed = one_line(_bounded(value)) if isinstance(value, str) else value
        if typed in self.empty_values:
            return None
        return self.reads(typed) if isinstance(typed, str) else typed

    def widget_attrs(self, widget):
        return {"inputmode": self.inputmode} if self.inputmode else {}

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


class NumberField(_NumberField):
    def prepare_value(self, value):
        return in_french(value) if isinstance(value, float) else value


class CoordinateField(NumberField):
    """`read` says whether it is a latitude or a longitude."""

    inputmode = "text"  # some phones have neither comma, minus nor ° on the keys of numbers

    def __init__(self, *, read: Callable, **kwargs):
        self.reads = read
        super().__init__(**kwargs)


class WholeField(_NumberField):
    reads = staticmethod(whole_of)
    inputmode = "numeric"


class MinutesField(_NumberField):
    reads = staticmethod(minutes_of)
    inputmode = ""


class TimeField(forms.TimeField):
    """The browser's own control, and « 14 h 30 » where there is none."""

    def to_python(self, value):
        if not isinstance(value, str) or not one_line(value):
            return super().to_python(value)
        return time_of(_bounded(value))

    def prepare_value(self, value):
        """A control of the browser shows nothing of « 14 h 30 »."""
        return _or_as_typed(time_of, value)


class DateField(forms.DateField):
    """The browser's own control, and « 12 mars 2026 » where there is none."""

    def to_python(self, value):
        if not isinstance(value, str) or not one_line(value):
            return super().to_python(value)
        return date_of(_bounded(value))

    def prepare_value(self, value):
        """A control of the browser shows nothing of « 12 mars 2026 »."""
        return _or_as_typed(date_of, value)


class WrittenChoices(BaseChoiceIterator):
    """Choices whose words are written: all forms of a type share them, for nothing alters them."""

    def __init__(self, pairs: Iterable[tuple]):
        self.pairs = tuple(pairs)

    def __iter__(self) -> Iterator[tuple]:
        return iter(self.pairs)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def in_words(field: forms.Field) -> forms.Field:
    """The same field, whose words are written in the language of today: to look for them costs
    more than to draw its control."""
    said = copy.deepcopy(field)
    said.label = None if field.label is None else str(field.label)
    said.help_text = str(field.help_text)
    if isinstance(field, forms.ChoiceField) and isinstance(field.choices, list):
        said.choices = WrittenChoices((value, _in_words(name)) for value, name in field.choices)
    return said


def _in_words(said):
    """A label, or the choices of a group."""
    return said if isinstance(said, list | tuple) else str(said)


def is_filled(bound: forms.BoundField) -> bool:
    return bound.value() not in (None, "", False, [])


def only_keys(field: forms.ModelChoiceField) -> None:
    """What is too long to be a key is no choice: databases fail on it, they do not say no."""
    find = field.to_python

    def to_python(value):
        if isinstance(value, str) and len(value) > LONGEST_KEY:
            message = field.error_messages["invalid_choice"]
            raise ValidationError(message, code="invalid_choice", params={"value": value[:60]})
        return find(value)

    field.to_python = to_python
