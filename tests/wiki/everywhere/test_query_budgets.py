"""What each sort of screen asks of the database today, so that it stays.

A budget is what is reached: one more query fails, and whoever adds it says why. One less is good
news, and the budget is lowered with it.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

from tests import factories, kept
from tests.wiki import form_filling
from wiki.http.kept_pages import kept_pages
from wiki.models import ArticlePage, WikiPage

pytestmark = pytest.mark.django_db
KINDS = {model.kind: model for model in get_page_models() if issubclass(model, WikiPage)}
WRITTEN = {kind: model for kind, model in KINDS.items() if model.creatable}

READ = {
    "article": 6,
    "fiche": 6,
    "lieu": 7,
    "reunion": 7,
    "rubrique": 5,
    "situation": 6,
    "support": 7,
}
KNOWN = {
    "article": 13,
    "fiche": 13,
    "lieu": 14,
    "reunion": 14,
    "rubrique": 11,
    "situation": 13,
    "support": 14,
}
AGAIN = {
    "article": 9,
    "fiche": 9,
    "lieu": 9,
    "reunion": 9,
    "rubrique": 8,
    "situation": 9,
    "support": 9,
}
FORM = {
    "article": 14,
    "fiche": 14,
    "lieu": 17,
    "reunion": 22,
    "rubrique": 14,
    "situation": 15,
    "support": 17,
}
SAVE = {"article": 66, "fiche": 66, "lieu": 90, "reunion": 106, "situation": 69, "support": 78}
SCREENS = {"/changements/": 9, "/mon-espace/": 17, "difference/": 11, "historique/": 8}


def hold(budget: int, queries: list[str]) -> None:
    assert len(queries) == budget, "\n".join(queries)


@pytest.fixture
def writer():
    kept.forget_all()
    client = Client()
    client.force_login(factories.person("Contributeurs"))
    yield client
    kept.forget_all()


def page_of(model):
    return model.objects.live().order_by("-depth", "pk").first()


def asked(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]


def warm(client: Client, address: str) -> None:
    """A worker that knows the screen, and keeps nothing of it."""
    client.get(address)
    kept_pages.forget()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_for_a_visitor(kind):
    address, client = page_of(KINDS[kind]).address, Client()
    warm(client, address)
    queries = asked(client, address)
    hold(READ[kind], queries)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_for_somebody_logged_in(kind, writer):
    address = page_of(KINDS[kind]).address
    warm(writer, address)
    queries = asked(writer, address)
    hold(KNOWN[kind], queries)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_that_an_equal_read_before(kind, writer):
    address = page_of(KINDS[kind]).address
    writer.get(address)
    queries = asked(writer, address)
    hold(AGAIN[kind], queries)


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_of_a_page(kind, writer):
    address = page_of(KINDS[kind]).address + "modifier/"
    warm(writer, address)
    queries = asked(writer, address)
    hold(FORM[kind], queries)


@pytest.mark.parametrize("screen", SCREENS)
def test_other_screens_of_writers(screen, writer):
    address = screen if screen.startswith("/") else page_of(ArticlePage).address + screen
    warm(writer, address)
    queries = asked(writer, address)
    hold(SCREENS[screen], queries)


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_publication(kind, writer):
    page = page_of(WRITTEN[kind])
    for turn in range(2):
        form = form_filling.opened(writer, page)
        form["body"] = [f"{form['body'][0]}\n<p>Passage {turn}.</p>"]
        with CaptureQueriesContext(connection) as captured:
            assert writer.post(f"{page.address}modifier/", form).status_code == 302
    queries = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    hold(SAVE[kind], queries)
