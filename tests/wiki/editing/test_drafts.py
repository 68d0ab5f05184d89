"""Drafts: kept as one types, offered back, read by nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from practices.models import GuidelinePage, Source
from tests import factories
from tests.wiki import form_filling
from tests.wiki.screens import form_of, links_of, main_text, said
from wiki.editing import drafts
from wiki.models import Draft, Version
from wiki.publishing import publishing

pytestmark = pytest.mark.django_db
SAVE = "/brouillons/enregistrer/"
STATE = "/brouillons/etat/"


@pytest.fixture
def article():
    return factories.page(title="Le wifi", body="<p>Texte en ligne</p>")


def typed(client, page, **changes) -> dict:
    return {**form_filling.opened(client, page), "page": page.pk, **changes}


def saved(client, page, **changes) -> Draft:
    data = typed(client, page, **changes)
    answer = client.post(SAVE, data)
    assert answer.status_code == 200, answer.content
    return Draft.objects.get(key=data["key"][0])


def test_a_draft_is_kept_and_says_when(writer, contributor, article):
    data = typed(writer, article, body="<p>Mon texte</p>")
    answer = writer.post(SAVE, data).json()
    draft = Draft.objects.get(person=contributor)
    assert draft.data["fields"]["body"] == ["<p>Mon texte</p>"]
    assert (draft.page_id, draft.kind, draft.base, draft.title) == (
        article.pk,
        "article",
        1,
        "Le wifi",
    )
    assert answer["saved_at"] == f"{timezone.localtime(draft.updated_at):%H:%M}"
    assert answer["csrf"]
    assert "csrfmiddlewaretoken" not in draft.data["fields"]


def test_a_draft_is_never_a_revision_nor_a_version(writer, article):
    before = (article.revisions.count(), Version.objects.count())
    saved(writer, article, body="<p>Mon texte</p>")
    assert (article.revisions.count(), Version.objects.count()) == before
    assert Page.objects.get(pk=article.pk).has_unpublished_changes is False


def test_two_forms_of_one_person_are_two_drafts(writer, contributor, article):
    saved(writer, article, body="<p>Un</p>")
    saved(writer, article, body="<p>Deux</p>")
    assert Draft.objects.filter(person=contributor).count() == 2


def test_a_saving_that_arrives_late_does_not_undo_a_newer_one(writer, article):
    data = typed(writer, article)
    writer.post(SAVE, {**data, "turn": "2", "body": "<p>Nouveau</p>"})
    writer.post(SAVE, {**data, "turn": "1", "body": "<p>Ancien</p>"})
    assert Draft.objects.get(key=data["key"][0]).data["fields"]["body"] == ["<p>Nouveau</p>"]


def test_a_text_too_long_is_refused_with_a_kind_message(writer, article):
    answer = writer.post(SAVE, typed(writer, article, body="x" * 400_001))
    assert answer.status_code == 413
    assert answer.json()["error"] == said(
        "This text is too long for a draft. Share it between two pages."
    )
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["", "abc", "0", "é"])
def test_a_form_without_key_is_refused(writer, article, key):
    assert writer.post(SAVE, typed(writer, article, key=key)).status_code == 400


def test_a_form_that_was_published_leaves_no_draft(writer, article):
    data = typed(writer, article, body="<p>Mon texte</p>")
    writer.post(SAVE, data)
    writer.post(f"{article.address}modifier/", data)
    assert not Draft.objects.exists()
    late = writer.post(SAVE, data).json()
    assert late["published"] == 2
    assert not Draft.objects.exists()


def test_a_publication_that_fails_keeps_the_draft(writer, article):
    data = typed(writer, article, body="<p>Mon texte</p>")
    writer.post(SAVE, data)
    assert writer.post(f"{article.address}modifier/", {**data, "title": ""}).status_code == 422
    assert Draft.objects.count() == 1


def test_taking_the_text_of_the_other_keeps_mine_in_my_drafts(
    writer, logged_in, other_contributor, article
):
    mine = typed(writer, article, body="<p>Mon texte</p>")
    form_filling.edit(logged_in(other_contributor), article, body="<p>Le sien</p>")
    screen = writer.post(f"{article.address}modifier/", mine)
    assert screen.status_code == 409
    form = {**form_of(screen, "key"), "choice-0": "leur"}
    assert writer.post(f"{article.address}modifier/", form).status_code == 302
    assert publishing.newest_version(article).content["body"] == "<p>Le sien</p>"
    (draft,) = Draft.objects.all()
    assert draft.data["fields"]["body"] == ["<p>Mon texte</p>"]


# Offered back, resumed, thrown away.


def test_the_editor_offers_the_draft_of_its_page_back(writer, article):
    draft = saved(writer, article, body="<p>Mon texte</p>")
    resume = f"/brouillons/{draft.key}/"
    assert resume in links_of(writer.get(f"{article.address}modifier/"))
    other = factories.page()
    assert resume not in links_of(writer.get(f"{other.address}modifier/"))


def test_resuming_opens_the_editor_with_what_was_typed(writer, article):
    draft = saved(writer, article, body="<p>Mon texte</p>", title="Le wifi public")
    answer = writer.get(f"/brouillons/{draft.key}/")
    form = form_of(answer)
    assert answer.status_code == 200
    assert form["body"][0].strip() == "<p>Mon texte</p>"
    assert form["title"] == ["Le wifi public"]
    assert form["base"] == ["1"]
    assert form["key"] != [str(draft.key)]
    assert form["resumes"] == [str(draft.key)]
    assert publishing.newest_version(article).number == 1


def test_the_first_saving_of_a_resumed_draft_takes_its_place(writer, article):
    draft = saved(writer, article, body="<p>Mon texte</p>")
    form = form_of(writer.get(f"/brouillons/{draft.key}/"))
    writer.post(SAVE, {**form, "page": article.pk, "body": "<p>Suite</p>"})
    (left,) = Draft.objects.all()
    assert left.data["fields"]["body"] == ["<p>Suite</p>"]


def test_publishing_a_resumed_draft_drops_it(writer, article):
    draft = saved(writer, article, body="<p>Mon texte</p>")
    form = form_of(writer.get(f"/brouillons/{draft.key}/"))
    assert writer.post(f"{article.address}modifier/", form).status_code == 302
    assert publishing.newest_version(article).content["body"] == "<p>Mon texte</p>"
    assert not Draft.objects.exists()


def test_a_draft_older_than_the_page_is_merged_like_any_form(writer, logged_in, other_contributor):
    page = factories.page(body="<p>Un</p><p>Deux</p><p>Trois</p>")
    draft = saved(writer, page, body="<p>Un, à moi</p><p>Deux</p><p>Trois</p>")
    form_filling.edit(
        logged_in(other_contributor), page, body="<p>Un</p><p>Deux</p><p>Trois, à elle</p>"
    )
    form = form_of(writer.get(f"/brouillons/{draft.key}/"))
    assert writer.post(f"{page.address}modifier/", form).status_code == 302
    body = publishing.newest_version(page).content["body"]
    assert "Un, à moi" in body
    assert "Trois, à elle" in body


def test_a_draft_of_a_new_page_is_offered_to_its_kind(writer):
    form = form_filling.blank(writer, "situation")
    writer.post(SAVE, {**form, "kind": "situation", "title": "Une dame pleure"})
    assert "Une dame pleure" in main_text(writer.get("/nouveau/situation/"))
    assert "Une dame pleure" not in main_text(writer.get("/nouveau/fiche/"))


def test_a_draft_of_a_new_page_goes_on_under_its_place(writer):
    parent = Page.objects.get(slug="pratiques")
    form = form_of(writer.get(f"/nouveau/article/?sous={parent.pk}"))
    data = {**form, "kind": "article", "parent": parent.pk, "title": "Sous pratiques"}
    writer.post(SAVE, data)
    resumed = form_of(writer.get(f"/brouillons/{Draft.objects.get().key}/"))
    answer = writer.post("/nouveau/article/", {**resumed})
    assert answer.status_code == 302, main_text(answer)
    assert Page.objects.get(title="Sous pratiques").url == "/pratiques/sous-pratiques/"


def gone(page, facilitator):
    page.delete()


def closed(page, facilitator):
    factories.restricted_to_groups(page, "Bureau")


def unpublished(page, facilitator):
    page.unpublish()


@pytest.mark.parametrize("lost", [gone, closed, unpublished])
def test_a_draft_whose_page_is_lost_makes_a_new_page(writer, facilitator, lost):
    rows = [Source(title="Première", sort_order=0), Source(title="Deuxième", sort_order=1)]
    page = factories.page(GuidelinePage, title="Perdue", sources=rows)
    draft = saved(writer, page, title="Retrouvée", body="<p>Mon texte</p>")
    lost(page, facilitator)
    answer = writer.get(f"/brouillons/{draft.key}/")
    assert "Mon texte" in main_text(answer)
    assert answer.context["messages"]._queued_messages == []  # one thing is said, once
    answer = writer.post("/nouveau/situation/", {**form_of(answer), "reopen": "1"})
    form = form_of(answer)
    assert answer.status_code == 200
    assert form["title"] == ["Retrouvée"]
    made = writer.post("/nouveau/situation/", form)
    assert made.status_code == 302, main_text(made)
    content = publishing.newest_version(Page.objects.get(title="Retrouvée")).content
    assert content["body"] == "<p>Mon texte</p>"
    assert [row["title"] for row in content["sources"]] == ["Première", "Deuxième"]


def test_the_draft_of_a_section_that_is_gone_makes_an_article(writer, contributor):
    draft = Draft.objects.create(
        person=contributor, key=uuid4(), kind="rubrique", data={"fields": {"title": ["Rubrique"]}}
    )
    assert form_of(writer.get(f"/brouillons/{draft.key}/"))["title"] == ["Rubrique"]


# Shown once, by what one knows it by.


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
