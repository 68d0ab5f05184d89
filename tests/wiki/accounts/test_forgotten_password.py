"""A forgotten password: the link, who is told what, how often."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests.wiki.logging_in import (
    PASSWORD,
    ask_for_a_link,
    comes_in,
    login,
    try_login,
    wrong,
)
from tests.wiki.screens import form_of, main_text
from wiki.accounts.forms import ForgottenPasswordForm

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("address", ["/mot-de-passe/", "/mot-de-passe/envoye/"])
def test_somebody_without_an_address_is_told_whom_to_ask(client, address):
    assert "Votre compte n’a pas d’adresse" in main_text(client.get(address))


def test_a_link_made_for_somebody_else_does_not_work(client, contributor, other_contributor):
    ask_for_a_link(client, contributor.email)
    (link,) = re.findall(r"(/mot-de-passe/nouveau/\S+)", mail.outbox[0].body)
    mine, theirs = (base64_of(person.pk) for person in (contributor, other_contributor))
    answer = client.get(link.replace(f"/{mine}/", f"/{theirs}/"), follow=True)
    assert not answer.context["validlink"]


def base64_of(pk: int) -> str:
    return urlsafe_base64_encode(force_bytes(pk))


def test_a_new_password_ends_the_wait(client, contributor):
    wrong(contributor, 5)
    ask_for_a_link(client, contributor.email)
    (link,) = re.findall(r"https?://[^/\s]+(/mot-de-passe/nouveau/\S+)", mail.outbox[0].body)
    form_page = client.get(link, follow=True)
    fields = {"new_password1": "tuffeau et ardoise", "new_password2": "tuffeau et ardoise"}
    form = {**form_of(form_page, "new_password1"), **fields}
    client.post(form_page.redirect_chain[-1][0], form)
    assert comes_in(try_login(contributor.username, "tuffeau et ardoise"))


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


# What every mail of the site says of where the site stands.


def mail_of_a_lost_password(client, person, host):
    client.post("/mot-de-passe/", {"email": person.email}, headers={"host": host})


def mail_of_a_new_address(client, person, host):
    client.force_login(person)
    new = {"email": "autre@example.org", "present_password": PASSWORD}
    fields = {"display_name": person.display_name, **new}
    client.post("/profil/", fields, headers={"host": host})


MAILS = {
    "password_reset_email.html": mail_of_a_lost_password,
    "new_address_email.txt": mail_of_a_new_address,
}


def test_every_mail_of_the_templates_is_tried():
    found = {path.name for path in (settings.ROOT / "templates").rglob("*_email.*")}
    assert found == MAILS.keys()


@pytest.mark.parametrize("template", MAILS)
@pytest.mark.parametrize("host", ["wiki.example", "wiki.example:6666", "autre.example:80"])
def test_a_mail_carries_the_address_of_the_settings_only(
    client, contributor, settings, template, host
):
    settings.SITE_URL = "https://wiki.example"
    settings.ALLOWED_HOSTS = ["wiki.example", "autre.example"]
    MAILS[template](client, contributor, host)
    (message,) = mail.outbox
    addresses = re.findall(r"\S+://\S+", message.body)
    assert addresses
    assert all(address.startswith("https://wiki.example/") for address in addresses), addresses
