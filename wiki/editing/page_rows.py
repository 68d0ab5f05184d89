"""The child rows of a page, as its form finds them, forgets them, and puts them back."""

from functools import cache
from math import inf

from django import forms

from wiki.internals.compiled import Compiled
from wiki.internals.page_relations import is_held
from wiki.models import WikiPage
from wiki.pages import content


def rows_of(page: WikiPage) -> dict[str, list]:
    """The child rows of a page by relation, which it holds from then on: its form reads them
    once."""
    names = content.child_relations(type(page))
    if page.pk:
        for name in names:
            if not is_held(page, name):
                setattr(page, name, _stored(type(page), name)(page.pk))
    return {name: list(getattr(page, name).all()) for name in names}


@cache
def _stored(model: type[WikiPage], name: str) -> Compiled:
    related = content.child_relations(model)[name]
    return Compiled(lambda pk: related.objects.filter(page_id=pk))


def forget_rows(page: WikiPage) -> None:
    """In memory only: the rows of a form that was sent are those that were typed."""
    for name in content.child_relations(type(page)):
        setattr(page, name, [])


def place_typed(row: forms.Form) -> float:
    """Where its writer put a row among the others; those without a place come last."""
    typed = row.data.get(row.add_prefix("ORDER"), "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else inf


def adopt_ids(rows, before: list) -> None:
    """Rows take the ids of those they stand for, in order: the tables change little."""
    for row, old in zip(rows, before, strict=False):
        row.pk = old.pk
