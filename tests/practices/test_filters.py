"""Indexes narrowed by filters that stand in the address."""

import pytest

from practices.models import GuidelinePage, PracticePage, TrainingMaterialPage
from tests import factories
from wiki.http.kept_pages import kept_pages
from wiki.pages.listing import A_SCREEN
from wiki.text.french_order import in_french

pytestmark = pytest.mark.django_db
SHEETS = "/pratiques/fiches/"


@pytest.fixture
def sheets():
    """Three sheets whose topic no other page has."""
    make = factories.page
    make(PracticePage, title="A", topics=["Lot"], level="debutant", publics=["seniors"])
    make(
        PracticePage,
        title="B",
        topics=["Lot"],
        level="debutant",
        publics=["seniors", "familles"],
        devices=["tablette", "telephone"],
    )
    make(PracticePage, title="C", topics=["Lot"], level="intermediaire", devices=["tablette"])


def shown(client, address: str):
    """What the template is given; a page kept by the cache has no context."""
    kept_pages.forget()
    return client.get(address).context


def titles(client, address: str) -> list[str]:
    return [page.title for page in shown(client, address)["pages"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("theme=lot", "ABC"),
        ("theme=lot&niveau=debutant", "AB"),
        ("theme=lot&niveau=debutant&public=familles", "B"),
        ("theme=lot&public=seniors", "AB"),
        ("theme=lot&appareil=tablette", "BC"),
        ("theme=lot&appareil=papier", ""),
        ("theme=lot&niveau=", "ABC"),
        ("theme=lot&couleur=bleu", "ABC"),
    ],
)
def test_filters_add_up(client, sheets, query, found):
    assert titles(client, f"{SHEETS}?{query}") == list(found)


def counts(client, address: str, name: str) -> dict[str, int]:
    filters = {one.name: one for one in shown(client, address)["listing"].facets}
    return {option.value: option.count for option in filters[name].options}


def test_a_count_says_what_choosing_would_leave(client, sheets):
    address = f"{SHEETS}?theme=lot&niveau=debutant"
    assert counts(client, address, "public") == {"seniors": 2, "familles": 1}
    assert counts(client, address, "niveau") == {"debutant": 2, "intermediaire": 1}
    for value, count in counts(client, address, "public").items():
        assert len(titles(client, f"{address}&public={value}")) == count


def test_each_filter_can_be_taken_off_again(client, sheets):
    chosen = shown(client, f"{SHEETS}?theme=lot&niveau=debutant")["listing"].chosen
    assert [(facet.name, option.without) for facet, option in chosen] == [
        ("theme", "?niveau=debutant"),
        ("niveau", "?theme=lot"),
    ]


def test_a_chosen_value_that_no_page_has_is_no_error(client):
    for value in ("martien", "<script>", "\x00", "x" * 3000, "a|b"):
        for name in ("theme", "public", "niveau", "appareil", "famille"):
            answer = client.get(SHEETS, {name: value})
            assert answer.status_code == 200
            assert "<script>" not in answer.content.decode()


def test_each_index_offers_the_filters_of_its_own_pages(client):
    def names(address):
        return [one.name for one in shown(client, address)["listing"].facets]

    assert names(SHEETS) == ["theme", "public", "niveau", "appareil"]
    assert names("/pratiques/supports/") == ["theme", "famille", "public", "niveau", "appareil"]
    assert names("/pratiques/situations/") == ["theme"]


def test_counts_and_lists_are_of_what_one_may_read(client, sheets):
    page = PracticePage.objects.get(title="B")
    factories.restricted_to_login(page)
    assert titles(client, f"{SHEETS}?theme=lot") == ["A", "C"]
    assert counts(client, f"{SHEETS}?theme=lot", "public") == {"seniors": 1}


def test_an_index_lists_its_own_kind_only(client):
    factories.page(TrainingMaterialPage, title="Un support égaré", topics=["Lot"])
    assert titles(client, f"{SHEETS}?theme=lot") == []


def test_situations_are_listed_by_title(client):
    listed = titles(client, "/pratiques/situations/")
    expected = GuidelinePage.objects.filter(live=True).order_by(in_french("title"))
    assert listed == [page.title for page in expected[:A_SCREEN]]


def test_a_situation_leads_with_its_short_answer(client):
    page = factories.page(GuidelinePage, short_answer="Je refuse.", summary="Un résumé.")
    assert page.lead == "Je refuse."
    text = client.get(page.address).content.decode()
    assert '<meta name="description" content="Je refuse.">' in text
    assert factories.page(GuidelinePage, summary="Un résumé.").lead == "Un résumé."


def test_other_wordings_find_a_situation(client):
    page = factories.page(GuidelinePage, other_wordings="il me tend son zinzolin")
    found = client.get("/recherche/?q=zinzolin").context["results"].hits
    assert [hit.page.pk for hit in found] == [page.pk]
