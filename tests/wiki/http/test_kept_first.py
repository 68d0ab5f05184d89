"""Kept pages are sent before Django is asked, as Django would send them."""

import pytest
from django.db import DatabaseError, connection
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext

from tests import factories
from wiki.http import kept_first
from wiki.http.kept_first import KeptFirst
from wiki.models import SiteRevision

pytestmark = pytest.mark.django_db


class Server:
    """The site behind the layer; it counts what Django was asked."""

    def __init__(self):
        self.handler, self.asked = ClientHandler(), 0
        self.application = KeptFirst(self.django)

    def django(self, environ, start_response):
        self.asked += 1
        response = self.handler(environ)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [response.content]

    def ask(self, path: str, method: str = "GET", **environ):
        """The status, the headers, the body."""
        told = []
        made = getattr(RequestFactory(), method.lower())(path, **environ).environ
        body = self.application(made, lambda status, headers: told.extend((status, headers)))
        status, headers = told
        return status, dict(headers), b"".join(body)


@pytest.fixture
def server():
    return Server()


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
@pytest.mark.parametrize("path", ["/", "/pratiques/glossaire/", "/changements/flux/"])
def test_it_is_what_django_sent(server, path, accepted):
    first, second = (server.ask(path, HTTP_ACCEPT_ENCODING=accepted) for _time in range(2))
    assert server.asked == 1
    assert first == second
    assert second[0] == "200 OK"
    assert int(second[1]["Content-Length"]) == len(second[2])


def test_it_costs_the_stamp(server):
    server.ask("/")
    with CaptureQueriesContext(connection) as queries:
        server.ask("/")
    assert ["wiki_siterevision" in query["sql"] for query in queries] == [True]


@pytest.mark.parametrize("known", ["{etag}", "*", '"x", {bare}', '{etag}, "y"'])
def test_a_browser_that_has_it_is_sent_nothing(server, known):
    etag = server.ask("/")[1]["ETag"]
    known = known.format(etag=etag, bare=etag.removeprefix("W/"))
    status, headers, body = server.ask("/", HTTP_IF_NONE_MATCH=known)
    assert (status, body, headers["ETag"]) == ("304 Not Modified", b"", etag)
    assert "Content-Length" not in headers
    assert server.asked == 1
    server.application = server.django
    assert server.ask("/", HTTP_IF_NONE_MATCH=known)[1] == headers


def test_a_browser_that_has_another_is_sent_the_page(server):
    server.ask("/")
    assert server.ask("/", HTTP_IF_NONE_MATCH='"x"')[0] == "200 OK"
    assert server.asked == 1


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_COOKIE": "sessionid=x"},
        {"HTTP_COOKIE": "a=1; sessionid=x"},
        {"HTTP_HOST": "autre.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"wsgi.url_scheme": "https"},
        {"QUERY_STRING": "page=2"},
        {"HTTP_IF_MATCH": '"x"'},
        {"HTTP_RANGE": "bytes=0-3"},
        {"HTTP_IF_MODIFIED_SINCE": "Sat, 01 Jan 2000 00:00:00 GMT"},
        {"method": "HEAD"},
        {"method": "POST"},
    ],
)
def test_all_else_is_for_django(server, other):
    server.ask("/")
    server.ask("/", **other)
    assert server.asked == 2


def test_a_change_is_seen_at_once(server):
    page = factories.page(title="Wifi de la gare")
    assert "Wifi de la gare" in server.ask(page.address)[2].decode()
    factories.edited(page, body="<p>Le mot du jour est chouette.</p>")
    assert "chouette" in server.ask(page.address)[2].decode()
    factories.restricted_to_groups(page, "Bureau")
    assert server.ask(page.address)[0].startswith("302")


def test_the_text_of_another_page_leaves_a_page_kept(server):
    page, other = factories.page(), factories.page()
    server.ask(page.address)
    factories.edited(other, body="<p>Autre chose.</p>")
    server.ask(page.address)
    assert server.asked == 1


def test_without_its_database_django_says_what_is_wrong(server, monkeypatch):
    server.ask("/")

    def broken(cls=None):
        raise DatabaseError

    monkeypatch.setattr(kept_first, "newest_stamp", broken)
    server.ask("/")
    assert server.asked == 2


def test_many_changes_end_all_that_is_kept(server):
    """More than the tags that are remembered."""
    page = factories.page()
    server.ask(page.address)
    SiteRevision.objects.update(number=SiteRevision.newest() + 600)
    server.ask(page.address)
    assert server.asked == 2
