"""`/mes-fichiers/`: what one sent, found again, renamed, and deleted when nothing shows it."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model

from tests import factories
from tests.wiki.screens import main_text, said
from tests.wiki.test_claimed_files import closed_page_with, naming, sent_by
from wiki import drafts

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


def remains(file) -> bool:
    return type(file).objects.filter(pk=file.pk).exists()


def test_one_finds_what_one_sent_and_where_it_is_shown(kind, mine, contributor, writer):
    sent_by(factories.person("Contributeurs"), kind, "zxautre")
    read = main_text(writer.get("/mes-fichiers/"))
    assert "zxmien" in read
    assert said("No page shows it yet.") in read
    assert "zxautre" not in read
    factories.page(title="Celle qui montre", author=contributor, body=naming(kind, mine.pk))
    read = main_text(writer.get("/mes-fichiers/"))
    assert said("Shown by:") in read
    assert "Celle qui montre" in read


def test_a_page_that_showed_it_once_is_said_without_naming_it(kind, mine, contributor, writer):
    page = factories.page(title="Ancienne", author=contributor, body=naming(kind, mine.pk))
    factories.edited(page, body="<p>Sans</p>")
    read = main_text(writer.get("/mes-fichiers/"))
    assert said("Shown by an old text of a page.") in read
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


def test_one_deletes_a_file_that_nothing_shows(kind, mine, writer):
    asked = main_text(writer.get(screen(kind, mine, "supprimer")))
    assert said("No page shows this file. Deleted, it does not come back.") in asked
    assert remains(mine)
    writer.post(screen(kind, mine, "supprimer"))
    assert not remains(mine)


def test_what_a_page_an_old_text_or_a_draft_shows_stays(kind, mine, contributor, writer):
    key, body = uuid4(), naming(kind, mine.pk)
    drafts.save(
        contributor, key, QueryDict(urlencode({"title": "x", "body": body})), None, "article"
    )
    writer.post(screen(kind, mine, "supprimer"))
    assert remains(mine)
    drafts.forget(contributor, str(key))
    page = factories.page(author=contributor, body=body)
    factories.edited(page, body="<p>Sans</p>")
    answer = writer.post(screen(kind, mine, "supprimer"), follow=True)
    sentence = "A page, an old text or a draft shows this file: it stays."
    assert said(sentence) in main_text(answer)
    assert remains(mine)


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
