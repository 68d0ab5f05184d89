"""What is proposed while a reader types: by kind, with wordings, for whom."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process

from practices.models import GuidelinePage, PracticePage
from search.suggest import completion
from search.suggest.completion import best_name, propositions
from tests import factories
from wiki.editing.form_data import completed
from wiki.editing.forms import form_class

pytestmark = pytest.mark.django_db


def proposed(query, user=None) -> list[dict]:
    """The pages of all groups, without their kinds."""
    groups = propositions(query, user or AnonymousUser())
    return [page for group in groups for page in group["pages"]]


def names(query, user=None) -> list[str]:
    return [page.get("wording", page["title"]) for page in proposed(query, user)]


def situation(title, *wordings):
    lines = "\n".join(wordings)
    return factories.page(GuidelinePage, title=title, other_wordings=lines)


def test_a_page_is_proposed_from_the_second_letter_with_its_address():
    made = factories.page(title="Zorblinette")
    assert proposed("z") == []
    assert proposed("zo") == [{"title": "Zorblinette", "address": made.address}]


def test_pages_are_grouped_by_kind_the_kind_of_the_best_one_first():
    factories.page(PracticePage, title="Zorb")
    situation("Zorbline")
    factories.page(PracticePage, title="Zorblinette")
    groups = propositions("zorb", AnonymousUser())
    assert [group["kind"] for group in groups] == ["fiches d’atelier", "situations"]
    assert [page["title"] for page in groups[0]["pages"]] == ["Zorb", "Zorblinette"]


def test_a_wording_is_proposed_as_it_was_written_with_the_title_of_its_page():
    made = situation("Que répondre", "Une Zorblinette est en panne", "Le brimborion fume")
    told = {"title": "Que répondre", "address": made.address}
    assert proposed("zorblinet") == [{**told, "wording": "Une Zorblinette est en panne"}]
    assert proposed("brimborion fume") == [{**told, "wording": "Le brimborion fume"}]


def test_a_title_is_preferred_to_a_wording_that_says_the_same():
    situation("Zorblinette en panne", "La zorblinette est en panne")
    assert names("zorblinette panne") == ["Zorblinette en panne"]


@pytest.mark.parametrize("query", ["zorblinnette en pane", "zorblinnet"])
def test_the_wording_that_was_meant_is_shown_despite_faults(query):
    situation("Que répondre", "Le brimborion fume", "Une zorblinette est en panne")
    assert names(query) == ["Une zorblinette est en panne"]


def test_eight_pages_are_proposed_at_most_of_all_kinds():
    for number in range(6):
        factories.page(title=f"Zorblinette {number}")
        situation(f"Zorbline {number}")
    assert len(proposed("zorbl")) == 8


def test_neither_a_closed_title_nor_its_wording_is_told(contributor):
    made = situation("Zorblinette fermée", "Le brimborion fume")
    factories.restricted_to_login(made)
    for query in ("zorblinette", "brimborion", "zorblinete", "brimborin"):
        assert proposed(query) == []
        assert len(proposed(query, contributor)) == 1


def test_the_answer_is_json_that_nobody_keeps(client):
    factories.page(title="Zorblinette")
    answer = client.get("/recherche/propositions/", {"q": "zorbl"})
    assert answer.json()["kinds"][0]["pages"][0]["title"] == "Zorblinette"
    assert "private" in answer["Cache-Control"] and "ETag" not in answer
    assert not answer.cookies


def test_wordings_cost_one_query_whatever_their_number(client, django_assert_max_num_queries):
    for number in range(8):
        situation(f"Que répondre {number}", "Une zorblinette est en panne")
    client.get("/recherche/propositions/?q=zo")
    with django_assert_max_num_queries(5):
        answer = client.get("/recherche/propositions/?q=zorblinette")
    assert len(answer.json()["kinds"][0]["pages"]) == 8


@pytest.mark.parametrize("query", ["", "a" * 10_000, "mot " * 5_000, "\x00", "%ff"])
def test_any_text_is_answered(client, query):
    assert client.get("/recherche/propositions/", {"q": query}).status_code == 200


def test_long_queries_and_long_wordings_are_compared_by_their_beginnings(monkeypatch):
    """What is compared, in signs, is bounded whatever people wrote and whatever is asked."""
    compared = []

    def watched(query, lines, **kwargs):
        compared.append((len(query), max(map(len, lines))))
        return process.extractOne(query, lines, **kwargs)

    watching = SimpleNamespace(extractOne=watched)
    monkeypatch.setattr(completion, "process", watching)
    begin = " ".join(f"m{letter}" for letter in "abcdefghijkl")
    line = f"{'zz ' * 200}{begin}{' zz' * 6_000}"
    for number in range(3):
        factories.page(GuidelinePage, title=f"Rien {number}", other_wordings=line)
    assert proposed(f"{begin} {'abcd ' * 740}")
    assert compared
    assert all(query <= 255 and line <= 255 for query, line in compared)


def test_a_long_wording_is_refused_when_it_is_typed_and_stays_when_it_is_stored(contributor):
    """Other people's old lines do not stand in the way of who writes another one."""
    page = situation("Zorblinette", "mot " * 100)
    old = page.other_wordings.strip()
    for lines, is_taken in ((f"{old}\nune autre", True), (f"{old}\n{'x ' * 200}", False)):
        data = completed(QueryDict("title=Z&base=1&licence=cc-by-sa-4.0"), page)
        data["other_wordings"] = lines
        form = form_class(GuidelinePage)(data, instance=page, user=contributor)
        assert form.is_valid() is is_taken, form.errors
    assert "trop longue" in str(form.errors["other_wordings"])


@given(st.text(max_size=40))
def test_any_text_is_a_valid_query(query):
    for page in proposed(query):
        assert page["title"] and page["address"].startswith("/")


@given(st.lists(st.text(max_size=20), max_size=4), st.lists(st.text(max_size=30), min_size=1))
def test_the_best_name_is_one_of_the_names(words, known):
    assert best_name(words, known) in {name.strip() for name in known}


def test_each_search_form_says_where_propositions_come_from(client):
    for address in ("/", "/lieux/", "/recherche/?q=mot"):
        assert 'data-kb-find="/recherche/propositions/"' in client.get(address).content.decode()
