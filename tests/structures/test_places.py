"""Places: their index by commune, their facts, what stands around them."""

import pytest
from django.core.exceptions import ValidationError

from structures import standard
from structures.models import Permanence, StructurePage
from tests import factories
from tests.wiki import form_filling
from tests.wiki.screens import main_text
from wiki.text.french_order import french_key

pytestmark = pytest.mark.django_db


def communes_of(answer) -> list[str]:
    return [option.name for option in answer.context["communes"].options]


def test_the_index_lists_places_by_commune_and_narrows_by_address(client):
    factories.page(StructurePage, title="Lieu du bourg", commune="Lerné")
    answer = client.get("/lieux/")
    communes = [place.commune for place in answer.context["structures"]]
    known = [commune for commune in communes if commune]
    assert known == sorted(known, key=french_key)
    assert communes[: len(known)] == known
    narrowed = client.get("/lieux/?commune=Lerné")
    assert [place.title for place in narrowed.context["structures"]] == ["Lieu du bourg"]
    assert "Chinon" in communes_of(narrowed)


@pytest.mark.parametrize("commune", ["Nulle part", "\x00", "<script>", "x" * 5000])
def test_an_unknown_commune_gives_an_empty_list_not_an_error(client, commune):
    answer = client.get("/lieux/", {"commune": commune})
    assert answer.status_code == 200
    assert "<script>" not in main_text(answer)


@pytest.mark.parametrize(
    ("number", "shown"),
    [("+33247000000", "02 47 00 00 00"), ("", ""), ("+3222345678", "+32 2 234 56 78")],
)
def test_a_telephone_number_is_shown_as_people_say_it(number, shown):
    assert StructurePage(telephone=number).telephone_display == shown


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("telephone", "02 47 00 00"),
        ("telephone", "+33 2 47"),
        ("code_postal", "3750"),
        ("code_insee", "37"),
        ("code_insee", "2C004"),
        ("pivot", "123"),
        ("horaires", "lundi"),
        ("typologie", ["XYZ"]),
        ("services", ["Café"]),
    ],
)
def test_facts_out_of_the_standard_are_refused(field, value):
    place = factories.page(StructurePage)
    setattr(place, field, value)
    with pytest.raises(ValidationError) as refused:
        place.full_clean()
    assert set(refused.value.error_dict) == {field}


@pytest.mark.parametrize("code", ["37072", "2A004", "2B033", "97411", "01001"])
def test_codes_of_every_departement_are_accepted(code):
    place = factories.page(StructurePage, code_insee=code)
    assert place.code_insee == code


def test_a_parent_structure_and_a_permanence_are_linked(client):
    parent = factories.page(StructurePage, title="La communauté")
    host = factories.page(StructurePage, title="La mairie d’accueil")
    place = factories.page(
        StructurePage,
        structure_parente=parent,
        permanences=[Permanence(place=host, rhythm="le jeudi"), Permanence(place_name="Au marché")],
    )
    text = client.get(place.address).content.decode()
    for other in (parent, host):
        assert f'href="{other.address}"' in text
        assert other.title in text
    assert "Au marché" in text
    assert place.title in client.get(parent.address).content.decode()


def test_places_of_the_same_commune_are_offered(client):
    first = factories.page(StructurePage, commune="Lerné")
    second = factories.page(StructurePage, commune="Lerné")
    assert [place.pk for place in client.get(first.address).context["nearby"]] == [second.pk]
    alone = factories.page(StructurePage, commune="")
    assert client.get(alone.address).context["nearby"] == []


def test_a_place_with_nothing_but_its_name_is_readable(client):
    place = factories.page(StructurePage, title="Juste un nom")
    assert "Juste un nom" in main_text(client.get(place.address))


@pytest.mark.parametrize(
    "name",
    [
        *("TYPOLOGIES", "SERVICES", "PUBLICS", "PRISES_EN_CHARGE", "FRAIS", "ITINERANCES"),
        *("MODALITES_ACCES", "MODALITES_ACCOMPAGNEMENT", "DISPOSITIFS", "FORMATIONS_LABELS"),
    ],
)
def test_the_lists_of_the_standard_have_no_separator_nor_double(name):
    values = [value for value, _label in getattr(standard, name)]
    assert len(set(values)) == len(values)
    assert not any("|" in value or value != value.strip() for value in values)


def test_one_commune_written_in_several_ways_is_one(client):
    for name in ("Couziers", "couziers", "COUZIERS", "Couziers"):
        factories.page(StructurePage, title=f"Lieu de {name}", commune=name)
    for asked in ("Couziers", "couziers"):
        answer = client.get(f"/lieux/?commune={asked}")
        assert len(answer.context["structures"]) == 4
        assert [one for one in communes_of(answer) if one.lower() == "couziers"] == ["Couziers"]
    assert client.get("/lieux/").content.decode().count(">Couziers</h2>") == 1


def test_a_place_is_no_part_of_itself(logged_in, contributor):
    page = factories.page(StructurePage, title="Le lieu seul")
    answer = form_filling.edit(logged_in(contributor), page, structure_parente=page.pk)
    assert answer.status_code == 422
    assert "ne fait pas partie" in answer.content.decode()


@pytest.mark.parametrize(
    ("title", "typologie", "untold"),
    [
        ("Centre social de Chinon", ["CS"], []),
        ("La Grange", ["CS"], ["Centre social"]),
        ("Mission locale du Chinonais", ["ML", "CS"], ["Centre social"]),
    ],
)
def test_a_list_says_the_kinds_that_the_title_does_not(title, typologie, untold):
    assert StructurePage(title=title, typologie=typologie).types_untold == untold
