"""Documents and images: served to those who may read a page that shows them."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from practices.models import TrainingMaterialPage
from tests import factories
from tests.wiki import secrets
from wiki.models import FileUse

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaflet():
    return secrets.document_named("La plaquette", "plaquette", "Texte de la plaquette")


@pytest.fixture
def drawing():
    return secrets.image_named("Un dessin", "dessin")


def body_of(response) -> bytes:
    return b"".join(response.streaming_content)


def showing(document=None, image=None) -> str:
    link = f'<p><a linktype="document" id="{document.pk}">lire</a></p>' if document else ""
    picture = f'<embed embedtype="image" id="{image.pk}" alt="Un plan">' if image else ""
    return f"<p>Texte</p>{link}{picture}"


def test_a_document_of_a_public_page_is_downloaded_by_anybody(client, leaflet):
    factories.page(body=showing(leaflet))
    answer = client.get(f"/fichiers/{leaflet.pk}/")
    assert answer.status_code == 200
    assert body_of(answer) == b"Texte de la plaquette"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_page_leads_to_its_document(client, leaflet):
    page = factories.page(body=showing(leaflet))
    assert f'href="/fichiers/{leaflet.pk}/"' in client.get(page.address).content.decode()


def test_an_image_of_a_public_page_is_seen_by_anybody(client, drawing):
    page = factories.page(body=showing(image=drawing))
    text = client.get(page.address).content.decode()
    address = text.partition('src="/media/')[2].partition('"')[0]
    answer = client.get(f"/media/{address}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert body_of(answer)[8:12] == b"WEBP"
    assert 'alt="Un plan"' in text


def test_a_file_that_no_page_shows_is_for_its_sender(client, logged_in, contributor, leaflet):
    outsider = factories.person()
    type(leaflet).objects.update(uploaded_by_user=contributor)
    assert client.get(f"/fichiers/{leaflet.pk}/").status_code == 404
    assert logged_in(outsider).get(f"/fichiers/{leaflet.pk}/").status_code == 404
    answer = logged_in(contributor).get(f"/fichiers/{leaflet.pk}/")
    assert answer.status_code == 200
    assert body_of(answer)


def test_a_file_of_an_old_version_stays_readable(client, leaflet):
    page = factories.page(body=showing(leaflet))
    factories.edited(page, body="<p>Sans fichier</p>")
    answer = client.get(f"/fichiers/{leaflet.pk}/")
    assert answer.status_code == 200
    assert body_of(answer)


def test_a_file_shown_by_a_closed_page_and_a_public_one_is_public(client, leaflet):
    closed = factories.page(body=showing(leaflet))
    factories.restricted_to_groups(closed, "Bureau")
    assert client.get(f"/fichiers/{leaflet.pk}/").status_code == 404
    factories.page(body=showing(leaflet))
    answer = client.get(f"/fichiers/{leaflet.pk}/")
    assert answer.status_code == 200
    assert body_of(answer)


def test_a_file_written_when_the_page_was_closed_stays_closed(client, leaflet, logged_in):
    page = factories.page()
    restriction = factories.restricted_to_groups(page, "Bureau")
    factories.edited(page, body=showing(leaflet))
    factories.edited(page, body="<p>Sans fichier</p>")
    restriction.delete()
    assert client.get(f"/fichiers/{leaflet.pk}/").status_code == 404
    answer = logged_in(factories.person("Bureau")).get(f"/fichiers/{leaflet.pk}/")
    assert answer.status_code == 200
    assert body_of(answer)


def test_the_document_of_a_training_material_is_public_with_it(client, leaflet):
    page = factories.page(TrainingMaterialPage, document=leaflet)
    assert FileUse.objects.filter(version__page_id=page.pk, document_id=leaflet.pk).exists()
    assert f"/fichiers/{leaflet.pk}/" in client.get(page.address).content.decode()
    page.unpublish()
    assert client.get(f"/fichiers/{leaflet.pk}/").status_code == 404


def test_a_document_that_is_erased_breaks_no_page(client, leaflet):
    page = factories.page(TrainingMaterialPage, document=leaflet, body=showing(leaflet))
    leaflet.delete()
    for screen in ("", "historique/", "versions/1/", "difference/"):
        assert client.get(f"{page.address}{screen}").status_code == 200, screen


def test_an_image_that_is_erased_leaves_its_alternative(client, drawing):
    page = factories.page(body=showing(image=drawing))
    drawing.delete()
    assert "Un plan" in client.get(page.address).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "documents/plaquette.txt",
        "../passerelles.sqlite3",
        "..%2fsecret_key",
        "%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "images/",
        "",
        "inconnu.png",
        "images%00.png",
        "..\\secret_key",
    ],
)
def test_nothing_else_is_served_from_the_folder_of_files(client, contributor, logged_in, path):
    for reader in (client, logged_in(contributor)):
        assert reader.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999", "abc", "-1"])
def test_a_document_that_does_not_exist_is_not_found(client, contributor, logged_in, number):
    for reader in (client, logged_in(contributor)):
        assert reader.get(f"/fichiers/{number}/").status_code == 404


def test_a_document_whose_file_is_lost_is_not_found(client, leaflet):
    factories.page(body=showing(leaflet))
    leaflet.file.storage.delete(leaflet.file.name)
    assert client.get(f"/fichiers/{leaflet.pk}/").status_code == 404


HOSTILE = [
    ("page.html", b"<script>alert(1)</script>"),
    ("page.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("page.xml", b"<x/>"),
    ("page.xhtml", b"<html/>"),
    ("page.pdf", b"<script>alert(1)</script> %PDF-1.4"),
]


@pytest.mark.parametrize(("name", "content"), HOSTILE)
def test_a_document_is_never_run_as_a_page_of_the_site(client, name, content):
    held = ContentFile(content, name=name)
    document = get_document_model().objects.create(title="Piège", file=held)
    factories.page(body=showing(document))
    answer = client.get(f"/fichiers/{document.pk}/")
    assert body_of(answer) == content
    assert answer["Content-Disposition"].startswith("attachment") or name.endswith(".svg")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_closed_file_is_kept_by_no_shared_cache(client, logged_in, leaflet):
    page = factories.page(body=showing(leaflet))
    answer = client.get(f"/fichiers/{leaflet.pk}/")
    assert body_of(answer)
    assert answer["Cache-Control"] == "public, no-cache"  # and asked again each time
    assert not answer.cookies
    factories.restricted_to_groups(page, "Bureau")
    answer = logged_in(factories.person("Bureau")).get(f"/fichiers/{leaflet.pk}/")
    assert body_of(answer)
    assert "private" in answer["Cache-Control"]


def test_every_file_of_the_demonstration_is_served(client):
    shown = set(FileUse.objects.exclude(document_id=None).values_list("document_id", flat=True))
    assert shown
    for pk in shown:
        answer = client.get(f"/fichiers/{pk}/")
        assert answer.status_code == 200
        assert len(body_of(answer)) > 500
    for image in get_image_model().objects.filter(pk__in=FileUse.objects.values("image_id")):
        answer = client.get(f"/media/{image.file.name}")
        assert answer.status_code == 200
        assert body_of(answer)
