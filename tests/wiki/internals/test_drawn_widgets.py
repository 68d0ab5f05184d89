"""Controls are drawn as Django's own templates draw them, in every form of every kind of page."""

import copy
from datetime import date, time

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from wagtail.models import get_page_models

from tests import factories
from wiki.editing.forms import form_class
from wiki.internals import drawn_widgets
from wiki.internals.drawn_widgets import DrawnWidgets
from wiki.models import WikiPage

KINDS = [model for model in get_page_models() if issubclass(model, WikiPage)]
VALUES = [
    *(None, "", "a", "« <b> & \"c\" 'd' »", "\nune ligne\r\n", 0, 12345, True, False),
    *(date(2026, 1, 2), time(9, 30), mark_safe("<i>sûr</i>"), gettext_lazy("Topics"), ["a", "b"]),
]
WIDGETS = [
    *(forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.HiddenInput),
    *(forms.PasswordInput, forms.DateInput, forms.TimeInput, forms.CheckboxInput),
    *(forms.Textarea, forms.Select, forms.SelectMultiple, forms.CheckboxSelectMultiple),
    *(forms.RadioSelect, forms.FileInput, forms.ClearableFileInput, forms.SplitDateTimeWidget),
]
CHOICES = [("", "—"), ("a", "Un <a>"), (0, gettext_lazy("Topics")), ("b", mark_safe("<b>"))]
GROUPS = [("a", "Seul"), ("Un « groupe »", [("b", "Dedans"), ("c", "Aussi")])]


def made(widget_class, choices):
    widget = widget_class(attrs={"class": "x<y", "required": True, "hidden": False, "size": 1200})
    if hasattr(widget, "choices"):
        widget.choices = choices
    return widget


@pytest.mark.parametrize("widget_class", WIDGETS)
@pytest.mark.parametrize("choices", [CHOICES, GROUPS], ids=["choices", "groups"])
def test_each_control_is_what_its_template_draws(widget_class, choices):
    widget = made(widget_class, choices)
    for value in VALUES:
        if widget_class is forms.SplitDateTimeWidget and not isinstance(value, (list, type(None))):
            continue
        drawn, known = (
            widget.render("nom", value, attrs={"id": "id_nom"}, renderer=renderer)
            for renderer in (DrawnWidgets(), DjangoTemplates())
        )
        assert drawn == known, value


def fields_of(page, user):
    form = form_class(type(page))(None, instance=page, user=user)
    rows = [row for rows in form.formsets.values() for row in [*rows.forms, form.blank_row(rows)]]
    return [field for holder in (form, *rows) for field in holder]


def noting(seen: list[str], name: str, draw):
    """`draw`, that says when it is used."""

    def noted(widget: dict):
        seen.append(name)
        return draw(widget)

    return noted


@pytest.mark.django_db
@pytest.mark.parametrize("model", KINDS)
def test_each_field_of_each_form_is_what_its_template_draws(model, monkeypatch):
    page = model.objects.live().order_by("pk").first()
    drawn_by_hand = []
    for name, draw in drawn_widgets.DRAWN.items():
        monkeypatch.setitem(drawn_widgets.DRAWN, name, noting(drawn_by_hand, name, draw))
    for field in fields_of(page, factories.person("Contributeurs")):
        field.form.renderer = DrawnWidgets()
        drawn = str(field)
        other = copy.copy(field)
        other.form.renderer = DjangoTemplates()
        assert drawn == str(other), field.html_name
    assert len(drawn_by_hand) > 6
