"""Files that were sent wait, are claimed, and are read once the answer is gone."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model

from search.attachments import queue, reading
from search.engine import get_engine
from search.indexing import reading as file_reading
from search.models import FileText, SearchEntry
from tests import factories
from tests.attached_files import link_to, read_waiting, replaced, sent
from tests.search import made_files as made
from wiki.models import SiteRevision

pytestmark = pytest.mark.django_db
State = FileText.State
WORDS = b"La zorblinette se range."


class Broken(Exception):
    """What a test makes something raise."""


def breaks(*args, **kwargs):
    raise Broken


@pytest.fixture
def unread(monkeypatch):
    """Nothing may read a file."""
    monkeypatch.setattr(file_reading, "text_of", lambda *args: pytest.fail("it was read"))


def row_of(document) -> FileText:
    return FileText.objects.get(pk=document.pk)


def found(user, query: str = "zorblinette") -> list[str]:
    return [hit.page.title for hit in get_engine().search(query, user).hits]


def let_leases_end() -> None:
    FileText.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


def claimed(document) -> FileText:
    row = queue.claim(FileText.objects.waiting())
    assert row.pk == document.pk
    return row


# Sending


def test_sending_a_file_answers_without_reading_it(
    unread, logged_in, contributor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        file = SimpleUploadedFile("notes.txt", WORDS)
        answer = logged_in(contributor).post("/pieces/", {"file": file})
    assert answer.json()["title"] == "notes"
    row = FileText.objects.get(pk=answer.json()["id"])
    assert (row.state, row.text, row.leased_until) == (State.WAITING, "", None)


def test_the_admin_answers_without_reading_a_document(
    unread, logged_in, facilitator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        fields = {"title": "Des notes", "file": SimpleUploadedFile("notes.txt", WORDS)}
        logged_in(facilitator).post("/admin/documents/add/", fields)
    assert row_of(get_document_model().objects.get(title="Des notes")).state == State.WAITING


def test_a_sending_that_is_undone_leaves_no_row():
    before = FileText.objects.count()
    with pytest.raises(Broken), transaction.atomic():
        sent()
        raise Broken
    assert FileText.objects.count() == before


def test_a_document_is_not_kept_without_its_row(logged_in, contributor, monkeypatch):
    monkeypatch.setattr(queue, "note", breaks)
    before = get_document_model().objects.count()
    with pytest.raises(Broken):
        logged_in(contributor).post("/pieces/", {"file": SimpleUploadedFile("a.txt", WORDS)})
    assert get_document_model().objects.count() == before


def test_what_wagtail_notes_of_a_file_by_itself_does_not_make_it_wait():
    document = sent()
    read_waiting()
    document.file_hash = ""
    assert document.get_file_hash()
    assert row_of(document).state == State.READ


# Reading


def test_a_file_is_found_once_what_waits_was_read(anonymous):
    factories.page(title="La page du fichier", body=link_to(sent("notes.txt", WORDS)))
    assert found(anonymous) == []
    assert read_waiting() == [State.READ]
    assert found(anonymous) == ["La page du fichier"]
    assert read_waiting() == []


def test_answers_that_are_kept_end_when_a_file_was_read(client):
    factories.page(title="La page du fichier", body=link_to(sent("notes.txt", WORDS)))
    assert "La page du fichier" not in client.get("/recherche/?q=zorblinette").text
    read_waiting()
    assert "La page du fichier" in client.get("/recherche/?q=zorblinette").text


def test_a_document_that_never_had_a_row_is_read():
    document = sent()
    FileText.objects.filter(pk=document.pk).delete()
    assert read_waiting() == [State.READ]


@pytest.mark.parametrize("broken", ["search.engine.get_engine", "wiki.models.SiteRevision.bump"])
def test_a_text_its_entries_and_the_revision_are_written_together(broken, anonymous, monkeypatch):
    document = sent("notes.txt", WORDS)
    page = factories.page(title="La page du fichier", body=link_to(document))
    before = SiteRevision.current()
    with monkeypatch.context() as during:
        during.setattr(broken, breaks)
        assert read_waiting() == [State.WAITING]
    row = row_of(document)
    assert (row.state, row.text, row.digest) == (State.WAITING, "", "")
    assert "zorblinet" not in SearchEntry.objects.get(page_id=page.pk).file_stems
    assert SiteRevision.current() == before
    let_leases_end()
    assert read_waiting() == [State.READ]
    assert found(anonymous) == ["La page du fichier"]


def test_a_fault_of_the_reading_is_logged_and_stops_no_other_file(monkeypatch, caplog, anonymous):
    faulty, whole = sent("notes.txt", b"Un colifichet."), sent("notes.txt", WORDS)
    factories.page(title="La page du fichier", body=link_to(whole))
    outcome = file_reading.outcome

    def fails(document):
        return breaks() if document == faulty else outcome(document)

    with monkeypatch.context() as during:
        during.setattr(file_reading, "outcome", fails)
        assert read_waiting() == [State.WAITING, State.READ]
    assert f"document {faulty.pk} was not read" in caplog.text
    assert found(anonymous) == ["La page du fichier"]
    let_leases_end()
    assert read_waiting() == [State.READ]


def test_a_file_that_takes_too_long_is_unreadable(monkeypatch):
    monkeypatch.setattr(file_reading, "SECONDS", 0.001)
    sent()
    assert read_waiting() == [State.UNREADABLE]


def test_a_file_that_is_too_heavy_is_unreadable(monkeypatch, unread):
    monkeypatch.setattr(file_reading, "MOST_BYTES", 10)
    sent()
    assert read_waiting() == [State.UNREADABLE]


def test_a_file_that_was_lost_is_read_when_another_one_replaces_it():
    document = sent()
    document.file.storage.delete(document.file.name)
    assert read_waiting() == [State.UNREADABLE]
    replaced(document, made.docx("Des colifichets."))
    assert read_waiting() == [State.READ]


# Claims


def test_a_claimed_file_is_nobody_elses_until_its_lease_ends():
    claimed(document := sent())
    assert queue.claim(FileText.objects.waiting()) is None
    assert read_waiting() == []
    assert 0 < queue.until_due() <= queue.LEASE.total_seconds()
    let_leases_end()
    assert queue.until_due() == 0
    assert read_waiting() == [State.READ]
    assert (row_of(document).leased_until, row_of(document).tries) == (None, 0)
    assert queue.until_due() is None


def test_whoever_comes_back_after_its_lease_writes_nothing():
    late = claimed(document := sent())
    let_leases_end()
    in_time = claimed(document)
    assert not queue.settle(late, State.UNREADABLE, "", "x")
    assert row_of(document).state == State.WAITING
    assert queue.settle(in_time, State.READ, "Un texte", "y")
    assert (row_of(document).state, row_of(document).text) == (State.READ, "Un texte")


def test_a_file_replaced_while_it_is_read_is_read_again(anonymous):
    claim = claimed(document := sent("notes.txt", b"Un colifichet."))
    factories.page(title="La page du fichier", body=link_to(document))
    replaced(document, WORDS, "notes.txt")
    assert not queue.settle(claim, State.READ, "Un colifichet.", "x")
    assert read_waiting() == [State.READ]
    assert (found(anonymous, "colifichet"), found(anonymous)) == ([], ["La page du fichier"])


def test_a_document_deleted_while_it_is_read_leaves_nothing():
    claim = claimed(document := sent())
    document.delete()
    assert not queue.settle(claim, State.READ, "Un colifichet.", "x")
    assert reading.read(claim) == State.WAITING
    assert not FileText.objects.filter(pk=claim.pk).exists()


def test_a_file_that_its_readers_never_end_comes_after_the_others_and_less_and_less():
    killing, waits = sent(), []
    for _try in range(4):
        claimed(killing)
        waits.append(queue.until_due())
        let_leases_end()
    assert all(later > 1.5 * sooner for sooner, later in pairwise(waits))
    claimed(sent())


def test_a_file_that_is_read_again_is_found_meanwhile(anonymous):
    factories.page(title="La page du fichier", body=link_to(sent("notes.txt", WORDS)))
    read_waiting()
    for state in reading.drain_again():
        assert state == State.READ
        assert found(anonymous) == ["La page du fichier"]
