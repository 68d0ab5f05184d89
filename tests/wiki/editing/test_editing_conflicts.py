"""Forms that come late, twice or broken: refused in words, nothing overwritten."""

import pytest

from practices.models import GuidelinePage, Source
from tests import factories
from tests.wiki import form_filling
from tests.wiki.form_filling import COMMON
from tests.wiki.screens import form_of, main_text, text_of
from wiki.editing import views
from wiki.models import ArticlePage, Topic, Version
from wiki.publishing import merging_before_lock
from wiki.publishing.publishing import newest_version

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["under the lock", "before the lock"])
def conflict(request, writer, logged_in, other_contributor, guideline, monkeypatch):
    """The answer to a form whose short answer somebody changed meanwhile; merged as a short
    text is, and as a long one."""
    if request.param == "before the lock":
        monkeypatch.setattr(merging_before_lock, "LONG", 0)
    mine = {
        **form_filling.opened(writer, guideline),
        "short_answer": "La mienne.",
        "topics": "Mien",
    }
    answer = form_filling.edit(
        logged_in(other_contributor),
        guideline,
        short_answer="La leur.",
        summary="Un résumé plus net.",
        edit_summary="Plus net",
    )
    assert answer.status_code == 302
    return writer.post(f"{guideline.address}modifier/", mine)


def test_a_conflict_is_shown_with_both_texts_and_nothing_is_written(
    conflict, guideline, other_contributor
):
    assert conflict.status_code == 409
    assert newest_version(guideline).content["short_answer"] == "La leur."
    kept = form_of(conflict, "chosen_on")
    assert kept["short_answer"][0].strip() == "La mienne."
    assert kept["topics"] == ["Mien"]
    read = main_text(conflict)
    assert other_contributor.display_name in read
    assert "leur" in read
    assert "mienne" in read
    assert not Topic.objects.filter(name="Mien").exists()


@pytest.mark.parametrize(
    ("choice", "short_answer"),
    [
        ("mienne", "La mienne."),
        ("leur", "La leur."),
        ("deux", "La leur.\nLa mienne."),
    ],
)
def test_a_choice_publishes_and_keeps_what_did_not_conflict(
    conflict, writer, guideline, choice, short_answer
):
    answer = writer.post(
        f"{guideline.address}modifier/", {**form_of(conflict, "chosen_on"), "choice-0": choice}
    )
    assert answer.status_code == 302
    content = newest_version(guideline).content
    assert content["short_answer"] == short_answer
    assert content["summary"] == "Un résumé plus net."
    assert content["topics"] == ["Mien"]


def test_taking_theirs_alone_does_not_say_that_it_is_published(
    writer, logged_in, other_contributor, guideline
):
    mine = {**form_filling.opened(writer, guideline), "short_answer": "La mienne."}
    form_filling.edit(logged_in(other_contributor), guideline, short_answer="La leur.")
    conflict = writer.post(f"{guideline.address}modifier/", mine)
    number = newest_version(guideline).number
    choice = {**form_of(conflict, "chosen_on"), "choice-0": "leur"}
    told = main_text(writer.post(f"{guideline.address}modifier/", choice, follow=True))
    assert newest_version(guideline).number == number
    assert "Rien n’a changé" in told and "reste dans vos brouillons" in told
    assert "publié" not in told.partition("reste dans vos brouillons")[0]


def test_going_back_to_my_text_shows_it_among_what_they_published(conflict, writer, guideline):
    form = form_of(conflict, "chosen_on")
    answer = writer.post(f"{guideline.address}modifier/", {**form, "reopen": "1"})
    assert answer.status_code == 200
    assert "a changé le même passage que vous" in main_text(answer)
    mine = form_of(answer)
    assert mine["short_answer"][0].strip() == "La mienne."
    assert mine["summary"][0].strip() == "Un résumé plus net."
    assert mine["key"] != form["key"]
    assert newest_version(guideline).content["short_answer"] == "La leur."
    assert writer.post(f"{guideline.address}modifier/", mine).status_code == 302
    assert newest_version(guideline).content["short_answer"] == "La mienne."


def test_a_choice_is_asked_again_when_a_third_person_published(
    conflict, writer, guideline, facilitator, logged_in
):
    again = {**form_of(conflict, "chosen_on"), "choice-0": "mienne"}
    form_filling.edit(logged_in(facilitator), guideline, short_answer="La troisième.")
    assert writer.post(f"{guideline.address}modifier/", again).status_code == 409
    assert newest_version(guideline).content["short_answer"] == "La troisième."


def test_other_fields_are_merged_and_the_writer_is_told(
    writer, logged_in, other_contributor, guideline, client
):
    mine = {**form_filling.opened(writer, guideline), "short_answer": "La mienne."}
    form_filling.edit(logged_in(other_contributor), guideline, summary="Un résumé plus net.")
    answer = writer.post(f"{guideline.address}modifier/", mine, follow=True)
    assert other_contributor.display_name in text_of(answer)
    version = newest_version(guideline)
    assert version.origin == Version.Origin.MERGE
    assert version.content["short_answer"] == "La mienne."
    assert version.content["summary"] == "Un résumé plus net."


def test_a_form_opened_again_keeps_what_was_typed_even_bad(writer, guideline):
    typed = {
        **form_filling.opened(writer, guideline),
        "title": "",
        "body": "<p>Tapé</p>",
        "reopen": "1",
    }
    answer = writer.post(f"{guideline.address}modifier/", typed)
    assert answer.status_code == 200
    form = form_of(answer)
    assert form["body"][0].strip() == "<p>Tapé</p>"
    assert form["base"] == typed["base"]
    assert form["key"] != typed["key"]
    assert "error" not in answer.content.decode().split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("base", ["", "0", "-1", "99999", "abc", "99999999999999999999"])
def test_a_form_without_a_true_base_overwrites_nothing(writer, guideline, base):
    data = {**form_filling.opened(writer, guideline), "base": base, "short_answer": "Écrasée."}
    assert writer.post(f"{guideline.address}modifier/", data).status_code in {409, 422}
    assert newest_version(guideline).content["short_answer"] != "Écrasée."


def test_a_retried_post_publishes_once(writer, guideline):
    data = {**form_filling.opened(writer, guideline), "short_answer": "Une fois."}
    number = newest_version(guideline).number
    for _ in range(3):
        assert writer.post(f"{guideline.address}modifier/", data).status_code == 302
    assert newest_version(guideline).number == number + 1


def test_a_retried_creation_makes_one_page(writer):
    data = {**form_filling.blank(writer, "article"), **COMMON}
    addresses = {writer.post("/nouveau/article/", data).url for _ in range(3)}
    assert len(addresses) == 1
    assert ArticlePage.objects.filter(title=COMMON["title"]).count() == 1


def test_the_key_of_another_page_is_no_error(writer, guideline, contributor):
    page = factories.page(author=contributor)
    data = form_filling.opened(writer, page)
    writer.post(f"{page.address}modifier/", data)
    other = {**form_filling.opened(writer, guideline), "key": data["key"], "short_answer": "Autre."}
    assert writer.post(f"{guideline.address}modifier/", other).status_code == 302


def test_a_key_that_is_none_is_refused(writer, guideline):
    data = {**form_filling.opened(writer, guideline), "key": "pas-une-clé"}
    assert writer.post(f"{guideline.address}modifier/", data).status_code == 422


def test_each_form_has_a_key_of_its_own(writer, guideline):
    keys = {form_filling.opened(writer, guideline)["key"][0] for _ in range(2)}
    assert len(keys) == 2


def test_the_form_opens_the_live_text_not_a_draft(writer, guideline):
    draft = GuidelinePage.objects.get(pk=guideline.pk)
    draft.short_answer = "Brouillon."
    draft.save_revision()
    assert form_filling.opened(writer, guideline)["short_answer"][0].strip() != "Brouillon."


def test_a_small_correction_is_marked_as_such(writer, guideline):
    form_filling.edit(writer, guideline, minor="on", short_answer="Sans faute.")
    assert newest_version(guideline).minor


def test_control_characters_are_left_out(writer, client):
    """Word and readers of PDF paste some of them."""
    fields = {**COMMON, "body": "<p>A\x0bb\x01c</p>", "summary": "Un\x0bdeux"}
    assert form_filling.write(writer, "article", **fields).status_code == 302
    page = ArticlePage.objects.filter(title=COMMON["title"]).first()
    assert page is None or client.get(page.address).status_code == 200


@pytest.mark.parametrize(
    "markup",
    [
        '<a linktype="page" id="{}">',
        '<a linktype="document" id="{}">',
        '<embed embedtype="image" id="{}">',
    ],
)
@pytest.mark.parametrize("number", ["0", "999999", "9" * 19, "9" * 25, "9" * 5000])
def test_ids_of_nothing_break_nothing(writer, client, markup, number):
    body = f"<p>{markup.format(number)}mot</p>"
    assert form_filling.write(writer, "article", **{**COMMON, "body": body}).status_code == 302
    page = ArticlePage.objects.get(title=COMMON["title"])
    assert client.get(page.address).status_code == 200
    assert client.get(f"{page.address}difference/").status_code == 200


@pytest.mark.parametrize("moment", ["live_text", "form_for"])
def test_what_is_published_while_a_form_opens_is_not_written_twice(
    writer, monkeypatch, other_contributor, moment
):
    """The text and the rows of a form are those of the version it says it was opened on."""
    sources = [Source(title="La première.")]
    page = factories.page(GuidelinePage, title="Liste", body="<p>Début.</p>", sources=sources)
    known = getattr(views, moment)

    def done_before_another_publishes(*given, **named):
        done = known(*given, **named)
        monkeypatch.undo()
        theirs = [Source(title="La première."), Source(title="La leur.")]
        body = "<p>Début.</p>\n<p>La leur.</p>"
        factories.edited(page, author=other_contributor, body=body, sources=theirs)
        return done

    monkeypatch.setattr(views, moment, done_before_another_publishes)
    form = form_filling.opened(writer, page)
    answer = writer.post(
        f"{page.address}modifier/", {**form, "body": form["body"][0] + "\n<p>La mienne.</p>"}
    )
    assert answer.status_code == 302
    content = newest_version(page).content
    assert (content["body"].count("La leur."), content["body"].count("La mienne.")) == (1, 1)
    assert [one["title"] for one in content["sources"]] == ["La première.", "La leur."]
