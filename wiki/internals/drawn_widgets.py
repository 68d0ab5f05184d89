"""The controls of forms, drawn as Django's templates draw them, for a tenth of what these cost.

A form holds dozens of them, and each of its attributes goes through five nodes of a template.
Whatever is not here is drawn by its template, as all are where `FORM_RENDERER` is not set.
"""

import re
from html import escape

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

FOLDER = "django/forms/widgets/"
OPTION = f"{FOLDER}select_option.html"
UNSAFE = re.compile("[&<>\"']").search
INPUTS = (
    *("text", "number", "email", "url", "hidden", "date", "time", "datetime", "checkbox"),
    *("input", "password", "file"),
)


class DrawnWidgets(DjangoTemplates):
    def render(self, template_name, context, request=None):
        draw = DRAWN.get(template_name)
        drawn = draw(context["widget"]) if draw and len(context) == 1 else None
        return drawn if drawn is not None else super().render(template_name, context, request)


def text_of(value) -> str:
    """A value as a template writes it where it stands for text."""
    words = value if isinstance(value, str) else str(value)
    return escape(words) if UNSAFE(words) and not isinstance(words, SafeString) else words


def attributes(widget: dict) -> str:
    return "".join(
        [
            f" {name}" if value is True else f' {name}="{text_of(value)}"'
            for name, value in widget["attrs"].items()
            if value is not False
        ]
    )


def an_input(widget: dict) -> str:
    value = widget["value"]
    told = "" if value is None else f' value="{text_of(value)}"'
    head = f'<input type="{text_of(widget["type"])}" name="{text_of(widget["name"])}"'
    return f"{head}{told}{attributes(widget)}>"


def a_box(widget: dict) -> str | None:
    """One of several; with its words around it, its template draws it."""
    return None if widget.get("wrap_label") else an_input(widget)


def a_textarea(widget: dict) -> str:
    words = text_of(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{text_of(widget["name"])}"{attributes(widget)}>\n{words}</textarea>'


def a_select(widget: dict) -> str | None:
    """Choices in groups are few, and drawn by their template."""
    groups = widget["optgroups"]
    if [1 for name, _options, _rank in groups if name]:
        return None
    choices = [one for _name, options, _rank in groups for one in options]
    if [1 for one in choices if one["template_name"] != OPTION]:
        return None
    options = "".join([f"\n  {an_option(one)}\n" for one in choices])
    return f'<select name="{text_of(widget["name"])}"{attributes(widget)}>{options}\n</select>'


def an_option(widget: dict) -> str:
    told = attributes(widget) if widget["attrs"] else ""
    return f'<option value="{text_of(widget["value"])}"{told}>{text_of(widget["label"])}</option>'


def several(widget: dict) -> str | None:
    """Controls that stand side by side."""
    parts = [(DRAWN.get(one["template_name"]), one) for one in widget["subwidgets"]]
    drawn = [draw(one) if draw else None for draw, one in parts]
    return None if None in drawn else "".join(drawn)


DRAWN = {
    **{f"{FOLDER}{name}.html": an_input for name in INPUTS},
    f"{FOLDER}textarea.html": a_textarea,
    f"{FOLDER}select.html": a_select,
    f"{FOLDER}multiwidget.html": several,
    f"{FOLDER}select_option.html": an_option,
    f"{FOLDER}checkbox_option.html": a_box,
    f"{FOLDER}radio_option.html": a_box,
}
