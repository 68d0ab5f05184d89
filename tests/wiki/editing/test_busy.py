"""A writer who waited too long for the lock is told so on a page that holds the text."""

from html import unescape
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from psycopg import errors

from tests.wiki import every_route
from tests.wiki.screens import form_of, main_text
from wiki.editing import busy
from wiki.models import ArticlePage
from wiki.publishing.merging_before_lock import NotMade, merge, merging_first

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
TYPED = {
    "title": "Un titre gardé",
    "summary": "En deux mots",
    "body": "<p>Le texte que personne ne perd</p>",
    "topics": "Sujet",
    "licence": "cc-by-sa-4.0",
    "date": "2026-12-01",
    "reason": "Doublon",
    "display_name": "Quelqu’un",
    "email": "quelqu.un@example.org",
    "old_password": "un-mot-de-passe-solide",
    "present_password": "un-mot-de-passe-solide",
    "new_password1": "un-autre-mot-de-passe-solide",
    "new_password2": "un-autre-mot-de-passe-solide",
}
MUST_WRITE = {
    *("edit", "new", "rename", "delete", "restore", "undo", "untrash", "profile"),
    *("save_draft", "discard_draft", "password_change"),
}


@pytest.fixture
def world(db):
    return every_route.build()


class Locked:
    """Every writing meets a lock that somebody else holds."""

    def __init__(self):
        self.met = 0

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            self.met += 1
            raise OperationalError("database is locked")
        connection.needs_rollback = False  # of the test's own transaction: nothing was written
        return execute(sql, params, many, context)


def posted(client, address, **changes):
    data = {**TYPED, "key": str(uuid4()), "base": "2", **changes}
    return client.post(address, data, headers={"referer": f"http://testserver{address}"})


def test_no_sending_fails_while_another_writes(world):
    client = Client(raise_request_exception=False)
    client.force_login(world.person)
    told, wrong = set(), []
    places = {**every_route.addresses(world), "new": "/nouveau/article/"}
    for name, address in places.items():
        lock = Locked()
        with connection.execute_wrapper(lock):
            answer = posted(client, address)
        if lock.met and answer.status_code == 503:
            told.add(name)
        if answer.status_code >= 500 and answer.status_code != 503:
            wrong.append((name, answer.status_code))
    assert not wrong
    assert told >= MUST_WRITE, MUST_WRITE - told


def test_the_text_can_be_sent_again(world):
    client = Client(raise_request_exception=False)
    client.force_login(world.person)
    address = f"{world.page.address}modifier/"
    with connection.execute_wrapper(Locked()):
        answer = posted(client, address)
    assert answer.status_code == 503
    assert "Rien n’est perdu" in main_text(answer)
    assert form_of(answer)["body"] == [TYPED["body"]]
    again = client.post(address, form_of(answer))
    assert again.status_code == 302
    assert "personne ne perd" in ArticlePage.objects.get(pk=world.page.pk).body


def test_no_password_stays_in_the_page(world):
    client = Client(raise_request_exception=False)
    client.force_login(world.person)
    with connection.execute_wrapper(Locked()):
        answer = posted(client, "/profil/mot-de-passe/")
    assert answer.status_code == 503
    assert "mot-de-passe-solide" not in answer.content.decode()


def test_what_another_site_sent_is_not_shown(world):
    client = Client(raise_request_exception=False)
    client.force_login(world.person)
    with connection.execute_wrapper(Locked()):
        answer = client.post(f"{world.page.address}supprimer/", {"reason": "Mots d’ailleurs"})
    assert answer.status_code == 503
    assert "Mots d’ailleurs" not in answer.content.decode()


def test_the_editor_is_answered_in_data(world):
    client = Client(raise_request_exception=False)
    client.force_login(world.person)
    with connection.execute_wrapper(Locked()):
        answer = posted(client, "/brouillons/enregistrer/")
    assert answer.status_code == 503
    assert answer.json()["error"]


@pytest.mark.parametrize("cause", [errors.LockNotAvailable, errors.DeadlockDetected])
def test_postgresql_says_it_otherwise(cause):
    error = OperationalError("…")
    error.__cause__ = cause("…")
    assert busy.is_busy(error)


def test_other_errors_of_the_database_are_errors():
    assert not busy.is_busy(OperationalError("no such table"))
    assert not busy.is_busy(None)


def test_a_login_that_cannot_write_its_session_is_told_so(world, settings):
    client = Client(raise_request_exception=False)
    form = {"username": world.person.username, "password": "un-mot-de-passe-solide"}
    with connection.execute_wrapper(Locked()):
        answer = client.post("/connexion/", form)
    assert answer.status_code == 503


# What nothing foresaw


@pytest.mark.parametrize("name", ["edit", "new"])
def test_an_editor_that_fails_gives_the_text_back(world, monkeypatch, name):
    client = Client(raise_request_exception=False)
    client.force_login(world.person)
    address = {"edit": f"{world.page.address}modifier/", "new": "/nouveau/article/"}[name]
    with monkeypatch.context() as broken:
        broken.setattr("wiki.editing.forms.PageForm.is_valid", None)
        answer = posted(client, address)
    assert answer.status_code == 500
    assert "Rien n’est perdu" in main_text(answer)
    assert "Le texte que personne ne perd</textarea>" in answer.content.decode()
    assert form_of(answer)["body"] == [TYPED["body"]]
    assert client.post(address, form_of(answer)).status_code == 302


def test_an_error_elsewhere_or_of_another_site_gives_nothing_back(world, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(world.person)
    monkeypatch.setattr("wiki.editing.forms.PageForm.is_valid", None)
    form = {**TYPED, "key": str(uuid4())}
    answer = client.post("/nouveau/article/", form)
    assert answer.status_code == 500
    assert TYPED["body"] not in unescape(answer.content.decode())


# Long merges


def three_texts(size: int) -> list[dict]:
    body = "".join(f"<p>Le paragraphe {n} et ses mots</p>" for n in range(size))
    return [{"body": body}, {"body": f"<p>Avant</p>{body}"}, {"body": f"{body}<p>Après</p>"}]


def test_a_long_merge_is_made_outside_of_the_view():
    seen = []

    @merging_first
    def view():
        try:
            return merge(*three_texts(1000), ArticlePage)
        except NotMade:
            seen.append("before")
            raise

    assert view().content["body"].startswith("<p>Avant</p>")
    assert seen == ["before"]


def test_a_page_that_moves_on_all_the_time_is_merged_at_last():
    turns = []

    @merging_first
    def view():
        turns.append(1)
        base, theirs, mine = three_texts(1000)
        return merge(base, {"body": f"<p>{len(turns)}</p>{theirs['body']}"}, mine, ArticlePage)

    assert view().content["body"].startswith("<p>4</p>")
    assert len(turns) == 4


def test_a_short_merge_is_made_at_once():
    @merging_first
    def view():
        return merge(*three_texts(10), ArticlePage)

    assert view().content["body"].endswith("<p>Après</p>")
