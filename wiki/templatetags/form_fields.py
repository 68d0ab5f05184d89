"""The fields of forms: label, hint, control and error.

A form holds up to sixty of them: they are written here, for a tenth of what a template of their
own costs; `components/document_field.html` has those of documents, of several controls.
"""

from collections.abc import Callable
from functools import cache

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxInput, Widget
from django.forms.formsets import (
    INITIAL_FORM_COUNT,
    MAX_NUM_FORM_COUNT,
    MIN_NUM_FORM_COUNT,
    TOTAL_FORM_COUNT,
)
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wiki.editing.boxes import Box
from wiki.editing.document_field import DocumentField, DocumentSelect
from wiki.editing.form_context import Rows
from wiki.editing.forms import BLANK_ROWS
from wiki.editing.page_field import PageInput
from wiki.internals.drawn_widgets import an_input, text_of

register = template.Library()
ALERT = '<svg aria-hidden="true"><use href="#alert"/></svg>'
NOTHING = mark_safe("")
APART = "\n\n\n{}\n\n"  # what has several controls stands so


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
    if isinstance(widget, DocumentSelect):
        return of_document
    if isinstance(widget, PageInput):
        return of_page
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


def of_document(field: BoundField, tells: bool, suggested: str) -> str:
    drawn = render_to_string("components/document_field.html", {"field": field, "tells": tells})
    return APART.format(drawn)


def of_page(field: BoundField, tells: bool, suggested: str) -> str:
    """The words of a name, among the propositions that they call."""
    bad = " bad" if field.errors else ""
    naming = naming_of(field.field.known.model.kind, get_language())
    return APART.format(
        f'<div class="field naming{bad}" {naming}>\n  {label_for(field, tells)}\n'
        f"  {notes_of(field)}\n  {field.as_widget()}\n</div>"
    )


@cache
def naming_of(kind: str, language: str) -> str:
    return render_to_string("components/names.html", {"kind": kind})


def a_box(field: BoundField, tells: bool, suggested: str) -> str:
    label = f'<label class="option">{field.as_widget()} {label_of(field)}</label>'
    return within(field, label, notes_of(field))


def of_one(field: BoundField, tells: bool, suggested: str) -> str:
    control = field.as_widget(attrs={"list": suggested} if suggested else None)
    return within(field, label_for(field, tells), notes_of(field), control)


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


@register.simple_tag
def blank_row(group: Rows) -> SafeString:
    """The row that the browser copies to add one: drawn once for all forms of a type in one
    language, unless it offers files, which are those of a person, or begins with what changes."""
    made = group.formset.form
    if any(isinstance(f, DocumentField) or callable(f.initial) for f in made.base_fields.values()):
        group.blank_text = group.blank_text or form_row(group.blank, group.row_label, "")
        return group.blank_text
    if made not in _blank:
        _blank[made] = form_row(group.blank, group.row_label, "")
    return _blank[made]


_blank: dict[type[BaseForm], SafeString] = {}


@register.simple_tag
def rows_told(formset: BaseFormSet) -> SafeString:
    """How many rows a list has, as Django's management form writes it."""
    blank = 0 if formset.is_bound else BLANK_ROWS
    told = {
        TOTAL_FORM_COUNT: formset.total_form_count() + blank,
        INITIAL_FORM_COUNT: formset.initial_form_count(),
        MIN_NUM_FORM_COUNT: formset.min_num,
        MAX_NUM_FORM_COUNT: formset.max_num,
    }
    names = [(f"{formset.prefix}-{name}", number) for name, number in told.items()]
    return mark_safe(
        "".join(
            f'<input type="hidden" name="{name}" value="{number}" id="id_{name}">'
            for name, number in names
        )
    )


@register.simple_tag
def blank_rows(group: Rows) -> SafeString:
    """Those that one fills without a script, below the others; a form that was sent has its own."""
    if group.formset.is_bound:
        return NOTHING
    first, blank = len(group.formset.forms), blank_row(group)
    return mark_safe("".join(of_rank(blank, first + more) for more in range(BLANK_ROWS)))


def of_rank(blank: str, rank: int) -> str:
    numbered = blank.replace("data-kb-number></span>", f"data-kb-number>{rank + 1}</span>", 1)
    return numbered.replace("__prefix__", str(rank))


@register.simple_tag
def tick_boxes(name: str, boxes: list[Box]) -> SafeString:
    """A box to tick for each page; `name`: of the rows that they are."""
    return mark_safe("".join([tick_box(text_of(name), box) for box in boxes]))


def tick_box(name: str, box: Box) -> str:
    ticked = " checked" if box.is_ticked else ""
    return (
        f'<label class="option" data-kb-line><input type="checkbox" name="{name}" '
        f'value="{text_of(box.value)}"{ticked}> {text_of(box.label)}</label>'
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


def label_for(field: BoundField, tells: bool) -> str:
    required = text_of(_("required")) if tells and field.field.required else ""
    told = f" <small>{required}</small>" if required else ""
    return f'<label for="{text_of(field.id_for_label)}">{label_of(field)}{told}</label>'


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
