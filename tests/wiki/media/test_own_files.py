"""`/mes-fichiers/`: what one sent, found again, renamed, and deleted when nothing shows it."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, pgettext
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex

from meetings.models import Attachment, MeetingPage
from practices.models import TrainingMaterialPage
from tests import factories
from tests.wiki.media.test_claimed_files import closed_page_with, naming, sent_by
from tests.wiki.screens import form_of, links_of, main_text, said, text_of
from wiki.editing import drafts
from wiki.media import draft_files
from wiki.models import ArticlePage, Topic

pytestmark = pytest.mark.django_db

SORTS = {"document": "documents", "image": "photos"}


@pytest.fixture(params=SORTS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def mine(kind, contributor):
    return sent_by(contributor, kind, "zxmien")


def screen(kind: str, file, action: str) -> str:
    return f"/mes-fichiers/{SORTS[kind]}/{file.pk}/{action}/"


def said_of(kind, message: str) -> str:
    """As `said`, in the gender of what is spoken of."""
    return " ".join(pgettext("photo", message).split()) if kind == "image" else said(message)


def remains(file) -> bool:
    return type(file).objects.filter(pk=file.pk).exists()


def test_one_finds_what_one_sent_and_where_it_is_shown(kind, mine, contributor, writer):
    sent_by(factories.person("Contributeurs"), kind, "zxautre")
    read = main_text(writer.get("/mes-fichiers/"))
    assert "zxmien" in read
    assert said_of(kind, "No page shows it yet.") in read
    assert "zxautre" not in read
    factories.page(title="Celle qui montre", author=contributor, body=naming(kind, mine.pk))
    read = main_text(writer.get("/mes-fichiers/"))
    assert said_of(kind, "Shown by:") in read
    assert "Celle qui montre" in read


def test_a_page_that_showed_it_once_is_said_without_naming_it(kind, mine, contributor, writer):
    page = factories.page(title="Ancienne", author=contributor, body=naming(kind, mine.pk))
    factories.edited(page, body="<p>Sans</p>")
    read = main_text(writer.get("/mes-fichiers/"))
    assert said_of(kind, "Shown by an old text of a page.") in read
    assert "Ancienne" not in read


def test_a_closed_page_that_shows_it_is_not_named(kind, mine, contributor, writer):
    factories.page(title="Ouverte", author=contributor, body=naming(kind, mine.pk))
    closed = closed_page_with(kind, mine.pk)
    read = main_text(writer.get("/mes-fichiers/"))
    assert "Ouverte" in read
    assert closed.title not in read


def test_a_file_that_went_where_its_sender_may_not_read_is_theirs_no_more(kind, mine, writer):
    closed_page_with(kind, mine.pk)
    assert "zxmien" not in main_text(writer.get("/mes-fichiers/"))
    for action in ("renommer", "supprimer"):
        assert writer.get(screen(kind, mine, action)).status_code == 404


def test_one_renames_a_file(kind, mine, writer):
    assert "zxmien" in main_text(writer.get(screen(kind, mine, "renommer")))
    assert writer.post(screen(kind, mine, "renommer"), {"title": "Plan du quai"}).status_code == 302
    assert type(mine).objects.get(pk=mine.pk).title == "Plan du quai"
    for empty in ("", "\u200b", "  "):
        refused = writer.post(screen(kind, mine, "renommer"), {"title": empty})
        assert refused.status_code == 422
    assert type(mine).objects.get(pk=mine.pk).title == "Plan du quai"


@pytest.mark.parametrize("when", ["today", "before"])
@pytest.mark.parametrize(
    ("model", "fields", "is_read"),
    [
        (TrainingMaterialPage, lambda file: {"document": file}, True),
        (MeetingPage, lambda file: {"attachments": [Attachment(document=file)]}, True),
        (MeetingPage, lambda file: {"attachments": [Attachment(document=file, title="A")]}, False),
        (ArticlePage, lambda file: {"body": naming("document", file.pk)}, False),
    ],
)
def test_a_name_that_a_page_shows_is_not_changed_under_it(
    when, model, fields, is_read, contributor, writer
):
    file = sent_by(contributor, "document", "zxmien")
    about = {"date": "2021-03-04"} if model is MeetingPage else {}
    page = factories.page(model, author=contributor, **about, **fields(file))
    if when == "before":
        none = {"document": None, "attachments": [], "body": "<p>Sans</p>"}
        name = next(iter(fields(file)))
        factories.edited(page, author=contributor, **{name: none[name]})
    sent = writer.post(screen("document", file, "renommer"), {"title": "Pris"}, follow=True)
    kept = "A page shows this name to its readers: it stays. Edit the page to change it."
    assert (said(kept) in text_of(sent)) == is_read
    assert (type(file).objects.get(pk=file.pk).title == "zxmien") == is_read


def test_one_deletes_a_file_that_nothing_shows(kind, mine, writer):
    asked = main_text(writer.get(screen(kind, mine, "supprimer")))
    assert said("No page shows this file. Deleted, it does not come back.") in asked
    assert remains(mine)
    writer.post(screen(kind, mine, "supprimer"))
    assert not remains(mine)


def draft_with(person, body: str, title: str = "Mon essai"):
    key = uuid4()
    typed = QueryDict(urlencode({"title": title, "body": body}))
    return drafts.save(person, key, typed, None, "article")


def test_a_page_of_today_keeps_its_file_and_is_named(kind, mine, contributor, writer):
    page = factories.page(title="Celle qui montre", author=contributor, body=naming(kind, mine.pk))
    read = writer.get("/mes-fichiers/")
    first = {
        "image": "Pour la supprimer, retirez-la d’abord",
        "document": "Pour le supprimer, reti",
    }
    assert first[kind] in main_text(read)
    assert page.address in links_of(read)
    assert screen(kind, mine, "supprimer") not in links_of(read)
    for answer in (
        writer.get(screen(kind, mine, "supprimer"), follow=True),
        writer.post(screen(kind, mine, "supprimer"), follow=True),
    ):
        sentence = gettext("“%(title)s” shows this file. First take it out of that page.")
        assert " ".join((sentence % {"title": page.title}).split()) in text_of(answer)
    assert remains(mine)


def test_a_closed_page_of_today_keeps_its_file_and_is_not_named(kind, mine, contributor, writer):
    """The sender reads the file by an old text; the page of a group goes on showing it."""
    page = factories.page(author=contributor, body=naming(kind, mine.pk))
    factories.edited(page, body="<p>Sans</p>")
    closed = closed_page_with(kind, mine.pk)
    read = writer.get("/mes-fichiers/")
    assert said_of(kind, "A page that you do not see shows it.") in main_text(read)
    assert said_of(kind, "To delete it, ask the facilitators.") in main_text(read)
    assert screen(kind, mine, "supprimer") not in links_of(read)
    answer = writer.post(screen(kind, mine, "supprimer"), follow=True)
    sentence = "A page that you do not see shows this file. Ask the facilitators to delete it."
    assert said(sentence) in text_of(answer)
    assert closed.title not in text_of(answer)
    assert remains(mine)


def test_what_is_no_page_keeps_the_file_that_it_names(kind, mine, writer):
    topics, files = (ContentType.objects.get_for_model(model) for model in (Topic, type(mine)))
    ReferenceIndex.objects.create(
        base_content_type=topics,
        content_type=topics,
        object_id="1",
        to_content_type=files,
        to_object_id=str(mine.pk),
        model_path="x",
        content_path="x",
        content_path_hash=uuid4(),
    )
    read = writer.get("/mes-fichiers/")
    assert said("The site uses it elsewhere than in a page.") in main_text(read)
    assert screen(kind, mine, "supprimer") not in links_of(read)
    writer.post(screen(kind, mine, "supprimer"))
    assert remains(mine)


def test_an_old_text_and_a_draft_do_not_keep_a_file(kind, mine, contributor, writer):
    """Whoever sent the wrong file and took it out of the page gets rid of it."""
    page = factories.page(author=contributor, body=naming(kind, mine.pk))
    factories.edited(page, author=contributor, body="<p>Sans</p>")
    draft = draft_with(contributor, naming(kind, mine.pk))
    listed = writer.get("/mes-fichiers/")
    assert "Dans votre brouillon « Mon essai »." in main_text(listed)
    assert f"/brouillons/{draft.key}/" in links_of(listed)
    asked = writer.get(screen(kind, mine, "supprimer"))
    assert said("What will be lost") in main_text(asked)
    assert said("Yes, delete it, in old texts too") in main_text(asked)
    assert "Mon essai" in main_text(asked)
    assert remains(mine)
    answer = writer.post(screen(kind, mine, "supprimer"), follow=True)
    assert said("The file is deleted.") in text_of(answer)
    assert not remains(mine)
    resumed = form_of(writer.get(f"/brouillons/{draft.key}/", follow=True))
    published = writer.post("/nouveau/article/", {**resumed, "licence": "cc-by-sa-4.0"})
    assert published.status_code == 302, main_text(published)
    assert f'id="{mine.pk}"' not in newest_of("Mon essai").body


def newest_of(title: str):
    return ArticlePage.objects.get(title=title)


def test_a_draft_of_somebody_else_is_neither_named_nor_in_the_way(kind, mine, writer):
    draft_with(factories.person("Contributeurs"), naming(kind, mine.pk), "Le secret")
    assert "Le secret" not in main_text(writer.get("/mes-fichiers/"))
    writer.post(screen(kind, mine, "supprimer"))
    assert not remains(mine)


@pytest.mark.parametrize("field", ["document", "attachments-0-document"])
def test_a_draft_that_chose_a_document_in_a_field_is_named(field, contributor, writer):
    file = sent_by(contributor, "document", "zxmien")
    typed = QueryDict(urlencode({"title": "La séance", field: str(file.pk)}))
    drafts.save(contributor, uuid4(), typed, None, "support")
    assert "Dans votre brouillon « La séance »." in main_text(writer.get("/mes-fichiers/"))
    assert file.pk in draft_files.numbers_in_all()


@pytest.mark.parametrize("body", ['<p><a linktype="document" id="x9">a</a>', "<img id=", "id=7 <"])
def test_a_draft_of_any_shape_breaks_no_list(body, contributor, writer, kind, mine):
    draft_with(contributor, body + f"<p>id={mine.pk}</p>")
    assert writer.get("/mes-fichiers/").status_code == 200


def test_a_sort_of_file_is_said_in_plain_words(contributor, writer):
    sent_by(contributor, "image", "Le quai")
    for name in ("compte.pdf", "lettre.docx", "budget.ods", "plan.txt", "x.epub"):
        file = ContentFile(b"x" * 300_000, name=name)
        about = {"title": name, "file": file, "file_size": 300_000}
        get_document_model().objects.create(**about, uploaded_by_user=contributor)
    read = main_text(writer.get("/mes-fichiers/"))
    for words in (
        "Photo, ",
        "Document PDF, 293 Ko",
        "Document Word, 293 Ko",
        "Tableau LibreOffice",
    ):
        assert words in read
    assert "Texte simple" in read
    assert "Document EPUB" in read


@pytest.mark.parametrize("action", ["renommer", "supprimer"])
def test_nobody_touches_what_others_sent(kind, action, contributor, writer, client, logged_in):
    file = sent_by(factories.person("Contributeurs"), kind, "zxautre")
    typed = {"title": "Pris"}
    assert writer.get(screen(kind, file, action)).status_code == 404
    assert writer.post(screen(kind, file, action), typed).status_code == 404
    assert client.post(screen(kind, file, action), typed).status_code == 302
    assert logged_in(factories.person()).post(screen(kind, file, action), typed).status_code == 403
    assert type(file).objects.get(pk=file.pk).title == "zxautre"


def test_a_long_list_is_in_pages_and_costs_few_queries(contributor, writer, kind):
    for n in range(3):
        sent_by(contributor, kind, f"zx{n}")
    with CaptureQueriesContext(connection) as few:
        writer.get("/mes-fichiers/")
    get_document_model().objects.bulk_create(
        get_document_model()(title=f"Doc {n}", file="documents/x.txt", uploaded_by_user=contributor)
        for n in range(40)
    )
    with CaptureQueriesContext(connection) as many:
        answer = writer.get("/mes-fichiers/")
    assert len(many) <= len(few) + 3
    assert answer.context["listed"].paginator.num_pages == 2
