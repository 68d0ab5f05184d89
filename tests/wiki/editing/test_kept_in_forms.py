"""What forms keep in memory is what they would read again, for whoever opens them."""

import pytest
from django.utils import translation
from lxml import html
from wagtail.documents import get_document_model

from meetings.models import MeetingPage
from structures.models import StructurePage
from tests import factories
from tests.wiki import form_filling
from tests.wiki.form_filling import COMMON
from tests.wiki.screens import form_of
from wiki.editing import boxes
from wiki.editing.document_field import DocumentField
from wiki.editing.form_context import rows_of
from wiki.editing.forms import BLANK_ROWS, form_class
from wiki.pages.kinds import all_kinds
from wiki.templatetags.form_fields import blank_rows, form_row, rows_told

pytestmark = pytest.mark.django_db
NEW = "/nouveau/reunion/"


def place(title: str, **fields) -> StructurePage:
    return factories.page(StructurePage, title=title, **fields)


def boxes_for(client) -> list[str]:
    root = html.fromstring(client.get(NEW).content)
    return [one.text_content().strip() for one in root.xpath("//input[@name='attendances']/..")]


def files_for(client) -> set[str]:
    """Offered in a row that is there, and in the one that the browser copies."""
    root = html.fromstring(client.get(NEW).content)
    shown, blank = (
        root.xpath(f"//select[@name='attachments-{rank}-document']/option[@value!='']/text()")
        for rank in ("0", "__prefix__")
    )
    assert shown == blank
    return {one.partition(" (")[0] for one in shown}


def a_document(title: str, sender=None):
    documents = get_document_model().objects
    return documents.create(title=title, file="documents/x.pdf", uploaded_by_user=sender)


def shown_in_page(document):
    link = f'<p><a linktype="document" id="{document.pk}">lire</a></p>'
    return factories.page(author=factories.person("Animateurs"), body=link)


# Boxes.


def test_a_place_that_is_published_renamed_or_deleted_changes_the_boxes(writer):
    before = boxes_for(writer)
    zinzolin = place("Zinzolin")
    assert sorted(boxes_for(writer)) == sorted([*before, "Zinzolin"])
    zinzolin = factories.edited(zinzolin, title="Brimborion")
    assert sorted(boxes_for(writer)) == sorted([*before, "Brimborion"])
    zinzolin.unpublish()
    assert boxes_for(writer) == before


def test_two_places_of_one_title_are_told_apart_as_soon_as_there_are_two(writer):
    place("Zinzolin", commune="Chinon")
    assert "Zinzolin" in boxes_for(writer)
    place("Zinzolin", commune="Loches")
    assert {"Zinzolin (Chinon)", "Zinzolin (Loches)"} <= {*boxes_for(writer)}


def test_a_place_that_is_closed_has_no_box_for_those_who_may_not_read_it(writer, client):
    closed = place("Zinzolin")
    inside = factories.person("Contributeurs", "Bureau")
    client.force_login(inside)
    assert "Zinzolin" in boxes_for(writer)
    factories.restricted_to_groups(closed, "Bureau")
    assert "Zinzolin" in boxes_for(client)
    assert "Zinzolin" not in boxes_for(writer)
    inside.groups.remove(*inside.groups.filter(name="Bureau"))
    assert "Zinzolin" not in boxes_for(client)


def test_a_large_site_has_a_box_for_a_place_as_soon_as_it_came(writer, monkeypatch):
    monkeypatch.setattr(boxes, "MOST_BOXES", 2)
    often = place("Zinzolin")
    assert "Zinzolin" not in boxes_for(writer)
    rows = {"attendances": [str(often.pk)]}
    form_filling.write(writer, "reunion", **COMMON, date="2021-03-04", **rows)
    assert "Zinzolin" in boxes_for(writer)


# Files.


def test_a_file_that_is_sent_renamed_closed_or_deleted_changes_what_is_offered(writer):
    before = files_for(writer)
    document = a_document("Zinzolin")
    page = shown_in_page(document)
    assert files_for(writer) == {*before, "Zinzolin"}
    get_document_model().objects.filter(pk=document.pk).update(title="Brimborion")
    assert files_for(writer) == {*before, "Brimborion"}
    factories.restricted_to_groups(page, "Bureau")
    assert files_for(writer) == before
    page.view_restrictions.all().delete()
    document.delete()
    assert files_for(writer) == before


def test_each_person_is_offered_their_own_file_that_no_page_shows(writer, contributor, client):
    client.force_login(factories.person("Contributeurs"))
    before = files_for(client)
    assert files_for(writer) == before
    a_document("Zinzolin", contributor)
    assert files_for(client) == before
    assert files_for(writer) == {*before, "Zinzolin"}
    client.force_login(factories.person("Animateurs"))
    assert files_for(client) == {*before, "Zinzolin"}


# Rows and words.


def decision_in(client, page) -> str:
    (text,) = form_of(client.get(f"{page.address}modifier/"))["decisions-0-text"]
    return text.strip()


def test_a_form_opened_again_has_the_rows_of_today(writer):
    page = factories.page(MeetingPage, date="2021-03-04")
    assert decision_in(writer, page) == ""
    form_filling.edit(writer, page, **{"decisions-0-text": "Zinzolin"})
    assert decision_in(writer, page) == "Zinzolin"


def test_a_form_says_its_words_in_the_language_of_the_request():
    said = {}
    for language in ("fr", "en", "fr"):
        with translation.override(language):
            form = form_class(MeetingPage)
            states = form.formsets["actions"].form.base_fields["state"].choices
            said[language] = (form.base_fields["topics"].label, dict(states)["a-faire"])
    assert said == {"fr": ("Thèmes", "à faire"), "en": ("Topics", "to do")}


# Blank rows.


def drawn_alone(form, group, rank: int) -> str:
    """A blank row of this rank, from a form of its own."""
    group.formset.extra = rank + 1 - group.formset.initial_form_count()
    vars(group.formset).pop("forms", None)
    row = group.formset.forms[rank]
    for field in row.fields.values():
        if isinstance(field, DocumentField):
            field.know(form.files, None)
    return form_row(row, group.row_label, rank + 1)


@pytest.mark.parametrize("kind", ["situation", "lieu", "reunion"])
def test_blank_rows_are_drawn_as_forms_of_their_own_would_be(kind, contributor):
    a_document("Un fichier que l’on offre", contributor)
    form = form_class(all_kinds()[kind])(instance=all_kinds()[kind](body=""), user=contributor)
    groups = [group for group in rows_of(form) if not group.boxes]
    for group in groups:
        drawn, told = blank_rows(group), rows_told(group.formset)
        assert drawn == "".join(drawn_alone(form, group, rank) for rank in range(BLANK_ROWS))
        vars(group.formset).pop("management_form", None)
        group.formset.extra = BLANK_ROWS
        assert told == str(group.formset.management_form).strip()
    assert groups


def test_a_form_that_was_sent_tells_as_many_rows_as_it_has():
    data = {"decisions-TOTAL_FORMS": "3", "decisions-INITIAL_FORMS": "0"}
    formset = form_class(MeetingPage)(data, instance=MeetingPage(body="")).formsets["decisions"]
    told = html.fragments_fromstring(rows_told(formset))
    assert [one.get("value") for one in told] == ["3", "0", "0", "1000"]


def test_the_blank_rows_of_a_page_follow_its_own(writer):
    page = factories.page(MeetingPage, title="Réunion", date="2026-11-30")
    decision = {"decisions-0-text": "La première", "decisions-TOTAL_FORMS": "1"}
    form_filling.edit(writer, page, **decision)
    form = form_of(writer.get(f"{page.address}modifier/"), "decisions-0-text")
    texts = [form[f"decisions-{rank}-text"][0].strip() for rank in range(1 + BLANK_ROWS)]
    assert texts == ["La première", *[""] * BLANK_ROWS]
    assert form["decisions-TOTAL_FORMS"] == [str(1 + BLANK_ROWS)]
