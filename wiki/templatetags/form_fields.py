"""The fields of forms: label, hint, control and error.

A form holds up to sixty of them: those with one control are written here, for a tenth of what a
template of their own costs; `components/field.html` has the others.
"""

from collections.abc import Callable

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, Widget
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wiki.editing.document_field import DocumentSelect
from wiki.editing.page_field import PageInput

register = template.Library()
ALERT = mark_safe('<svg aria-hidden="true"><use href="#alert"/></svg>')
NOTHING = mark_safe("")
APART = (DocumentSelect, PageInput)


@register.simple_tag
def form_field(field: BoundField, tells: bool = False, suggested: str = "") -> SafeString:
    """A bound field, with what says what it is for. `tells`: say what is required; `suggested`:
    the id of a `<datalist>`."""
    return drawing_of(field.field.widget)(field, tells, suggested)


def drawing_of(widget: Widget) -> Callable[[BoundField, bool, str], SafeString]:
    if isinstance(widget, CheckboxInput):
        return a_box
    if isinstance(widget, APART):
        return of_several
    return of_choices if widget.use_fieldset else of_one


def of_choices(field: BoundField, tells: bool, suggested: str) -> SafeString:
    """A box for each; their names are told together."""
    options = format_html_join(
        "",
        '<label class="option">{} {}</label>',
        ((option.tag(), option.choice_label) for option in field),
    )
    return format_html(
        '<fieldset class="field{}" id="{}">\n<legend>{}</legend>\n{}\n<div class="checks">{}</div>'
        "\n</fieldset>",
        *(" bad" if field.errors else "", field.auto_id, label_of(field)),
        *(field_notes(field), options),
    )


def of_several(field: BoundField, tells: bool, suggested: str) -> SafeString:
    return render_to_string("components/field.html", {"field": field, "tells": tells})


def a_box(field: BoundField, tells: bool, suggested: str) -> SafeString:
    label = format_html('<label class="option">{} {}</label>', field, label_of(field))
    return within(field, label, field_notes(field))


def of_one(field: BoundField, tells: bool, suggested: str) -> SafeString:
    told = (
        format_html(" <small>{}</small>", _("required")) if tells and field.field.required else ""
    )
    label = format_html('<label for="{}">{}{}</label>', field.id_for_label, label_of(field), told)
    control = field.as_widget(attrs={"list": suggested}) if suggested else field
    return within(field, label, field_notes(field), control)


@register.simple_tag
def form_row(row: BaseForm, label: str, number: int | str) -> SafeString:
    """One form of a formset; `label`: what one of them is; `number`: its rank."""
    fields = {field.name: field for field in row.visible_fields()}
    plain = {name: fields.pop(name) for name in ("ORDER", "DELETE") if name in fields}
    errors = format_html_join(
        "", '<p><strong class="error">{}</strong></p>', ((e,) for e in row.non_field_errors())
    )
    head = format_html(
        '<legend class="label">{} <span data-kb-number>{}</span></legend>', capital(label), number
    )
    hidden = mark_safe("".join(str(field) for field in row.hidden_fields()))
    shown = mark_safe("".join(form_field(field) for field in fields.values()))
    return format_html(
        '<fieldset class="row-form" data-kb-row>\n{}\n{}\n{}\n{}\n'
        '<div class="row" data-kb-plain>\n{}\n</div>\n</fieldset>',
        *(head, hidden, errors, shown, mark_safe("".join(map(place_of, plain.values())))),
    )


def place_of(field: BoundField) -> SafeString:
    """Where a row stands, or the box that removes it: one that is not kept yet has none."""
    if field.name == "ORDER":
        return form_field(field)
    hidden = "" if field.form.instance.pk else " hidden"
    return format_html(
        '<label class="option"{}>{} {}</label>', mark_safe(hidden), field, _("Remove this line")
    )


def within(field: BoundField, *parts) -> SafeString:
    bad = " bad" if field.errors else ""
    inner = mark_safe("\n".join(conditional_escape(part) for part in parts if part != NOTHING))
    return format_html('<div class="field{}">\n{}\n</div>', bad, inner)


def label_of(field: BoundField) -> str:
    return capital(str(field.label))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@register.simple_tag
def field_notes(field: BoundField) -> SafeString:
    """Its hint and its error, under the ids that the control names."""
    hint = hint_of(field) if field.help_text else NOTHING
    return mark_safe(hint + error_of(field)) if field.errors else hint


def hint_of(field: BoundField) -> SafeString:
    hint = mark_safe(str(field.help_text))
    return format_html('<div class="hint" id="{}">{}</div>', hint_id(field), hint)


def hint_id(field: BoundField) -> str:
    """The id under which the control of a bound field looks for its hint."""
    own = field.field.widget.attrs.get("aria-describedby", "")
    return own.split()[0] if own else f"{field.auto_id}_helptext"


def error_of(field: BoundField) -> SafeString:
    said = mark_safe(" ".join(conditional_escape(error) for error in field.errors))
    shown = format_html("{} {}", ALERT, said)
    return format_html('<strong class="error" id="{}_error">{}</strong>', field.auto_id, shown)
