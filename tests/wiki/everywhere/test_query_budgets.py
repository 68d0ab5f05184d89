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

READ = dict.fromkeys(KINDS, 0)
KNOWN = dict.fromkeys(KINDS, 0)
AGAIN = dict.fromkeys(KINDS, 0)
FORM = dict.fromkeys(KINDS, 0)
SAVE = dict.fromkeys(KINDS, 0)
SCREENS = {"historique/": 0, "difference/": 0, "/changements/": 0, "/mon-espace/": 0}


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
    assert len(queries) == READ[kind], "\n".join(queries)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_for_somebody_logged_in(kind, writer):
    address = page_of(KINDS[kind]).address
    warm(writer, address)
    queries = asked(writer, address)
    assert len(queries) == KNOWN[kind], "\n".join(queries)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_that_an_equal_read_before(kind, writer):
    address = page_of(KINDS[kind]).address
    writer.get(address)
    queries = asked(writer, address)
    assert len(queries) == AGAIN[kind], "\n".join(queries)


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_of_a_page(kind, writer):
    address = page_of(KINDS[kind]).address + "modifier/"
    warm(writer, address)
    queries = asked(writer, address)
    assert len(queries) == FORM[kind], "\n".join(queries)


@pytest.mark.parametrize("screen", SCREENS)
def test_other_screens_of_writers(screen, writer):
    address = page_of(ArticlePage).address + screen if screen.endswith("/") else screen
    warm(writer, address)
    queries = asked(writer, address)
    assert len(queries) == SCREENS[screen], "\n".join(queries)


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_publication(kind, writer):
    page = page_of(WRITTEN[kind])
    for turn in range(2):
        form = form_filling.opened(writer, page)
        form["body"] = [f"{form['body'][0]}\n<p>Passage {turn}.</p>"]
        with CaptureQueriesContext(connection) as captured:
            assert writer.post(f"{page.address}modifier/", form).status_code == 302
    queries = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(queries) == SAVE[kind], "\n".join(queries)
