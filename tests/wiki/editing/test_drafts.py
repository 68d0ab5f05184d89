"""Drafts: kept as one types, offered back, read by nobody else."""

from uuid import uuid4

import pytest
from django.utils import timezone
from wagtail.models import Page

from practices.models import GuidelinePage, Source
from tests import factories
from tests.wiki import form_filling
from tests.wiki.screens import form_of, links_of, main_text, said
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
