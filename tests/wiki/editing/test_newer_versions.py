"""What another person publishes while one writes: told by the answers of the form, and taken."""

import pytest
from django.test import Client

from meetings.models import Decision, MeetingPage
from tests import factories
from tests.wiki import form_filling
from wiki.models import Topic, Version
from wiki.publishing import publishing

pytestmark = pytest.mark.django_db
SAVE, PRESENT, TAKE = (f"/brouillons/{end}/" for end in ("enregistrer", "presence", "reunir"))
BODY = "<p>Un</p><p>Deux</p><p>Trois</p>"


@pytest.fixture
def page():
    return factories.page(body=BODY, title="Une page")


@pytest.fixture
def other(other_contributor, logged_in):
    return logged_in(other_contributor)


def opened(client, page, **changes) -> dict:
    return {**form_filling.opened(client, page), "page": page.pk, **changes}


@pytest.mark.parametrize("address", [SAVE, PRESENT])
def test_a_publication_by_another_is_told_to_open_forms(
    writer, other, other_contributor, page, address
):
    form = opened(writer, page)
    assert writer.post(address, form).json()["news"] == {}
    form_filling.edit(other, page, body="<p>Un</p><p>Deux</p><p>Trois, à elle</p>")
    news = writer.post(address, form).json()["news"]
    assert news["number"] == 2
    assert other_contributor.public_name in news["said"]
    assert writer.post(address, {**form, "base": "2"}).json()["news"] == {}


def test_taking_brings_both_texts_together_and_writes_nothing(writer, other, page):
    form = opened(writer, page, body="<p>Un, à moi</p><p>Deux</p><p>Trois</p>", topics="Zinzolin")
    changes = {"body": "<p>Un</p><p>Deux</p><p>Trois, à elle</p>", "title": "Une belle page"}
    form_filling.edit(other, page, **changes, summary="Dit mieux.")
    told = writer.post(TAKE, form).json()
    assert told["base"] == 2
    assert told["rows"] is False
    assert told["fields"]["body"] == "<p>Un, à moi</p><p>Deux</p><p>Trois, à elle</p>"
    assert told["fields"]["title"] == "Une belle page"
    assert told["fields"]["summary"] == "Dit mieux."
    assert told["fields"]["topics"] == "Zinzolin"
    assert Version.objects.filter(page_id=page.pk).count() == 2
    assert not Topic.objects.filter(name="Zinzolin").exists()
    sent = {**form, **told["fields"], "base": told["base"]}
    assert writer.post(f"{page.address}modifier/", sent).status_code == 302
    newest = publishing.newest_version(page)
    assert (newest.origin, newest.content["body"]) == ("edit", told["fields"]["body"])


def test_a_passage_that_both_changed_is_chosen_when_one_publishes(writer, other, page):
    form = opened(writer, page, body="<p>Un, à moi</p><p>Deux, à moi</p><p>Trois</p>")
    form_filling.edit(other, page, body="<p>Un, à elle</p><p>Deux</p><p>Trois</p>")
    told = writer.post(TAKE, form).json()
    assert "vous choisirez en publiant" in told["conflict"]
    assert "fields" not in told
    assert writer.post(f"{page.address}modifier/", form).status_code == 409


def test_lists_that_changed_are_shown_by_the_whole_form(writer, other):
    rows = [Decision(text="Première")]
    page = factories.page(MeetingPage, date="2021-03-04", decisions=rows, body=BODY)
    form = opened(writer, page, body="<p>Un, à moi</p><p>Deux</p><p>Trois</p>")
    form_filling.edit(other, page, **{"decisions-1-text": "Deuxième"})
    assert writer.post(TAKE, form).json()["rows"] is True
    again = writer.post(f"{page.address}modifier/", {**form, "reopen": "1", "chosen_on": "2"})
    assert again.status_code == 200
    assert "Deuxième" in again.content.decode()
    assert "Un, à moi" in again.content.decode()


def test_a_form_that_lacks_something_says_so(writer, other, page):
    form_filling.edit(other, page, body="<p>Autre</p>")
    answer = writer.post(TAKE, opened(writer, page, title=""))
    assert answer.status_code == 422
    assert "titre" in answer.json()["error"]


def test_nobody_takes_the_text_of_a_page_they_may_not_edit(writer, page):
    form = opened(writer, page)
    factories.restricted_to_groups(page, "Bureau")
    assert writer.post(TAKE, form).status_code == 409
    assert "news" not in writer.post(SAVE, form).json()
    assert Client().post(TAKE, form).status_code == 401
