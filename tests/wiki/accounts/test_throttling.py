"""Tries of passwords are counted: per account, per address, in the database that all share."""

from uuid import uuid4

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory
from django.urls import reverse
from lxml import html

from tests import factories
from tests.wiki.logging_in import (
    PASSWORD,
    change_password,
    comes_in,
    save_profile,
    try_login,
    wrong,
)
from tests.wiki.screens import form_of, main_text
from wiki.http.client_address import client_address
from wiki.urls import account_patterns

pytestmark = pytest.mark.django_db


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


def test_capitals_in_the_name_give_no_more_tries(contributor):
    names = [contributor.username.upper(), contributor.username.capitalize(), contributor.username]
    for rank in range(5):
        try_login(names[rank % 3], "faux")
    assert not comes_in(try_login(contributor.username, PASSWORD))
    assert not comes_in(try_login(names[0], PASSWORD))


def test_a_wait_ends_and_the_next_one_is_longer(contributor, moved_clock):
    waits = []
    wrong(contributor, 4)
    for _round in range(6):
        waits.append(int(wrong(contributor, 1)["Retry-After"]))
        moved_clock(waits[-1] + 1)
    assert [round(wait / 60) for wait in waits] == [1, 2, 4, 8, 15, 15]
    assert comes_in(try_login(contributor.username, PASSWORD))
    assert wrong(contributor, 4).status_code == 200


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


# Every door where a present password is tried.


def by_login(client, person, password):
    fields = {"username": person.username, "password": password}
    return Client().post("/connexion/", fields)


def by_new_address(client, person, password):
    return save_profile(client, email="autre@example.org", present_password=password)


def by_new_password(client, person, password):
    return change_password(client, password)


DOORS = {"login": by_login, "profile": by_new_address, "password_change": by_new_password}
INNER = ["profile", "password_change"]


def asks_a_password(response) -> bool:
    found = html.fromstring(response.content or b"<p>").xpath(
        '//input[@type="password"][@autocomplete="current-password"]'
    )
    return bool(found)


def test_every_screen_of_accounts_that_asks_a_password_counts_tries(contributor, logged_in):
    asking = set()
    for pattern in account_patterns:
        if "<" in str(pattern.pattern):
            continue
        for client in (Client(), logged_in(contributor)):
            if asks_a_password(client.get(reverse(pattern.name))):
                asking.add(pattern.name)
    assert asking == set(DOORS)


@pytest.mark.parametrize("door", DOORS)
def test_at_each_door_one_waits_after_five_wrong_passwords(contributor, logged_in, door):
    client, knock = logged_in(contributor), DOORS[door]
    for _ in range(4):
        assert knock(client, contributor, "faux").status_code in {200, 422}
    for password in ("faux", PASSWORD):
        answer = knock(client, contributor, password)
        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 60
        assert "Attendez 1 minute, puis réessayez." in main_text(answer)
        assert "J’ai oublié mon mot de passe" in main_text(answer)
    person = get_user_model().objects.get(pk=contributor.pk)
    assert person.check_password(PASSWORD)
    assert person.email == contributor.email
    assert AccessAttempt.objects.get().failures_since_start == 5


@pytest.mark.parametrize("door", INNER)
def test_the_doors_share_one_count_and_a_right_password_ends_it(contributor, logged_in, door):
    client, knock = logged_in(contributor), DOORS[door]
    assert [by_login(client, contributor, "faux").status_code for _ in range(4)] == [200] * 4
    assert knock(client, contributor, PASSWORD).status_code == 302
    assert not AccessAttempt.objects.exists()
    assert "Ce n’est pas votre mot de passe actuel." in main_text(change_password(client, "faux"))
    for _ in range(3):
        by_login(client, contributor, "faux")
    assert by_login(client, contributor, "faux").status_code == 429
