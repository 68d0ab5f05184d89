"""Faults of spelling: what is offered, to whom, and what is said of it."""

import pytest
from django.core.management import call_command
from wagtail.models import Page

from search.engine import get_engine
from search.indexing import records
from search.models import SearchEntry, VocabularyWord
from search.query.spelling import mended
from tests import factories

pytestmark = pytest.mark.django_db


def ask(query: str, reader):
    return get_engine().search(query, reader)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("zorblinettz", "zorblinette"), ("zrblinette", "zorblinette"), ("zorlbinette", "zorblinette")],
)
def test_a_word_that_nobody_wrote_finds_the_nearest_one(anonymous, typed, meant):
    factories.page(title="Page", body="<p>La zorblinette.</p>")
    results = ask(typed, anonymous)
    assert [hit.page.title for hit in results.hits] == ["Page"]
    assert results.is_corrected and results.corrected_query == meant
    assert "<mark>zorblinette</mark>" in results.hits[0].extract


def test_the_word_is_offered_with_its_accents(anonymous):
    factories.page(title="Page", body="<p>Les brèlapiges.</p>")
    assert ask("brelapigse", anonymous).corrected_query == "brèlapiges"


def test_a_fault_beside_a_known_word_is_offered_and_not_said_to_be_all(anonymous):
    factories.page(title="Page", body="<p>La zorblinette et le brimborion.</p>")
    results = ask("Le brimborion zrblinette", anonymous)
    assert results.hits[0].page.title == "Page"
    assert not results.is_corrected
    assert results.corrected_query == "Le brimborion zorblinette"


def test_a_mended_word_has_its_synonyms(anonymous):
    from search.models import Synonym

    Synonym.objects.create(words="zorblinette, brimborion")
    factories.page(title="Page", body="<p>Le brimborion.</p>")
    factories.page(title="Autre", body="<p>La zorblinette.</p>")
    titles = {hit.page.title for hit in ask("zrblinette", anonymous).hits}
    assert titles == {"Page", "Autre"}


def test_words_as_they_are_written_are_left_alone(anonymous):
    factories.page(title="Page", body="<p>La zorblinette et le zorblinetto.</p>")
    assert ask("zorblinetto", anonymous).corrections == {}


ENDLESS = f"zorblinett{'e' * 80}"  # heard as the word


@pytest.mark.parametrize("typed", ["zor", "zorblin3tte", "12345678", "zzzzzzzzzz", ENDLESS])
def test_short_words_numbers_and_far_ones_are_not_mended(anonymous, typed):
    factories.page(title="Page", body="<p>La zorblinette 12345679.</p>")
    assert not ask(typed, anonymous).is_corrected


def test_a_word_of_a_restricted_page_is_offered_to_its_readers_at_most(anonymous, contributor):
    made = factories.page(title="Page", body="<p>La zorblinette.</p>")
    factories.restricted_to_login(made)
    assert (ask("zrblinette", anonymous).corrections, ask("zrblinette", anonymous).total) == ({}, 0)
    assert ask("zrblinette", contributor).total == 1


def test_a_word_of_a_page_written_under_a_restriction_never_enters(anonymous):
    parent = factories.page(title="Coulisses")
    factories.restricted_to_login(parent)
    factories.page(title="Page", body="<p>La zorblinette.</p>", parent=parent)
    assert not VocabularyWord.objects.filter(word="zorblinette").exists()
    assert ask("zrblinette", anonymous).corrections == {}


def test_a_page_that_opens_brings_its_words(anonymous):
    parent = factories.page(title="Coulisses")
    restriction = factories.restricted_to_login(parent)
    factories.page(title="Page", body="<p>La zorblinette.</p>", parent=parent)
    restriction.delete()
    assert ask("zrblinette", anonymous).corrected_query == "zorblinette"


def test_reindexing_writes_the_vocabulary_of_today(anonymous):
    gone = factories.page(title="Page", body="<p>La zorblinette.</p>")
    factories.page(title="Autre", body="<p>Le brimborion.</p>")
    Page.objects.get(pk=gone.pk).delete()
    VocabularyWord.objects.filter(word="brimborion").delete()
    call_command("reindex", verbosity=0)
    words = set(VocabularyWord.objects.values_list("word", flat=True))
    assert "brimborion" in words and "zorblinette" not in words


def test_reindex_check_finds_an_entry_that_is_not_that_of_its_page(anonymous):
    made = factories.page(title="Page", body="<p>La zorblinette.</p>")
    assert records.faults() == []
    SearchEntry.objects.filter(pk=made.pk).update(lead="Autre chose")
    assert [str(made.pk) in fault for fault in records.faults()] == [True]


@pytest.mark.parametrize(
    ("query", "corrections", "shown"),
    [
        ("Déontlogie, et mdp", {"deontlogie": "déontologie"}, "déontologie, et mdp"),
        ("l’ornithorinque !", {"ornithorinque": "ornithorynque"}, "l’ornithorynque !"),
        ("rien", {}, ""),
        ("rien", {"autre": "chose"}, ""),
    ],
)
def test_the_mended_query_keeps_all_the_rest(query, corrections, shown):
    assert mended(query, corrections) == shown


def test_the_screen_says_what_was_looked_for(client):
    factories.page(title="Page", body="<p>La zorblinette et le brimborion.</p>")
    alone = client.get("/recherche/", {"q": "zrblinette"}).content.decode()
    assert "zorblinette" in alone and "Aucune page ne contient" in alone
    beside = client.get("/recherche/", {"q": "brimborion zrblinette"}).content.decode()
    assert "Essayez avec" in beside and "q=brimborion+zorblinette" in beside


def test_a_word_that_folding_makes_longer_than_a_word_is_published(anonymous):
    """« œ » is folded to two letters."""
    page = factories.page(title="Page", body=f"<p>{'œ' * 40} zorblinette</p>")
    records.write_vocabulary_again()
    assert VocabularyWord.objects.filter(word="zorblinette").exists()
    assert ask("zorblinette", anonymous).hits[0].page.pk == page.pk
