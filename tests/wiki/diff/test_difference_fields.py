"""Every field and row that people write: nothing differs only when the contents are equal."""

import copy
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models
from wagtail.fields import RichTextField

from wiki.diff import difference
from wiki.history.views import held
from wiki.pages import content, kinds
from wiki.text.model_fields import ChoiceListField

pytestmark = pytest.mark.django_db


def values_of(field: models.Field) -> list:
    """Values that the field may hold, some of which read alike."""
    for kinds_of_field, values in VALUES:
        if isinstance(field, kinds_of_field):
            return values
    raise AssertionError(f"No value known for {field!r}")


TEXTS = ["", "un", "deux", "un ", "10 €", "10\u00a0€", "u\u200bn"]
VALUES = [
    (RichTextField, ["", "<p>un</p>", "<p>10\u00a0€</p>", "<p>10 €</p>", "<p>un</p>\n"]),
    (ChoiceListField, ["", "|a|", "|a|b|", "|ab|", "|b|a|"]),
    (models.BooleanField, [False, True]),
    (models.DateField, [None, "2026-01-02", "2026-01-03"]),
    (models.TimeField, [None, "09:00:00", "09:00:30"]),
    (models.DecimalField, ["0.1", "0.2", None]),
    (models.IntegerField, [None, 1, 2]),
    (models.FloatField, [None, 1.5, 2.5]),
    (models.ForeignKey, [None, 999_998, 999_999]),
    (models.TextField, [*TEXTS, "un\ndeux", "un\n\ndeux", "deux\nun"]),
    (models.CharField, TEXTS),
]
MODELS = sorted(kinds.all_kinds().values(), key=lambda model: model.__name__)


def every_place() -> list:
    """(page type, child relation or nothing, field)."""
    places = [(m, "", field) for m in MODELS for field in content.written_fields(m)]
    for model in MODELS:
        for name, row in content.child_relations(model).items():
            places += [(model, name, field) for field in content.row_fields(row)]
    return places


def pages_with(model, relation: str, field: models.Field) -> list:
    """A page of this type for each value of the field."""
    empty = content.content_of(model(title="Titre", slug="titre"))
    pages = []
    for value in values_of(field):
        data = copy.deepcopy(empty)
        (data.setdefault(relation, []).append if relation else data.update)({field.name: value})
        pages.append(held(model(title="Titre", slug="titre"), data))
    return pages


@pytest.mark.sampled(every=6)
@pytest.mark.parametrize(
    ("model", "relation", "field"),
    every_place(),
    ids=lambda part: getattr(part, "name", getattr(part, "__name__", part)),
)
def test_nothing_differs_only_when_the_fields_are_equal(model, relation, field):
    pages = pages_with(model, relation, field)
    for old in pages:
        for new in pages:
            rows = difference(old, new, AnonymousUser()).changes
            equal = stored(old, relation, field) == stored(new, relation, field)
            assert bool(rows) != equal, (stored(old, relation, field), stored(new, relation, field))
            assert all(row.notes or "<ins>" in row.text or "<del>" in row.text for row in rows)


def stored(page, relation: str, field: models.Field):
    holders = getattr(page, relation).all() if relation else [page]
    found = [content.stored(field, holder) for holder in holders]
    return [float(v) if isinstance(v, Decimal) else v for v in found]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_rows_and_topics_that_change_are_told(model):
    def page(**changed):
        base = content.content_of(model(title="Titre", slug="titre"))
        return held(model(title="Titre", slug="titre"), {**base, **changed})

    def told(old, new) -> str:
        return " ".join(row.label + str(row.text) for row in difference(old, new, None).changes)

    assert "b" in told(page(topics=["a"]), page(topics=["a", "b"]))
    assert not told(page(topics=["a"]), page(topics=["a"]))
    for before, after in (
        [["un"], ["deux"]],
        [["un", "deux"], ["un", "trois"]],
        [["a", "b"], ["a"]],
    ):
        (row,) = difference(page(topics=before), page(topics=after), None).changes
        assert row.notes == []  # the words show it
    for name, row in content.child_relations(model).items():
        text = next((f for f in content.row_fields(row) if isinstance(f, models.CharField)), None)
        if text is None or text.choices:
            continue
        one, two = {text.name: "premier"}, {text.name: "second"}
        assert "Ajouté" in told(page(**{name: [one]}), page(**{name: [one, two]}))
        assert "Retiré" in told(page(**{name: [one, two]}), page(**{name: [one]}))
        assert "Déplacé" in told(page(**{name: [one, two]}), page(**{name: [two, one]}))
        assert not told(page(**{name: [one, two]}), page(**{name: [one, two]}))


def test_a_value_that_moves_to_another_field_of_a_row_is_told():
    for model in MODELS:
        for name, row in content.child_relations(model).items():
            texts = [
                field.name
                for field in content.row_fields(row)
                if isinstance(field, models.CharField) and not field.choices
            ]
            if len(texts) > 1:
                base = content.content_of(model(title="Titre", slug="titre"))
                old, new = (
                    held(model(title="Titre", slug="titre"), {**base, name: [{text: "mot"}]})
                    for text in texts[:2]
                )
                assert difference(old, new, None).changes
                found = difference(old, new, None).changes[0]
                assert "mot" in " ".join(found.notes)
