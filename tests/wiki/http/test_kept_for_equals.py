"""What is kept for people who are logged in is what each of them would be shown."""

import gzip

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Page

from tests import factories, kept
from wiki.access.visibility import visible_to
from wiki.http.kept_pages import kept_pages

pytestmark = pytest.mark.django_db


def logged_in(*groups: str) -> Client:
    client = Client()
    client.user = factories.person(*groups)
    client.force_login(client.user)
    return client


@pytest.fixture
def writers():
    kept.forget_all()
    yield logged_in("Contributeurs"), logged_in("Contributeurs")
    kept.forget_all()


def of_readers() -> list[tuple]:
    return [key for key in kept_pages.answers if key[1] == "testserver"]


def is_kept_for(other: Client, address: str) -> bool:
    known = set(of_readers())
    assert other.get(address).status_code == 200
    return known == set(of_readers())


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_equals_are_shown_what_each_would_be_shown_alone(writers, accepted):
    first, second = writers
    open_pages = visible_to(second.user).filter(depth__gt=2)
    addresses = [page.specific.address for page in open_pages]
    alone = {}
    for address in addresses:
        alone[address] = second.get(address, HTTP_ACCEPT_ENCODING=accepted)
    kept.forget_all()
    for address in addresses:
        first.get(address, HTTP_ACCEPT_ENCODING=accepted)
    number = len(of_readers())
    for address in addresses:
        shown = second.get(address, HTTP_ACCEPT_ENCODING=accepted)
        assert text_of(shown) == text_of(alone[address]), address
        assert headers_of(shown) == headers_of(alone[address]), address
    assert number > 60
    assert len(of_readers()) < number + len(addresses) / 2


def text_of(response) -> bytes:
    is_zipped = response.get("Content-Encoding") == "gzip"
    return gzip.decompress(response.content) if is_zipped else response.content


def headers_of(response) -> dict:
    return {k: v for k, v in response.items() if k != "Content-Length"}


def test_who_may_do_more_is_shown_another_page(writers):
    page = factories.page(title="Commune à tous")
    writers[0].get(page.address)
    assert is_kept_for(writers[1], page.address)
    assert "Réserver" in logged_in("Animateurs").get(page.address).content.decode()
    assert "Modifier" not in Client().get(page.address).content.decode()


def test_rights_that_a_group_loses_are_lost_at_once(writers):
    page = factories.page(title="Bientôt en lecture seule")
    assert "Modifier" in writers[0].get(page.address).content.decode()
    group = Group.objects.get(name="Contributeurs")
    group.permissions.remove(Permission.objects.get(codename="write_pages"))
    assert "Modifier" not in writers[1].get(page.address).content.decode()
    assert "Modifier" not in writers[0].get(page.address).content.decode()


def test_who_wrote_a_page_may_delete_it_and_others_may_not(writers):
    author, other = writers
    page = factories.page(title="La mienne", author=author.user)
    assert "Supprimer" in author.get(page.address).content.decode()
    assert "Supprimer" not in other.get(page.address).content.decode()


def test_files_are_kept_for_one_person(writers):
    first, second = writers
    document = get_document_model().objects.create(
        title="Notice", file=ContentFile(b"lire", name="notice.txt"), uploaded_by_user=first.user
    )
    body = f'<p><a linktype="document" id="{document.pk}">la notice</a></p>'
    page = factories.page(title="Avec un fichier", body=body, author=first.user)
    first.get(page.address)
    assert is_kept_for(first, page.address)
    assert not is_kept_for(second, page.address)


def test_closed_pages_and_links_to_deleted_ones_are_kept_for_nobody(writers):
    closed = factories.page(title="Entre nous")
    factories.restricted_to_login(closed)
    gone = factories.page(title="Partie")
    body = f'<p><a linktype="page" id="{gone.pk}">elle</a></p>'
    leading = factories.page(title="Mène à rien", body=body)
    Page.objects.get(pk=gone.pk).delete()
    for page in (closed, leading):
        writers[0].get(page.address)
        assert not any(page.address in key[0] for key in of_readers()), page.address


def test_who_looks_with_the_eyes_of_another_is_given_a_page_that_can_be_read(writers):
    page = factories.page(title="Vue par d’autres")
    keeper = logged_in("Animateurs", "Contributeurs")
    for _time in range(2):
        seen = keeper.get(f"{page.address}voir-comme/contributeur/", HTTP_ACCEPT_ENCODING="gzip")
        assert seen.status_code == 200
        assert "Vue par d’autres" in text_of(seen).decode()
    assert not any("voir-comme" in key[0] for key in of_readers())


def test_what_is_told_once_is_told_once(writers):
    page = factories.page(title="Publiée à l’instant")
    writer = writers[0]
    writer.get(page.address)
    form = writer.get(page.address + "modifier/").context["form"]
    sent = {"title": page.title, "body": "<p>Autre texte.</p>", "base": form["base"].value()}
    sent |= {"key": form["key"].value(), "licence": page.licence, "edit_summary": ""}
    assert writer.post(page.address + "modifier/", sent).status_code == 302
    assert "Merci" in writer.get(page.address).content.decode()
    assert "Merci" not in writer.get(page.address).content.decode()
    assert "Merci" not in writers[1].get(page.address).content.decode()
