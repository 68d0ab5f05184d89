"""What a version holds of a page: its written fields and child rows, and back again.

The published page that readers see is built from its newest version (see
docs/decisions/0003), so that a reading page costs one query however many child rows.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, time
from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations, get_field_value
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from wiki.markup import html, sections
from wiki.models.topics import Topic
from wiki.text import clock
from wiki.text.days import date_format
from wiki.text.model_fields import ChoiceListField, MinutesField, ReadLineField
from wiki.text.numbers import in_french

COMMON_FIELDS = {"title", "summary", "body", "licence", "review_on"}
OUTSIDE = {"search_description", "page_ptr"}
TOPICS = "topics"


@cache
def written_fields(model: type[Page]) -> list[models.Field]:
    """The fields that people write: the title, then the type's own ones in order."""
    inherited = {field.name for field in Page._meta.get_fields()}
    own = [
        field
        for field in model._meta.concrete_fields
        if field.name not in inherited and field.name not in OUTSIDE
    ]
    return [model._meta.get_field("title"), *own]


@cache
def child_relations(model: type[Page]) -> dict[str, type[models.Model]]:
    """Accessor names and models of the type's own child rows."""
    inherited = {relation.get_accessor_name() for relation in get_all_child_relations(Page)}
    relations = get_all_child_relations(model)
    return {
        relation.get_accessor_name(): relation.related_model
        for relation in relations
        if relation.get_accessor_name() not in inherited
    }


@cache
def row_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields of a child row that people write."""
    return [f for f in model._meta.concrete_fields if f.name not in {"id", "page", "sort_order"}]


def number_rows(page: Page) -> None:
    """Write on the child rows their rank: without it PostgreSQL gives them in any order."""
    for name in child_relations(type(page)):
        rows = list(getattr(page, name).all())
        for rank, row in enumerate(rows):
            row.sort_order = rank
        setattr(page, name, rows)


def content_of(page: Page) -> dict:
    """The written content of a specific page as JSON-like data; equal contents are equal."""
    content = {field.name: stored(field, page) for field in written_fields(type(page))}
    for name, model in child_relations(type(page)).items():
        fields = row_fields(model)
        content[name] = [
            {field.name: stored(field, row) for field in fields}
            for row in getattr(page, name).all()
        ]
    content[TOPICS] = _topic_names(page)
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def digest_of(page: Page) -> str:
    """SHA-256, in hexadecimal, of the written content of a specific page in memory."""
    return hashlib.sha256(json.dumps(content_of(page), sort_keys=True).encode()).hexdigest()


def stored(field: models.Field, holder: models.Model):
    """The value of a field as a version holds it."""
    value = get_field_value(field, holder)
    if isinstance(field, StreamField):  # PostgreSQL puts the keys of JSON in an order of its own
        return json.dumps(json.loads(value or "[]"), sort_keys=True)
    return value


def _topic_names(page: Page) -> list[str]:
    """In one order whatever the database; no query when the page holds its topics."""
    ids = {link.topic_id for link in page.topic_links.all()}
    known = {topic.pk: topic.name for topic in getattr(page, "topics", [])}
    if ids != known.keys():
        known = dict(Topic.objects.filter(pk__in=ids).values_list("pk", "name"))
    return sorted(known.values())


def page_with(page: Page, content: dict) -> Page:
    """A specific page, not to be saved, holding this content at the place of `page`.

    Unknown keys are passed over and missing ones take the field's default, so that old
    versions outlive changes of the models. Costs no query.
    """
    model = page.specific_class or type(page)
    data = {key: value for key, value in content.items() if key != TOPICS}
    for name in child_relations(model):
        rows = data.get(name, [])
        data[name] = [{**row, "pk": None, "page": page.pk} for row in rows]
    built = model.from_serializable_data({**data, "pk": page.pk}, check_fks=False)
    for field in Page._meta.concrete_fields:
        if field.name not in content:
            setattr(built, field.attname, getattr(page, field.attname))
    return built


def fill(page: Page, content: dict) -> None:
    """Put this content on a specific page of the database, in memory, ready to be published.

    Topics are made when they are new. Rows and pages that a value names but that exist no
    more are left out.
    """
    for field in written_fields(type(page)):
        if field.name in content:
            setattr(page, field.attname, _value(field, content[field.name]))
    page.draft_title = page.title
    for name, model in child_relations(type(page)).items():
        if name in content:
            _fill_rows(page, name, model, content[name])
    if TOPICS in content:
        page.set_topics(content[TOPICS])


def _fill_rows(page: Page, name: str, model: type[models.Model], rows: list[dict]) -> None:
    """Rows keep their ids in order, so that the tables change as little as may be."""
    known = [row.pk for row in getattr(page, name).all()]
    ids = [*known, *(None for _row in rows)]
    fields = row_fields(model)
    filled = [
        model(pk=pk, **{field.attname: _value(field, row.get(field.name)) for field in fields})
        for pk, row in zip(ids, rows, strict=False)
    ]
    setattr(page, name, filled)


def _value(field: models.Field, value):
    if field.many_to_one:
        exists = value and field.related_model._default_manager.filter(pk=value).exists()
        return value if exists else None
    if value is None and not field.null:
        return field.get_default()
    return field.to_python(value)


def lines(page: Page, name: str, names_of=None) -> list[str]:
    """A written field or child relation of a page as readable lines of text."""
    relations = child_relations(type(page))
    if name in relations:
        return [_row_line(row, names_of) for row in getattr(page, name).all()]
    field = page._meta.get_field(name)
    return [line for line in readable(field, page, names_of).splitlines() if line.strip()]


def _row_line(row: models.Model, names_of) -> str:
    values = (readable(field, row, names_of) for field in row_fields(type(row)))
    return " — ".join(value for value in values if value)


def readable(field: models.Field, holder: models.Model, names_of=None) -> str:
    """A field's value as the text that readers and versions compare.

    `names_of(model, id)` says how a related row is called for this reader; without it
    related rows are left out.
    """
    value = field.value_from_object(holder)
    if value in (None, "", []):
        return ""
    if isinstance(field, ChoiceListField):
        return ", ".join(field.labels(value) or value)
    if field.many_to_one:
        return names_of(field.related_model, value) if names_of else ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, StreamField):
        return "\n".join(_block_lines(value, names_of))
    return _as_text(field, value)


def not_available() -> str:
    """What `names_of` says of a row that its reader may not know."""
    return _("(not available)")


def _block_lines(value, names_of) -> Iterator[str]:
    """A block that leads to a page which this reader may not know is left out whole."""
    for block in value:
        parts = list(block.value.values()) if isinstance(block.value, dict) else [block.value]
        pages = [part for part in parts if isinstance(part, Page)]
        names = [names_of(Page, page.pk) for page in pages] if names_of else [not_available()]
        if not pages or not_available() not in names:
            yield from names if pages else ()
            yield from (strip_tags(str(p)) for p in parts if p and not isinstance(p, Page))


def _as_text(field: models.Field, value) -> str:
    if isinstance(field, ReadLineField):
        return field.said(value)
    if isinstance(field, RichTextField):
        return html.plain_text(value)
    if isinstance(field, MinutesField):
        return clock.duration(value)
    if isinstance(value, float):
        return in_french(value)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, time):
        return clock.clock(value)
    if isinstance(field, models.BooleanField):
        return str(field.verbose_name) if value else ""
    return str(value)


def full_text(page: Page) -> str:
    """All that people wrote on a page, as plain text: for its size."""
    return _text_of(page, lines)


def shown_text(page: Page) -> str:
    """All that readers see of what was written, as plain text: for the search."""
    return _text_of(page, _shown_lines)


def _shown_lines(page: Page, name: str) -> list[str]:
    if name == "body":
        return sections.shown_text(page.body).splitlines()
    return lines(page, name)


def _text_of(page: Page, lines_of) -> str:
    names = [field.name for field in written_fields(type(page))]
    hidden = {"licence", "review_on", *getattr(page, "for_machines", ())}
    parts = [
        "\n".join(lines_of(page, name))
        for name in [*names, *child_relations(type(page))]
        if name not in hidden
    ]
    return "\n".join(part for part in parts if part)


def label_of(model: type[Page], name: str) -> str:
    """How a field or a child relation is called in forms and differences."""
    relation = child_relations(model).get(name)
    if relation:
        return str(relation._meta.verbose_name_plural)
    try:
        return str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name


def own_fields(model: type[Page]) -> list[str]:
    """The fields that people write in this type alone, in the order of the model."""
    return [f.name for f in written_fields(model) if f.name not in COMMON_FIELDS]
