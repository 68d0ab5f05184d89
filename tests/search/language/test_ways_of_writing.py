"""One thing written in several ways: each finds the others. Each row is a kind."""

import pytest

from meetings.models import MeetingPage
from search.engine import get_engine
from search.engines.facet_index import facet_indexes
from search.engines.matching import Finder
from search.models import Synonym
from search.query.correction import Mending, nearest
from search.query.queries import understood
from structures.models import StructurePage
from tests import factories

pytestmark = pytest.mark.django_db


def titles(query, user) -> list[str]:
    return [hit.page.title for hit in get_engine().search(query, user, limit=1_000).hits]


def first(query, user) -> str:
    return titles(query, user)[:1][0]


WAYS = {
    "compounds": ["brimbocars", "brimbo-cars"],
    "compounds of three": ["arcgrandzorbe", "arc-grand-zorbe"],
    "initials": ["ZQK", "Z.Q.K.", "z.q.k"],
    "letters and figures": ["ZORB37", "zorb 37"],
    "figures and letters": ["9zq", "9 ZQ"],
    "figures": ["3958", "39 58"],
    "telephones": [
        "0261915566",
        "02 61 91 55 66",
        "02.61.91.55.66",
        "02-61-91-55-66",
        "+33261915566",
        "+33 2 61 91 55 66",
        "+33 (0)2 61 91 55 66",
        "0033 2 61 91 55 66",
    ],
    "dates": ["7 mai 1987", "7/5/1987", "07/05/87", "7.5.1987", "07-05-1987", "1987-05-07"],
    "saints": ["Saint-Zorblin", "St Zorblin", "st-zorblin", "ST ZORBLIN"],
    "holy women": ["Sainte-Zorbline", "Ste Zorbline", "sainte zorbline"],
}
PAIRS = [
    pytest.param(asked, written, id=f"{kind}: {asked} finds {written}")
    for kind, ways in WAYS.items()
    for asked in ways
    for written in ways
    if asked != written
]


@pytest.mark.sampled(every=3)
@pytest.mark.parametrize(("asked", "written"), PAIRS)
def test_each_way_of_writing_finds_the_others(anonymous, asked, written):
    factories.page(title="La page", body=f"<p>Voyez ici : {written}, sans attendre.</p>")
    assert first(asked, anonymous) == "La page"


@pytest.mark.parametrize(
    "asked", ["0247937788", "02 47 93 77 88", "02.47.93.77.88", "+33247937788"]
)
def test_a_place_is_found_by_its_telephone_however_it_is_typed(anonymous, asked):
    factories.page(StructurePage, title="Le lieu", telephone="+33247937788")
    assert titles(asked, anonymous) == ["Le lieu"]


@pytest.mark.parametrize("asked", ["zorb lingue", "zorb-lingue"])
def test_two_words_are_found_where_they_are_one(anonymous, asked):
    factories.page(title="La page", body="<p>Un zorblingue.</p>")
    assert titles(asked, anonymous) == ["La page"]


def test_one_word_is_found_where_it_is_two(anonymous):
    factories.page(title="La page", body="<p>Le grand brimborion.</p>")
    results = get_engine().search("grandbrimborion", anonymous)
    assert [hit.page.title for hit in results.hits] == ["La page"]
    assert results.corrected_query == "grand brimborion"


@pytest.mark.parametrize(
    "asked",
    [
        "réunion de mars 1987",
        "cr du 11/3/87",
        "compte rendu 11 mars 1987",
        "11-03-1987",
        "REUNION MARS 1987",
    ],
)
def test_a_meeting_is_found_by_its_day(anonymous, asked):
    factories.page(MeetingPage, title="Bilan", date="1987-03-11")
    factories.page(title="Le mari", body="<p>Son mari, en réunion.</p>" * 3)
    assert first(asked, anonymous) == "Bilan"


def test_march_is_no_husband(anonymous):
    factories.page(title="Zorblin", body="<p>Le mari zorblin.</p>")
    assert "Zorblin" not in titles("mars", anonymous)


# Small words that are words where they stand

SMALL = [
    ("son", "Le son ne marche pas", "Son code, son chat et son voisin"),
    ("problème de son", "Problème de son", "Le problème de son fils"),
    ("été", "Horaires d’été", "Il a été vu, elle avait toujours été là"),
    ("l'été", "Pendant l’été", "Elle n’a pas été prévenue"),
    ("AS", "L’AS du collège", "Tu as fini ?"),
    ('"AS"', "L’AS du collège", "Tu as fini ?"),
    ("ES", "La formation ES", "Tu es là"),
]


@pytest.mark.parametrize(("asked", "word", "small"), SMALL)
def test_a_small_word_that_is_a_word_finds_the_pages_where_it_is_one(anonymous, asked, word, small):
    factories.page(title="Le mot", summary=word, body=f"<p>{word}.</p>")
    factories.page(title="Le petit mot", summary=small, body=f"<p>{small}.</p>" * 3)
    found = titles(asked, anonymous)
    assert "Le mot" in found
    assert "Le petit mot" not in found[: found.index("Le mot")]


@pytest.mark.parametrize("asked", ["et", "de la", "les", "que", "pour", "est-ce que", "où"])
def test_small_words_alone_find_the_pages_where_they_follow_each_other(anonymous, asked):
    factories.page(title="Zorb", body="<p>Et de la, les, que, pour, est-ce que, où.</p>")
    factories.page(title="Brimbo", body="<p>Brimborion.</p>")
    found = titles(asked, anonymous)
    assert "Zorb" in found and "Brimbo" not in found


def test_small_words_that_are_a_title_find_it_first(anonymous, client):
    factories.page(title="Pour qui et pour quoi")
    assert first("pour qui et pour quoi", anonymous) == "Pour qui et pour quoi"
    shown = client.get("/recherche/", {"q": "de la"}).content.decode()
    assert "Ces mots sont dans presque toutes les pages" in shown


# Words of the field

SAME = [
    ("bibliothèque", "médiathèque"),
    ("ordi", "ordinateur"),
    ("appli", "application"),
    ("courriel", "mail"),
    ("mail", "messagerie"),
    ("taf", "emploi"),
    ("gosses", "enfants"),
    ("photocopieuse", "imprimante"),
    ("impression", "imprimer"),
    ("HLM", "logement social"),
    ("repair café", "café réparation"),
]


@pytest.mark.parametrize(("asked", "written"), SAME)
def test_words_of_the_field_that_mean_the_same_are_looked_for_together(anonymous, asked, written):
    factories.page(title="La page", body=f"<p>zorblinette {written}</p>")
    assert first(f"zorblinette {asked}", anonymous) == "La page"
    assert "<mark>" in get_engine().search(asked, anonymous, limit=1).hits[0].extract


def test_the_word_that_was_typed_comes_before_those_that_mean_the_same(anonymous):
    factories.page(title="Zorb messagerie")
    factories.page(title="Zorb courriel")
    assert first("zorb courriel", anonymous) == "Zorb courriel"


# Expressions


def test_an_expression_finds_and_marks_no_page_that_holds_its_parts_only(anonymous):
    factories.page(title="Zorb un", body="<p>Zorblin. Deux mots avant de passer le relais.</p>")
    factories.page(title="Zorb deux", body="<p>Zorblin. Les mots de passe.</p>")
    found = get_engine().search("mot de passe", anonymous, limit=200).hits
    assert "Zorb un" not in {hit.page.title for hit in found}
    [hit] = [hit for hit in found if hit.page.title == "Zorb deux"]
    assert "<mark>mots de passe</mark>" in hit.extract


def test_the_parts_of_an_expression_that_nobody_wrote_are_looked_for(anonymous):
    Synonym.objects.create(words="grand zorblin, zorb")
    factories.page(title="La page", body="<p>Un zorblin qui est grand.</p>")
    assert first("grand zorblin", anonymous) == "La page"


def test_near_words_come_before_far_ones(anonymous):
    words = "<p>" + "Une autre phrase pour remplir. " * 20 + "</p>"
    factories.page(title="Loin", body=f"<p>zorblin</p>{words}<p>brimbor</p>")
    factories.page(title="Près", body=f"<p>zorblin ou bien brimbor</p>{words}")
    assert first("zorblin brimbor", anonymous) == "Près"


# A correction is proposed only when it is better


@pytest.mark.parametrize(
    ("typed", "written"),
    [("décédé", "décidé"), ("sourde", "source"), ("une personne sourde", "la source")],
)
def test_a_word_of_french_is_not_mended_into_another_one(db, typed, written, anonymous):
    factories.page(title="La page", body=f"<p>{written}</p>")
    facet_index = facet_indexes.current()
    finder = Finder(get_engine().postings, facet_index, facet_index.readable(anonymous))
    word = understood(typed).groups[-1]
    near = [(word, one) for one in nearest(word)]
    assert near and Mending(finder, typed).that_are_meant(near) == []


def test_a_word_of_french_is_mended_where_it_makes_an_expression(anonymous):
    factories.page(title="La page", body="<p>Une zorblinade en ligne.</p>")
    results = get_engine().search("zorblinade en linge", anonymous)
    assert results.corrected_query == "zorblinade en ligne"


def test_what_is_mended_is_mended_whole(anonymous):
    factories.page(title="La page", body="<p>Une arnaque au téléphone.</p>")
    results = get_engine().search("arnaqe telephonne", anonymous)
    assert results.corrected_query == "arnaque téléphone"


@pytest.mark.parametrize("typed", ["zorblinethèke", "sorblinethèque", "zorblinnetheque"])
def test_a_word_heard_as_a_known_one_finds_it(anonymous, typed):
    factories.page(title="La page", body="<p>La zorblinethèque.</p>")
    assert titles(typed, anonymous) == ["La page"]
