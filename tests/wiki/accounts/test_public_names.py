"""Names that imitate others are nobody's."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from tests import factories
from tests.wiki.logging_in import PASSWORD, save_profile
from tests.wiki.screens import form_of
from wiki.accounts import public_names
from wiki.text.characters import one_line
from wiki.trash import trash

pytestmark = pytest.mark.django_db


# Names that imitate others.

IMITATIONS = [
    "Camille Durand",
    "camille  DURAND",
    "Camille-Durand",
    "Càmillé Durand",
    "Саmillе Durаnd",
    "Camiļle Durand",
    "CamiIIe Durand",
    "Cami11e Durand",
    "Ｃａｍｉｌｌｅ Durand",
    "𝐂amille Durand",
    "Camille\u00a0Durand",
    "Carnille Durand",
    "Passerelles",
    "P\u0430sserelles",
    "Le collectif",
    "L’équipe de Passerelles",
    "Administrateurs",
    "Animateur du site",
    "ADMIN",
    "camille@example.org",
    "Écrire à camille@example.org",
    "\u202eeerdnA",
    "سلمى\u200f",
    "",
    "\u200b",
]


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("name", IMITATIONS)
def test_a_name_that_imitates_is_refused_at_every_door(
    client, contributor, administrator, admin_templates, name
):
    factories.person(display_name="Camille Durand")
    if one_line(name) and not set(name) & set("\u202e"):
        with pytest.raises(ValidationError):
            public_names.checked(name, contributor)
    before = contributor.display_name
    client.force_login(contributor)
    answer = save_profile(client, display_name=name)
    refused = names_of(contributor) == before
    assert refused == (answer.status_code == 422)
    assert refused or names_of(contributor) == "eerdnA"
    client.force_login(administrator)
    address = f"/admin/users/edit/{contributor.pk}/"
    form = form_of(client.get(address), "first_name")
    client.post(address, {**form, "display_name": name})
    assert names_of(contributor) in {before, "eerdnA"}
    assert create(client, username="nouvelle", display_name=name).status_code == 200
    made = get_user_model().objects.filter(username="nouvelle").first()
    assert made is None or made.public_name in {"nouvelle", "eerdnA"}


@pytest.mark.parametrize(
    "name",
    [
        *("Accueil du ϲollectif", "Accueil du Ϲollectif", "Accueil du coǁectif"),
        *("Accueil du coll€ctif", "Accueil du collec†if", "Accueil du collecᴛif"),
        *("Accueil du ©ollectif", "Accueil du colleᴄtif", "Aϲϲueil du collectif"),
    ],
)
def test_a_name_that_the_eye_takes_for_that_of_another_is_refused(contributor, name):
    factories.person(display_name="Accueil du collectif")
    with pytest.raises(ValidationError):
        public_names.checked(name, contributor)


@pytest.mark.parametrize(
    "name",
    [
        *("Modérateurs", "Animatrices", "Les animateurs et les animatrices", "Superadmin"),
        *("Administrateurs et administratrices", "Administration (vérifié)", "ſupport"),
        *("Équipe technique", "Comité Passerelles", "Administrateur·rice", "Animateur·trice·s"),
        *("Adminisᴛration", "Administra†ion", "Support officiel", "Une administratrice"),
    ],
)
def test_no_form_of_a_role_signs_for_the_site(contributor, name):
    with pytest.raises(ValidationError):
        public_names.checked(name, contributor)


def test_signs_that_look_alike_are_read_alike_over_the_whole_table():
    apart = [
        (sign, other)
        for sign, other in public_names.looks().items()
        if sign.isalnum() and other.isalnum()
        if not public_names.skeletons(sign) & public_names.skeletons(other)
    ]
    assert len(public_names.looks()) > 5000
    assert apart == []


def create(client, **fields):
    """As the form of the admin is when it opens, with these fields filled."""
    form = form_of(client.get("/admin/users/new/"), "password1")
    password = {"password1": "tuffeau-et-ardoise", "password2": "tuffeau-et-ardoise"}
    return client.post(
        "/admin/users/new/", {**form, "email": "n@example.org", **password, **fields}
    )


def names_of(person) -> str:
    return get_user_model().objects.get(pk=person.pk).display_name


@pytest.mark.parametrize(
    "name",
    [
        *("Camille Durant", "Accueil de Thouars", "Médiation 37", "سلمى"),
        *("Association Passerelles 37", "Équipe de Chinon", "Comité de Loches", "Thomas"),
    ],
)
def test_a_name_of_ones_own_is_accepted(client, contributor, name):
    factories.person(display_name="Camille Durand")
    client.force_login(contributor)
    assert save_profile(client, display_name=name).status_code == 302
    assert names_of(contributor) == name


def signs_a_page(person):
    factories.page(author=person)


def signs_a_deletion(person):
    trash.put_in(factories.page(), person, "Doublon")


def renamed(person):
    person.display_name = "Autre nom"
    person.save()


def deleted(person):
    person.delete()


@pytest.mark.parametrize("name", ["Administration", "Camille Durand", "a@example.org", "", "…"])
def test_a_name_that_one_has_already_stays(client, name):
    factories.person(display_name="Camille Durand")
    person = factories.person("Contributeurs", display_name=name)
    client.force_login(person)
    new = {"email": "autre@example.org", "present_password": PASSWORD}
    assert save_profile(client, **new).status_code == 302
    assert names_of(person) == name


def test_a_login_name_that_would_sign_as_the_site_needs_another_name(
    client, administrator, admin_templates
):
    client.force_login(administrator)
    assert create(client, username="passerelles", display_name="").status_code == 200
    assert not get_user_model().objects.filter(username="passerelles").exists()
    named = {"username": "passerelles", "display_name": "Accueil de Thouars"}
    assert create(client, **named).status_code == 302


@pytest.mark.parametrize("sign", [signs_a_page, signs_a_deletion])
@pytest.mark.parametrize("goes", [renamed, deleted])
def test_the_name_under_which_somebody_signed_is_not_taken_by_another(
    client, contributor, other_contributor, sign, goes
):
    signed = other_contributor.display_name
    sign(other_contributor)
    goes(other_contributor)
    client.force_login(contributor)
    assert save_profile(client, display_name=signed).status_code == 422
    newcomer = get_user_model()(username="nouvelle")
    with pytest.raises(ValidationError):
        public_names.checked(signed, newcomer)


def test_one_takes_back_a_name_of_ones_own(client, contributor):
    signed = contributor.display_name
    signs_a_page(contributor)
    signs_a_deletion(contributor)
    renamed(contributor)
    client.force_login(contributor)
    assert save_profile(client, display_name=signed).status_code == 302
