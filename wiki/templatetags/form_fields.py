"""The fields of forms: label, hint, control and error.

A form holds up to sixty of them: those with one control are written here, for a tenth of what a
template of their own costs; `components/field.html` has the others.
"""

from collections.abc import Callable

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, Widget
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wiki.editing.document_field import DocumentSelect
from wiki.editing.page_field import PageInput
from wiki.internals.drawn_widgets import an_input, text_of

register = template.Library()
ALERT = '<svg aria-hidden="true"><use href="#alert"/></svg>'
APART = (DocumentSelect, PageInput)


@register.simple_tag
def form_field(field: BoundField, tells: bool = False, suggested: str = "") -> SafeString:
    """A bound field, with what says what it is for. `tells`: say what is required; `suggested`:
    the id of a `<datalist>`."""
    return mark_safe(drawn(field, tells, suggested))


def drawn(field: BoundField, tells: bool = False, suggested: str = "") -> str:
    return drawing_of(field.field.widget)(field, tells, suggested)


def drawing_of(widget: Widget) -> Callable[[BoundField, bool, str], str]:
    if isinstance(widget, CheckboxInput):
        return a_box
    if isinstance(widget, APART):
        return of_several
    return of_choices if widget.use_fieldset else of_one


def of_choices(field: BoundField, tells: bool, suggested: str) -> str:
    """A box for each; their names are told together."""
    options = [
        f'<label class="option">{an_input(option.data)} {text_of(option.choice_label)}</label>'
        for option in field
    ]
    bad = " bad" if field.errors else ""
    return (
        f'<fieldset class="field{bad}" id="{text_of(field.auto_id)}">\n'
        f"<legend>{label_of(field)}</legend>\n{notes_of(field)}\n"
        f'<div class="checks">{"".join(options)}</div>\n</fieldset>'
    )


def of_several(field: BoundField, tells: bool, suggested: str) -> str:
    return render_to_string("components/field.html", {"field": field, "tells": tells})


def a_box(field: BoundField, tells: bool, suggested: str) -> str:
    label = f'<label class="option">{field.as_widget()} {label_of(field)}</label>'
    return within(field, label, notes_of(field))


def of_one(field: BoundField, tells: bool, suggested: str) -> str:
    told = f" <small>{text_of(_('required'))}</small>" if tells and field.field.required else ""
    label = f'<label for="{text_of(field.id_for_label)}">{label_of(field)}{told}</label>'
    control = field.as_widget(attrs={"list": suggested} if suggested else None)
    return within(field, label, notes_of(field), control)


@register.simple_tag
def form_row(row: BaseForm, label: str, number: int | str) -> SafeString:
    """One form of a formset; `label`: what one of them is; `number`: its rank."""
    fields = {field.name: field for field in row}
    plain = [fields.pop(name) for name in ("ORDER", "DELETE") if name in fields]
    faults = [
        f'<p><strong class="error">{text_of(fault)}</strong></p>'
        for fault in row.non_field_errors()
    ]
    hidden = [field.as_widget() for field in fields.values() if field.is_hidden]
    shown = [drawn(field) for field in fields.values() if not field.is_hidden]
    return mark_safe(
        '<fieldset class="row-form" data-kb-row>\n'
        f'<legend class="label">{text_of(capital(label))} '
        f"<span data-kb-number>{text_of(number)}</span></legend>\n"
        f"{''.join(hidden)}\n{''.join(faults)}\n{''.join(shown)}\n"
        f'<div class="row" data-kb-plain>\n{"".join(map(place_of, plain))}\n</div>\n</fieldset>'
    )


def place_of(field: BoundField) -> str:
    """Where a row stands, or the box that removes it: one that is not kept yet has none."""
    if field.name == "ORDER":
        return drawn(field)
    hidden = "" if field.form.instance.pk else " hidden"
    words = text_of(_("Remove this line"))
    return f'<label class="option"{hidden}>{field.as_widget()} {words}</label>'


def within(field: BoundField, *parts: str) -> str:
    bad = " bad" if field.errors else ""
    inner = "\n".join(filter(None, parts))
    return f'<div class="field{bad}">\n{inner}\n</div>'


def label_of(field: BoundField) -> str:
    return text_of(capital(str(field.label)))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@register.simple_tag
def field_notes(field: BoundField) -> SafeString:
    """Its hint and its error, under the ids that the control names."""
    return mark_safe(notes_of(field))


def notes_of(field: BoundField) -> str:
    hint = hint_of(field) if field.help_text else ""
    return hint + error_of(field) if field.errors else hint


def hint_of(field: BoundField) -> str:
    return f'<div class="hint" id="{text_of(hint_id(field))}">{field.help_text}</div>'


def hint_id(field: BoundField) -> str:
    """The id under which the control of a bound field looks for its hint."""
    own = field.field.widget.attrs.get("aria-describedby", "")
    return own.split()[0] if own else f"{field.auto_id}_helptext"


def error_of(field: BoundField) -> str:
    said = " ".join(map(text_of, field.errors))
    return f'<strong class="error" id="{text_of(field.auto_id)}_error">{ALERT} {said}</strong>'
