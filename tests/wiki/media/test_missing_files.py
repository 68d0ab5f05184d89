"""What named a file that was deleted: words in its place, never a link to nothing."""

import pytest
from django.core.files.storage import default_storage
from lxml import html

from meetings.models import Attachment, MeetingPage
from practices.models import TrainingMaterialPage
from search.models import FileText
from tests import factories
from tests.wiki import form_filling
from tests.wiki.media.test_claimed_files import address, naming, sent_by, status
from tests.wiki.media.test_files_in_admin import delete_address
from tests.wiki.screens import links_of, main_text, said
from wiki.markup import html as bodies
from wiki.models import FileUse, SiteRevision, Version
from wiki.publishing import restoring
from wiki.publishing.publishing import Edit, newest_version
from wiki.trash import trash

pytestmark = pytest.mark.django_db

WORDS = {"document": "la notice", "image": "le dessin"}
DELETED = {"document": "la notice (fichier supprimé)", "image": "le dessin"}
SORTS = {"document": "documents", "image": "photos"}
ADMIN = {"document": "documents", "image": "images"}


@pytest.fixture(params=WORDS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def mine(kind, contributor):
    return sent_by(contributor, kind, "zxmien")


@pytest.fixture
def page(kind, mine, contributor):
    """It showed the file in its first version."""
    shown = factories.page(author=contributor, body=naming(kind, mine.pk))
    return factories.edited(shown, author=contributor, body="<p>Sans</p>")


@pytest.fixture
def by_its_sender(writer, kind, mine):
    def delete():
        writer.post(f"/mes-fichiers/{SORTS[kind]}/{mine.pk}/supprimer/")
        assert not type(mine).objects.filter(pk=mine.pk).exists()

    return delete


def addresses_in(answer) -> list[str]:
    root = html.fromstring(answer.content)
    return [str(found) for found in root.xpath("//main//@href | //main//@src")]


def names_no_file(answer, kind: str, pk: int) -> bool:
    return not any(
        f"/fichiers/{pk}/" in found or "/media/" in found or f"/photos/{pk}/" in found
        for found in addresses_in(answer)
    )


def test_an_old_text_says_the_words_of_a_deleted_file(
    kind, mine, page, by_its_sender, client, writer
):
    old = f"{page.address}versions/1/"
    assert not names_no_file(client.get(old), kind, mine.pk)
    by_its_sender()
    for reader in (client, writer):
        shown = reader.get(old)
        assert shown.status_code == 200
        assert DELETED[kind] in main_text(shown)
        assert names_no_file(shown, kind, mine.pk)
    assert "zxmien" not in client.get(old).content.decode()


@pytest.mark.parametrize("screen", ["difference/?de=1&a=2", "difference/", "annoter/"])
def test_the_screens_of_the_history_name_no_deleted_file(
    screen, kind, mine, page, by_its_sender, client
):
    by_its_sender()
    shown = client.get(f"{page.address}{screen}")
    assert shown.status_code == 200
    assert names_no_file(shown, kind, mine.pk)
    if kind == "document" and screen.startswith("difference"):
        assert "fichier supprimé" in main_text(shown)


def test_a_text_restored_keeps_the_words_of_a_deleted_file(
    kind, mine, page, by_its_sender, client, writer
):
    by_its_sender()
    sent = writer.post(f"{page.address}versions/1/restaurer/")
    assert sent.status_code == 302
    restored = type(page).objects.get(pk=page.pk)
    assert WORDS[kind] in bodies.plain_text(restored.body)
    assert f'id="{mine.pk}"' not in restored.body
    assert not FileUse.objects.filter(version=newest_version(restored)).exists()
    shown = client.get(page.address)
    assert WORDS[kind] in main_text(shown)
    assert names_no_file(shown, kind, mine.pk)


def test_a_change_that_took_a_file_out_is_undone_without_it(
    kind, mine, page, by_its_sender, contributor
):
    by_its_sender()
    before, after = Version.objects.filter(page_id=page.pk).order_by("number")
    restoring.undo(after, before, Edit(author=contributor))
    assert WORDS[kind] in bodies.plain_text(type(page).objects.get(pk=page.pk).body)


def test_nothing_is_left_of_a_deleted_file(
    kind, mine, page, by_its_sender, client, django_capture_on_commit_callbacks
):
    kept = [mine.file.name]
    if kind == "image":
        client.get(f"{page.address}versions/1/")  # draws it
        kept += [rendition.file.name for rendition in mine.renditions.all()]
        assert len(kept) > 1
    assert all(default_storage.exists(name) for name in kept)
    with django_capture_on_commit_callbacks(execute=True):
        by_its_sender()
    assert not any(default_storage.exists(name) for name in kept)
    assert status(client, kind, mine.pk) == 404
    assert all(client.get(f"/media/{name}").status_code == 404 for name in kept)
    assert not FileText.objects.filter(pk=mine.pk, document__title="zxmien").exists()


def test_pages_kept_for_readers_are_made_again_when_a_file_goes_or_changes(kind, mine, contributor):
    before = SiteRevision.current()
    mine.title = "Autrement"
    mine.save()
    renamed = SiteRevision.current()
    assert renamed > before
    mine.file_size = 3
    mine.save(update_fields=["file_size"])  # what reading it notes
    assert SiteRevision.current() == renamed
    mine.delete()
    assert SiteRevision.current() > renamed


def test_the_trash_says_the_words_of_its_files(kind, mine, contributor, writer, facilitator):
    shown = factories.page(author=contributor, body=naming(kind, mine.pk))
    trash.put_in(shown, contributor, "Doublon")
    seen = writer.get(f"/corbeille/{shown.pk}/")
    assert WORDS[kind] in main_text(seen)
    assert names_no_file(seen, kind, mine.pk)


# Deleted by facilitators, in the admin, under the pages that show it


@pytest.fixture
def live(kind, mine, contributor):
    return factories.page(title="Celle qui montre", author=contributor, body=naming(kind, mine.pk))


@pytest.fixture
def chief(facilitator, logged_in):
    return logged_in(facilitator)


@pytest.mark.usefixtures("admin_templates")
def test_a_facilitator_deletes_the_file_of_anybody_and_no_text_leads_to_nothing(
    kind, mine, live, chief, client
):
    client.get(live.address)
    assert chief.post(delete_address(ADMIN[kind], mine)).status_code == 302
    shown = client.get(live.address)
    assert DELETED[kind] in main_text(shown)
    assert names_no_file(shown, kind, mine.pk)


def waiting(client, name: str) -> int:
    context = client.get("/animer/").context
    found = {part.name: part.total for part in [*context["waiting"], *context["quiet"]]}
    return found[name]


def test_pages_that_lack_a_file_are_broken_links_until_they_are_edited(
    kind, mine, live, chief, contributor
):
    assert said("Deleted files") not in main_text(chief.get("/liens-casses/"))
    before = waiting(chief, "broken")
    mine.delete()
    listed = chief.get("/liens-casses/")
    assert f"« {WORDS[kind]} »" in main_text(listed)
    assert live.address in links_of(listed)
    assert waiting(chief, "broken") == before + 1
    factories.edited(live, author=contributor, body="<p>Sans</p>")
    assert said("Deleted files") not in main_text(chief.get("/liens-casses/"))


def test_a_closed_page_that_lacks_a_file_is_not_named(kind, mine, live, chief):
    factories.restricted_to_groups(live, "Bureau")
    mine.delete()
    assert live.title not in main_text(chief.get("/liens-casses/"))


def test_who_edits_a_page_that_lacks_a_file_publishes_its_words(kind, mine, live, writer):
    mine.delete()
    opened = form_filling.opened(writer, live)
    opened["body"] = [opened["body"][0] + "<p>Bis</p>"]
    sent = writer.post(f"{live.address}modifier/", opened)
    assert sent.status_code == 302, main_text(sent)
    body = type(live).objects.get(pk=live.pk).body
    assert WORDS[kind] in bodies.plain_text(body)
    assert f'id="{mine.pk}"' not in body


# Fields


@pytest.fixture
def notice(contributor):
    return sent_by(contributor, "document", "zxmien")


def test_a_deleted_document_is_not_found_by_its_text(notice, contributor, client):
    shown = factories.page(author=contributor, body=naming("document", notice.pk))
    assert shown.address in client.get("/recherche/?q=zxtexte").content.decode()
    notice.delete()
    assert shown.address not in client.get("/recherche/?q=zxtexte").content.decode()


@pytest.fixture
def material(notice, contributor):
    return factories.page(TrainingMaterialPage, author=contributor, document=notice)


@pytest.fixture
def meeting(notice, contributor):
    rows = [Attachment(document=notice, title="Le relevé signé")]
    about = {"author": contributor, "date": "2021-03-04", "attachments": rows}
    return factories.page(MeetingPage, **about)


def test_training_material_says_that_its_document_was_deleted(notice, material, chief, client):
    assert address("document", notice.pk)[:-1] in client.get(material.address).content.decode()
    notice.delete()
    for screen in ("", "versions/1/"):
        shown = client.get(f"{material.address}{screen}")
        assert said("This file was deleted.") in main_text(shown)
        assert names_no_file(shown, "document", notice.pk)
    assert said("a file without words") in main_text(chief.get("/liens-casses/"))


def test_an_old_meeting_says_the_title_of_a_deleted_attachment(
    notice, meeting, client, contributor
):
    factories.edited(meeting, author=contributor, attachments=[])
    notice.delete()
    shown = client.get(f"{meeting.address}versions/1/")
    assert "Le relevé signé (fichier supprimé)" in main_text(shown)
    assert names_no_file(shown, "document", notice.pk)
    changes = client.get(f"{meeting.address}difference/?de=1&a=2")
    assert changes.status_code == 200
    assert "(fichier supprimé)" in main_text(changes)


def test_pages_whose_field_lacks_its_document_are_edited_and_restored(
    notice, meeting, material, writer, contributor
):
    notice.delete()
    for shown in (meeting, material):
        assert writer.get(f"{shown.address}modifier/").status_code == 200
    factories.edited(material, author=contributor, summary="Autrement")
    sent = writer.post(f"{material.address}versions/1/restaurer/")
    assert sent.status_code == 302
    assert writer.get(material.address).status_code == 200


PICTURE = '<embed embedtype="image" id="7" alt="{}">'.format


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (f"<p>A</p>{PICTURE('le  quai')}<p>B</p>", "<p>A</p><p>le quai</p><p>B</p>"),
        (f"<ul><li>{PICTURE('le quai')}</li></ul>", "<ul><li>le quai</li></ul>"),
        (f"<p>A {PICTURE('le quai')} B</p>", "<p>A le quai B</p>"),
        (f"<p>A</p>{PICTURE('')}", "<p>A</p>"),
        (PICTURE("x").replace("7", "8"), PICTURE("x").replace("7", "8")),
    ],
)
def test_a_picture_that_leaves_a_body_leaves_its_description(body, left):
    assert bodies.without_files(body, set(), {7}) == left


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ('<p><a linktype="document" id="3">la notice</a></p>', "<p>la notice</p>"),
        ('<p><a linktype="document" id="4">la notice</a></p>', None),
        ('<p><a linktype="page" id="3">la page</a></p>', None),
        ('<p><a linktype="wanted" title="Rien">rien</a></p>', None),
        ('<p><a href="https://a.example">ailleurs</a></p>', None),
        ('<p>Une image sans numéro <embed alt="rien"></p>', None),
    ],
)
def test_what_names_another_file_or_no_file_stays(body, left):
    assert bodies.without_files(body, {1, 3}, {1, 7}) == (left or body)
