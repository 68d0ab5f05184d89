"""Files over HTTP: length, parts, what a browser has already, and how each kind opens."""

import pytest
from django.core.files.base import ContentFile
from django.utils.http import http_date, parse_http_date
from wagtail.documents import get_document_model
from wagtail.models import Page

from tests import factories
from tests.wiki import secrets
from wiki.models import FileUse

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 20
SIZE = len(PDF)


def document_of(content: bytes, name: str = "fiche.pdf"):
    document = get_document_model().objects.create(
        title="Fiche", file=ContentFile(content, name=name)
    )
    factories.page(body=f'<p><a linktype="document" id="{document.pk}">lire</a></p>')
    return document


def address_of(document) -> str:
    return f"/fichiers/{document.pk}/"


@pytest.fixture
def address():
    return address_of(document_of(PDF))


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_file_says_its_length_and_is_never_zipped_again(client, address):
    for accepted in ("gzip", "gzip, br", ""):
        answer = client.get(address, headers={"Accept-Encoding": accepted})
        assert body_of(answer) == PDF
        assert answer["Content-Length"] == str(SIZE)
        assert answer["Accept-Ranges"] == "bytes"
        assert "Content-Encoding" not in answer
        assert answer["ETag"].startswith('"')
        assert parse_http_date(answer["Last-Modified"])


def test_a_long_text_is_sent_with_its_length(client):
    document = document_of(b"une ligne\n" * 5_000, "liste.txt")
    answer = client.get(address_of(document), headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Length"] == "50000"
    assert "Content-Encoding" not in answer
    assert len(body_of(answer)) == 50_000


PARTS = [
    ("bytes=0-99", 0, 100),
    ("bytes=100-", 100, SIZE),
    ("bytes=-10", SIZE - 10, SIZE),
    ("bytes=-999999", 0, SIZE),
    ("bytes=0-0", 0, 1),
    (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
    (f"bytes=10-{SIZE * 9}", 10, SIZE),
    ("Bytes= 5 - 9 ", 5, 10),
]


@pytest.mark.parametrize(("asked", "start", "end"), PARTS)
def test_a_part_of_a_file_is_sent(client, address, asked, start, end):
    answer = client.get(address, headers={"Range": asked, "Accept-Encoding": "gzip"})
    assert answer.status_code == 206
    assert body_of(answer) == PDF[start:end]
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert answer["Content-Length"] == str(end - start)
    assert "Content-Encoding" not in answer


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=999999-9999999", "bytes=-0"])
def test_a_part_outside_of_the_file_is_refused_with_its_size(client, address, asked):
    answer = client.get(address, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{SIZE}"
    assert not body_of(answer)


@pytest.mark.parametrize(
    "asked",
    [
        *("", "bytes=", "bytes=-", "bytes=9-5", "lines=0-9", "bytes=0-9,20-29", "bytes=a-b"),
        *("0-9", f"bytes={'9' * 500}-", "bytes=٣-٥", "bytes=0-9\t-"),
    ],
)
def test_what_is_no_part_gets_the_whole_file(client, address, asked):
    answer = client.get(address, headers={"Range": asked})
    assert (answer.status_code, body_of(answer)) == (200, PDF)


def test_an_empty_file_has_no_part(client):
    document = document_of(b"", "vide.txt")
    assert client.get(address_of(document), headers={"Range": "bytes=0-9"}).status_code == 416
    assert body_of(client.get(address_of(document))) == b""


def test_a_part_is_sent_only_of_the_file_that_was_begun(client, address):
    whole = client.head(address)
    for known in (whole["ETag"], whole["Last-Modified"]):
        answer = client.get(address, headers={"Range": "bytes=0-9", "If-Range": known})
        assert answer.status_code == 206
        assert body_of(answer) == PDF[:10]
    for other in ('"autre"', f"W/{whole['ETag']}", http_date(0), "n’importe quoi"):
        answer = client.get(address, headers={"Range": "bytes=0-9", "If-Range": other})
        assert (answer.status_code, body_of(answer)) == (200, PDF)


def test_a_browser_that_has_the_file_is_sent_nothing(client, address):
    whole = client.head(address)
    later = http_date(parse_http_date(whole["Last-Modified"]) + 60)
    for headers in (
        {"If-None-Match": whole["ETag"]},
        {"If-None-Match": f'"x", W/{whole["ETag"]}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": whole["Last-Modified"]},
        {"If-Modified-Since": later},
        {"If-None-Match": whole["ETag"], "Range": "bytes=0-9"},
    ):
        answer = client.get(address, headers=headers)
        assert (answer.status_code, body_of(answer)) == (304, b"")
        for name in ("ETag", "Last-Modified", "Cache-Control", "Content-Security-Policy"):
            assert answer[name] == whole[name], name
    for headers in (
        {"If-None-Match": '"x"'},
        {"If-None-Match": '"x"', "If-Modified-Since": later},
        {"If-Modified-Since": http_date(0)},
    ):
        assert body_of(client.get(address, headers=headers)) == PDF
    assert client.get(address, headers={"If-Match": '"x"'}).status_code == 412


def test_a_file_that_is_replaced_is_sent_again(client):
    document = document_of(PDF)
    known = client.head(address_of(document))["ETag"]
    document.file.save("fiche.pdf", ContentFile(PDF[::-1]))
    answer = client.get(address_of(document), headers={"If-None-Match": known})
    assert (answer.status_code, body_of(answer)) == (200, PDF[::-1])


CONDITIONS = [
    {},
    {"If-None-Match": "*"},
    {"If-Match": "*"},
    {"If-Modified-Since": http_date(4_000_000_000)},
    {"If-Unmodified-Since": http_date(0)},
    {"Range": "bytes=0-9"},
    {"Range": "bytes=99999999-"},
    {"Range": "bytes=0-9", "If-Range": "ETAG"},
    {"If-None-Match": "ETAG"},
    {"If-Match": "ETAG"},
]


@pytest.mark.parametrize("method", ["get", "head"])
def test_no_header_tells_a_closed_file_from_one_that_does_not_exist(client, method):
    document = document_of(PDF)
    etag = client.head(address_of(document))["ETag"]
    use = FileUse.objects.get(document_id=document.pk)
    factories.restricted_to_groups(Page.objects.get(pk=use.version.page_id).specific, "Bureau")
    for condition in CONDITIONS:
        headers = {name: value.replace("ETAG", etag) for name, value in condition.items()}
        closed = told(getattr(client, method), address_of(document), headers)
        assert closed[0] == 404
        assert closed == told(getattr(client, method), "/fichiers/999999/", headers), condition


def told(ask, address: str, headers: dict) -> tuple:
    """All of an answer but the address, that it says again."""
    answer = ask(address, headers=headers)
    said = {name: sorted(value.split("; ")) for name, value in answer.headers.items()}
    length = int(said.pop("Content-Length")[0]) - len(address) * answer.content.count(
        address.encode()
    )
    bare = answer.content.decode().replace(address, "")
    return answer.status_code, said, bare, length if bare else None


def test_head_is_told_what_get_is(client, address):
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        got, head = client.get(address, headers=headers), client.head(address, headers=headers)
        assert body_of(got) == PDF
        assert dict(got.headers) == dict(head.headers)
        assert (head.status_code, body_of(head)) == (200, b"")
    etag = client.head(address)["ETag"]
    assert client.head(address, headers={"If-None-Match": etag}).status_code == 304


# How each kind opens


@pytest.mark.parametrize("name", ["fiche.pdf", "fiche.html", "fiche", "fiche.svg", "Fiche.PDF"])
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n"])
def test_a_pdf_is_known_by_its_bytes_and_opens_in_the_browser(client, name, before):
    answer = client.get(address_of(document_of(before + PDF, name)))
    assert body_of(answer) == before + PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline; filename=")
    assert answer["Content-Disposition"].lower().endswith('.pdf"')
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = answer["Content-Security-Policy"]
    assert "sandbox" not in policy
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("faux.pdf", b"<html><script>alert(1)</script>"),
        ("melange.pdf", b"<html><script>alert(1)</script>%PDF-1.4 " + PDF),
        ("melange.html", b"<html><script>alert(1)</script>%PDF-1.4 " + PDF),
        ("vide.pdf", b""),
        ("tableau.ods", b"PK\x03\x04"),
        ("texte.txt", b"%PD"),
        ("programme.js", b"alert(1)"),
    ],
)
def test_all_else_is_downloaded_and_runs_nowhere(client, name, content):
    answer = client.get(address_of(document_of(content, name)))
    assert body_of(answer) == content
    assert answer["Content-Type"] != "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["Été à l’école.pdf", 'le "bon" plan.pdf', "a;b,c.pdf", "été.odt", "x\\y.pdf"]
)
def test_any_file_name_is_said_safely(client, name, monkeypatch):
    document = document_of(PDF)
    monkeypatch.setattr(get_document_model(), "filename", name)
    said = client.head(address_of(document))["Content-Disposition"]
    assert "\n" not in said
    assert said.isascii()
    if not name.isascii():
        assert "filename*=utf-8''" in said


def test_photos_have_validators_and_parts_too(client):
    image = secrets.image_named("Un dessin", "dessin")
    factories.page(body=f'<embed embedtype="image" id="{image.pk}" alt="Plan">')
    address = f"/media/{image.file.name}"
    whole = client.get(address)
    content = body_of(whole)
    assert whole["Content-Length"] == str(len(content))
    assert whole["Cache-Control"] == "private, max-age=3600"
    assert body_of(client.get(address, headers={"Range": "bytes=2-5"})) == content[2:6]
    assert client.get(address, headers={"If-None-Match": whole["ETag"]}).status_code == 304
    assert dict(client.head(address).headers) == dict(whole.headers)
