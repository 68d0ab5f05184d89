"""The order of French words, as Python and the database have it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.models import Topic
from wiki.text.french_order import french_key, in_french, levels

IN_ORDER = [
    *("2 pages", "10 pages", "« À lire »", "abeille", "École", "écran", "l’école", "L’Écran"),
    *("Œil", "œuvre", "oeuvres", "(Ouvert)", "Table 2", "Table 10", "zone"),
]


def test_python_orders_by_french_rules():
    mixed = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(mixed, key=french_key) == IN_ORDER


@pytest.mark.django_db
def test_the_database_orders_by_french_rules():
    mixed = random.Random(8).sample(IN_ORDER, len(IN_ORDER))
    Topic.objects.all().delete()
    Topic.objects.bulk_create(Topic(name=name, slug=f"s{n}") for n, name in enumerate(mixed))
    ordered = Topic.objects.order_by(in_french("name"))
    assert list(ordered.values_list("name", flat=True)) == IN_ORDER


def test_words_that_differ_by_accents_or_capitals_stand_together():
    words = ["côte", "cote", "Cote", "coté", "côté", "cotes"]
    assert sorted(words, key=french_key)[-1] == "cotes"
    assert french_key("9" * 5000) > french_key("8" * 5000)


TEXTS = st.lists(st.text() | st.text("aàâéeœ 0123459-’'B", max_size=9), max_size=6)


@given(TEXTS)
def test_a_key_orders_as_the_levels_that_it_is_made_of(texts):
    assert sorted(texts, key=french_key) == sorted(texts, key=levels)
