"""What people ask with words that pages do not have: each row is a kind."""

import pytest

from search.engine import get_engine
from search.indexing import documents
from tests import factories

pytestmark = pytest.mark.django_db

ASKED = [  # what is asked, how the title begins that answers it
    ("imprimer une attestation", "Imprimer et numériser un papier"),
    ("elle a perdu son mot de passe", "La personne a oublié son mot de passe"),
    ("ordinateur pas cher", "Quel ordinateur acheter"),
    ("ordinateur d'occasion", "Quel ordinateur acheter"),
    ("passport", "La personne a perdu ses papiers"),
    ("c'est quoi le cloud", "Mes photos dans le nuage"),
    ("pôle emploi", "Relais emploi"),
    ("France travail", "Relais emploi"),
    ("piratage", "Reconnaître une arnaque"),
    ("qui êtes vous", "Qui sommes-nous ?"),
    ("aide", "Aide : chercher, lire, écrire"),
    ("contact", "Aide : chercher, lire, écrire"),
    ("mot de pase oublier", "La personne a oublié son mot de passe"),
]


@pytest.fixture
def pages(db):
    for title in dict.fromkeys(title for _asked, title in ASKED):
        factories.page(title=title, body="<p>Voici comment faire.</p>")
    factories.page(title="Trois façons d’aider", body="<p>Une aide, des aides. Pas ici.</p>")
    factories.page(title="On me demande de garder un mot de passe", body="<p>Je perds tout.</p>")


@pytest.mark.sampled(every=3)
@pytest.mark.parametrize(("asked", "title"), ASKED)
def test_other_words_find_the_page(pages, anonymous, asked, title):
    first, *_others = get_engine().search(asked, anonymous).hits
    found = first.page.title.replace("\u00a0", " ")
    assert found.casefold().startswith(title.casefold())


def test_a_fault_inside_an_expression_is_mended_and_told(pages, anonymous):
    results = get_engine().search("mot de pase oublié", anonymous)
    assert results.corrected_query == "mot de passe oublié"
    assert "Trois façons d’aider" not in [hit.page.title for hit in results.hits]


def test_a_public_is_no_user(anonymous):
    factories.page(title="La page", body="<p>Un zorblin public.</p>")
    hits = get_engine().search("usager", anonymous, limit=1_000).hits
    assert "La page" not in [hit.page.title for hit in hits]


def test_what_stands_before_a_colon_is_a_name(db):
    page = factories.page(title="Zorblin : le reste")
    assert documents.fields_of(page)["wording_stems"].split()[:1] == ["zorblin"]
