"""What the one line under the answers explains: quotes and minus; house words too."""

import pytest

from search.engine import get_engine
from search.models import Synonym
from search.query.queries import LONGEST, understood
from tests import factories

pytestmark = pytest.mark.django_db


def titles(query: str, reader) -> list[str]:
    return [hit.page.title for hit in get_engine().search(query, reader).hits]


@pytest.fixture
def pages():
    factories.page(title="Suite", body="<p>Le colifichet brimborion du jour.</p>")
    factories.page(title="Inverse", body="<p>Le brimborion est un colifichet.</p>")
    factories.page(title="Pluriel", body="<p>Les colifichets brimborions.</p>")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("colifichet brimborion", {"Suite", "Inverse", "Pluriel"}),
        ('"colifichet brimborion"', {"Suite"}),
        ("« Colifichet  BRIMBORION »", {"Suite"}),
        ("“colifichets brimborions”", {"Pluriel"}),
        ('"est un colifichet"', {"Inverse"}),
        ('"brimborion" jour', {"Suite", "Inverse"}),
        ('"colifichet jamais écrit"', set()),
        ("colifichet -jour", {"Inverse", "Pluriel"}),
        ("colifichet -jour -est", {"Inverse", "Pluriel"}),
        ("colifichet – brimborion", {"Suite", "Inverse", "Pluriel"}),
        ("-colifichet", {"Suite", "Inverse", "Pluriel"}),
        ('"colifichet brimborion', {"Suite", "Inverse", "Pluriel"}),
        ('"colifichet" -jour', {"Inverse"}),
    ],
)
def test_quotes_are_exact_and_a_minus_leaves_out(anonymous, pages, query, found):
    assert set(titles(query, anonymous)) == found


def test_any_number_of_quotes_is_answered(anonymous):
    letters = [a + b for a in "abcdefghijklmnopqrstuvw" for b in "abcdefghijklmnopqrstuvw"]
    query = "".join(f'"{word}"' for word in letters)
    assert len(query) > LONGEST
    assert get_engine().search(query, anonymous).total == 0


def test_a_hyphen_inside_a_word_is_no_minus():
    assert understood("rendez-vous").excluded == ()
    excluded = understood("rouge -bleu-vert").excluded
    assert [group.word for group in excluded] == ["bleu", "vert"]


@pytest.mark.parametrize(
    ("words", "query", "found"),
    [
        ("zigouigoui, colifichet", "zigouigoui", {"Suite", "Inverse", "Pluriel"}),
        ("zigouigoui, colifichet du jour", "zigouigoui", {"Suite"}),
        ("zigouigoui, un colifichet, le brimborion", "ZIGOUIGOUIS", {"Suite", "Pluriel"}),
    ],
)
def test_words_that_mean_the_same_are_found_at_once(anonymous, pages, words, query, found):
    assert titles(query, anonymous) == []
    Synonym.objects.create(words=words)
    assert set(titles(query, anonymous)) >= found


def test_what_was_typed_comes_before_what_means_the_same(anonymous):
    Synonym.objects.create(words="brimborion, petit objet")
    factories.page(title="Petit objet")
    factories.page(title="Brimborion")
    assert titles("brimborion", anonymous)[:2] == ["Brimborion", "Petit objet"]
    assert titles("petit objet", anonymous)[:2] == ["Petit objet", "Brimborion"]


def test_a_phrase_that_means_the_same_counts_when_it_is_whole(anonymous):
    Synonym.objects.create(words="brimborion, bidule zorblinette")
    factories.page(title="Entier", body="<p>Un bidule de zorblinette.</p>")
    factories.page(title="Moitié", body="<p>Un bidule.</p>")
    assert titles("brimborion", anonymous) == ["Entier"]
