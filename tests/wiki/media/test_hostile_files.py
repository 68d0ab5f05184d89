"""Files that are not what they claim, and names made to harm: refused, or asleep."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.browser.xss_vectors import VECTORS, one_line, packed
from tests.wiki.reading_markup import faults
from wiki.media import attachments
from wiki.text import characters

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(1)</script>"
HTML = b"<!DOCTYPE html><html><body onload=alert(1)>" + SCRIPT
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
NAMES = [
    *('a".jpg', "a\r\nSet-Cookie: pirate=1.pdf", "../../../etc/passwd.pdf", "a\\..\\b.pdf"),
    *(
        "<img src=x onerror=alert(1)>.pdf",
        "a.html%00.pdf",
        "\u202efdp.pdf",
        "=cmd|' /C calc'!A0.pdf",
    ),
    *("{{7*7}}.pdf", "javascript:alert(1).pdf", "'-alert(1)-'.pdf", f"{'a' * 300}.pdf", ".pdf.pdf"),
    *("a;filename=x.html;.pdf", "a.php.pdf", "é\u0301\u200b.pdf", "CON.pdf", " .pdf", "\u2028.pdf"),
]


def picture(kind: str, tail: bytes = b"") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, kind)
    return out.getvalue() + tail


def send(client, address: str, name: str, content: bytes):
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def kept() -> tuple[int, int]:
    return get_image_model().objects.count(), get_document_model().objects.count()


def is_asleep(answer, as_attachment: bool = True) -> bool:
    """Downloaded, never guessed to be something else, never run as a page of the site.

    What begins as a PDF is one and nothing else: the browser's reader of PDF, which refuses a
    sandbox, opens it.
    """
    policy = answer["Content-Security-Policy"]
    if answer["Content-Type"] == "application/pdf":
        as_attachment, policy = False, f"{policy}; sandbox"
    return (
        answer["X-Content-Type-Options"] == "nosniff"
        and "default-src 'none'" in policy
        and "sandbox" in policy
        and "allow-scripts" not in policy
        and answer["Content-Disposition"].startswith("attachment") == as_attachment
    )


@pytest.mark.parametrize("content", [HTML, SVG, b"GIF89a=1;/*" + SCRIPT, b"\xff\xd8\xff" + SCRIPT])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.svg", "a.gif", "a.html", "a.webp", "a"])
def test_what_is_no_picture_is_refused_in_french(writer, name, content):
    before = kept()
    answer = send(writer, "/photos/", name, content)
    assert answer.status_code == 422
    assert "photo" in answer.json()["error"].lower()
    assert kept() == before


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_what_is_hidden_in_a_picture_is_not_kept(writer, kind):
    """A picture that is a page too: drawn again, only its pixels are left."""
    name = "a.html" if kind == "GIF" else f"a.{kind.lower()}"
    answer = send(writer, "/photos/", name, picture(kind, HTML + b"<?php"))
    assert answer.status_code == 201
    image = get_image_model().objects.get(pk=answer.json()["id"])
    with image.file.open() as held:
        assert b"script" not in held.read()
    assert image.file.name.endswith((".jpg", ".webp"))
    shown = writer.get(answer.json()["src"])
    assert b"script" not in b"".join(shown)
    assert shown["Content-Type"].startswith("image/")
    assert is_asleep(shown, as_attachment=False)


@pytest.mark.parametrize(
    "name",
    [
        *("a.html", "a.htm", "a.xhtml", "a.svg", "a.xml", "a.js", "a.mjs", "a.php", "a.swf", "a"),
        *("a.pdf.html", "a.pdf ", "a.hta", "a.exe", ".htaccess", "a.mhtml", "a.xsl", "a.docm"),
    ],
)
def test_other_kinds_of_files_are_refused_with_the_accepted_ones(writer, name):
    before = kept()
    answer = send(writer, "/pieces/", name, HTML)
    assert answer.status_code == 422
    assert "pdf" in answer.json()["error"]
    assert kept() == before


@pytest.mark.parametrize("name", ["a.pdf", "a.odt", "a.docx", "a.xlsx", "a.ods", "a.pptx"])
@pytest.mark.parametrize("content", [HTML, SVG, b"PK\x03\x04" + SCRIPT])
def test_a_page_named_as_a_document_is_refused(writer, name, content):
    before = kept()
    assert send(writer, "/pieces/", name, content).status_code == 422
    assert kept() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.4\n" + HTML),
        ("a.pdf", SCRIPT + b"%PDF-1.4\n"),
        ("a.txt", HTML),
        ("a.txt", SVG),
        ("a.csv", b"=HYPERLINK(\"javascript:alert(1)\")\n=cmd|' /C calc'!A0"),
        ("a.csv", "\ufeff".encode() + HTML),
    ],
)
def test_what_may_be_a_page_too_is_downloaded(writer, name, content):
    answer = send(writer, "/pieces/", name, content)
    assert answer.status_code == 201
    shown = writer.get(answer.json()["address"])
    assert b"".join(shown) == content
    assert not shown["Content-Type"].startswith(("text/html", "image/svg", "application/xhtml"))
    assert is_asleep(shown)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("door", ["/pieces/", "/photos/"])
def test_a_hostile_file_name_harms_nothing(writer, door, name):
    """No header of its own, no folder of its own, no markup in what answers."""
    content = b"%PDF-1.4\n" if door == "/pieces/" else picture("PNG")
    answer = send(writer, door, name, content)
    assert answer.status_code in (201, 400, 422)
    if answer.status_code != 201:
        return
    told = answer.json()
    held = model_of(door).objects.get(pk=told["id"])
    assert ".." not in held.file.name
    assert held.file.name.startswith(("documents/", "original_images/"))
    assert "<" not in held.title
    shown = writer.get(told.get("address") or told["src"])
    assert b"".join(shown)
    assert is_asleep(shown, as_attachment=door == "/pieces/")
    disposition = shown["Content-Disposition"]
    assert "\n" not in disposition
    assert "\r" not in disposition
    assert "Set-Cookie" not in shown.headers
    assert ".html" not in disposition.rpartition("filename")[2].rstrip('"')[-6:]


def model_of(door: str):
    return get_document_model() if door == "/pieces/" else get_image_model()


@pytest.mark.parametrize("alt", packed([one_line(vector) for vector in VECTORS], 1500))
def test_hostile_alternatives_are_answered_as_words(writer, alt):
    file = SimpleUploadedFile("a.png", picture("PNG"))
    answer = writer.post("/photos/", {"file": file, "alt": alt})
    assert answer.status_code == 201
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["alt"] == characters.one_line(alt)


@pytest.mark.parametrize(("door", "most"), [("/photos/", 25), ("/pieces/", 20)])
def test_a_file_beyond_the_limit_is_refused_in_french(writer, door, most):
    before = kept()
    answer = send(writer, door, "a.pdf", b"%PDF-" + bytes(most * 1024 * 1024))
    assert answer.status_code == 413
    assert "trop" in answer.json()["error"]
    assert f"{most}" in answer.json()["error"]
    assert kept() == before


def test_an_empty_file_is_refused_in_french(writer):
    for door in ("/photos/", "/pieces/"):
        answer = send(writer, door, "a.pdf", b"")
        assert answer.status_code == 422
        assert "vide" in answer.json()["error"] or "fichier" in answer.json()["error"]


def test_a_form_beyond_the_limits_of_the_server_is_answered_in_french(writer, settings):
    """More fields, or more bytes, than any editor sends."""
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    many = {f"champ-{number}": "x" for number in range(most + 1)}
    for fields in (many, {"body": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}):
        answer = writer.post("/nouveau/article/", encoded(fields), content_type=FORM)
        assert answer.status_code == 400
        assert 'lang="fr"' in answer.content.decode()
        assert faults(answer.content.decode()) == []


FORM = "application/x-www-form-urlencoded"


def encoded(fields: dict) -> str:
    return "&".join(f"{name}={value}" for name, value in fields.items())


@pytest.mark.parametrize("extension", ["docx", "odt", "xlsx"])
def test_an_archive_of_names_is_refused_before_they_are_read(extension, monkeypatch):
    """Its last record says how many bytes of names it has; they are not opened."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for rank in range(12_000):
            archive.writestr(f"{rank:050}", b"")
    monkeypatch.setattr(attachments.zipfile, "ZipFile", None)
    assert not attachments.is_what_it_claims(out, extension)
    assert out.tell() == 0
