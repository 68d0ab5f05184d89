"""A form sent when the session has ended, or its token is too old: the text is given back."""

from uuid import uuid4

import pytest
from django.test import Client

from tests import factories
from tests.wiki import form_filling
from tests.wiki.editing.test_drafts import SAVE, typed
from tests.wiki.screens import form_of
from wiki.publishing import publishing

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return factories.page(title="Le wifi", body="<p>Texte en ligne</p>")


def test_a_form_sent_without_session_is_given_back_with_the_login(writer, contributor, article):
    data = typed(writer, article, body='<p>Mon "texte"\n<b>long</b></p>')
    stranger = Client()
    answer = stranger.post(f"{article.address}modifier/", data)
    assert answer.status_code == 401
    form = form_of(answer, "key")
    assert form["body"][0].strip() == '<p>Mon "texte"\n<b>long</b></p>'
    login = {"connexion-username": contributor.username}
    wrong = stranger.post(
        f"{article.address}modifier/", {**form, **login, "connexion-password": "faux"}
    )
    assert wrong.status_code == 401
    assert form_of(wrong, "key")["body"] == form["body"]
    right = {**form_of(wrong, "key"), **login, "connexion-password": "un-mot-de-passe-solide"}
    opened = stranger.post(f"{article.address}modifier/", right)
    assert opened.status_code == 200
    assert form_of(opened)["body"][0].strip() == '<p>Mon "texte"\n<b>long</b></p>'
    assert "connexion-password" not in form_of(opened)
    assert publishing.newest_version(article).number == 1
    assert stranger.post(f"{article.address}modifier/", form_of(opened)).status_code == 302


def test_a_new_page_sent_without_session_is_given_back(writer, contributor):
    form = {**form_filling.blank(writer, "fiche"), "title": "Perdue ?"}
    stranger = Client()
    back = form_of(stranger.post("/nouveau/fiche/", form), "key")
    login = {
        "connexion-username": contributor.username,
        "connexion-password": "un-mot-de-passe-solide",
    }
    assert form_of(stranger.post("/nouveau/fiche/", {**back, **login}))["title"] == ["Perdue ?"]


def test_a_closed_page_is_not_told_by_the_screen_of_the_login(writer, article):
    data = typed(writer, article)
    factories.restricted_to_groups(article, "Bureau")
    there = Client().post(f"{article.address}modifier/", data)
    nowhere = Client().post("/nulle-part/modifier/", data)
    assert there.status_code == nowhere.status_code == 401


def strict(person) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


def test_a_token_too_old_gives_the_text_back_and_publishes_nothing(writer, contributor, article):
    data = {**typed(writer, article, body="<p>Mon texte</p>"), "csrfmiddlewaretoken": "x" * 64}
    client = strict(contributor)
    here = {"Origin": "http://testserver"}
    answer = client.post(f"{article.address}modifier/", data, headers=here)
    assert answer.status_code == 403
    form = form_of(answer, "key")
    assert form["body"][0].strip() == "<p>Mon texte</p>"
    opened = client.post(f"{article.address}modifier/", {**form, "reopen": "1"}, headers=here)
    assert opened.status_code == 200
    assert publishing.newest_version(article).number == 1
    published = client.post(f"{article.address}modifier/", form_of(opened), headers=here)
    assert published.status_code == 302


def test_what_another_site_sends_is_not_shown_as_ones_own(writer, contributor, article):
    data = {**typed(writer, article, body="<p>piège</p>"), "csrfmiddlewaretoken": "x" * 64}
    there = {"Origin": "https://ailleurs.example"}
    answer = strict(contributor).post(f"{article.address}modifier/", data, headers=there)
    assert answer.status_code == 403
    assert "piège" not in answer.content.decode()


def test_scripts_are_told_of_a_token_too_old(contributor):
    answer = strict(contributor).post(SAVE, {"key": str(uuid4())})
    assert (answer.status_code, answer.json()) == (403, {"error": "csrf"})
