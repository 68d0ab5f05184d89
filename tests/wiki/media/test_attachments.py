"""Files that people attach: only some kinds, what they claim to be, named harmlessly."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents import get_document_model

from home.demo_files import FOLDER
from tests import factories
from wiki.media.attachments import OPEN_DOCUMENTS, is_what_it_claims
from wiki.media.uploads import MEGABYTE

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


def zipped(**files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(
                name.replace("__", "/").replace("_TYPES", "[Content_Types].xml"), content
            )
    return out.getvalue()


GOOD = {
    "plan.pdf": PDF,
    "PLAN.PDF": PDF,
    "notes.txt": "Des accents é à".encode(),
    "notes windows.txt": "Des accents".encode("utf-16"),
    "liste.csv": b"a;b\n1;2\n",
    "texte.odt": zipped(mimetype=OPEN_DOCUMENTS["odt"], content="<x/>"),
    "tableau.ods": zipped(mimetype=OPEN_DOCUMENTS["ods"], content="<x/>"),
    "diapos.odp": zipped(mimetype=OPEN_DOCUMENTS["odp"], content="<x/>"),
    "texte.docx": zipped(_TYPES="<x/>", word__document="<x/>"),
    "tableau.xlsx": zipped(_TYPES="<x/>", xl__workbook="<x/>"),
    "diapos.pptx": zipped(_TYPES="<x/>", ppt__presentation="<x/>"),
}
FALSE = {
    "page.pdf": b"<html><script>alert(1)</script></html>",
    "programme.pdf": b"MZ\x90\x00" + b"\0" * 100,
    "programme.txt": b"MZ\x90\x00" + b"\0" * 100,
    "liste.csv": b"\x7fELF\x02\x00\x00",
    "archive.docx": zipped(fichier="x"),
    "tableau.docx": zipped(_TYPES="<x/>", xl__workbook="<x/>"),
    "texte.ods": zipped(mimetype=OPEN_DOCUMENTS["odt"]),
    "sans.odt": zipped(content="x"),
    "coupe.odt": zipped(mimetype=OPEN_DOCUMENTS["odt"])[:30],
    "page.docx": b"<html></html>",
}
UNWANTED = [
    "page.html",
    "page.svg",
    "page.xhtml",
    "macro.docm",
    "jeu.exe",
    "rien",
    ".pdf",
    "a.pdf.js",
]


def sent(client, name: str, content: bytes):
    return client.post("/pieces/", {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("name", GOOD)
def test_a_file_of_an_accepted_kind_is_kept(writer, contributor, name):
    answer = sent(writer, name, GOOD[name])
    data = answer.json()
    document = get_document_model().objects.get(pk=data["id"])
    assert answer.status_code == 201
    assert data["address"] == f"/fichiers/{document.pk}/"
    assert data["title"] == document.title
    assert document.uploaded_by_user == contributor
    assert document.file_size == len(GOOD[name])
    assert document.file_hash


@pytest.mark.parametrize("name", FALSE)
def test_a_file_that_is_not_what_it_claims_is_refused(writer, name):
    count = get_document_model().objects.count()
    answer = sent(writer, name, FALSE[name])
    assert answer.status_code == 422
    assert f".{name.partition('.')[2]}" in answer.json()["error"]
    assert get_document_model().objects.count() == count


@pytest.mark.parametrize("name", UNWANTED)
def test_other_kinds_of_files_are_refused_with_those_that_are_accepted(writer, name):
    answer = sent(writer, name, PDF)
    assert answer.status_code == 422
    assert "pdf, odt" in answer.json()["error"]


def test_every_file_of_the_demonstration_is_what_it_claims():
    for path in (FOLDER / "files").glob("*.*"):
        with path.open("rb") as held:
            assert is_what_it_claims(held, path.suffix[1:]), path.name


def test_too_big_a_file_is_refused_with_the_limit(writer):
    answer = sent(writer, "gros.txt", b"a" * (21 * MEGABYTE))
    assert answer.status_code == 413
    assert "20" in answer.json()["error"]


def test_an_empty_file_is_refused(writer):
    assert sent(writer, "vide.txt", b"").status_code == 422


def test_only_writers_send_files(client, logged_in):
    for reader in (client, logged_in(factories.person())):
        answer = sent(reader, "plan.pdf", PDF)
        assert answer.status_code == 403
        assert answer.json()["error"]
    assert client.get("/pieces/").status_code == 405


def test_a_file_sent_from_another_site_is_refused(contributor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(contributor)
    assert sent(client, "plan.pdf", PDF).status_code == 403


HOSTILE_NAMES = [
    '"><img src=x onerror=alert(1)>.pdf',
    "<script>alert(1)</script>.pdf",
    "..\\..\\..\\etc\\plan.pdf",
    "plan\u202efdp.exe.pdf",
    "é" * 300 + ".pdf",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_file_names_are_harmless_wherever_they_are_shown(writer, client, name):
    answer = sent(writer, name, PDF)
    assert answer.status_code == 201
    pk, title = answer.json()["id"], answer.json()["title"]
    assert "<" not in title
    assert all(sign.isprintable() for sign in title)
    page = factories.page(body=f'<p><a linktype="document" id="{pk}">le plan</a></p>')
    for address in (page.address, f"{page.address}historique/"):
        text = client.get(address).content.decode()
        assert "<img src=x" not in text
        assert "<script>alert" not in text
    held = client.get(f"/fichiers/{pk}/")
    assert b"".join(held.streaming_content) == PDF
    assert held["Content-Type"] == "application/pdf"
    assert held["Content-Disposition"].startswith("inline; filename")
    assert held["X-Content-Type-Options"] == "nosniff"
    assert "\n" not in held["Content-Disposition"]
    assert "Set-Cookie" not in held.headers


def test_a_file_is_read_with_the_pages_that_link_to_it(writer, client):
    pk = sent(writer, "plan.pdf", PDF).json()["id"]
    assert client.get(f"/fichiers/{pk}/").status_code == 404
    page = factories.page(body=f'<p><a linktype="document" id="{pk}">le plan</a></p>')
    assert b"".join(client.get(f"/fichiers/{pk}/").streaming_content) == PDF
    factories.restricted_to_groups(page, "Bureau")
    assert client.get(f"/fichiers/{pk}/").status_code == 404
