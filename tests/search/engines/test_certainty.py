"""« La réponse »: shown only when one can be sure of it; the list of answers says the rest."""

import pytest

from tests import factories
from tests.search.engines.test_hundred_fifty_queries import QUERIES as TYPED
from tests.search.engines.test_sixty_queries import QUERIES as SAID

pytestmark = pytest.mark.django_db

SURE = 40  # of these queries, at least: it must not become silent either
DOUBTFUL = [
    "imprimer une attestation",  # an example of the home page
    "je ne sais pas lire",
    "je ne sais pas nager",
    "la personne ne sait pas nager",
    "il ne sait pas écrire",
    "j'ai oublié mon parapluie",
    "perdu mon chat",
    "ouvrir un compte bancaire",
    "faire une carte d'identité",
    "changer mon adresse",
    "code postal",
    "adresse postale",
    "la personne pleure",
    "je n'ai pas d'argent",
    "réparer un ordinateur",
    "signer un document",
    "demander un passeport",
    "un usager agressif",
    "garder un enfant",
    "envoyer un colis",
    "prendre rendez-vous à la préfecture",
]


def the_answer(client, query: str):
    return client.get("/recherche/", {"q": query}).context["answer"]


@pytest.mark.parametrize("query", DOUBTFUL)
def test_what_may_be_another_question_has_no_answer_that_stands_out(client, query):
    assert the_answer(client, query) is None


def test_no_query_has_a_wrong_answer_and_most_situations_have_theirs(client):
    wrong, right = [], 0
    for query, expected in [*TYPED, *SAID]:
        answer = the_answer(client, query)
        if answer and answer.page.slug not in expected.split("|"):
            wrong.append((query, answer.page.slug))
        right += answer is not None
    assert wrong == []
    assert right >= SURE


def test_two_answers_that_are_as_good_leave_the_choice(client):
    from practices.models import GuidelinePage

    for ending in ("au marché", "à la foire"):
        factories.page(
            GuidelinePage,
            title=f"On me demande une brimborionette {ending}",
            summary="Une situation.",
            short_answer="Je dis que je ne sais pas.",
        )
    assert the_answer(client, "une brimborionette me demande") is None
    assert the_answer(client, "une brimborionette à la foire").page.title.endswith("foire")


def test_a_word_that_no_page_holds_is_the_rarest(client):
    assert the_answer(client, "un usager me donne son mot de passe")
    assert the_answer(client, "un usager me donne son zygomatoscope") is None
