"""Files that belong to a page, chosen in its form: sent with it, kept whatever else is wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html
from wagtail.documents import get_document_model

from meetings.models import Attendance, MeetingPage
from practices.models import TrainingMaterialPage
from structures.models import StructurePage
from tests import factories
from tests.wiki import form_filling
from tests.wiki.form_filling import COMMON
from tests.wiki.screens import form_of, main_text
from wiki.models import Draft

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF" + b" " * 20_000
MEETING = {**COMMON, "date": "2021-03-04"}


def sent(name="Plan d’accès.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def newest_document():
    return get_document_model().objects.order_by("-pk").first()


def test_a_file_sent_with_the_form_is_published_with_the_page(writer, contributor):
    answer = form_filling.write(writer, "support", **COMMON, **{"document-file": sent()})
    assert answer.status_code == 302, main_text(answer)
    page = TrainingMaterialPage.objects.get(title=COMMON["title"])
    assert page.document == newest_document()
    assert page.document.uploaded_by_user == contributor
    assert "PDF · 20 Ko" in main_text(writer.get(page.address))


def test_an_attachment_needs_its_file_only(writer):
    answer = form_filling.write(
        writer, "reunion", **MEETING, **{"attachments-0-document-file": sent()}
    )
    assert answer.status_code == 302, main_text(answer)
    (row,) = MeetingPage.objects.get(title=COMMON["title"]).attachments.all()
    assert row.document == newest_document()


@pytest.mark.parametrize(
    ("kind", "name", "fields"),
    [
        ("support", "document", {**COMMON, "title": ""}),
        ("reunion", "attachments-0-document", {**MEETING, "date": ""}),
    ],
)
def test_a_file_outlives_another_fault_of_the_form(writer, kind, name, fields):
    answer = form_filling.write(writer, kind, **fields, **{f"{name}-file": sent()})
    assert answer.status_code == 422
    file = newest_document()
    assert form_of(answer)[name] == [str(file.pk)]
    assert f"{file.title} (PDF · 20 Ko)" in main_text(answer)
    whole = {**MEETING, **form_of(answer), "title": "Tout", "date": "2021-03-04"}
    assert writer.post(f"/nouveau/{kind}/", whole).status_code == 302
    assert get_document_model().objects.filter(title=file.title).count() == 1


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (sent("jeu.exe"), "n’est pas accepté"),
        (sent("vide.pdf", b""), "Ce fichier est vide"),
        (sent("faux.pdf", b"<html>"), "n’est pas celui d’un fichier .pdf"),
    ],
)
@pytest.mark.parametrize("name", ["support:document", "reunion:attachments-1-document"])
def test_a_refused_file_is_told_beside_its_field(writer, file, said, name):
    kind, field = name.split(":")
    before = get_document_model().objects.count()
    file.seek(0)
    answer = form_filling.write(writer, kind, **MEETING, **{f"{field}-file": file})
    assert answer.status_code == 422
    (control,) = html.fromstring(answer.content).xpath(f'//input[@name="{field}-file"]')
    assert said in " ".join(control.xpath("ancestor::fieldset[1]")[0].text_content().split())
    assert form_of(answer)["title"] == [COMMON["title"]]
    assert get_document_model().objects.count() == before


def test_a_file_beside_no_field_of_documents_is_passed_over(writer):
    before = get_document_model().objects.count()
    answer = form_filling.write(writer, "article", **COMMON, **{"body_file": sent()})
    assert answer.status_code == 302
    assert get_document_model().objects.count() == before


def test_every_file_that_is_offered_says_what_it_is(writer):
    factories_file = get_document_model().objects.order_by("pk").first()
    root = html.fromstring(writer.get("/nouveau/support/").content)
    (name,) = root.xpath(f'//select[@name="document"]/option[@value="{factories_file.pk}"]/text()')
    assert name.startswith(f"{factories_file.title} ({factories_file.file_extension.upper()} · ")
    assert name.endswith((" Ko)", "\u00a0Ko)", "\u00a0Mo)"))


# Boxes: rows of one choice.


@pytest.fixture
def places():
    return [factories.page(StructurePage, title=title) for title in ("Zoé-lieu", "Alice-lieu")]


def ticked(answer) -> list[str]:
    return form_of(answer).get("attendances", [])


def present(page) -> list[int]:
    return [row.structure_id for row in MeetingPage.objects.get(pk=page.pk).attendances.all()]


def test_boxes_are_ticked_and_unticked(writer, places):
    zoe, alice = (str(place.pk) for place in places)
    form_filling.write(writer, "reunion", **MEETING, attendances=[zoe, alice])
    page = MeetingPage.objects.get(title=COMMON["title"])
    assert present(page) == [int(zoe), int(alice)]
    assert ticked(writer.get(f"{page.address}modifier/")) == [zoe, alice]
    form_filling.edit(writer, page, attendances=[alice])
    assert present(page) == [int(alice)]
    form = form_filling.opened(writer, page)
    del form["attendances"]
    writer.post(f"{page.address}modifier/", form)
    assert present(page) == []


def test_saving_what_nobody_touched_keeps_the_order_of_boxes(writer, places):
    rows = [Attendance(structure=place) for place in places]
    page = factories.page(MeetingPage, date="2021-03-04", attendances=rows)
    answer = writer.post(f"{page.address}modifier/", form_filling.opened(writer, page), follow=True)
    assert "Rien n’a changé" in main_text(answer)


def test_boxes_of_a_refused_form_and_of_a_draft_stay_ticked(writer, places):
    zoe = str(places[0].pk)
    fields = {**form_filling.blank(writer, "reunion"), "title": "Sans date", "attendances": [zoe]}
    assert ticked(writer.post("/nouveau/reunion/", fields)) == [zoe]
    writer.post("/brouillons/enregistrer/", {**fields, "kind": "reunion"})
    draft = Draft.objects.get(title="Sans date")
    assert ticked(writer.get(f"/brouillons/{draft.key}/")) == [zoe]


def test_a_box_of_a_page_that_one_may_not_read_is_not_offered(writer, places):
    factories.restricted_to_groups(places[0], "Animateurs")
    labels = main_text(writer.get("/nouveau/reunion/"))
    assert places[1].title in labels
    assert places[0].title not in labels


def test_a_fault_in_a_line_says_which(writer):
    rows = {"decisions-0-text": "Bien", "decisions-1-outcome": "à main levée"}
    answer = form_filling.write(writer, "reunion", **MEETING, **rows)
    assert answer.status_code == 422
    assert "Décisions, ligne 2, Décision Remplissez ce champ, ou retirez la ligne." in main_text(
        answer
    )
