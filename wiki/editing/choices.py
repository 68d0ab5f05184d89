"""What the fields of a form offer to a person: rows of the database that they may read."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from wiki.access.files import readable_documents
from wiki.editing.page_field import PageField, name_pages, sent_in
from wiki.media.file_labels import said_of_document
from wiki.models import WikiPage
from wiki.text.form_fields import DocumentField, only_keys
from wiki.text.french_order import in_french

CHOOSE = _("Choose")


def narrow_all(form, user, holders: list) -> None:
    for name, field in form.fields.items():
        if is_a_choice(name, field):
            present = {getattr(holder, f"{name}_id", None) for holder in holders}
            narrow(field, user, present - {None})


def narrow_rows(formset, user, holders: list) -> None:
    """What the rows of a list offer is read once, not for each of them."""
    offers: dict[str, Offer] = {}
    for row in formset.forms:
        for name, field in row.fields.items():
            if is_a_choice(name, field):
                if name not in offers:
                    present = {getattr(holder, f"{name}_id", None) for holder in holders}
                    narrow(field, user, present - {None})
                    offers[name] = Offer(field)
                offers[name].give(field)


def is_a_choice(name: str, field: forms.Field) -> bool:
    """One among rows that are all offered; pages are named."""
    is_among_rows = isinstance(field, forms.ModelChoiceField) and name not in {"page", "id"}
    return is_among_rows and not isinstance(field, PageField)


def name_all(form, user, rows_before: dict[str, list]) -> None:
    """What the fields of a form and of its rows name is read at once, whatever their number."""
    rows = [row for formset in form.formsets.values() for row in formset.forms]
    fields = [
        (field, sent_in(holder, name))
        for holder in [form, *rows]
        for name, field in holder.fields.items()
        if isinstance(field, PageField)
    ]
    held = [form.instance, *(row for before in rows_before.values() for row in before)]
    name_pages(fields, user, {pk for one in held for pk in named_by(one)})


def named_by(holder: models.Model) -> set[int]:
    """The ids of pages that a page, or one of its rows, holds in its fields."""
    fields = (field for field in holder._meta.concrete_fields if is_of_pages(field))
    return {pk for field in fields if (pk := getattr(holder, field.attname))}


def is_of_pages(field: models.Field) -> bool:
    return field.many_to_one and issubclass(field.related_model, WikiPage)


class Offer:
    """The rows of a database that a field offers, and how each is called."""

    def __init__(self, field: forms.ModelChoiceField):
        self.rows = {str(row.pk): row for row in field.queryset}
        self.choices = list(field.choices)
        self.closed = getattr(field, "closed", frozenset())

    def give(self, field: forms.ModelChoiceField) -> None:
        field.choices = self.choices
        if isinstance(field, DocumentField):
            field.known, field.closed = self.rows, self.closed
        field.to_python = lambda value: self.read(field, value)

    def read(self, field: forms.ModelChoiceField, value):
        if value in field.empty_values:
            return None
        row = self.rows.get(str(getattr(value, "pk", value)))
        if row is None:
            message = field.error_messages["invalid_choice"]
            raise ValidationError(message, code="invalid_choice", params={"value": value})
        return row


def narrow(field: forms.ModelChoiceField, user, present: set[int]) -> None:
    """Offer readable rows; a present value stays, unnamed when this person may not read it."""
    only_keys(field)
    readable = readable_choices(user, field.queryset)
    closed = present - set(readable.filter(pk__in=present).values_list("pk", flat=True))
    if isinstance(field, DocumentField):
        field.label_from_instance, field.closed = said_of_document, frozenset(closed)
    if not closed:
        field.queryset = readable
        return
    rows = field.queryset.model._default_manager
    field.queryset = rows.filter(Q(pk__in=readable.values("pk")) | Q(pk__in=closed))
    named = field.label_from_instance
    field.label_from_instance = lambda row: _("(not available)") if row.pk in closed else named(row)


def readable_choices(user, rows: models.QuerySet) -> models.QuerySet:
    if issubclass(rows.model, AbstractDocument):
        return readable_documents(user, rows).order_by(in_french("title"))
    return rows
