"""Words that people understood badly stay out of every form and page."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from lxml import html

from structures import standard
from structures.models import StructurePage
from tests import factories
from tests.wiki.screens import main_text, text_of
from wiki.models import User
from wiki.pages.kinds import all_kinds

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return [*all_kinds()]


@pytest.fixture
def writer(logged_in, contributor):
    return logged_in(contributor)


@pytest.mark.parametrize("kind", kinds())
def test_no_form_of_a_page_shows_what_the_framework_says_by_default(writer, kind):
    answer = writer.get(f"/nouveau/{kind}/")
    shown = text_of(answer)
    assert "souhaiteriez" not in shown
    assert "obligatoire" in shown
    assert "----" not in shown
    assert "à remplir" not in shown


@pytest.mark.parametrize("kind", kinds())
def test_a_page_to_be_is_not_asked_what_changed(writer, kind):
    assert not html.fromstring(writer.get(f"/nouveau/{kind}/").content).xpath(
        "//*[@name='edit_summary' or @name='minor']"
    )


def test_rows_are_counted_in_the_singular(writer):
    shown = text_of(writer.get("/nouveau/lieu/"))
    assert re.search(r"Permanence 1\b", shown)
    assert re.search(r"Label 1\b", shown)


def test_a_new_page_says_written_and_an_edited_one_says_changed(client):
    page = factories.page()
    assert "Écrit le" in main_text(client.get(page.address))
    assert "Historique (1 version)" in main_text(client.get(page.address))
    factories.edited(page, body="<p>Autre chose</p>")
    assert "Modifié le" in main_text(client.get(page.address))
    assert "Historique (2 versions)" in main_text(client.get(page.address))


def test_values_of_the_standard_are_stored_verbatim_and_shown_plain(client):
    place = factories.page(
        StructurePage,
        services=["Insertion professionnelle via le numérique"],
        modalites_acces=["Se présenter", "Prendre un RDV en ligne"],
    )
    stored = StructurePage.objects.get(pk=place.pk)
    assert stored.services == ["Insertion professionnelle via le numérique"]
    shown = main_text(client.get(place.address))
    for value in [*place.services, *place.modalites_acces]:
        assert standard.IN_PLAIN_WORDS[value] in shown
        assert value not in shown


def test_a_wrong_password_is_said_in_one_plain_line(client):
    answer = client.post("/connexion/", {"username": "personne", "password": "rien"})
    shown = main_text(answer)
    assert "Identifiant ou mot de passe inexact. Vérifiez les majuscules." in shown
    assert "sensible à la casse" not in shown


def test_the_admin_asks_no_civil_name_and_keeps_the_public_one(client, admin_templates):
    boss = User.objects.create_superuser("chef", "chef@demo.example", "x")
    client.force_login(boss)
    asked = {
        **{"username": "mediatheque", "email": "m@demo.example", "display_name": "Médiathèque"},
        **{"password1": "tuffeau-et-ardoise", "password2": "tuffeau-et-ardoise"},
        "groups": [Group.objects.get(name="Contributeurs").pk],
    }
    answer = client.post(reverse("wagtailusers_users:add"), asked)
    assert answer.status_code == 302, text_of(answer)
    person = User.objects.get(username="mediatheque")
    assert person.public_name == "Médiathèque"
    assert "Nom montré aux lecteurs" in text_of(
        client.get(reverse("wagtailusers_users:edit", args=[person.pk]))
    )


def test_the_account_of_the_admin_is_the_account_of_the_site(client):
    client.force_login(User.objects.create_superuser("chef", "chef@demo.example", "x"))
    assert client.get("/admin/account/").url == "/profil/"
