"""Drafts as a list: each text once, known by its words, read by nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tests.wiki import form_filling
from tests.wiki.editing.test_drafts import SAVE, STATE, saved, typed
from tests.wiki.screens import form_of, main_text, said
from wiki.editing import drafts
from wiki.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return factories.page(title="Le wifi", body="<p>Texte en ligne</p>")


def test_one_text_is_one_draft_whatever_forms_it_was_typed_in(writer, article):
    for _form in range(3):
        draft = saved(writer, article, title="Le même", body="<p>Toujours pareil</p>")
    assert list(Draft.objects.values_list("key", flat=True)) == [draft.key]
    saved(writer, article, title="Le même", body="<p>Toujours pareil, ou presque</p>")
    assert Draft.objects.count() == 2


def test_what_is_published_is_in_no_draft_any_more(writer, article):
    form = {**form_filling.opened(writer, article), "body": "<p>Mon texte</p>"}
    for key in (uuid4(), uuid4()):
        draft = writer.post(SAVE, {**form, "key": key, "page": article.pk, "minor": "on"})
        assert draft.status_code == 200
    other = saved(writer, article, body="<p>Tout autre</p>")
    sent = {**form, "minor": "on"}
    assert writer.post(f"{article.address}modifier/", sent).status_code == 302
    assert list(Draft.objects.values_list("key", flat=True)) == [other.key]


def test_drafts_are_named_by_their_title_and_first_words(writer, article):
    saved(writer, article, title="Titre", body="<h2>Partie</h2><p>Premiers <b>mots</b></p>")
    for address in ("/brouillons/", f"{article.address}modifier/"):
        text = main_text(writer.get(address))
        assert "Premiers mots" in text
        assert "Partie Premiers" not in text
    assert "Un texte commencé" in text


CHANGED = {
    "a new paragraph": ("<p>Un.</p>", "<p>Un.</p>\n<p>Deux.</p>", "Deux."),
    "words far in a paragraph": (
        f"<p>{'mot ' * 60}fin.</p>",
        f"<p>{'mot ' * 60}autre fin.</p>",
        f"… {'mot ' * 10}autre fin.",
    ),
    "a paragraph taken away": ("<p>Un.</p>\n<p>Deux.</p>", "<p>Un.</p>", "Un."),
    "nothing": ("<p>Un.</p>", "<p>Un.</p>", "Un."),
}


@pytest.mark.parametrize(("before", "after", "told"), CHANGED.values(), ids=CHANGED)
def test_a_draft_is_told_by_the_passage_that_it_changes(writer, before, after, told):
    page = factories.page(title="Le wifi", body=before)
    assert saved(writer, page, body=after).first_words == told


def test_a_draft_that_changes_another_field_is_told_by_it(writer, article):
    assert saved(writer, article, summary="Dit mieux.").first_words == "Dit mieux."


def test_the_first_words_of_a_long_or_broken_text_are_short():
    assert drafts.first_words("<p>" + "mot " * 9000) == "mot " * 34 + "mot…"
    assert drafts.first_words("<h2>Titre</h2><ul><li></li></ul>") == ""
    assert drafts.first_words("<p>a<script>x</script> < b") != ""


def test_a_resumed_draft_is_known_to_be_kept_until_one_types(writer, article):
    draft = saved(writer, article, body="<p>Mon texte</p>")
    opened = writer.get(f"/brouillons/{draft.key}/")
    assert "data-kept" in opened.content.decode()
    other = {**form_of(opened), "body": "<p>Autre</p>", "reopen": "1"}
    again = writer.post(f"{article.address}modifier/", other)
    assert "data-kept" not in again.content.decode()


def test_a_draft_is_thrown_away_after_being_asked(writer, article):
    draft = saved(writer, article, body="<p>Mon texte</p>")
    asked = writer.get(f"/brouillons/{draft.key}/jeter/")
    assert said("Throw the draft away?") in main_text(asked)
    assert Draft.objects.exists()
    assert writer.post(f"/brouillons/{draft.key}/jeter/").url == "/brouillons/"
    assert not Draft.objects.exists()


def test_the_list_shows_each_draft_with_its_page_or_kind(writer, article):
    saved(writer, article, title="Le wifi, autrement")
    writer.post(SAVE, {**form_filling.blank(writer, "fiche"), "kind": "fiche", "title": ""})
    text = main_text(writer.get("/brouillons/"))
    for words in ["Le wifi, autrement", "Le wifi.", said("Without a title"), "fiche"]:
        assert words in text, words


def test_the_list_costs_the_same_with_many_drafts(writer, contributor):
    def queries(count: int) -> int:
        for _ in range(count):
            page = factories.page()
            Draft.objects.create(person=contributor, key=uuid4(), page=page, kind="article")
        with CaptureQueriesContext(connection) as captured:
            assert writer.get("/brouillons/").status_code == 200
        return len(captured)

    queries(1)  # content types and sites are known from here on
    assert queries(2) == queries(12)


# Nobody else.


@pytest.mark.parametrize("action", ["", "jeter/"])
def test_nobody_else_reads_nor_throws_away_a_draft(
    writer, logged_in, other_contributor, facilitator, administrator, article, action
):
    draft = saved(writer, article, body="<p>zxsecret</p>", title="zxtitre")
    for person in (other_contributor, facilitator, administrator):
        client = logged_in(person)
        address = f"/brouillons/{draft.key}/{action}"
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in {404, 405}
        for shown in ("/brouillons/", f"{article.address}modifier/", STATE):
            assert b"zxsecret" not in client.get(shown).content
            assert b"zxtitre" not in client.get(shown).content
        state = client.post(STATE, {"keys": [str(draft.key)], "discard": str(draft.key)}).json()
        assert state["drafts"] == {}
        client.post(SAVE, {"key": str(draft.key), "page": article.pk, "title": "Autre"})
    draft.refresh_from_db()
    assert draft.title == "zxtitre"


def test_a_form_opened_by_another_person_is_not_saved_as_mine(
    writer, contributor, other_contributor, article
):
    data = typed(writer, article, person=other_contributor.pk)
    answer = writer.post(SAVE, data)
    assert answer.status_code == 401
    assert contributor.display_name in answer.json()["other"]
    assert other_contributor.display_name not in answer.json()["other"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize("address", [SAVE, STATE, "/brouillons/presence/"])
def test_a_lost_session_is_told_to_scripts(client, article, address):
    answer = client.post(address, {"key": str(uuid4())})
    assert (answer.status_code, answer.json()["error"]) == (401, "login")


def test_people_who_may_not_write_have_no_draft(logged_in, article):
    client = logged_in(factories.person())
    assert client.post(SAVE, {"key": str(uuid4())}).status_code == 403
    assert client.get("/brouillons/").status_code == 403


def test_the_list_asks_unknown_people_to_log_in(client):
    assert client.get("/brouillons/").url == "/connexion/?next=/brouillons/"


def test_a_page_one_may_not_edit_is_not_told_by_its_draft(writer, article):
    factories.restricted_to_groups(article, "Bureau")
    key = uuid4()
    answer = writer.post(SAVE, {"key": str(key), "page": article.pk, "title": "x"})
    assert answer.json()["others"] == []
    assert Draft.objects.get(key=key).page_id is None
    assert "Le wifi" not in main_text(writer.get("/brouillons/"))


def test_the_state_tells_what_became_of_forms(writer, article):
    data = typed(writer, article, body="<p>Publié</p>")
    writer.post(f"{article.address}modifier/", data)
    draft = saved(writer, article, body="<p>Brouillon</p>")
    answer = writer.post(STATE, {"keys": [data["key"][0], str(draft.key), "abc", str(uuid4())]})
    assert answer.json()["published"] == data["key"]
    assert list(answer.json()["drafts"]) == [str(draft.key)]


def test_drafts_of_others_are_not_forgotten(contributor, other_contributor):
    key = uuid4()
    for person in (contributor, other_contributor):
        Draft.objects.create(person=person, key=key, kind="article")
    drafts.forget(contributor, key, "abc", None)
    assert [draft.person for draft in Draft.objects.all()] == [other_contributor]


def test_the_newest_drafts_are_offered_first_and_not_too_many(contributor, article):
    for age in range(8):
        draft = Draft.objects.create(person=contributor, key=uuid4(), page=article, kind="article")
        moment = timezone.now() - timedelta(days=age)
        Draft.objects.filter(pk=draft.pk).update(updated_at=moment)
    found = drafts.offered(contributor, article, "article")
    assert len(found) == drafts.MOST_OFFERED
    assert found == sorted(found, key=lambda draft: draft.updated_at, reverse=True)


def test_the_address_of_a_draft_stays_when_it_is_resumed_and_saved(writer, article):
    """The tab is reloaded, or « back » is pressed: the text went on under another key."""
    first = saved(writer, article, body="<p>Mon texte</p>")
    address = f"/brouillons/{first.key}/"
    for words in ("<p>Suite</p>", "<p>Fin</p>"):
        form = form_of(writer.get(address))
        writer.post(SAVE, {**form, "page": article.pk, "body": words})
        assert form_of(writer.get(address))["body"][0].strip() == words
    assert Draft.objects.count() == 1
    assert writer.post(f"{address}jeter/").status_code == 302
    assert not Draft.objects.exists()
    assert writer.get(address).status_code == 404


def test_rows_that_were_moved_stay_where_they_were_put(writer, contributor):
    rows = {
        "decisions-TOTAL_FORMS": "2",
        "decisions-INITIAL_FORMS": "0",
        **{"decisions-0-text": "Seconde", "decisions-0-ORDER": "2"},
        **{"decisions-1-text": "Première", "decisions-1-ORDER": "1"},
    }
    form = form_of(writer.get("/nouveau/reunion/"))
    writer.post(SAVE, {**form, **rows, "kind": "reunion", "title": "La réunion"})
    draft = Draft.objects.get(person=contributor)
    shown = writer.get(f"/brouillons/{draft.key}/").content.decode()
    assert shown.index("Première") < shown.index("Seconde")
    refused = writer.post("/nouveau/reunion/", {**form, **rows, "title": ""}).content.decode()
    assert refused.index("Première") < refused.index("Seconde")
