"""What the fields of a form name: pages and documents, as a person may read them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from wiki.editing.document_field import KnownFiles, name_documents
from wiki.editing.page_field import PageField, name_pages, sent_in
from wiki.models import WikiPage

CHOOSE = _("Choose")


def name_all(form, user, rows_before: dict[str, list]) -> KnownFiles:
    """What the fields of a form and of its rows name is read at once, whatever their number.

    Gives the documents that the form knows, for the rows that are still to come.
    """
    rows = [row for formset in form.formsets.values() for row in formset.forms]
    fields = [
        (field, sent_in(holder, name))
        for holder in [form, *rows]
        for name, field in holder.fields.items()
        if isinstance(field, PageField)
    ]
    held = [form.instance, *(row for before in rows_before.values() for row in before)]
    name_pages(fields, user, {pk for one in held for pk in named_by(one, is_of_pages)})
    present = {pk for one in held for pk in named_by(one, is_for_documents)}
    return name_documents([form, *rows], user, present)


def named_by(holder: models.Model, is_such) -> set[int]:
    """The ids that a page, or one of its rows, holds in its fields of such a sort."""
    fields = (field for field in holder._meta.concrete_fields if is_such(field))
    return {pk for field in fields if (pk := getattr(holder, field.attname))}


def is_of_pages(field: models.Field) -> bool:
    return field.many_to_one and issubclass(field.related_model, WikiPage)


def is_for_documents(field: models.Field) -> bool:
    return field.many_to_one and issubclass(field.related_model, AbstractDocument)
