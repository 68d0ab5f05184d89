"""The form of a page, made from its type: typed fields, text, child rows, and the edit.

The body is a plain text area of HTML until the editor of the next issue replaces it; what
the form carries besides — the version it was opened on and a key of its own — stays.
"""

import re
from functools import cache
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseModelFormSet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet, ClusterForm

from wiki.access import permissions
from wiki.editing.choices import CHOOSE, is_for_documents, is_of_pages, name_all
from wiki.editing.document_field import DocumentField
from wiki.editing.form_data import MOST_ROWS, is_crowded
from wiki.editing.page_field import WORDS, PageField, sent_in
from wiki.editing.page_rows import adopt_ids, forget_rows, place_typed, rows_of
from wiki.internals.bound_fields import DrawnField
from wiki.markup.nesting import is_deep
from wiki.models import WikiPage
from wiki.pages import content
from wiki.pages.normalising import readable_title
from wiki.rendering import autolinks
from wiki.text import form_fields
from wiki.text.characters import can_be_read, one_line
from wiki.text.model_fields import ChoiceListField, MinutesField, ReadLineField

FIRST = ("title", "summary")
LAST = ("licence", "review_on")
MAX_TOPICS = 12
BLANK_ROWS = 3  # below those of a list, for who has no script
LONG_LINE = 200  # characters: above, a line is a sentence
SMALL = (models.SmallIntegerField, models.PositiveSmallIntegerField)
MOST_SMALL = 32_767  # what the databases hold of them
TOPICS_APART = re.compile(r"[,;\n|]")
MOST_TAGS = 20_000  # in it: a table of 400 rows of five has some five thousand
MOST_LINKS = 2000  # those that are typed too


class RowForm(ClusterForm):
    """One row of a list of a page."""

    bound_field_class = DrawnField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def _update_errors(self, errors: ValidationError) -> None:
        """A field whose fault is told is not said to be empty too."""
        for name in self.errors.keys() & getattr(errors, "error_dict", {}).keys():
            del errors.error_dict[name]
        super()._update_errors(errors)


class RowFormSet(BaseChildFormSet):
    """The rows of a list of a page; the blank ones below them are drawn without a form each."""

    def add_fields(self, form: RowForm, index: int | None) -> None:
        """A form that is shown tells the id of its row; one that was sent looks for the row."""
        if self.is_bound:
            super().add_fields(form, index)
        else:
            form.fields["id"] = forms.Field(
                initial=form.instance.pk, required=False, widget=forms.HiddenInput
            )
            super(BaseModelFormSet, self).add_fields(form, index)


class PageForm(ClusterForm):
    """Common to all types: topics by name, what changed, and the base of the comparison."""

    topics = form_fields.LineField(
        label=_("Topics"),
        required=False,
        max_length=400,
        help_text=_("A few words separated by commas: passwords, seniors."),
    )
    edit_summary = form_fields.LineField(
        label=_("What did you change?"),
        required=False,
        max_length=200,
        help_text=_("Optional. A few words for the history."),
    )
    minor = forms.BooleanField(label=_("Small correction (a typo, a blank)"), required=False)
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    bound_field_class = DrawnField

    def __init__(self, *args, user=None, **kwargs):
        self.rows_before = rows_of(kwargs["instance"])
        if args and args[0] is not None:
            forget_rows(kwargs["instance"])
        super().__init__(*args, **kwargs)
        self.crowded = self.is_bound and is_crowded(self.data, self.instance)
        self.user = user
        self.fields["title"].label = self.instance.title_label
        for name, hint in {"title": "", **self.instance.hints}.items():
            self.fields[name].help_text = hint
        self.fields["key"].initial = uuid4
        if self.instance.pk and not permissions.can_retitle(user, self.instance):
            self.fields["title"].disabled = True
        if self.instance.pk:
            self.fields["topics"].initial = ", ".join(self.instance.topic_names)
        for formset in self.formsets.values():
            if self.is_bound:
                formset.forms.sort(key=place_typed)
            say_what_rows_lack(formset)
        self.files = name_all(self, user, self.rows_before)
        for name, (choice, _below) in self.instance.ticked_rows.items():
            each_once(self.formsets[name], choice)

    def blank_row(self, formset):
        """The row that the browser copies to add one; it offers what the others do."""
        row = formset.empty_form
        for field in row.fields.values():
            if isinstance(field, DocumentField):
                field.know(self.files, None)
        return row

    def refuse_files(self, refused: dict[str, str]) -> None:
        """Tell of the files that were sent and not kept, by the name of their field."""
        rows = (row for formset in self.formsets.values() for row in formset.forms)
        for form in [self, *rows]:
            for name, field in form.fields.items():
                if isinstance(field, DocumentField):
                    field.refused = refused.get(form.add_prefix(name), "")

    def _clean_fields(self) -> None:
        super()._clean_fields()
        name = self.instance.wordings_field
        before = str(self.initial.get(name) or "").splitlines()
        typed = str(self.cleaned_data.get(name) or "").splitlines()
        if any(len(line) > form_fields.LONGEST_WORDING for line in set(typed) - set(before)):
            self.add_error(name, _("One of these lines is too long: a wording is one sentence."))

    def clean(self) -> dict:
        """What nobody touched stays stored as it was, though it can be written otherwise."""
        cleaned = super().clean()
        if self.crowded:
            raise ValidationError(
                _(
                    "The lists of this page have more than %(most)s lines: the first %(most)s are "
                    "here. Go back to the screen before to find the others, and put them in "
                    "another page."
                ),
                params={"most": MOST_ROWS},
            )
        for name in cleaned.keys() & self.initial.keys():
            field, before = self.fields[name], self.initial[name]
            is_read = isinstance(field, form_fields.ReadField) and before
            if is_read and field.is_as_shown(before, self[name].data):
                cleaned[name] = before
        return cleaned

    def clean_topics(self) -> list[str]:
        pieces = TOPICS_APART.split(self.cleaned_data["topics"])
        names = [one_line(name)[:80].strip() for name in pieces]
        wanted = list(dict.fromkeys(name for name in names if name))
        wordless = next((name for name in wanted if not can_be_read(name)), None)
        if wordless:
            message = _("“%(name)s” is not a word. Write a topic with letters.")
            raise ValidationError(message, params={"name": wordless})
        if len(wanted) > MAX_TOPICS:
            raise ValidationError(_("Keep at most 12 topics: the main ones."))
        return wanted

    def clean_title(self) -> str:
        return readable_title(self.cleaned_data["title"])

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if is_deep(body):
            raise ValidationError(
                _(
                    "This text holds too many lists, tables or frames inside each other. Take "
                    "some out, or copy the words alone."
                )
            )
        if body.count("<") > MOST_TAGS:
            raise ValidationError(_("This text is very long. Share it between two pages."))
        if autolinks.most_links(body) > MOST_LINKS:
            raise ValidationError(_("This text holds too many links. Share it between two pages."))
        return body

    def refuse(self, error: ValidationError) -> None:
        """Show what the page itself refused, beside its field when the form has it."""
        for name, messages in errors_by_field(error).items():
            self.add_error(name if name in self.fields else None, messages)

    def _update_errors(self, errors: ValidationError) -> None:
        """Django would stop at a fault of a field that no form has, such as the address."""
        self.refuse(errors)

    def filled(self) -> WikiPage:
        """The page in memory as the valid form has it, ready for the publishing door."""
        page = self.save(commit=False)
        for name, before in self.rows_before.items():
            adopt_ids(getattr(page, name).all(), before)
        page.set_topics(self.cleaned_data["topics"])
        return page

    @property
    def sections(self):
        """Bound fields in the order people fill them; the text stands apart."""
        leading = self.instance.leading_fields
        names = ["title", *leading, "summary", *content.own_fields(type(self.instance))]
        return [self[name] for name in dict.fromkeys(names) if name in self.fields]

    @property
    def fields_below_rows(self) -> set[str]:
        """Those that complete a list of boxes stand under it."""
        return {below for _choice, below in self.instance.ticked_rows.values()}

    @property
    def first_fields(self):
        """What nearly every page of the type fills."""
        others = {*self.instance.seldom_fields, *self.fields_below_rows}
        return [field for field in self.sections if field.name not in others]

    @property
    def seldom_fields(self):
        return [self[name] for name in self.instance.seldom_fields if name in self.fields]

    @property
    def shows_seldom(self) -> bool:
        """Fields seldom filled are unfolded when one of them is wrong."""
        return any(field.errors for field in self.seldom_fields)

    @property
    def seldom_told(self) -> list[str]:
        """The names of those that hold something, of all when none does."""
        filled = [one.label for one in self.seldom_fields if form_fields.is_filled(one)]
        return filled or [one.label for one in self.seldom_fields]

    @property
    def settings(self):
        return [self[name] for name in ("topics", *LAST) if name in self.fields]

    @property
    def last_fields(self):
        return [self[name] for name in LAST if name in self.fields]

    @property
    def shows_last(self) -> bool:
        return any(field.errors for field in self.last_fields) or bool(self["review_on"].value())


def each_once(formset, choice: str) -> None:
    """A box that is ticked and the same page that is typed are one row; one control stands for
    all rows."""
    kept = {}
    for rank, row in enumerate(formset.forms):
        row.fields[choice].widget.attrs["id"] = f"id_{formset.prefix}{WORDS}"
        page = row.fields[choice].page_of(sent_in(row, choice))
        kept.setdefault(page.pk if page else f"row {rank}", row)
    formset.forms[:] = kept.values()


def say_what_rows_lack(formset) -> None:
    for field in (field for row in formset.forms for field in row.fields.values()):
        field.error_messages["required"] = _("Fill this in, or remove the line.")


def errors_by_field(error: ValidationError) -> dict:
    return error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}


def control(db_field: models.Field, **kwargs):
    """Form fields with controls that phones know: dates, hours, telephone, addresses."""
    if isinstance(db_field, models.DateField):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        kwargs.update(widget=widget, form_class=form_fields.DateField)
    elif isinstance(db_field, models.TimeField):
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        kwargs.update(widget=widget, form_class=form_fields.TimeField)
    elif isinstance(db_field, models.URLField):
        kwargs.update(form_class=form_fields.SiteField)
    elif isinstance(db_field, models.EmailField):
        kwargs.update(form_class=form_fields.MailField)
    elif is_for_documents(db_field):
        kwargs.update(form_class=DocumentField)
    elif is_of_pages(db_field):
        kwargs.update(form_class=PageField)
    elif isinstance(db_field, models.IntegerField) and not db_field.choices:
        kwargs.update(**whole(db_field))
    elif isinstance(db_field, ReadLineField | ChoiceListField):
        pass  # they know their own control
    elif isinstance(db_field, models.TextField) and not db_field.choices:
        most = form_fields.LONGEST_BODY if db_field.name == "body" else form_fields.LONGEST_LINES
        kwargs.update(form_class=form_fields.LinesField, most=most)
        rows = 16 if db_field.name == "body" else 3
        kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
    elif isinstance(db_field, models.CharField) and not db_field.choices:
        kwargs["form_class"] = form_fields.LineField
        if db_field.name == "summary":
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
    field = db_field.formfield(**kwargs)
    say_choose(field)
    return field


def control_of_row(db_field: models.Field, **kwargs):
    """In a row, where room is small, a sentence is seen whole: its control has several lines."""
    field = control(db_field, **kwargs)
    if isinstance(field, form_fields.LineField) and db_field.max_length > LONG_LINE:
        field.widget = forms.Textarea(attrs={"rows": 2, **field.widget.attrs})
    return field


def say_choose(field: forms.Field | None) -> None:
    """The choice that is none yet says what to do; Django draws it as nine hyphens."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = field.empty_label and CHOOSE
    elif isinstance(field, forms.TypedChoiceField):
        field.choices = [(value, label if value else CHOOSE) for value, label in field.choices]


def whole(db_field: models.IntegerField) -> dict:
    """Of a whole number; durations know their own control."""
    most = MOST_SMALL if isinstance(db_field, SMALL) else None
    own = {} if isinstance(db_field, MinutesField) else {"form_class": form_fields.WholeField}
    return {**own, "max_value": most}


def form_class(model: type[WikiPage]) -> type[PageForm]:
    """The form of one page type, with a formset for each of its child relations; its words are
    those of the language of today."""
    return _form_class(model, get_language())


@cache
def _form_class(model: type[WikiPage], language: str) -> type[PageForm]:
    names = [field.name for field in content.written_fields(model)]
    rows = {
        name: {
            "form": RowForm,
            "formset": RowFormSet,
            "extra": 0,
            "fields": [field.name for field in content.row_fields(related)],
            "formfield_callback": control_of_row,
        }
        for name, related in content.child_relations(model).items()
    }
    meta = type(
        "Meta",
        (),
        {"model": model, "fields": names, "formsets": rows, "formfield_callback": control},
    )
    made = type(f"{model.__name__}Form", (PageForm,), {"Meta": meta})
    for one in (made, *(formset.form for formset in made.formsets.values())):
        one.base_fields = {
            name: form_fields.in_words(field) for name, field in one.base_fields.items()
        }
    return made
