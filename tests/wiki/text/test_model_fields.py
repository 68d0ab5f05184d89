"""Lists of values in one column, as the national standard writes them."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from structures.models import StructurePage
from tests import factories
from wiki.text.model_fields import ChoiceListField, marked

field = ChoiceListField("couleurs", choices=[("r", "rouge"), ("v", "vert"), ("b", "bleu")])
ITEM = st.text(
    st.characters(exclude_characters="|", exclude_categories=["Cs", "Cc", "Z"]), min_size=1
)


@given(st.lists(ITEM))
def test_any_list_without_the_separator_comes_back(values):
    free = ChoiceListField("mots")
    assert free.to_python(free.get_prep_value(values)) == values


@given(st.text())
def test_any_text_is_read_as_a_list(text):
    assert all(item == item.strip() != "" for item in field.to_python(text))


@pytest.mark.parametrize(
    ("value", "stored"), [([], ""), (["r"], "|r|"), (["r", "b"], "|r|b|"), (None, "")]
)
def test_values_are_stored_between_separators(value, stored):
    assert field.get_prep_value(value) == stored


def test_values_of_a_closed_list_are_stored_in_its_order():
    assert field.get_prep_value(["b", "r"]) == "|r|b|"


def test_a_value_outside_the_list_is_refused():
    with pytest.raises(ValidationError):
        field.validate(["r", "jaune"], None)
    field.validate(["r", "v"], None)


def test_an_open_list_takes_any_value():
    ChoiceListField("mots").validate(["jaune"], None)


def test_labels_are_in_the_order_of_the_list():
    assert field.labels(["b", "r", "jaune"]) == ["rouge", "bleu"]


def test_a_closed_list_is_boxes_to_tick_and_an_open_one_a_line():
    assert isinstance(field.formfield().widget, forms.CheckboxSelectMultiple)
    assert not isinstance(ChoiceListField("mots").formfield(), forms.MultipleChoiceField)


@pytest.mark.django_db
def test_a_row_is_found_by_one_of_its_values():
    both = factories.page(StructurePage, typologie=["EPN", "BIB"])
    found = StructurePage.objects.filter(typologie__contains=marked("BIB"))
    assert both in found
    assert both not in StructurePage.objects.filter(typologie__contains=marked("B"))


@pytest.mark.django_db
def test_the_list_is_a_list_again_when_read():
    place = factories.page(StructurePage, courriels=["a@b.example", "c@d.example"])
    assert StructurePage.objects.get(pk=place.pk).courriels == ["a@b.example", "c@d.example"]


@pytest.mark.django_db
def test_a_place_s_mail_writes_to_nobody_else(client):
    mail = "a?cc=voleur%40evil.example&body=x@exemple.example"
    place = factories.page(StructurePage, courriels=[mail, "c+d@exemple.example"])
    shown = client.get(place.url).content.decode()
    assert 'href="mailto:a%3Fcc%3Dvoleur%2540evil.example%26body%3Dx@exemple.example"' in shown
    assert 'href="mailto:c+d@exemple.example"' in shown
