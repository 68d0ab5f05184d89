"""Answers that facilitators put first for given words."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from home.models import HomePage
from search.engine import PAGE_SIZE
from search.models import Promoted
from search.screens.promoted import MOST, promoted_pages
from tests import factories
from wiki.models import SiteRevision

pytestmark = pytest.mark.django_db
ADMIN = "/admin/search/promoted/"


def promoted(query, user=None) -> list[str]:
    return [page.title for page in promoted_pages(query, user or AnonymousUser())]


def choose(words, **fields):
    page = factories.page(**fields)
    Promoted(words=words, page=page.page_ptr).save()
    return page


@pytest.mark.parametrize(
    "query",
    ["zorbline cassée", "ma ZORBLINE cassee", "des zorblines cassées", "cassé zorbline"],
)
def test_a_page_is_put_first_when_the_query_holds_all_the_words_in_any_form(query):
    page = choose("la zorbline cassée", title="Réparer")
    [found] = promoted_pages(query, AnonymousUser())
    assert (found.pk, found.title, found.kind) == (page.pk, "Réparer", "article")
    assert found.address == page.address


@pytest.mark.parametrize("query", ["zorbline", "cassée", "", "xyzzy", "\x00", "la"])
def test_a_query_that_misses_a_word_gets_nothing(query):
    choose("zorbline cassée")
    assert promoted(query) == []


def test_each_line_is_a_search_of_its_own():
    choose("zorbline\nbrimborion bleu\n\n", title="Réparer")
    assert promoted("ma zorbline") == promoted("brimborion bleu") == ["Réparer"]
    assert promoted("brimborion") == []


def test_three_are_shown_at_most_the_line_that_says_most_first():
    for number in range(MOST):
        choose("zorbline", title=f"Page {number}")
    choose("zorbline bleue", title="Précise")
    assert promoted("zorbline bleue") == ["Précise", "Page 0", "Page 1"]


def test_a_page_chosen_twice_is_shown_once():
    page = choose("zorbline\nzorbline bleue", title="Réparer")
    Promoted(words="bleue", page=page.page_ptr).save()
    assert promoted("zorbline bleue") == ["Réparer"]


def test_a_closed_page_is_not_told(contributor):
    factories.restricted_to_login(choose("zorbline", title="Fermée"))
    assert promoted("zorbline") == []
    assert promoted("zorbline", contributor) == ["Fermée"]


def test_an_unpublished_or_deleted_page_is_no_longer_put_first():
    page = choose("zorbline")
    page.unpublish()
    assert promoted("zorbline") == []
    page.delete()
    assert not Promoted.objects.exists()
    assert promoted("zorbline") == []


def test_nothing_is_asked_of_the_database_when_nothing_is_chosen(django_assert_num_queries):
    stamp = SiteRevision.current()
    promoted_pages("zorbline", AnonymousUser(), stamp)
    with django_assert_num_queries(0):
        assert promoted_pages("zorbline", AnonymousUser(), stamp) == []


def test_it_comes_first_on_the_page_of_results_at_once(client):
    def first() -> str:
        return client.get("/recherche/?q=atelier").context["results"].hits[0].page.title

    assert first() != "Sans rapport"
    choose("ateliers", title="Sans rapport")
    assert first() == "Sans rapport"


# Facilitators choose them


@pytest.fixture
def desk(logged_in, facilitator):
    return logged_in(facilitator)


def answers(client, query: str, page: int = 1) -> list[str]:
    results = client.get("/recherche/", {"q": query, "page": page}).context["results"]
    return [hit.page.title for hit in results.hits]


def test_no_answer_goes_away_nor_comes_twice(client):
    for number in range(PAGE_SIZE + 2):
        factories.page(title=f"Zorblinette {number:02}", body="<p>brimborion</p>")
    before = answers(client, "brimborion") + answers(client, "brimborion", 2)
    for chosen in (factories.page(title="Autre"), Page.objects.get(title=before[-1])):
        Promoted(words="brimborion", page_id=chosen.pk).save()
    shown = answers(client, "brimborion") + answers(client, "brimborion", 2)
    assert shown[:2] == ["Autre", before[-1]]
    assert shown[2:] == before[:-1]


@pytest.mark.parametrize("query", ["bleue -zorbline", '"zorbline bleue"', "« zorbline » bleue"])
def test_a_word_left_out_or_between_quotes_chooses_nothing(query):
    choose("zorbline")
    assert promoted(query) == []


def test_a_facilitator_chooses_changes_and_takes_back_an_answer(desk):
    page = factories.page(title="Réparer")
    desk.post(f"{ADMIN}create/", {"words": " ma  zorbline \n\n", "page": page.pk})
    made = Promoted.objects.get(page_id=page.pk)
    assert made.words == "ma zorbline"
    assert promoted("zorbline") == ["Réparer"]
    desk.post(f"{ADMIN}edit/{made.pk}/", {"words": "brimborion", "page": page.pk})
    assert (promoted("zorbline"), promoted("brimborion")) == ([], ["Réparer"])
    assert "Réparer" in desk.get(ADMIN).content.decode()
    desk.post(f"{ADMIN}delete/{made.pk}/")
    assert promoted("brimborion") == []


def test_a_page_that_readers_do_not_see_is_refused(desk):
    page = factories.page(title="Retirée")
    page.unpublish()
    home = HomePage.objects.get()
    for pk in (page.pk, home.pk):
        shown = desk.post(f"{ADMIN}create/", {"words": "zorbline", "page": pk}).content.decode()
        assert "Choisissez une page publiée" in shown
    assert not Promoted.objects.exists()


def test_a_line_without_a_word_is_refused(desk):
    page = factories.page()
    shown = desk.post(f"{ADMIN}create/", {"words": "zorbline\n???", "page": page.pk})
    assert "Chaque ligne doit contenir un mot" in shown.content.decode()
    assert not Promoted.objects.exists()


@pytest.mark.parametrize("screen", ["", "create/"])
def test_contributors_do_not_choose(screen, logged_in, contributor):
    assert logged_in(contributor).get(f"{ADMIN}{screen}").status_code == 403
