"""Too long, too many, too deep: refused at once with a sentence, and what was typed stays."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images import get_image_model

from search.query.queries import understood
from tests import costs, factories
from tests.wiki import form_filling
from tests.wiki.screens import form_of, main_text
from wiki.editing import sensitive
from wiki.editing.form_data import MOST_ROWS
from wiki.editing.forms import MOST_TAGS
from wiki.media import renditions
from wiki.models import ArticlePage, Draft

pytestmark = pytest.mark.django_db
MOST = 2  # seconds of processor


# Words


@pytest.mark.parametrize("blank", [" ", "\n", "\t", "\u00a0"])
@pytest.mark.parametrize("start", ["mdp=", "mdp", "mot de passe : «", "iban FR76", "1 85 "])
def test_what_looks_like_a_secret_is_looked_for_in_a_flat_time(start, blank):
    costs.within(0.5, lambda: sensitive.found_in(start + blank * 64_000))


@pytest.mark.parametrize("sign", ['"', "«", "“", '" ', "« ", "-", "- a", "a'", "("])
def test_a_query_is_understood_in_a_flat_time(sign):
    costs.within(0.5, lambda: understood(f"{sign}{' ' * 3000}" + sign * 3000))
    costs.within(0.5, lambda: understood(sign * 100_000))


LONG = {
    "title": "x" * 300_000,
    "summary": "mot " * 75_000,
    "topics": "mdp=" + " " * 64_000,
    "edit_summary": '"' * 300_000,
    "body": "<p>mot</p>" * 45_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_field_that_is_too_long_is_refused_and_stays_in_the_form(writer, name):
    page = factories.page(body="<p>Un</p>")
    answer = costs.within(MOST, lambda: form_filling.edit(writer, page, **{name: LONG[name]}))
    assert answer.status_code == 422
    kept = form_of(answer)[name]
    kept = kept[0] if isinstance(kept, list) else kept
    assert len(kept.strip()) >= len(LONG[name].strip()) - 100


DEEP = {"lists": "<ul><li>" * 18_000, "frames": "<div>" * 30_000, "tags": "<p>x" * (MOST_TAGS + 1)}


@pytest.mark.parametrize("name", DEEP)
def test_a_text_that_is_too_deep_is_refused_with_what_to_do(writer, name):
    page = factories.page(body="<p>Un</p>")
    answer = costs.within(MOST, lambda: form_filling.edit(writer, page, body=DEEP[name]))
    assert answer.status_code == 422
    said = "les uns dans les autres" if name != "tags" else "Partagez-le"
    assert said in main_text(answer)


@pytest.mark.parametrize("door", ["apercu/", "brouillon"])
@pytest.mark.parametrize("name", DEEP)
def test_a_text_that_is_too_deep_is_previewed_and_kept_as_a_draft(writer, name, door):
    page = factories.page(body="<p>Un</p>")
    form = {**form_filling.opened(writer, page), "body": DEEP[name], "page": page.pk}
    address = "/brouillons/enregistrer/" if door == "brouillon" else f"{page.address}{door}"
    answer = costs.within(MOST, lambda: writer.post(address, form))
    assert answer.status_code == 200
    if door == "brouillon":
        assert Draft.objects.get().data["fields"]["body"] == [DEEP[name]]


# Rows


def rows(name: str, count: int, **values) -> dict:
    made = {f"{name}-TOTAL_FORMS": str(count), f"{name}-INITIAL_FORMS": "0"}
    for rank in range(count):
        made |= {f"{name}-{rank}-{key}": value for key, value in values.items()}
    return made


def test_rows_that_are_claimed_and_not_sent_cost_nothing(writer):
    form = form_filling.blank(writer, "reunion")
    claims = {name: "1000" for name in form if name.endswith("-TOTAL_FORMS")}
    assert claims
    answer = costs.within(MOST, lambda: writer.post("/nouveau/reunion/", {**form, **claims}))
    assert answer.status_code == 422  # without a title


def test_too_many_rows_are_refused_with_what_to_do(writer):
    form = {**form_filling.blank(writer, "reunion"), "title": "Réunion", "date": "2026-12-01"}
    sent = {**form, **rows("decisions", 600, text="Une décision")}
    answer = costs.within(2 * MOST, lambda: writer.post("/nouveau/reunion/", sent))
    assert answer.status_code == 422
    assert f"plus de {MOST_ROWS} lignes" in main_text(answer)


def test_as_many_rows_as_may_be_are_published(writer):
    form = {**form_filling.blank(writer, "reunion"), "title": "Réunion", "date": "2026-12-01"}
    sent = {**form, **rows("decisions", MOST_ROWS - 20, text="Une décision")}
    assert writer.post("/nouveau/reunion/", sent).status_code == 302


# Pictures


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png() -> bytes:
    made = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(made, "PNG")
    return made.getvalue()


def with_header(width, height, bits=8, colours=2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    return png()[:8] + chunk(b"IHDR", header) + png()[33:]


DAMAGED = {
    "no size": with_header(0, 0),
    "a size that lies": with_header(7000, 7000),
    "a huge size": with_header(2**31 - 1, 2**31 - 1),
    "bits that lie": with_header(60, 40, bits=99),
    "colours that lie": with_header(60, 40, colours=99),
    "a short header": png()[:8] + chunk(b"IHDR", b"123") + png()[33:],
    "a short resolution": png()[:33] + chunk(b"pHYs", b"") + png()[33:],
    "a short gamma": png()[:33] + chunk(b"gAMA", b"") + png()[33:],
    "a short animation": png()[:33] + chunk(b"acTL", b"1") + png()[33:],
    "a profile that is none": png()[:33] + chunk(b"iCCP", b"a\0\0xx") + png()[33:],
    "a chunk longer than the file": png()[:33] + b"\xff\xff\xff\xffzTXt" + png()[33:],
    "cut": png()[:60],
    "its beginning": png()[:33],
}
NESTED_SVG = b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 200_000 + b"</g>" * 200_000
NESTED_SVG += b"</svg>"
ACTIVE_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script/></svg>'
DOORS = {
    "editor": "/photos/",
    "admin": "/admin/images/add/",
    "several": "/admin/images/multiple/add/",
}


def send(client, door: str, name: str, content: bytes):
    file = SimpleUploadedFile(name, content, content_type="image/png")
    if door == "editor":
        return client.post(DOORS[door], {"file": file, "alt": "x"})
    if door == "admin":
        return client.post(DOORS[door], {"title": "x", "file": file, "collection": 1, "tags": ""})
    headers = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
    return client.post(DOORS[door], {"title": "x", "files[]": file}, **headers)


@pytest.mark.usefixtures("admin_templates")
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("fault", DAMAGED)
def test_a_damaged_picture_is_refused_or_read_at_every_door(logged_in, facilitator, door, fault):
    answer = send(logged_in(facilitator), door, "a.png", DAMAGED[fault])
    assert answer.status_code < 500
    for image in get_image_model().objects.filter(title="x"):
        assert renditions.picture_of(image).width


@pytest.mark.usefixtures("admin_templates")
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", ["a.svg", "a.png"])
@pytest.mark.parametrize("content", [NESTED_SVG, ACTIVE_SVG], ids=["nested", "active"])
def test_no_drawing_in_svg_is_kept(logged_in, facilitator, door, name, content):
    before = get_image_model().objects.count()
    answer = costs.within(MOST, lambda: send(logged_in(facilitator), door, name, content))
    assert answer.status_code < 500
    assert get_image_model().objects.count() == before


@pytest.mark.parametrize("content", [NESTED_SVG, ACTIVE_SVG, b"<svg"], ids=len)
def test_a_picture_that_cannot_be_drawn_is_its_words(client, content):
    file = SimpleUploadedFile("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9"/>')
    image = get_image_model().objects.create(title="i", width=9, height=9, file=file)
    embed = f'<embed alt="Ce que montre le dessin" embedtype="image" id="{image.pk}"/>'
    body = f"<p>Avant</p><p>{embed}</p>"
    page = factories.page(ArticlePage, body=body)
    image.renditions.all().delete()
    with image.file.storage.open(image.file.name, "wb") as held:
        held.write(content)
    answer = costs.within(MOST, lambda: client.get(page.address))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Ce que montre le dessin" in text or content == ACTIVE_SVG
    answer = client.get(f"/photos/{image.pk}/")
    assert answer.status_code in (200, 404)
    answer.close()
