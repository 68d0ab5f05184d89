"""What people wrote of a page, brought to the one form that is stored, whatever its door."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from wiki.markup import html
from wiki.pages import content
from wiki.text import characters
from wiki.text.model_fields import ChoiceListField

NEVER_READ = {"password", "file_hash"}
NO_WORD = _("Write a title with letters or numbers, that people can read and find.")


def normalise_page(page: Page) -> None:
    """Every text of a specific page in memory, and of its child rows, in its one form."""
    model = type(page)
    normalise_fields(page, content.written_fields(model))
    for name, related in content.child_relations(model).items():
        rows = list(getattr(page, name).all())
        for row in rows:
            normalise_fields(row, content.row_fields(related))
        setattr(page, name, rows)


def normalise_fields(holder: models.Model, fields: list[models.Field]) -> None:
    for field in fields:
        value = getattr(holder, field.attname, None)
        settled = normalised(field, value)
        if settled != value:
            setattr(holder, field.attname, settled)


def normalise_row(row: models.Model) -> None:
    """Every text of a row of the database in its one form, but what people never read."""
    fields = row._meta.concrete_fields
    normalise_fields(row, [field for field in fields if field.name not in NEVER_READ])


def normalised(field: models.Field, value):
    """The value of a field in its one form; what is no text stays as it is."""
    if isinstance(field, ChoiceListField) and isinstance(value, list):
        return [line for item in value if (line := characters.one_line(item))]
    if not isinstance(value, str) or isinstance(field, StreamField):
        return value
    if isinstance(field, RichTextField):
        return html.clean_until_stable(value).strip()
    if isinstance(field, models.CharField):
        return characters.one_line(value)
    return characters.lines(value) if isinstance(field, models.TextField) else value


def refuse_unreadable(page: Page) -> None:
    """Raises ValidationError on a title that nobody could read, say or search."""
    if not characters.can_be_read(page.title):
        raise ValidationError({"title": NO_WORD})


def readable_title(title: str) -> str:
    """The title in its one form; raises ValidationError as `refuse_unreadable` does."""
    if not characters.can_be_read(title):
        raise ValidationError(NO_WORD)
    return characters.one_line(title)
