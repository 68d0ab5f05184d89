"""What somebody else published of a page while one writes in it: told, and taken on request."""

from dataclasses import dataclass, field

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki.editing.document_field import DocumentField
from wiki.editing.form_data import completed
from wiki.editing.forms import form_class
from wiki.editing.page_field import PageField
from wiki.models import Version
from wiki.pages import content
from wiki.publishing.publishing import brought_together
from wiki.text.clock import clock
from wiki.text.numbers import whole_number


def since(page: Page, data: QueryDict) -> dict:
    """`number` of the newest version that others made since the form was opened, and `said`;
    empty when there is none."""
    base = whole_number(data.get("base"))
    versions = Version.objects.filter(page_id=page.pk, number__gt=base) if base else None
    newest = versions and versions.without_content().order_by("-number").first()
    if not newest or newest.origin == Version.Origin.OPENING:
        return {}
    told = {"name": newest.signature, "time": clock(timezone.localtime(newest.created_at).time())}
    return {"number": newest.number, "said": _("%(name)s published this page at %(time)s.") % told}


@dataclass
class Taken:
    """`values` of the controls of the form, by their names; `rows`: lists of it changed too, or
    its file, which only the whole form shows; `conflicts`: how many passages somebody must choose
    in."""

    base: int = 0
    values: dict = field(default_factory=dict)
    rows: bool = False
    conflicts: int = 0
    fault: bool = False


def taken(page: Page, data: QueryDict, user) -> Taken:
    """What the form would hold with what others published put in it; nothing is written.

    Where both changed the same passage nothing is taken: it is chosen when one publishes.
    """
    model = type(page)
    form = form_class(model)(completed(data, page), instance=page, user=user)
    if not form.is_valid():
        return Taken(fault=True)
    with transaction.atomic():
        filled = form.filled()
        transaction.set_rollback(True)  # new topics come with the publication
    mine = content.content_of(filled)
    merged, newest = brought_together(filled, form.cleaned_data["base"] or 0, user)
    if merged.conflicts:
        return Taken(conflicts=len(merged.conflicts))
    both = merged.content
    drawn = [*content.child_relations(model), *_of_documents(form)]
    rows = any(both.get(name) != mine.get(name) for name in drawn)
    return Taken(newest.number, _values(form, page, both, user), rows)


def _of_documents(form) -> list[str]:
    """Their select offers a few files: another one comes with the whole form."""
    return [name for name, field in form.fields.items() if isinstance(field, DocumentField)]


def _values(form, page: Page, text: dict, user) -> dict:
    """As a browser would find them in the form of a page that holds this text."""
    held = content.page_with(page, text)
    opened = form_class(type(page))(None, instance=held, user=user)
    names = [
        field.name for field in content.written_fields(type(page)) if field.name in form.fields
    ]
    names = [name for name in names if name not in _of_documents(form)]
    values = {}
    for name in names:
        values |= _shown(opened[name])
    return {**values, "topics": ", ".join(text[content.TOPICS])}


def _shown(bound) -> dict:
    if isinstance(bound.field, PageField):
        return bound.field.widget.controls(bound.html_name, bound.value())
    return {bound.html_name: _text(bound)}


def _text(bound):
    value = bound.value()
    if isinstance(value, list):
        return [str(one) for one in value]
    shown = bound.field.widget.format_value(value)
    shown = shown[0] if isinstance(shown, list) and shown else shown  # of a choice among several
    return str(shown or "")
