"""Places proposed in forms: by their name or commune, those that one may read."""

import pytest

from structures.models import StructurePage
from tests import factories

pytestmark = pytest.mark.django_db


def place(title: str, commune: str = "") -> StructurePage:
    return factories.page(StructurePage, title=title, commune=commune)


def proposed(client, query: str, kind: str = "lieu") -> list[str]:
    answer = client.get("/recherche/propositions/", {"q": query, "sorte": kind})
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]
    return [page["title"] for group in answer.json()["kinds"] for page in group["pages"]]


def test_a_place_is_proposed_with_its_commune_and_its_id(client):
    made = place("Zinzolin", "Brimbelle")
    (group,) = client.get("/recherche/propositions/?q=zin&sorte=lieu").json()["kinds"]
    shown = {"id": made.pk, "title": "Zinzolin (Brimbelle)", "address": made.address}
    assert group == {"kind": "lieux", "pages": [shown]}


@pytest.mark.parametrize(
    "query", ["brimb", "l'île-brimb", "ile brimbelle", "zinzolin brimbelle", "zinzolin (l’île"]
)
def test_a_place_is_found_by_its_commune_too(client, query):
    place("Maison Zinzolin", "L’Île-Brimbelle")
    place("Zinzolin ailleurs", "Cabriole")
    assert proposed(client, query) == ["Maison Zinzolin (L’Île-Brimbelle)"]


def test_titles_that_begin_so_come_first_and_short_ones_before(client):
    place("La zinzoline")
    place("Zinzoline du haut")
    place("Zinzoline")
    assert proposed(client, "zinzoline") == ["Zinzoline", "Zinzoline du haut", "La zinzoline"]


def test_other_kinds_and_unknown_ones_are_not_mixed(client):
    factories.page(title="Zinzolin article")
    place("Zinzolin lieu")
    assert proposed(client, "zinzolin") == ["Zinzolin lieu"]
    assert proposed(client, "zinzolin", "article") == ["Zinzolin article"]
    assert proposed(client, "zinzolin", "martien") == []


def test_faults_are_forgiven(client):
    place("Maison du Zinzolin")
    factories.page(title="Article du Zinzolin")
    assert proposed(client, "zinzollin") == ["Maison du Zinzolin"]


def test_closed_places_are_proposed_to_those_who_read_them(client, logged_in):
    closed = place("Zinzolin", "Brimbelle")
    factories.restricted_to_groups(closed, "Bureau")
    member = logged_in(factories.person("Bureau"))
    for query in ("zinzolin", "zinzollin", "brimbelle"):
        assert proposed(client, query) == []
        assert proposed(member, query) == ["Zinzolin (Brimbelle)"]


@pytest.mark.parametrize("query", ["", "z", "%", "__", "((", "/lieux/", "a" * 5000, "\x00zz", "’’"])
def test_any_query_is_answered(client, query):
    assert len(proposed(client, query)) <= 8
