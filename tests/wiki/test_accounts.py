"""One's own account: coming in, going out, a lost password, the name that signs."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests import factories
from tests.wiki import editing
from tests.wiki.screens import form_of, main_text
from wiki.publishing import newest_version

pytestmark = pytest.mark.django_db
PASSWORD = "un-mot-de-passe-solide"


def login(client, person, password=PASSWORD, next_page=""):
    address = f"/connexion/?next={next_page}" if next_page else "/connexion/"
    form = form_of(client.get(address), "password")
    return client.post(address, {**form, "username": person.username, "password": password})


def test_one_comes_in_and_is_led_back_where_one_was(client, contributor, guideline):
    asked = client.get(f"{guideline.address}modifier/")
    answer = login(client, contributor, next_page=asked.url.partition("next=")[2])
    assert (answer.status_code, answer.url) == (302, f"{guideline.address}modifier/")
    assert client.get(answer.url).status_code == 200


def test_one_comes_in_without_saying_where_to_go(client, contributor):
    answer = login(client, contributor)
    assert (answer.status_code, answer.url) == (302, "/profil/")
    assert contributor.display_name in main_text(client.get("/profil/"))


@pytest.mark.parametrize(
    "elsewhere",
    ["//mal.example/", "https://mal.example/", "/\\mal.example", "javascript:alert(1)", "///mal"],
)
def test_one_is_never_led_to_another_site(client, contributor, elsewhere):
    form = form_of(client.get("/connexion/", {"next": elsewhere}), "password")
    data = {**form, "username": contributor.username, "password": PASSWORD, "next": elsewhere}
    answer = client.post("/connexion/", data)
    assert (answer.status_code, answer.url) == (302, "/profil/")


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, contributor):
    wrong = login(client, contributor, "faux")
    contributor.username = "personne-de-ce-nom"
    unknown = login(client, contributor, "faux")
    assert wrong.status_code == unknown.status_code
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert "_auth_user_id" not in client.session


def test_a_person_put_aside_does_not_come_in(client, contributor):
    contributor.is_active = False
    contributor.save()
    login(client, contributor)
    assert "_auth_user_id" not in client.session


def test_one_goes_out(client, contributor):
    client.force_login(contributor)
    assert client.get("/deconnexion/").status_code == 405
    answer = client.post("/deconnexion/")
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/profil/").status_code == 302
    assert contributor.display_name not in client.get("/aide/").content.decode()


def test_a_known_person_does_not_see_the_login_form(client, contributor):
    client.force_login(contributor)
    assert client.get("/connexion/").status_code == 302


def ask_for_a_link(client, email: str):
    form = form_of(client.get("/mot-de-passe/"), "email")
    return client.post("/mot-de-passe/", {**form, "email": email}, follow=True)


def test_a_forgotten_password_is_changed_by_mail(client, contributor):
    answer = ask_for_a_link(client, contributor.email)
    assert answer.status_code == 200
    (message,) = mail.outbox
    assert message.to == [contributor.email]
    assert "Passerelles" in message.subject
    assert contributor.username in message.body
    (link,) = re.findall(r"https?://[^/\s]+(/mot-de-passe/nouveau/\S+)", message.body)
    form_page = client.get(link, follow=True)
    address = form_page.redirect_chain[-1][0]
    fields = {"new_password1": "tuffeau et ardoise", "new_password2": "tuffeau et ardoise"}
    answer = client.post(address, {**form_of(form_page, "new_password1"), **fields}, follow=True)
    assert answer.status_code == 200
    assert login(client, contributor, "tuffeau et ardoise").status_code == 302
    again = Client().get(link, follow=True)
    assert not again.context["validlink"]


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, contributor):
    known = main_text(ask_for_a_link(client, contributor.email))
    mail.outbox.clear()
    unknown = main_text(ask_for_a_link(client, "inconnu@example.org"))
    assert unknown == known
    assert mail.outbox == []


@pytest.mark.parametrize("password", ["court", "password123", "1234567890"])
def test_a_weak_new_password_is_refused_with_a_message(client, contributor, password):
    client.force_login(contributor)
    form = form_of(client.get("/profil/mot-de-passe/"), "old_password")
    fields = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    answer = client.post("/profil/mot-de-passe/", {**form, **fields})
    assert answer.context["form"].errors
    assert get_user_model().objects.get(pk=contributor.pk).check_password(PASSWORD)


def test_one_changes_ones_password_and_stays_in(client, contributor):
    client.force_login(contributor)
    form = form_of(client.get("/profil/mot-de-passe/"), "old_password")
    new = "ardoise et tuffeau"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    answer = client.post("/profil/mot-de-passe/", {**form, **fields}, follow=True)
    assert answer.status_code == 200
    assert client.get("/profil/").status_code == 200
    assert get_user_model().objects.get(pk=contributor.pk).check_password(new)


def save_profile(client, **fields):
    form = form_of(client.get("/profil/"), "display_name")
    return client.post("/profil/", {**form, **fields})


def test_a_pseudonym_signs_later_versions_only(client, contributor):
    page = factories.page(author=contributor)
    first = contributor.display_name
    client.force_login(contributor)
    assert save_profile(client, display_name="La Loire").status_code == 302
    editing.edit(client, page, summary="Autre")
    names = [v.author_name for v in page.versions.order_by("number")]
    assert names == [first, "La Loire"]
    history = main_text(Client().get(f"{page.address}historique/"))
    assert first in history
    assert "La Loire" in history


def test_without_a_chosen_name_the_login_signs_never_the_mail_address(client):
    person = factories.person(
        "Contributeurs",
        display_name="",
        username="camille@example.org",
        first_name="Camille",
        last_name="Secrète",
    )
    client.force_login(person)
    page = factories.page()
    editing.edit(client, page, summary="Autre")
    assert newest_version(page).author_name == "camille"
    for address in (page.address, f"{page.address}historique/", "/changements/"):
        text = Client().get(address).content.decode()
        assert "example.org" not in text
        assert "Secrète" not in text


@pytest.mark.parametrize(
    ("field", "value"), [("email", "pas une adresse"), ("display_name", "x" * 81)]
)
def test_a_bad_profile_gets_a_message(client, contributor, field, value):
    client.force_login(contributor)
    answer = save_profile(client, **{field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_profile_changes_nothing_else_than_name_and_address(client, contributor):
    client.force_login(contributor)
    save_profile(client, display_name="X", is_superuser="on", username="admin", is_staff="on")
    person = get_user_model().objects.get(pk=contributor.pk)
    assert not (person.is_superuser or person.is_staff)
    assert person.username == contributor.username


def test_a_profile_lists_what_one_wrote(client, contributor, other_contributor):
    mine = factories.page(title="De ma main", author=contributor)
    factories.page(title="D’une autre main", author=other_contributor)
    client.force_login(contributor)
    read = main_text(client.get("/profil/"))
    assert mine.title in read
    assert "D’une autre main" not in read


@pytest.mark.parametrize("address", ["/profil/", "/profil/mot-de-passe/"])
def test_a_profile_is_ones_own(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (302, f"/connexion/?next={address}")


def test_a_link_made_for_somebody_else_does_not_work(client, contributor, other_contributor):
    ask_for_a_link(client, contributor.email)
    (link,) = re.findall(r"(/mot-de-passe/nouveau/\S+)", mail.outbox[0].body)
    mine, theirs = (base64_of(person.pk) for person in (contributor, other_contributor))
    answer = client.get(link.replace(f"/{mine}/", f"/{theirs}/"), follow=True)
    assert not answer.context["validlink"]


def base64_of(pk: int) -> str:
    return urlsafe_base64_encode(force_bytes(pk))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/connexion/", 200),
        ("/mot-de-passe/", 200),
        ("/mot-de-passe/envoye/", 200),
        ("/mot-de-passe/nouveau/MQ/abc-def/", 200),
        ("/mot-de-passe/fini/", 200),
    ],
)
def test_account_screens_are_in_french_and_in_the_style_of_the_site(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    text = answer.content.decode()
    assert '<html lang="fr">' in text
    assert "css/site.css" in text
