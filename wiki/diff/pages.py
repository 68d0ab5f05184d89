"""The difference of two pages, as one reader may know them."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField
from wagtail.models import Page

from wiki.access.files import readable_documents
from wiki.access.visibility import visible_to
from wiki.diff.parsing import Targets, TextBlock, text_blocks
from wiki.diff.rows import MOST_TOLD, BlockChange, compare, only_values
from wiki.markup import html
from wiki.pages import content


@dataclass
class Difference:
    changes: list[BlockChange]
    unchanged: int  # blocks of the text that are the same in both versions

    @property
    def shown(self) -> list[BlockChange]:
        return self.changes[:MOST_TOLD]

    @property
    def left_out(self) -> int:
        return len(self.changes) - len(self.shown)


def difference(old: Page, new: Page, user) -> Difference:
    """Between two specific pages in memory, as this reader may know them."""
    changes: list[BlockChange] = []
    model, names_of = type(new), names_for(user)
    bodies = [f.name for f in content.written_fields(model) if isinstance(f, RichTextField)]
    for name in _compared(model):
        changes += field_changes(old, new, name, names_of)
    changes += only_values(_topics(old), _topics(new))[0]
    unchanged = 0
    for name in bodies:
        texts = getattr(old, name), getattr(new, name)
        rows, same = body_changes(*texts, reader_of(user, *texts))
        changes, unchanged = changes + rows, unchanged + same
    return Difference(changes, unchanged)


def _topics(page: Page) -> list[TextBlock]:
    names = getattr(page, "topic_names", [])
    said = ", ".join(names)
    values = (("", json.dumps(names), said),)
    return [TextBlock(said, _in(_("Topics")), values=values)] if names else []


def _in(label: str) -> str:
    return _("in “%(name)s”") % {"name": label}


def _compared(model) -> list[str]:
    fields = content.written_fields(model)
    names = [field.name for field in fields if not isinstance(field, RichTextField)]
    return [*names, *content.child_relations(model)]


# Bodies


def reader_of(user, *bodies: str) -> Callable[[str], list[TextBlock]]:
    """Gives the blocks of each of these bodies, as this person may know what they link to;
    a body is read once, however often it is asked for."""
    targets = cache(lambda: targets_of(user, *bodies))
    return cache(lambda body: text_blocks(body, targets()))


def body_changes(old: str, new: str, read: Callable) -> tuple[list[BlockChange], int]:
    """`read`: see `reader_of`; also gives how many blocks are the same in both."""
    if old == new:
        return [], len(text_blocks(old))
    rows, same = compare(read(old), read(new))
    if not rows:
        said = _("Only blanks, or the way it is stored: it reads the same")
        rows = [BlockChange(_("in the text"), "modified", notes=[said])]
    return rows, same


def names_for(user):
    """How related rows are called for one reader; pages they may not read stay unnamed."""

    def name(model, pk) -> str:
        rows = model.objects.filter(pk=pk)
        row = (visible_to(user, rows) if issubclass(model, Page) else rows).first()
        if row is None and model is get_document_model():
            return _("(deleted file)")
        return str(row) if row else content.not_available()

    return name


def targets_of(user, *bodies: str) -> Targets:
    named = documents_linked(user, *bodies)
    return Targets(titles_linked(user, *bodies), named, deleted_among(bodies, named))


def titles_linked(user, *bodies: str) -> dict[str, str]:
    """Titles of the pages that bodies link to, those that this reader may read, by id."""
    ids = _linked("page", bodies)
    pages = visible_to(user, Page.objects.filter(pk__in=ids)) if ids else []
    return {str(page.pk): page.title for page in pages}


def documents_linked(user, *bodies: str) -> dict[str, str]:
    """Titles of the documents that bodies link to, those that this reader may read, by id."""
    ids = _linked("document", bodies)
    documents = get_document_model().objects.filter(pk__in=ids)
    found = readable_documents(user, documents) if ids else []
    return {str(document.pk): document.title for document in found}


def deleted_among(bodies: Iterable[str], known: Iterable[str]) -> set[str]:
    """Ids of the documents that bodies link to and that are no more, besides the known ones."""
    ids = _linked("document", bodies) - {int(pk) for pk in known}
    there = get_document_model().objects.filter(pk__in=ids).values_list("pk", flat=True)
    return {str(pk) for pk in ids.difference(there)} if ids else set()


def _linked(kind: str, bodies: Iterable[str]) -> set[int]:
    """Ids; most bodies name no such link, and need not be read to know it."""
    naming = [body for body in bodies if "linktype" in body and kind in body]
    links = [a for body in naming for a in html.fragment(body).iter("a")]
    return {int(a.get("id")) for a in links if a.get("linktype") == kind and a.get("id")}


# Fields and child rows


def field_changes(old: Page, new: Page, name: str, names_of) -> list[BlockChange]:
    """One row at least when what is stored differs, whatever its lines say."""
    before, after = (_lines(page, name, names_of) for page in (old, new))
    rows = name in content.child_relations(type(new))
    changes = (compare if rows else only_values)(before, after)[0]
    if not changes and _stored_field(old, name) != _stored_field(new, name):
        said = _("Only blanks, or the way it is stored: it reads the same")
        changes = [BlockChange(_in(content.label_of(type(new), name)), "modified", notes=[said])]
    return changes


def _lines(page: Page, name: str, names_of) -> list[TextBlock]:
    label = content.label_of(type(page), name)
    lines = content.lines(page, name, names_of)
    values = _values(page, name, names_of)
    return [
        TextBlock(
            line or _("[empty line]"),
            _in(label) if len(lines) == 1 else _line_of(label, rank),
            values=values[rank - 1] if values else (),
        )
        for rank, line in enumerate(lines, start=1)
    ]


def _line_of(label: str, rank: int) -> str:
    return _("in “%(name)s” · line %(rank)s") % {"name": label, "rank": rank}


def _values(page: Page, name: str, names_of) -> list[tuple]:
    """(label, stored, readable) of the fields of each child row; of a field, what is stored."""
    relations = content.child_relations(type(page))
    if name not in relations:
        return []
    fields = content.row_fields(relations[name])
    return [
        tuple(
            (
                str(getattr(field, "verbose_name", field.name)),
                _stored(field, row),
                content.readable(field, row, names_of),
            )
            for field in fields
        )
        for row in getattr(page, name).all()
    ]


def _stored_field(page: Page, name: str) -> str | list:
    relations = content.child_relations(type(page))
    if name not in relations:
        return _stored(page._meta.get_field(name), page)
    fields = content.row_fields(relations[name])
    return [[_stored(field, row) for field in fields] for row in getattr(page, name).all()]


def _stored(field: models.Field, holder: models.Model) -> str:
    return json.dumps(content.stored(field, holder), cls=DjangoJSONEncoder)
