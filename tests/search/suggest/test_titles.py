"""Completion of titles: what it finds, in what order, for whom, and that it keeps up."""

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from practices.models import GuidelinePage
from search.models import PageNames
from search.suggest.title_index import NamesInMemory, names_in_memory
from search.suggest.titles import SHOWN, pages_named
from tests import factories
from wiki.models import SiteRevision
from wiki.organizing import actions
from wiki.publishing.publishing import Edit

pytestmark = pytest.mark.django_db


def titles(query, user=None) -> list[str]:
    return [page["title"] for page in pages_named(query, user or AnonymousUser())]


def page(title="Zorblinette", **fields):
    return factories.page(title=title, **fields)


@pytest.mark.parametrize(
    "query",
    ["Le", "le brèl", "BRELAP", "brèlapige", "apige", "cœur", "coeur", "l’été", "ete", "d ete"],
)
def test_a_title_is_found_by_parts_of_its_words_accents_or_not(query):
    page("Le brèlapige au cœur de l’été")
    assert "Le brèlapige au cœur de l’été" in titles(query)


def test_names_that_begin_so_come_first_then_words_then_insides():
    for title in ("Mini-zorbline", "Une zorbline", "Zorbline entière", "Prézorbline"):
        page(title)
    assert titles("zorb") == ["Zorbline entière", "Une zorbline", "Mini-zorbline", "Prézorbline"]


def test_all_the_words_count_in_any_order():
    page("Brimborion et colifichet")
    page("Brimborion seul")
    assert titles("colif brimbo") == ["Brimborion et colifichet"]


@pytest.mark.parametrize("query", ["", " ", "z", "'z'", "!?…", "🙂", "\x00", "\ud800", "xyzzyqwv"])
def test_less_than_two_letters_and_what_nobody_wrote_find_nothing(query):
    page()
    assert titles(query) == []


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("déontlogie", "Charte de déontologie"),
        ("charte deontolgie", "Charte de déontologie"),
        ("deontollog", "Charte de déontologie"),
        ("palimspeste", "Le palimpseste"),
        ("palimspe", "Le palimpseste"),
        ("ornithorinque", "Un ornithorynque"),
    ],
)
def test_typing_errors_are_forgiven(query, title):
    for known in ("Charte de déontologie", "Le palimpseste", "Un ornithorynque"):
        page(known)
    assert titles(query)[0] == title


def test_what_is_written_so_is_not_drowned_in_what_looks_like_it():
    page("Brimborion")
    page("Brimborien")
    assert titles("brimborion") == ["Brimborion"]


def test_another_wording_of_a_situation_finds_it_after_the_titles():
    page("Quoi répondre", model=GuidelinePage, other_wordings="une zorblinette en panne")
    page("Zorblinette")
    assert titles("zorblinette") == ["Zorblinette", "Quoi répondre"]


def test_an_answer_says_what_the_page_is():
    made = page()
    expected = {"id": made.pk, "title": "Zorblinette", "kind": "article", "kind_name": "article"}
    assert pages_named("zorbl", AnonymousUser()) == [{**expected, "address": made.address}]


def test_eight_are_shown_though_many_closed_ones_stand_before_them(contributor):
    above = page("Coulisses")
    for number in range(60):
        page(f"Zorb {number}", parent=above)
    factories.restricted_to_login(above)
    for number in range(12):
        page(f"Une longue zorblinette {number}")
    assert len(titles("zorb")) == SHOWN
    assert all(title.startswith("Une longue") for title in titles("zorb"))
    assert titles("zorb", contributor)[0] == "Zorb 0"


@pytest.mark.parametrize("query", ["zorblinette", "zorb", "zorblinete", "orblin"])
def test_a_closed_page_changes_nothing_for_those_who_may_not_read_it(query, contributor):
    page("Zorblinettes ouvertes")
    before = titles(query)
    factories.restricted_to_login(page("Zorblinette"))
    assert titles(query) == before
    assert "Zorblinette" in titles(query, contributor)


def test_a_page_below_a_closed_one_is_not_told(contributor):
    above = page("Coulisses")
    page(parent=above)
    factories.restricted_to_login(above)
    assert titles("zorbl") == []
    assert titles("zorbl", contributor) == ["Zorblinette"]


# It keeps up with what is published, without reading all again


def test_a_new_page_is_found_at_once():
    assert titles("zorbl") == []
    page()
    assert titles("zorbl") == ["Zorblinette"]


def test_a_renamed_page_is_found_by_its_new_title_only(contributor):
    made = page()
    assert titles("zorbl") == ["Zorblinette"]
    actions.rename(made, "Brimborion", False, Edit(author=contributor))
    assert (titles("zorbl"), titles("brimb")) == ([], ["Brimborion"])
    assert titles("zorblinete") == []


def test_an_unpublished_page_is_not_told_and_comes_back():
    made = page()
    assert titles("zorbl") == ["Zorblinette"]
    made.unpublish()
    assert titles("zorbl") == []
    made.save_revision().publish()
    assert titles("zorbl") == ["Zorblinette"]


def test_an_edit_that_keeps_the_names_puts_nothing_in_order_again():
    made = page()
    assert titles("zorbl") == ["Zorblinette"]
    before = names_in_memory.lines
    factories.edited(made, body="<p>Autre texte</p>")
    assert titles("zorbl") == ["Zorblinette"]
    assert names_in_memory.lines is before


def test_names_are_read_again_when_an_older_database_comes_back():
    made = page()
    assert titles("zorbl") == ["Zorblinette"]
    SiteRevision.objects.update(number=1)
    Page.objects.filter(pk=made.pk).update(title="Brimborion")
    PageNames.objects.filter(pk=made.pk).update(names="brimborion", stamp=0)
    assert (titles("zorbl"), titles("brimb")) == ([], ["Brimborion"])


def test_one_request_costs_four_queries_at_most(django_assert_max_num_queries, client):
    page()
    client.get("/recherche/titres/?q=zo")
    with django_assert_max_num_queries(4):
        assert client.get("/recherche/titres/?q=zorbl").json()["pages"]


NAMES = st.dictionaries(st.integers(1, 5), st.text("ab \n", min_size=1, max_size=12), max_size=5)


@given(st.lists(NAMES, max_size=6))
def test_names_taken_in_any_order_are_those_of_the_last_time(batches):
    memory = NamesInMemory()
    last: dict[int, str] = {}
    for batch in batches:
        last |= batch
        memory.take(batch)
    fresh = NamesInMemory()
    fresh.take(last)
    assert memory.rows == fresh.rows
    assert sets_of(memory) == sets_of(fresh)


def sets_of(memory: NamesInMemory) -> dict[str, set[int]]:
    assert all(len(set(pages)) == len(pages) for pages in memory.pages_of_word.values())
    return {word: set(pages) for word, pages in memory.pages_of_word.items()}


# The address that the editor asks


def test_the_answer_is_json_that_nobody_else_keeps(client, logged_in, contributor):
    made = page()
    for reader in (client, logged_in(contributor)):
        answer = reader.get("/recherche/titres/", {"q": "zorbl"})
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/json"
        assert "private" in answer["Cache-Control"] and "ETag" not in answer
        assert [found["id"] for found in answer.json()["pages"]] == [made.pk]


def test_the_address_of_a_page_names_it_to_those_who_may_read_it_only(
    client, logged_in, contributor
):
    made = page()
    asked = {"q": made.address}
    assert [found["id"] for found in client.get("/recherche/titres/", asked).json()["pages"]] == [
        made.pk
    ]
    factories.restricted_to_login(made)
    assert client.get("/recherche/titres/", asked).json()["pages"] == []
    known = logged_in(contributor).get("/recherche/titres/", asked).json()["pages"]
    assert [found["address"] for found in known] == [made.address]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "/",
        "/\x00/",
        "//",
        "/" + "a/" * 5_000,
        "a" * 10_000,
        "é" * 5_000,
        "mot " * 5_000,
        "\x00",
        "%ff",
    ],
)
def test_any_text_is_answered(client, query):
    answer = client.get("/recherche/titres/", {"q": query})
    assert answer.status_code == 200
    assert len(answer.json()["pages"]) <= SHOWN
