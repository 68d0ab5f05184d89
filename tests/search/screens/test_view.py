"""The page of results, as a reader sees it."""

from dataclasses import replace

import pytest

from practices.models import GuidelinePage
from search.engine import PAGE_SIZE, FacetValue, get_engine
from search.screens import params, searching
from tests import costs, factories

pytestmark = pytest.mark.django_db

HOSTILE = [
    "",
    "a" * 10_000,
    "médiation numérique " * 500,
    "l'" * 5_000,
    "-'" * 5_000,
    '"',
    '""" AND (',
    "title_stems: mot",
    "NEAR(mot passe, 3)",
    "mot* OR NOT passe ^",
    "'; DROP TABLE search_searchentry; --",
    "{a b} : c - d + e",
    "\x00mot\x00",
    "%00%ff",
    "🙂 👩🏽‍💻 mot",
    "\u202emot\ufeff",
    "<script>alert(1)</script>",
    "العربية 漢字 ру́сский",
    "e\u0301" * 5_000,
    "💥" * 10_000,
    "𞤀𞤣𞤤𞤢𞤥 ²³ Ⅷ",
]


def ask(client, query="", **options):
    return client.get("/recherche/", {"q": query, **options})


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_a_result_shows_its_title_kind_date_and_marked_extract(client):
    factories.page(title="Zorblinette", body="<p>Le brimborion est dans l’armoire.</p>")
    response = ask(client, "brimborions")
    shown = text_of(response)
    assert 'href="/collectif/zorblinette/"' in shown and "Zorblinette" in shown
    assert "Le <mark>brimborion</mark> est dans l’armoire." in shown
    [hit] = response.context["results"].hits
    assert f"{hit.changed_at:%Y}" in shown
    assert "Article" in shown


def test_the_page_is_in_french(client):
    shown = text_of(ask(client, "mot de passe"))
    assert '<html lang="fr"' in shown
    assert "pages pour" in shown


def test_the_first_situation_stands_out_as_the_answer(client):
    response = ask(client, "un usager me donne son mot de passe")
    assert response.context["answer"].page.slug == "usager-donne-mot-de-passe"
    assert "Je ne tape pas le mot de passe de la personne." in text_of(response)


@pytest.mark.parametrize("options", [{"page": 2}, {"sorte": "lieu"}])
def test_there_is_no_answer_on_further_pages_nor_among_places(client, options):
    response = ask(client, "mot de passe usager personne", **options)
    assert response.context["answer"] is None


def test_a_single_word_has_answers_and_not_the_answer(client):
    response = ask(client, "phishing")
    assert response.context["results"].hits[0].kind == "situation"
    assert response.context["answer"] is None


def test_a_fallen_engine_is_said_discreetly_and_its_answers_are_not_kept(client, monkeypatch):
    whole = get_engine()

    class Fallen:
        search = staticmethod(lambda *a, **o: replace(whole.search(*a, **o), degraded=True))

    monkeypatch.setattr(searching, "get_engine", Fallen)
    words = "La recherche est un peu moins précise pour le moment."
    assert words in text_of(ask(client, "mot de passe"))
    monkeypatch.undo()
    assert words not in text_of(ask(client, "mot de passe"))


def test_a_thousand_answers_are_told_with_their_blank(client, monkeypatch):
    whole = get_engine()
    facets = {"kind": [FacetValue("fiche", "Fiches", 1_384)]}

    class Large:
        search = staticmethod(
            lambda *a, **o: replace(whole.search(*a, **o), total=1_385, facets=facets)
        )

    monkeypatch.setattr(searching, "get_engine", Large)
    said = text_of(ask(client, "mot de passe")).replace("\u202f", "\u00a0")
    assert "1\u00a0385 pages pour" in said
    assert "1\u00a0384" in said


def test_results_come_by_ten(client):
    first, second = ask(client, "personne"), ask(client, "personne", page=2)
    assert len(first.context["results"].hits) == PAGE_SIZE
    assert first.context["pages"] == -(-first.context["results"].total // PAGE_SIZE)
    assert "page=2" in text_of(first)
    on_first = {hit.page.pk for hit in first.context["results"].hits}
    assert not on_first & {hit.page.pk for hit in second.context["results"].hits}


@pytest.mark.parametrize("number", ["999999", "0", "-1", "deux", "", "²", "9" * 5_000, "1.5"])
def test_any_page_number_has_an_answer(client, number):
    shown = text_of(ask(client, "personne", page=number))
    assert "pages pour" in shown


def test_a_page_beyond_the_end_says_so_and_leads_back(client):
    response = ask(client, "personne", page=400)
    assert response.context["results"].hits == []
    assert 'href="?q=personne"' in text_of(response)


def options_of(response, name: str) -> dict[str, int]:
    """The values of a filter of the screen, with their counts."""
    facets = {facet.name: facet.options for facet in response.context["facets"]}
    return {option.value: option.count for option in facets.get(name, [])}


def chosen_in(response, name: str) -> list[str]:
    facets = {facet.name: facet.options for facet in response.context["facets"]}
    return [option.value for option in facets.get(name, []) if option.is_chosen]


def test_the_counts_of_the_kinds_add_up_to_the_total(client):
    response = ask(client, "personne")
    kinds = options_of(response, "sorte")
    assert sum(kinds.values()) == response.context["results"].total
    assert {"situation", "lieu", "fiche"} <= kinds.keys()


def test_a_kind_narrows_the_results_and_keeps_the_counts(client):
    whole, places = ask(client, "personne"), ask(client, "personne", sorte="lieu")
    assert {hit.kind for hit in places.context["results"].hits} == {"lieu"}
    assert options_of(places, "sorte") == options_of(whole, "sorte")
    assert chosen_in(places, "sorte") == ["lieu"]
    assert text_of(places).count("<h3") == min(PAGE_SIZE, places.context["results"].total)


def test_a_filter_that_means_nothing_leaves_no_answer_and_can_be_removed(client):
    response = ask(client, "personne", sorte="licorne")
    assert response.context["results"].total == 0
    assert 'href="?q=personne"' in text_of(response)


@pytest.mark.parametrize("name", params.NAMES.values())
def test_each_filter_narrows_to_as_many_answers_as_it_says(client, name):
    query = (
        "ordinateur téléphone"
        if name in ("niveau", "appareil")
        else "personne numérique atelier réunion"
    )
    options = options_of(ask(client, query), name)
    assert len(options) > 1, name
    for value, count in list(options.items())[:3]:
        narrowed = ask(client, query, **{name: value})
        assert narrowed.context["results"].total == count
        assert options_of(narrowed, name) == options


def test_two_values_of_a_filter_add_up_and_two_filters_narrow(client):
    both = ask(client, "personne", sorte=["lieu", "fiche"])
    kinds = options_of(both, "sorte")
    assert both.context["results"].total == kinds["lieu"] + kinds["fiche"]
    topic, count = next(iter(options_of(ask(client, "personne", sorte="fiche"), "theme").items()))
    narrowed = ask(client, "personne", sorte="fiche", theme=topic)
    assert narrowed.context["results"].total == count
    assert {hit.kind for hit in narrowed.context["results"].hits} == {"fiche"}


def test_filters_are_taken_away_one_by_one(client):
    shown = text_of(ask(client, "personne", sorte=["lieu", "fiche"], tri="date"))
    assert 'href="?q=personne&amp;sorte=lieu&amp;tri=date"' in shown
    assert 'href="?q=personne&amp;sorte=fiche&amp;tri=date"' in shown
    assert 'href="?q=personne&amp;tri=date"' in shown


def test_answers_can_come_newest_first(client):
    factories.page(title="Toute neuve", body="<p>une personne</p>")
    hits = ask(client, "personne", tri="date").context["results"].hits
    assert hits[0].page.title == "Toute neuve"
    moments = [hit.changed_at for hit in hits]
    assert moments == sorted(moments, reverse=True)
    assert ask(client, "personne").context["results"].total == len(
        {hit.page.pk for number in range(1, 30) for hit in hits_on(client, number)}
    )


def hits_on(client, number: int) -> list:
    return ask(client, "personne", tri="date", page=number).context["results"].hits


def test_nothing_found_is_said(client):
    shown = text_of(ask(client, "xyzzyqwv"))
    assert "xyzzyqwv" in shown and "<mark>" not in shown


def test_a_restricted_page_is_shown_to_its_readers_only(client, logged_in, contributor):
    made = factories.page(title="Zorblinette secrète", body="<p>brimborion</p>")
    factories.restricted_to_login(made)
    for query in ("brimborion", "zorblinette"):
        hidden = text_of(ask(client, query))
        assert "secrète" not in hidden and "<mark>" not in hidden
        assert "Zorblinette secrète" in text_of(ask(logged_in(contributor), query))


def test_great_numbers_are_written_with_their_blanks(client, monkeypatch):
    many = [FacetValue("fiche", "Fiche", 12_345), FacetValue("lieu", "Lieu", 6_789)]
    whole = get_engine()

    class Vast:
        @staticmethod
        def search(*args, **options):
            results = whole.search(*args, **options)
            return replace(results, total=19_134, facets={"kind": many})

    monkeypatch.setattr(searching, "get_engine", Vast)
    shown = text_of(ask(client, "mot de passe"))
    for number in ("19\u00a0134", "12\u00a0345", "6\u00a0789"):
        assert number in shown
    assert "19134" not in shown and "12345" not in shown


def test_the_answer_is_marked_when_not_everybody_reads_it(client, logged_in, contributor):
    page = GuidelinePage.objects.get(slug="usager-donne-mot-de-passe")
    factories.restricted_to_login(page)
    shown = ask(logged_in(contributor), "un usager donne son mot de passe")
    assert shown.context["answer"].page.is_closed
    assert "réservée" in text_of(shown)
    assert "réservée" not in text_of(ask(client, "un usager donne son mot de passe"))


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_any_query_has_an_answer_within_a_second(client, query):
    ask(client, "mot")
    shown = costs.within(1, lambda: text_of(ask(client, query)))
    assert "<script>alert" not in shown
    assert "UNDEFINED-TEMPLATE-VARIABLE" not in shown


def test_bytes_that_are_no_text_have_an_answer(client):
    text_of(client.get("/recherche/?q=%ff%fe%ed%a0%80mot"))


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("personne", 8),
        ("un usager donne son mot de passe", 8),
        ("", 5),
        ("curat arnaq cyber", 8),  # half words
        ("déontlogie", 11),  # a fault
        ("xyzzyqwv", 16),  # noted, in a transaction of its own
    ],
)
def test_a_search_costs_few_queries(client, django_assert_max_num_queries, query, most):
    ask(client, "mot")  # each process keeps what it read of the vocabulary and of the entries
    with django_assert_max_num_queries(most):
        ask(client, query)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("7", 7), ("007", 7), ("0", 1), ("x", 1), ("٣", 1), ("9" * 99, params.LAST_PAGE)],
)
def test_page_numbers_are_read_with_care(text, number):
    assert params.page_number(text) == number
