"""The admin's screens of people: adding somebody, seeing who is who, one word for one thing."""

from io import StringIO
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.http import QueryDict
from lxml import html

from tests import factories
from tests.wiki.screens import form_of, text_of
from wiki.editing import drafts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_templates")]
User = get_user_model()
NEW = "/admin/users/new/"
FILLED = {
    **{"username": "accueil", "display_name": "Accueil de Huismes", "email": "a@example.org"},
    **{"password1": "tuffeau-et-ardoise", "password2": "tuffeau-et-ardoise"},
}
ROLES = ["administrator", "superuser"]


@pytest.fixture(params=ROLES)
def keeper(request, logged_in):
    """The browser of somebody who makes accounts."""
    return logged_in(request.getfixturevalue(request.param))


def add(client, **fields):
    return client.post(NEW, {**form_of(client.get(NEW), "password1"), **FILLED, **fields})


def made():
    return User.objects.filter(username="accueil").first()


def field_of(response, name: str):
    """The part of a screen of the admin that holds one field."""
    (control, *_more) = html.fromstring(response.content).xpath(f'//*[@name="{name}"]')
    return next(one for one in control.iterancestors() if "w-field__wrapper" in one.classes)


def test_a_role_is_chosen_already_when_the_form_opens(keeper):
    assert add(keeper).status_code == 302
    assert [group.name for group in made().groups.all()] == ["Contributeurs"]


def test_roles_and_passwords_stand_on_one_screen(keeper):
    for address in (NEW, f"/admin/users/edit/{factories.person().pk}/"):
        screen = html.fromstring(keeper.get(address).content)
        for name in ("groups", "password1", "display_name"):
            (control, *_more) = screen.xpath(f'//form//*[@name="{name}"]')
            hidden = [one for one in control.iterancestors() if one.get("hidden") is not None]
            assert hidden == [], name


def test_nobody_is_made_without_a_role_by_oversight(keeper):
    assert "only_reads" not in form_of(keeper.get(NEW), "password1")
    answer = add(keeper, groups=[])
    assert answer.status_code == 200
    assert made() is None
    assert "n’a pas de rôle" in field_of(answer, "groups").text_content()
    assert form_of(answer, "password1")["display_name"] == ["Accueil de Huismes"]
    assert "lit seulement" in field_of(answer, "only_reads").text_content()
    again = {**form_of(answer, "password1"), **FILLED, "only_reads": "on"}
    assert keeper.post(NEW, again).status_code == 302
    assert not made().groups.exists()


def test_somebody_who_gets_all_rights_needs_no_role(superuser, logged_in):
    assert add(logged_in(superuser), groups=[], is_superuser="on").status_code == 302
    assert made().is_superuser


def test_taking_the_last_role_away_is_said(keeper, contributor):
    address = f"/admin/users/edit/{contributor.pk}/"
    form = form_of(keeper.get(address), "display_name")
    said = text_of(keeper.post(address, {**form, "groups": []}, follow=True))
    assert "n’a plus de rôle" in said


@pytest.mark.parametrize("typed", ["", "  ", "\u200b"])
def test_an_empty_name_has_its_mark_and_its_own_message(keeper, typed):
    assert field_of(keeper.get(NEW), "display_name").xpath('.//*[contains(@class, "required")]')
    answer = add(keeper, display_name=typed)
    assert answer.status_code == 200
    told = " ".join(field_of(answer, "display_name").text_content().split())
    assert "Écrivez le nom que les lecteurs verront" in told
    assert "ressemble" not in told


def test_a_name_is_not_emptied_and_one_that_never_was_is_not_asked(keeper, contributor):
    nameless = factories.person("Contributeurs", display_name="")
    for person, status in ((contributor, 200), (nameless, 302)):
        address = f"/admin/users/edit/{person.pk}/"
        form = form_of(keeper.get(address), "display_name")
        assert keeper.post(address, {**form, "display_name": ""}).status_code == status


def row_of(client, name: str) -> list[str]:
    """What the cells of the list say of the one person found by this name."""
    screen = html.fromstring(client.get("/admin/users/", {"q": name}).content)
    (row,) = screen.xpath('//table[contains(@class, "listing")]/tbody/tr')
    return [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]


def test_the_list_says_who_is_who_in_french(keeper):
    people = {
        "Une plume": ("Contributeurs", "Oui"),
        "Un œil": ("Aucun rôle", "Oui"),
        "Deux mains": ("Animateurs, Contributeurs", "Non"),
    }
    for name, (role, active) in people.items():
        groups = [] if role == "Aucun rôle" else role.split(", ")
        factories.person(*groups, display_name=name, is_active=active == "Oui")
    factories.person(display_name="Serveur", is_superuser=True)
    people["Serveur"] = ("Tous les droits", "Oui")
    for name, expected in people.items():
        cells = row_of(keeper, name)
        assert {*expected} <= {*cells}, cells
        assert any(cell.startswith(name) for cell in cells), cells
    assert "True" not in text_of(keeper.get("/admin/users/"))


def test_the_list_costs_the_same_with_more_people(
    superuser, logged_in, django_assert_max_num_queries
):
    client = logged_in(superuser)
    client.get("/admin/users/")
    with django_assert_max_num_queries(100) as few:
        client.get("/admin/users/")
    for _ in range(8):
        factories.person("Contributeurs", "Animateurs")
    with django_assert_max_num_queries(len(few)):
        client.get("/admin/users/")


def screens_with_login_names(client) -> dict:
    taken = factories.person(username="pris")
    return {
        "list": client.get("/admin/users/"),
        "new": client.get(NEW),
        "edit": client.get(f"/admin/users/edit/{taken.pk}/"),
        "empty": add(client, username=""),
        "bad": add(client, username="a b/c"),
        "taken": add(client, username="pris"),
        "login": client.__class__().get("/connexion/"),
    }


def test_one_word_says_what_one_logs_in_with(keeper):
    for name, answer in screens_with_login_names(keeper).items():
        assert answer.status_code == 200, name
        told = text_of(answer).casefold().replace("'", "’")
        assert "identifiant" in told, name
        assert "nom d’utilisateur" not in told, name
    with pytest.raises(CommandError) as refusal:
        bad = {"username": "a b/c", "email": "", "interactive": False}
        call_command("createsuperuser", **bad, stderr=StringIO())
    assert "identifiant" in str(refusal.value)
    assert User._meta.get_field("username").verbose_name == "identifiant"


def test_a_session_left_open_does_not_give_ones_own_account_by_the_admin(keeper):
    me = User.objects.get(pk=keeper.session["_auth_user_id"])
    address = f"/admin/users/edit/{me.pk}/"
    form = form_of(keeper.get(address), "display_name")
    new = {"password1": "ardoise-et-tuffeau", "password2": "ardoise-et-tuffeau"}
    sent = {**form, **new, "email": "voleur@example.org", "display_name": "Accueil de Huismes"}
    answer = keeper.post(address, sent)
    assert answer.status_code == 302, text_of(answer)
    after = User.objects.get(pk=me.pk)
    assert after.display_name == "Accueil de Huismes"
    assert (after.email, after.password) == (me.email, me.password)
    assert "dans « Mon espace »" in text_of(keeper.get(address)).replace("\u00a0", " ")


@pytest.mark.parametrize("changed", [True, False])
def test_the_old_address_is_told_of_one_that_the_admin_writes(keeper, contributor, changed):
    address = f"/admin/users/edit/{contributor.pk}/"
    form = form_of(keeper.get(address), "display_name")
    new = {"email": "autre@example.org"} if changed else {}
    assert keeper.post(address, {**form, **new}).status_code == 302
    assert [message.to for message in mail.outbox] == [[contributor.email]] * changed


def test_somebody_without_a_mail_address_is_added_and_helped(keeper):
    assert add(keeper, email="").status_code == 302
    address = f"/admin/users/edit/{made().pk}/"
    form = form_of(keeper.get(address), "display_name")
    new = {"password1": "ardoise-et-tuffeau", "password2": "ardoise-et-tuffeau"}
    assert keeper.post(address, {**form, **new}).status_code == 302
    assert made().check_password("ardoise-et-tuffeau")
    assert mail.outbox == []


def test_before_one_deletes_a_person_one_reads_what_stays_and_what_goes(keeper):
    person = factories.person("Contributeurs", display_name="Accueil de Thizay")
    factories.edited(factories.page(author=person), author=person, summary="Autre")
    for turn in range(2):
        closed = factories.page(author=person)
        factories.restricted_to_groups(closed, "Bureau")
        drafts.save(person, uuid4(), QueryDict(f"title=Secret{turn}"), None, "article")
    told = text_of(keeper.get(f"/admin/users/delete/{person.pk}/")).replace("\u00a0", " ")
    assert "signée" in told
    assert "« Accueil de Thizay »" in told
    assert "2 brouillons non publiés seront perdus" in told
    assert "décochez « Actif »" in told
    assert "Secret" not in told


def test_a_person_offers_no_screen_that_is_closed(administrator, contributor, logged_in):
    client = logged_in(administrator)
    screen = html.fromstring(client.get(f"/admin/users/edit/{contributor.pk}/").content)
    offered = {str(href) for href in screen.xpath('//main//a[starts-with(@href, "/admin/")]/@href')}
    assert f"/admin/users/delete/{contributor.pk}/" in offered
    assert [href for href in offered if client.get(href).status_code != 200] == []
