"""Who else edits a page: told to its editors, and to nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import factories
from tests.wiki.screens import main_text
from wiki.editing import presence
from wiki.models import Presence

pytestmark = pytest.mark.django_db
BEAT = "/brouillons/presence/"


@pytest.fixture
def article():
    return factories.page(title="Le wifi")


@pytest.fixture
def other(other_contributor, logged_in):
    return logged_in(other_contributor)


def test_opening_the_editor_is_told_to_the_next_one(writer, contributor, other, article):
    address = f"{article.address}modifier/"
    assert contributor.public_name not in main_text(writer.get(address))
    assert contributor.public_name in main_text(other.get(address))


def test_it_is_told_on_the_page_to_who_may_write_there_and_to_nobody_else(
    writer, contributor, other, article, client
):
    writer.get(f"{article.address}modifier/")
    sentence = f"{contributor.public_name} commence à modifier cette page."
    assert sentence in main_text(other.get(article.address))
    assert "à modifier cette page" not in main_text(writer.get(article.address))
    assert "à modifier cette page" not in main_text(client.get(article.address))


def test_the_keyboard_of_a_phone_pushes_the_bar_up_where_one_writes(writer, article):
    resizes = b"interactive-widget=resizes-content"
    assert resizes in writer.get(f"{article.address}modifier/").content
    assert resizes not in writer.get(article.address).content


def test_one_is_told_since_when(contributor, other_contributor, article):
    presence.seen(contributor, article, uuid4())
    Presence.objects.update(since=timezone.now() - timedelta(minutes=3, seconds=5))
    (sentence,) = presence.others(other_contributor, article)
    assert contributor.public_name in sentence
    assert "3\u00a0min" in sentence


def test_two_forms_of_one_person_are_told_once(contributor, other_contributor, article):
    for _ in range(2):
        presence.seen(contributor, article, uuid4())
    assert len(presence.others(other_contributor, article)) == 1
    assert presence.others(contributor, article) == []


def test_a_silent_form_is_gone_after_ninety_seconds(contributor, other_contributor, article):
    presence.seen(contributor, article, uuid4())
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=89))
    assert presence.others(other_contributor, article)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=91))
    assert not presence.others(other_contributor, article)


def test_leaving_is_told_at_once(writer, contributor, other_contributor, article):
    key = str(uuid4())
    writer.post(BEAT, {"page": article.pk, "key": key})
    assert presence.others(other_contributor, article)
    writer.post(BEAT, {"page": article.pk, "key": key, "leaves": "1"})
    assert not presence.others(other_contributor, article)


def test_each_sign_of_life_tells_who_is_there(writer, contributor, other, article):
    writer.post(BEAT, {"page": article.pk, "key": str(uuid4())})
    (sentence,) = other.post(BEAT, {"page": article.pk, "key": str(uuid4())}).json()["others"]
    assert contributor.public_name in sentence
    saved = other.post("/brouillons/enregistrer/", {"page": article.pk, "key": str(uuid4())})
    assert contributor.public_name in saved.json()["others"][0]


@pytest.mark.parametrize("key", ["", "abc", "é"])
def test_a_key_that_is_none_is_passed_over(writer, article, key):
    assert writer.post(BEAT, {"page": article.pk, "key": key}).status_code == 200
    assert not Presence.objects.exists()


def test_nothing_is_told_of_a_page_one_may_not_edit(writer, contributor, other, article):
    presence.seen(contributor, article, uuid4())
    factories.restricted_to_groups(article, "Bureau")
    answer = other.post(BEAT, {"page": article.pk, "key": str(uuid4())}).json()
    nowhere = other.post(BEAT, {"page": 999999, "key": str(uuid4())}).json()
    assert answer["others"] == nowhere["others"] == []
    assert Presence.objects.count() == 1


def test_one_does_not_make_another_leave(writer, contributor, other, other_contributor, article):
    key = str(uuid4())
    presence.seen(contributor, article, key)
    other.post(BEAT, {"page": article.pk, "key": key, "leaves": "1"})
    assert presence.others(other_contributor, article)


def test_nobody_who_cannot_write_is_told(client, logged_in, contributor, article):
    presence.seen(contributor, article, uuid4())
    assert client.post(BEAT, {"page": article.pk}).status_code == 401
    reader = logged_in(factories.person())
    assert reader.post(BEAT, {"page": article.pk}).status_code == 403
    assert client.get(BEAT).status_code == 405
