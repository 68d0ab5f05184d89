"""Attached files in the search: found through the pages that show them, under their rights."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model

from meetings.models import Attachment, MeetingPage
from practices.models import TrainingMaterialPage
from search.engine import get_engine
from search.indexing import files, reading
from search.models import FileText, SearchEntry
from search.query.groups import groups_of
from tests import factories
from tests.attached_files import TEXT, link_to, read_waiting, replaced, sent
from tests.search import made_files as made
from wiki.models import ArticlePage, SiteRevision
from wiki.organizing import actions
from wiki.trash import trash

pytestmark = pytest.mark.django_db
State = FileText.State


@pytest.fixture
def send():
    """A function: a document as people send it, once it was read."""

    def document(*args):
        made = sent(*args)
        read_waiting()
        return made

    return document


@pytest.fixture
def replace():
    """A function: another file under the same document, once it was read."""

    def with_file(*args):
        replaced(*args)
        read_waiting()

    return with_file


@pytest.fixture
def leaflet(send):
    return send()


def showing(document, **fields):
    fields.setdefault("title", "La page du fichier")
    return factories.page(body=link_to(document), **fields)


def found(query: str, user) -> list[str]:
    return [hit.page.title for hit in get_engine().search(query, user).hits]


def file_of(query: str, user, title: str = "La page du fichier"):
    hits = get_engine().search(query, user, limit=200).hits
    (hit,) = [hit for hit in hits if hit.page.title == title]
    return files.file_hits([hit], groups_of(query), user).get(hit.page.pk)


# Which pages show a file


def test_a_page_is_found_by_the_text_of_a_file_that_its_text_links_to(leaflet, anonymous):
    showing(leaflet)
    assert found("brimborions", anonymous) == ["La page du fichier"]


def test_a_training_material_is_found_by_the_text_of_its_document(leaflet, anonymous):
    factories.page(TrainingMaterialPage, title="Le support", document=leaflet)
    assert found("brimborion", anonymous) == ["Le support"]


def test_a_meeting_is_found_by_the_text_of_its_attachments(leaflet, anonymous):
    page = factories.page(MeetingPage, title="Assemblée", date="2026-01-05")
    factories.edited(page, attachments=[Attachment(document=leaflet)])
    assert found("brimborion", anonymous) == ["Assemblée"]


def test_a_word_half_typed_finds_the_file_too(leaflet, anonymous):
    showing(leaflet)
    assert found("brimbo", anonymous) == ["La page du fichier"]


def test_a_file_sent_before_or_after_its_page_is_found(send, replace, anonymous):
    empty = send("vide.txt", b" ")
    showing(empty)
    assert found("brimborion", anonymous) == []
    replace(empty, made.docx(TEXT))
    assert found("brimborion", anonymous) == ["La page du fichier"]


def test_two_pages_that_show_a_file_are_both_found(leaflet, anonymous):
    showing(leaflet, title="Première")
    showing(leaflet, title="Seconde")
    assert sorted(found("brimborion", anonymous)) == ["Première", "Seconde"]


def test_a_page_that_says_it_comes_before_a_file_that_says_it(leaflet, anonymous):
    showing(leaflet)
    factories.page(title="La page du texte", body="<p>Un brimborion se range.</p>")
    assert found("brimborion", anonymous) == ["La page du texte", "La page du fichier"]


def test_a_file_that_left_the_page_no_longer_finds_it(leaflet, anonymous):
    page = showing(leaflet)
    factories.edited(page, body="<p>Sans fichier</p>")
    assert found("brimborion", anonymous) == []


def test_a_replaced_file_is_found_by_its_new_words_only(leaflet, replace, anonymous):
    showing(leaflet)
    replace(leaflet, made.odt("La zorblinette"), "autre.odt")
    assert found("brimborion", anonymous) == []
    assert found("zorblinette", anonymous) == ["La page du fichier"]


def test_a_file_replaced_by_a_broken_one_is_found_no_longer(leaflet, replace, anonymous):
    showing(leaflet)
    replace(leaflet, b"%PDF-1.4 abc", "casse.pdf")
    assert found("brimborion", anonymous) == []
    assert FileText.objects.get(pk=leaflet.pk).state == State.UNREADABLE


def test_the_text_of_a_replaced_file_is_not_shown_while_the_new_one_is_not_read(leaflet, anonymous):
    showing(leaflet)
    assert file_of("brimborion", anonymous)
    replaced(leaflet, made.docx("Des colifichets."))
    assert file_of("brimborion", anonymous) is None
    call_command("read_files", verbosity=0)
    assert (found("brimborion", anonymous), found("colifichets", anonymous)) == (
        [],
        ["La page du fichier"],
    )


def test_an_erased_document_is_found_no_longer(leaflet, anonymous):
    showing(leaflet)
    leaflet.delete()
    assert found("brimborion", anonymous) == []


def test_a_page_put_in_the_trash_does_not_give_its_file(leaflet, anonymous, facilitator):
    trash.put_in(showing(leaflet), facilitator, "finie")
    assert found("brimborion", anonymous) == []


def test_a_file_read_while_its_page_was_published_is_found(
    leaflet, anonymous, django_capture_on_commit_callbacks
):
    """Neither transaction saw the other: the page looks again at the end of its own."""
    FileText.objects.filter(pk=leaflet.pk).update(state=State.WAITING)
    with django_capture_on_commit_callbacks() as at_the_end:
        showing(leaflet)
    FileText.objects.filter(pk=leaflet.pk).update(state=State.READ)
    assert found("brimborion", anonymous) == []
    for callback in at_the_end:
        callback()
    assert found("brimborion", anonymous) == ["La page du fichier"]


@pytest.mark.parametrize("query", ["02 47 93 11 22", "0247931122"])
def test_a_telephone_of_a_workbook_is_found_as_it_is_shown_and_without_blanks(
    send, anonymous, query
):
    styles = (
        f'<styleSheet xmlns="{made.SHEET}"><numFmts><numFmt numFmtId="170" formatCode="'
        "0#&quot; &quot;##&quot; &quot;##&quot; &quot;##&quot; &quot;##"
        '"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs></styleSheet>'
    )
    rows = made.sheet('<row><c r="A1" s="0"><v>247931122</v></c></row>')
    showing(send("contacts.xlsx", made.xlsx(xl_styles=styles, xl_worksheets_sheet1=rows)))
    assert found(query, anonymous)[0] == "La page du fichier"
    assert "<mark>" in file_of(query, anonymous).extract


# Rights


def test_a_file_of_a_restricted_page_is_found_by_its_readers_only(leaflet, anonymous):
    factories.restricted_to_groups(showing(leaflet), "Bureau")
    member, outsider = factories.person("Bureau"), factories.person()
    assert found("brimborion", anonymous) == found("brimborion", outsider) == []
    assert found("brimborion", member) == ["La page du fichier"]
    assert file_of("brimborion", member).document_id == leaflet.pk


def test_a_page_moved_below_a_restricted_one_no_longer_gives_its_file(
    leaflet, anonymous, facilitator
):
    page, closed = showing(leaflet), factories.page(title="Coulisses")
    factories.restricted_to_login(closed)
    actions.move(page, closed, facilitator)
    assert found("brimborion", anonymous) == []
    assert found("brimborion", facilitator) == ["La page du fichier"]


def test_a_file_of_a_public_page_and_of_a_closed_one_gives_the_public_one(leaflet, anonymous):
    factories.restricted_to_login(showing(leaflet, title="Fermée"))
    showing(leaflet, title="Ouverte")
    assert found("brimborion", anonymous) == ["Ouverte"]
    assert file_of("brimborion", anonymous, "Ouverte").document_id == leaflet.pk


def test_a_hit_that_is_kept_too_long_gives_no_file_that_closed_since(leaflet, anonymous):
    page = showing(leaflet)
    (hit,) = get_engine().search("brimborion", anonymous).hits
    factories.restricted_to_login(page)
    assert files.file_hits([hit], groups_of("brimborion"), anonymous) == {}


# What readers see


def test_the_results_name_the_file_and_open_it(client, leaflet):
    showing(leaflet)
    text = client.get("/recherche/", {"q": "brimborion"}).content.decode()
    assert "Dans le fichier joint" in text
    assert "Le <mark>brimborion</mark> se range après usage." in text
    assert "DOCX" in text
    address = f"/fichiers/{leaflet.pk}/{leaflet.filename}"
    assert f'href="{address}"' in text
    with leaflet.file.open("rb") as file:
        assert b"".join(client.get(address).streaming_content) == file.read()


def test_a_page_that_holds_the_words_itself_names_no_file(client, leaflet):
    showing(leaflet, summary="Tout sur le brimborion.")
    assert "Dans le fichier joint" not in client.get("/recherche/?q=brimborion").content.decode()


def test_what_a_file_says_is_shown_as_text(client, send):
    showing(send("piege.txt", b"<script>alert('brimborion')</script>"))
    text = client.get("/recherche/?q=brimborion").content.decode()
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text


def test_the_file_with_most_of_the_words_is_named(send, anonymous):
    one, two = send("un.txt", b"Le brimborion."), send("deux.txt", b"La zorblinette du brimborion.")
    factories.page(title="Deux fichiers", body=link_to(one) + link_to(two))
    assert file_of("zorblinette brimborion", anonymous, "Deux fichiers").document_id == two.pk


@pytest.mark.parametrize("query", ["brimborion", "travail", "l’œil"])
def test_words_deep_in_a_file_are_shown(send, anonymous, query):
    far = "Rien ici. " * 2_000 + "Les travaux du brimborion, sous les yeux de tous."
    showing(send("long.txt", far.encode()))
    assert "<mark>" in file_of(query, anonymous).extract


def test_the_hits_of_a_screen_cost_as_many_queries_as_one(send, anonymous, leaflet):
    for number in range(4):
        showing(leaflet, title=f"Page {number}")
    hits = get_engine().search("brimborion", anonymous).hits
    assert len(hits) == 4
    with CaptureQueriesContext(connection) as queries:
        assert len(files.file_hits(hits, groups_of("brimborion"), anonymous)) == 4
    assert len(queries) == 2  # the stamp is the other one


# Nothing that a file holds is in the way of those who write


@pytest.mark.parametrize(("name", "content"), made.HOSTILE.values(), ids=made.HOSTILE.keys())
def test_a_hostile_file_stops_neither_its_sending_nor_its_page(send, anonymous, name, content):
    hostile = send(name, content)
    assert FileText.objects.get(pk=hostile.pk).state == State.UNREADABLE
    showing(hostile, title="La page du piège")
    assert found("page du piège", anonymous)[0] == "La page du piège"


def test_a_file_that_is_lost_is_unreadable(anonymous):
    lost = sent()
    lost.file.storage.delete(lost.file.name)
    assert read_waiting() == [State.UNREADABLE]


def test_a_file_without_text_is_read_and_finds_nothing(send):
    blank = send("vide.pdf", made.with_streams([b"BT ET"]))
    row = FileText.objects.get(pk=blank.pk)
    assert (row.state, row.text) == (State.READ, "")


def test_the_longest_file_is_cut_at_a_word(send):
    long = " ".join(f"mot{number % 900}" for number in range(40_000))
    page = showing(send("long.txt", long.encode()))
    entry = SearchEntry.objects.get(page_id=page.pk)
    assert 0 < len(entry.file_stems) <= files.MOST_STEMS
    assert entry.file_stems.split()[-1] in long.split()
    assert len(entry.words.split()) < files.MOST_WORDS + 50


def test_a_page_without_a_file_costs_no_query_for_files():
    page = factories.page(body="<p>Texte</p>")
    with CaptureQueriesContext(connection) as queries:
        assert files.terms_of_files(page) == ("", "")
    assert len(queries) == 0


# The command


def test_the_command_reads_files_that_were_there_before(leaflet, anonymous, capsys):
    showing(leaflet)
    FileText.objects.all().delete()
    get_engine().index(ArticlePage.objects.get(title="La page du fichier"))
    assert found("brimborion", anonymous) == []
    call_command("read_files", verbosity=0)
    assert found("brimborion", anonymous) == ["La page du fichier"]


def test_the_command_reads_again_only_when_asked(leaflet, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(reading, "text_of", lambda path, *_: asked.append(path) or "")
    call_command("read_files", verbosity=0)
    assert asked == []
    call_command("read_files", again=True, verbosity=0)
    assert leaflet.file.path in asked


def test_the_same_file_is_not_read_twice(leaflet):
    leaflet.title = "Autre titre"
    leaflet.save()
    assert read_waiting() == []
    assert FileText.objects.get(pk=leaflet.pk).text == TEXT


def test_readers_kept_answers_end_when_a_text_arrives(leaflet, replace):
    showing(leaflet)
    before = SiteRevision.current()
    replace(leaflet, made.docx("La zorblinette"))
    assert SiteRevision.current() > before


def test_every_file_of_the_demonstration_was_read():
    assert set(FileText.objects.values_list("state", flat=True)) == {State.READ}
    assert FileText.objects.count() == get_document_model().objects.count()


def test_a_file_of_the_demonstration_answers_what_no_page_says(client):
    text = client.get("/recherche/", {"q": "que faire d’un sigle"}).content.decode()
    file = get_document_model().objects.get(file__contains="ecrire-simplement")
    assert f'href="{file.url}"' in text
    assert "<mark>sigle</mark>" in text
    answer = client.get(file.url)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
