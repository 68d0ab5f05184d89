"""One's own account: coming in, going out, a lost password, the name that signs."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests import factories
from tests.wiki import editing
from tests.wiki.screens import form_of, main_text
from wiki import names
from wiki.client_address import client_address
from wiki.forms import ForgottenPasswordForm
from wiki.publishing import newest_version
from wiki.signs import one_line

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


# Tries are counted: per account, per address, in the database that all processes share.


def try_login(name, password="faux", address="203.0.113.5"):
    data = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address).post("/connexion/", data)


def comes_in(answer) -> bool:
    return answer.status_code == 302


def wrong(person, times, address="203.0.113.5"):
    return [try_login(person.username, address=address) for _ in range(times)][-1]


def test_after_five_wrong_passwords_one_waits_and_is_told_how_long(contributor):
    assert wrong(contributor, 4).status_code == 200
    fifth = wrong(contributor, 1)
    assert fifth.status_code == 429
    assert 0 < int(fifth["Retry-After"]) <= 60
    assert "Attendez 1 minute, puis réessayez." in main_text(fifth)
    assert "J’ai oublié mon mot de passe" in main_text(fifth)
    right = try_login(contributor.username, PASSWORD)
    assert right.status_code == 429
    assert "_auth_user_id" not in right.client.session


def test_a_wait_ends_and_the_next_one_is_longer(contributor, moved_clock):
    waits = []
    wrong(contributor, 4)
    for _round in range(6):
        waits.append(int(wrong(contributor, 1)["Retry-After"]))
        moved_clock(waits[-1] + 1)
    assert [round(wait / 60) for wait in waits] == [1, 2, 4, 8, 15, 15]
    assert comes_in(try_login(contributor.username, PASSWORD))
    assert wrong(contributor, 4).status_code == 200


@pytest.fixture
def moved_clock(monkeypatch):
    """A function: what was counted happened so many seconds earlier."""

    def move(seconds):
        for table in (AccessAttempt, AccessLog, AccessFailureLog):
            for row in table.objects.all():
                earlier = row.attempt_time - timedelta(seconds=seconds)
                table.objects.filter(pk=row.pk).update(attempt_time=earlier)

    return move


def test_tries_while_one_waits_are_not_counted(contributor):
    wrong(contributor, 5)
    for _ in range(20):
        answer = wrong(contributor, 1)
    assert int(answer["Retry-After"]) <= 60
    assert AccessAttempt.objects.get().failures_since_start == 5


def test_one_person_does_not_lock_out_the_library(contributor, other_contributor):
    wrong(contributor, 30)
    assert comes_in(try_login(other_contributor.username, PASSWORD))


def test_many_names_from_one_address_are_stopped_but_not_those_who_work_there(
    contributor, other_contributor
):
    assert comes_in(try_login(contributor.username, PASSWORD))
    answers = [try_login(f"personne-inventee-{number}") for number in range(20)]
    assert [answer.status_code for answer in answers] == [200] * 14 + [429] * 6
    assert comes_in(try_login(contributor.username, PASSWORD))
    assert try_login(other_contributor.username, PASSWORD).status_code == 429
    assert comes_in(try_login(other_contributor.username, PASSWORD, "203.0.113.6"))


def test_one_account_tried_from_many_addresses_is_stopped_but_not_its_owner(contributor):
    home = "198.51.100.7"
    assert comes_in(try_login(contributor.username, PASSWORD, home))
    for number in range(8):
        wrong(contributor, 4, f"203.0.113.{number + 10}")
    assert try_login(contributor.username, PASSWORD, "203.0.113.99").status_code == 429
    assert comes_in(try_login(contributor.username, PASSWORD, home))


def test_unknown_and_known_names_wait_alike(contributor):
    known = wrong(contributor, 5)
    for _ in range(5):
        unknown = try_login("personne-de-ce-nom", address="203.0.113.77")
    assert main_text(known).replace(contributor.username, "") == main_text(unknown).replace(
        "personne-de-ce-nom", ""
    )
    assert known.status_code == unknown.status_code == 429


def test_the_login_beside_a_kept_text_waits_too_and_keeps_the_text(contributor):
    wrong(contributor, 5, "127.0.0.1")
    page = factories.page()
    data = {"key": str(uuid4()), "body": "<p>Mon texte</p>"}
    login = {"connexion-username": contributor.username, "connexion-password": PASSWORD}
    answer = Client().post(f"{page.address}modifier/", {**data, **login})
    assert answer.status_code == 401
    assert "Attendez 1 minute" in main_text(answer)
    assert form_of(answer, "key")["body"][0].strip() == "<p>Mon texte</p>"


def test_what_is_counted_keeps_no_text_and_no_password(contributor):
    data = {"key": str(uuid4()), "body": "<p>Mon texte</p>"}
    login = {"connexion-username": contributor.username, "connexion-password": "secret"}
    Client().post("/nouveau/fiche/", {**data, **login})
    row = AccessAttempt.objects.get()
    assert "".join([row.post_data, row.get_data, row.http_accept, row.user_agent]) == ""


def test_a_login_costs_few_queries(contributor, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        assert comes_in(try_login(contributor.username, PASSWORD))


def test_a_new_password_ends_the_wait(client, contributor):
    wrong(contributor, 5)
    ask_for_a_link(client, contributor.email)
    (link,) = re.findall(r"https?://[^/\s]+(/mot-de-passe/nouveau/\S+)", mail.outbox[0].body)
    form_page = client.get(link, follow=True)
    fields = {"new_password1": "tuffeau et ardoise", "new_password2": "tuffeau et ardoise"}
    form = {**form_of(form_page, "new_password1"), **fields}
    client.post(form_page.redirect_chain[-1][0], form)
    assert comes_in(try_login(contributor.username, "tuffeau et ardoise"))


# Forgotten passwords.


def answered(email: str):
    """The answer, what was sent when all of it was made, and what once it had gone."""
    request = RequestFactory().post("/mot-de-passe/", {"email": email})
    request._dont_enforce_csrf_checks = True
    handler = BaseHandler()
    handler.load_middleware()
    response = handler.get_response(request)
    made = (response.status_code, dict(response.items()), b"".join(response), response.cookies)
    before = len(mail.outbox)
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    return made, before, len(mail.outbox) - before


def test_known_and_unknown_addresses_are_answered_before_anything_is_looked_for(
    contributor, monkeypatch
):
    looked = []
    find = ForgottenPasswordForm.get_users
    monkeypatch.setattr(
        ForgottenPasswordForm,
        "get_users",
        lambda form, email: looked.append(1) or find(form, email),
    )
    known = answered(contributor.email)
    unknown = answered("inconnu@example.org")
    assert known[0] == unknown[0]
    assert (known[1:], unknown[1:]) == ((0, 1), (1, 0))
    assert len(looked) == 2


def test_links_are_sent_three_times_an_hour_and_known_and_unknown_hear_it_alike(
    client, contributor, moved_clock
):
    answers = []
    for email in (contributor.email, "inconnu@example.org"):
        for _ in range(3):
            assert ask_for_a_link(client, email).redirect_chain
        answers.append(ask_for_a_link(client, email))
    known, unknown = answers
    assert known.status_code == unknown.status_code == 429
    assert "Vous pourrez en redemander un dans une heure." in main_text(known)
    assert main_text(known) == main_text(unknown)
    assert len(mail.outbox) == 3
    moved_clock(3601)
    assert ask_for_a_link(client, contributor.email).redirect_chain


def test_one_place_asks_for_thirty_links_an_hour(client):
    for number in range(30):
        assert client.post("/mot-de-passe/", {"email": f"p{number}@example.org"}).status_code == 302
    assert client.post("/mot-de-passe/", {"email": "p@example.org"}).status_code == 429


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("door", "front"),
    [
        ("/admin/login/", "/connexion/?next=/admin/"),
        ("/admin/password_reset/", "/mot-de-passe/"),
        ("/admin/password_reset/done/", "/mot-de-passe/"),
        ("/admin/password_reset/complete/", "/mot-de-passe/"),
        ("/admin/password_reset/confirm/MQ/abc-def/", "/mot-de-passe/nouveau/MQ/abc-def/"),
    ],
)
def test_the_second_door_of_the_admin_leads_to_the_first(client, contributor, method, door, front):
    data = {"username": contributor.username, "password": PASSWORD, "email": contributor.email}
    answer = getattr(client, method)(door, data if method == "post" else None)
    assert (answer.status_code, answer.url) == (302, front)
    assert "_auth_user_id" not in client.session
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.9", "203.0.113.5"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "10.0.0.1, 198.51.100.9", "198.51.100.9"),
        (2, "198.51.100.9, 10.0.0.1", "198.51.100.9"),
        (1, "", "203.0.113.5"),
        (1, "n’importe quoi", None),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:198.51.100.9", "198.51.100.9"),
    ],
)
def test_the_address_comes_from_the_proxies_that_a_setting_names_only(
    settings, proxies, forwarded, address
):
    settings.TRUSTED_PROXIES = proxies
    said = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory(REMOTE_ADDR="203.0.113.5").get("/", **said)
    assert client_address(request) == address


# Sessions.


def log_in_at(client, person, **ticked):
    data = {"username": person.username, "password": PASSWORD, **ticked}
    return client.post("/connexion/", data).cookies["sessionid"]


def idle(client, seconds):
    session = client.session
    session["kb_seen"] -= seconds
    session.save()


def is_in(client) -> bool:
    return client.get("/profil/").status_code == 200


def test_at_home_one_stays_two_weeks_after_the_last_visit(client, contributor):
    assert log_in_at(client, contributor)["max-age"] == 14 * 24 * 3600
    idle(client, 3 * 24 * 3600)
    assert client.get("/profil/").cookies["sessionid"]["max-age"] == 14 * 24 * 3600
    assert "sessionid" not in client.get("/profil/").cookies


def test_on_a_shared_computer_the_session_ends_with_the_browser(client, contributor):
    assert log_in_at(client, contributor, shared="on")["max-age"] == ""
    assert "Ordinateur partagé" in main_text(client.get("/profil/"))


@pytest.mark.parametrize(("minutes", "stays"), [(29, True), (31, False)])
def test_on_a_shared_computer_half_an_hour_without_anybody_ends_the_session(
    client, contributor, minutes, stays
):
    log_in_at(client, contributor, shared="on")
    idle(client, minutes * 60)
    assert is_in(client) == stays
    assert is_in(client) == stays


@pytest.mark.parametrize("door", ["/deconnexion/", "/admin/logout/"])
@pytest.mark.parametrize(
    ("ticked", "cleared"), [({}, '"cache"'), ({"shared": "on"}, '"cache", "storage"')]
)
def test_what_a_browser_kept_goes_when_one_logs_out(client, contributor, door, ticked, cleared):
    log_in_at(client, contributor, **ticked)
    answer = client.post(door)
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, cleared)
    assert not is_in(client)


def test_an_open_page_alone_does_not_keep_a_shared_session_open(client, contributor):
    log_in_at(client, contributor, shared="on")
    idle(client, 20 * 60)
    for address in ("/brouillons/presence/", "/brouillons/etat/"):
        client.post(address, {"person": contributor.pk, "key": str(uuid4())})
    idle(client, 11 * 60)
    assert not is_in(client)


def test_a_text_sent_after_the_end_of_a_shared_session_is_given_back(client, contributor):
    page = factories.page()
    log_in_at(client, contributor, shared="on")
    form = form_of(client.get(f"{page.address}modifier/"))
    idle(client, 40 * 60)
    answer = client.post(f"{page.address}modifier/", {**form, "body": "<p>Mon texte</p>"})
    assert answer.status_code == 401
    assert form_of(answer, "key")["body"][0].strip() == "<p>Mon texte</p>"


def test_one_closes_ones_other_sessions(client, contributor, other_contributor):
    elsewhere, neighbour = Client(), Client()
    log_in_at(client, contributor)
    log_in_at(elsewhere, contributor)
    log_in_at(neighbour, other_contributor)
    assert client.get("/profil/autres-sessions/").status_code == 405
    for _twice in range(2):
        answer = client.post("/profil/autres-sessions/", follow=True)
        assert "Vos autres sessions sont fermées" in main_text(answer)
        assert [is_in(one) for one in (client, elsewhere, neighbour)] == [True, False, True]
        log_in_at(elsewhere, contributor)
        assert is_in(elsewhere)


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


@pytest.mark.parametrize("name", IMITATIONS)
def test_a_name_that_imitates_is_refused_at_every_door(
    client, contributor, administrator, admin_templates, name
):
    factories.person(display_name="Camille Durand")
    if one_line(name) and not set(name) & set("\u202e"):
        with pytest.raises(ValidationError):
            names.checked(name, contributor)
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
    new = {"username": "nouvelle", "email": "n@example.org", "password1": "tuffeau-et-ardoise"}
    form = {**new, "password2": "tuffeau-et-ardoise", "display_name": name}
    client.post("/admin/users/new/", form)
    made = get_user_model().objects.filter(username="nouvelle").first()
    assert made is None or made.public_name in {"nouvelle", "eerdnA"}


def names_of(person) -> str:
    return get_user_model().objects.get(pk=person.pk).display_name


@pytest.mark.parametrize(
    "name",
    ["Camille Durant", "Accueil de Thouars", "Médiation 37", "سلمى", "Association Passerelles 37"],
)
def test_a_name_of_ones_own_is_accepted(client, contributor, name):
    factories.person(display_name="Camille Durand")
    client.force_login(contributor)
    assert save_profile(client, display_name=name).status_code == 302
    assert names_of(contributor) == name


@pytest.mark.parametrize("name", ["Administration", "Camille Durand", "a@example.org", "", "…"])
def test_a_name_that_one_has_already_stays(client, name):
    factories.person(display_name="Camille Durand")
    person = factories.person("Contributeurs", display_name=name)
    client.force_login(person)
    assert save_profile(client, email="autre@example.org").status_code == 302
    assert names_of(person) == name


def test_a_login_name_that_would_sign_as_the_site_needs_another_name(
    client, administrator, admin_templates
):
    client.force_login(administrator)
    new = {"username": "passerelles", "email": "n@example.org", "display_name": ""}
    password = {"password1": "tuffeau-et-ardoise", "password2": "tuffeau-et-ardoise"}
    assert client.post("/admin/users/new/", {**new, **password}).status_code == 200
    assert not get_user_model().objects.filter(username="passerelles").exists()
    named = {**new, **password, "display_name": "Accueil de Thouars"}
    assert client.post("/admin/users/new/", named).status_code == 302


def test_the_name_under_which_somebody_signed_is_not_taken_by_another(
    client, contributor, other_contributor
):
    factories.page(author=other_contributor)
    signed, other_contributor.display_name = other_contributor.display_name, "Autre nom"
    other_contributor.save()
    client.force_login(contributor)
    assert save_profile(client, display_name=signed).status_code == 422
