"""One's own account: coming in, going out, the password, the name that signs."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from tests import factories
from tests.wiki import form_filling
from tests.wiki.logging_in import PASSWORD, change_password, login, save_profile
from tests.wiki.screens import form_of, links_of, main_text
from wiki.publishing.publishing import newest_version

pytestmark = pytest.mark.django_db


def test_one_comes_in_and_is_led_back_where_one_was(client, contributor, guideline):
    asked = client.get(f"{guideline.address}modifier/")
    answer = login(client, contributor, next_page=asked.url.partition("next=")[2])
    assert (answer.status_code, answer.url) == (302, f"{guideline.address}modifier/")
    assert client.get(answer.url).status_code == 200


def test_one_comes_in_without_saying_where_to_go(client, contributor):
    answer = login(client, contributor)
    assert (answer.status_code, answer.url) == (302, "/mon-espace/")
    assert contributor.display_name in main_text(client.get("/mon-espace/"))


@pytest.mark.parametrize(
    "elsewhere",
    ["//mal.example/", "https://mal.example/", "/\\mal.example", "javascript:alert(1)", "///mal"],
)
def test_one_is_never_led_to_another_site(client, contributor, elsewhere):
    form = form_of(client.get("/connexion/", {"next": elsewhere}), "password")
    data = {**form, "username": contributor.username, "password": PASSWORD, "next": elsewhere}
    answer = client.post("/connexion/", data)
    assert (answer.status_code, answer.url) == (302, "/mon-espace/")


def test_the_capital_that_a_phone_puts_does_not_keep_one_out(client, contributor):
    contributor.username = contributor.username.capitalize()
    assert login(client, contributor).url == "/mon-espace/"


def test_a_name_longer_than_any_is_refused_as_an_unknown_one(client, contributor):
    contributor.username = "é" * 64_000
    assert login(client, contributor).status_code == 200


def test_of_two_people_whose_names_differ_by_a_capital_each_comes_in_as_oneself(
    client, contributor
):
    other = factories.person(username=contributor.username.upper())
    other.set_password("un-autre-mot-de-passe")
    other.save()
    assert login(client, contributor).status_code == 302
    assert client.session["_auth_user_id"] == str(contributor.pk)


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


@pytest.mark.parametrize("password", ["court", "password123", "1234567890"])
def test_a_weak_new_password_is_refused_with_a_message(client, contributor, password):
    client.force_login(contributor)
    answer = change_password(client, PASSWORD, password)
    assert answer.context["form"].errors
    assert get_user_model().objects.get(pk=contributor.pk).check_password(PASSWORD)


def test_one_changes_ones_password_and_stays_in(client, contributor):
    client.force_login(contributor)
    new = "ardoise et tuffeau"
    answer = change_password(client, PASSWORD, new)
    assert (answer.status_code, answer.url) == (302, "/profil/mot-de-passe/fait/")
    assert client.get(answer.url).status_code == 200
    assert client.get("/profil/").status_code == 200
    assert get_user_model().objects.get(pk=contributor.pk).check_password(new)


def test_a_pseudonym_signs_later_versions_only(client, contributor):
    page = factories.page(author=contributor)
    first = contributor.display_name
    client.force_login(contributor)
    assert save_profile(client, display_name="La Loire").status_code == 302
    form_filling.edit(client, page, summary="Autre")
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
    form_filling.edit(client, page, summary="Autre")
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


NEW_ADDRESS = "autre@example.org"


def address_of(person) -> str:
    return get_user_model().objects.get(pk=person.pk).email


@pytest.mark.parametrize("typed", ["", "faux", PASSWORD.upper()])
def test_a_new_address_needs_the_present_password_and_what_was_typed_stays(
    client, contributor, typed
):
    client.force_login(contributor)
    fields = {"display_name": "La Loire", "email": NEW_ADDRESS, "present_password": typed}
    answer = save_profile(client, **fields)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["present_password"]
    kept = form_of(answer, "display_name")
    assert (kept["display_name"], kept["email"]) == (["La Loire"], [NEW_ADDRESS])
    assert "present_password" not in kept
    assert address_of(contributor) == contributor.email
    assert mail.outbox == []


@pytest.mark.parametrize("new", [NEW_ADDRESS, ""])
def test_the_old_address_is_told_of_a_new_one_and_where_to_go(client, contributor, new, settings):
    settings.SITE_URL = "https://wiki.example"
    client.force_login(contributor)
    answer = save_profile(client, email=new, present_password=PASSWORD)
    assert (answer.status_code, answer.url) == (302, "/profil/")
    assert address_of(contributor) == new
    (message,) = mail.outbox
    assert message.to == [contributor.email]
    assert "adresse électronique" in message.subject
    assert contributor.display_name in message.body
    assert NEW_ADDRESS not in message.body
    for address in ("https://wiki.example/profil/\n", "https://wiki.example/aide/\n"):
        assert address in message.body


def test_whoever_gives_up_their_address_is_told_what_that_means(client, contributor):
    client.force_login(contributor)
    for new, told in (("autre@example.org", False), ("", True)):
        save_profile(client, email=new, present_password=PASSWORD)
        said = "n’a plus d’adresse électronique" in main_text(client.get("/profil/"))
        assert said == told


@pytest.mark.parametrize("stored", ["Camille@Example.ORG", ""])
def test_an_address_that_nobody_touched_asks_no_password_and_tells_nobody(client, stored):
    person = factories.person("Contributeurs")
    get_user_model().objects.filter(pk=person.pk).update(email=stored)
    client.force_login(person)
    for typed in ("", "rempli par le navigateur"):
        answer = save_profile(client, display_name=f"La Loire {typed}", present_password=typed)
        assert answer.status_code == 302
    assert address_of(person).casefold() == stored.casefold()
    assert mail.outbox == []
    assert not AccessAttempt.objects.exists()


def test_somebody_without_a_role_is_told_the_truth_and_whom_to_ask(client, contributor):
    client.force_login(factories.person())
    told = main_text(client.get("/profil/"))
    assert "n’a pas encore de rôle" in told
    assert "à la personne qui a créé votre compte" in told
    assert "appuyez sur « Modifier »" not in told.replace("\u00a0", " ")
    client.force_login(contributor)
    assert "n’a pas encore de rôle" not in main_text(client.get("/profil/"))


def test_ones_desk_lists_what_one_wrote(client, contributor, other_contributor):
    mine = factories.page(title="De ma main", author=contributor)
    factories.page(title="D’une autre main", author=other_contributor)
    client.force_login(contributor)
    read = main_text(client.get("/mon-espace/"))
    assert mine.title in read
    assert "D’une autre main" not in read


def test_a_profile_is_of_the_account_alone_and_leads_back_to_the_desk(client, contributor):
    client.force_login(contributor)
    links = links_of(client.get("/profil/"))
    assert "/mon-espace/" in links
    assert not {"/nouveau/", "/brouillons/", "/mes-fichiers/", "/corbeille/"} & set(links)


@pytest.mark.parametrize(("email", "is_open"), [("", False), ("pas une adresse", True)])
def test_the_address_is_unfolded_when_it_is_refused(client, contributor, email, is_open):
    client.force_login(contributor)
    answer = save_profile(client, email=email) if is_open else client.get("/profil/")
    assert ('<details class="fold" open>' in answer.content.decode()) == is_open
    assert contributor.email in main_text(answer)


@pytest.mark.parametrize("address", ["/profil/", "/profil/mot-de-passe/"])
def test_a_profile_is_ones_own(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (302, f"/connexion/?next={address}")


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
