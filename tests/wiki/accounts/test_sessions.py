"""How long one stays in, at home and on a shared computer."""

from uuid import uuid4

import pytest
from django.test import Client

from tests import factories
from tests.wiki.logging_in import PASSWORD
from tests.wiki.screens import form_of, main_text

pytestmark = pytest.mark.django_db


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
