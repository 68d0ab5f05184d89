"""Whole pages kept for readers without a session; the stamp empties all at once."""

import gzip
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from meetings.models import MeetingPage
from tests import factories
from wiki.http import page_cache
from wiki.http.kept_pages import kept_pages
from wiki.http.page_cache import PageCacheMiddleware
from wiki.models import SiteRevision, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """A middleware before a view that counts the pages it makes."""
    pages = []

    def view(request):
        pages.append(request.path)
        page_cache.expires(request, getattr(request, "until", page_cache.midnight()))
        return HttpResponse(f"page {len(pages)}")

    return PageCacheMiddleware(view), pages


def ask(middleware, path="/", **headers):
    return middleware(RequestFactory().get(path, **headers))


def test_a_page_is_made_once(made):
    middleware, pages = made
    first, second = ask(middleware), ask(middleware)
    assert first.content == second.content == b"page 1"
    assert first["ETag"] == second["ETag"]
    assert len(pages) == 1


def test_the_stamp_empties_the_cache_at_once(made):
    middleware, _pages = made
    before = ask(middleware)
    SiteRevision.bump()
    after = ask(middleware)
    assert after.content == b"page 2"
    assert after["ETag"] != before["ETag"]


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/autre/"},
        {"path": "/?page=2"},
        {"HTTP_HOST": "autre.example"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
    ],
)
def test_what_changes_the_answer_changes_the_key(made, other):
    middleware, _pages = made
    first, second = ask(middleware), ask(middleware, **other)
    assert second.content == b"page 2"
    assert first["ETag"] != second["ETag"]


def test_a_reader_who_has_the_page_is_sent_no_body(made):
    middleware, pages = made
    etag = ask(middleware)["ETag"]
    answer = ask(middleware, HTTP_IF_NONE_MATCH=etag)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == etag
    assert len(pages) == 1


def test_another_etag_gets_the_page(made):
    middleware, _pages = made
    ask(middleware)
    assert ask(middleware, HTTP_IF_NONE_MATCH='W/"x"').status_code == 200


def test_a_page_that_is_true_for_a_moment_is_made_again_after_it(rf):
    moments = iter([timedelta(seconds=0.2), timedelta(hours=1)])
    bodies = iter(["ouvert", "fermé"])

    def view(request):
        page_cache.expires(request, timezone.now() + next(moments))
        return HttpResponse(next(bodies))

    middleware = PageCacheMiddleware(view)
    assert middleware(rf.get("/")).content == b"ouvert"
    assert middleware(rf.get("/")).content == "fermé".encode()
    assert middleware(rf.get("/")).content == "fermé".encode()


def test_a_browser_that_kept_an_expired_page_is_sent_the_new_one(rf):
    moments = iter([timedelta(seconds=0.2), timedelta(hours=1)])
    bodies = iter(["ouvert", "fermé"])

    def view(request):
        page_cache.expires(request, timezone.now() + next(moments))
        return HttpResponse(next(bodies))

    middleware = PageCacheMiddleware(view)
    known = middleware(rf.get("/"))["ETag"]
    for _reader in range(2):  # the one that makes the page, then one served by the cache
        answer = middleware(rf.get("/", headers={"If-None-Match": known}))
        assert (answer.status_code, answer.content) == (200, "fermé".encode())


def test_the_earliest_of_several_moments_counts(rf):
    request, now = rf.get("/"), timezone.now()
    for hours in (3, 1, 2):
        page_cache.expires(request, now + timedelta(hours=hours))
    assert request.kb_expires == now + timedelta(hours=1)


def test_midnight_is_that_of_the_place():
    midnight = page_cache.midnight()
    local = timezone.localtime(midnight)
    assert (local.hour, local.minute) == (0, 0)
    assert local.date() == timezone.localdate() + timedelta(days=1)


def test_yesterdays_page_is_not_served_today(made, monkeypatch):
    middleware, _pages = made
    ask(middleware)
    midnight = page_cache.midnight().timestamp()
    monkeypatch.setattr("wiki.http.kept_pages.time.time", lambda: midnight)
    assert ask(middleware).content == b"page 2"


def refused(status=200, header=None, cookie=None):
    response = HttpResponse("x", status=status)
    if header:
        response["Cache-Control"] = header
    if cookie:
        response.set_cookie(cookie, "1")
    return response


@pytest.mark.parametrize(
    "response",
    [
        refused(status=404),
        refused(status=500),
        refused(status=302),
        refused(header="private"),
        refused(cookie="csrftoken"),
    ],
)
def test_what_is_not_for_everybody_is_not_kept(rf, response):
    PageCacheMiddleware(lambda request: response)(rf.get("/"))
    again = PageCacheMiddleware(lambda request: HttpResponse("neuf"))(rf.get("/"))
    assert again.content == b"neuf"


def test_a_reader_with_a_session_is_never_served_from_the_cache(made, settings):
    middleware, pages = made
    ask(middleware)
    request = RequestFactory().get("/", HTTP_COOKIE=f"a=1; {settings.SESSION_COOKIE_NAME}=x")
    assert middleware(request).content == b"page 2"
    request = RequestFactory().get("/", HTTP_COOKIE=f"a=1; {settings.SESSION_COOKIE_NAME}=x")
    assert "private" in middleware(request)["Cache-Control"]
    assert len(pages) == 3


@pytest.mark.parametrize("address", ["/", "/lieux/", "/pratiques/glossaire/", "/recherche/?q=wifi"])
def test_an_anonymous_reader_gets_no_cookie_and_a_page_to_check_again(address):
    client = Client()
    for _ in range(2):
        answer = client.get(address)
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-cache"
        assert "Cookie" in answer["Vary"]
        assert "Content-Security-Policy" in answer
        assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/", "/pratiques/glossaire/", "/changements/flux/"])
def test_a_kept_page_is_the_page_that_was_made(address):
    client = Client()
    first, second = client.get(address), client.get(address)
    assert first.content == second.content
    assert first["Content-Type"] == second["Content-Type"]
    assert first["Content-Security-Policy"] == second["Content-Security-Policy"]


def test_a_kept_page_is_zipped_for_those_who_read_zip():
    for _ in range(2):
        answer = Client(headers={"Accept-Encoding": "gzip"}).get("/pratiques/glossaire/")
        assert answer["Content-Encoding"] == "gzip"
        assert "Glossaire" in gzip.decompress(answer.content).decode()
    assert "Glossaire" in Client().get("/pratiques/glossaire/").content.decode()


def test_the_login_form_of_one_reader_is_not_served_to_another():
    first, second = Client(), Client()
    for client in (first, second, first):
        answer = client.get("/connexion/")
        assert "ETag" not in answer
        assert "csrftoken" in client.cookies
    tokens = {client.cookies["csrftoken"].value for client in (first, second)}
    assert len(tokens) == 2


def test_writing_by_one_person_shows_at_once_to_all(client, contributor, guideline):
    client.get(guideline.address)
    factories.edited(guideline, author=contributor, short_answer="Tout neuf.")
    assert "Tout neuf." in client.get(guideline.address).content.decode()


def everything_shown(client) -> str:
    return client.get("/plan-du-site/").content.decode()


def test_a_page_erased_in_the_admin_leaves_the_cache(client, facilitator):
    page = factories.page(title="À effacer")
    assert "À effacer" in everything_shown(client)
    Page.objects.get(pk=page.pk).specific.delete()
    assert "À effacer" not in everything_shown(client)


def test_a_topic_that_is_renamed_shows_at_once(client, guideline):
    topic = Topic.objects.filter(links__page_id=guideline.pk).first()
    client.get(guideline.address)
    topic.name = "Thème rebaptisé"
    topic.save()
    assert "Thème rebaptisé" in client.get(guideline.address).content.decode()


def test_the_next_meeting_is_past_when_its_day_is(client, monkeypatch):
    meeting = MeetingPage.objects.get(slug="prochaine-reunion")
    assert client.get("/").context["meeting"].pk == meeting.pk
    later = datetime.combine(meeting.date, datetime.min.time()) + timedelta(days=1, hours=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: later.date())
    kept_pages.forget()
    assert client.get("/").context["meeting"] is None


def test_an_unknown_address_is_not_kept():
    client = Client()
    client.get("/pas-encore/")
    factories.page(title="Pas encore", parent=Page.objects.get(depth=2, live=True))
    assert client.get("/pas-encore/").status_code == 200


def test_a_warm_page_asks_the_database_for_the_stamp_only(guideline):
    client = Client()
    client.get(guideline.address)
    with CaptureQueriesContext(connection) as captured:
        client.get(guideline.address)
    assert [("wiki_siterevision" in query["sql"]) for query in captured] == [True]


def test_head_and_get_do_not_share_an_answer(guideline):
    client = Client()
    assert client.head(guideline.address).content == b""
    assert guideline.title in client.get(guideline.address).content.decode()


CACHED = [
    "/",
    "/pratiques/glossaire/",
    "/changements/flux/",
    "/sitemap.xml",
    "/sitemap-0.xml",
    "/recherche/",
]


def known_by(etag: str) -> list[str]:
    bare = etag.removeprefix("W/")
    return ["*", etag, bare, f'"x", {etag}', f'W/"x" , {bare}, "y"']


@pytest.mark.parametrize("address", CACHED)
def test_head_is_told_what_get_is(address):
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        kept_pages.forget()
        client = Client(headers=headers)
        head, got, again = client.head(address), client.get(address), client.head(address)
        assert dict(head.headers) == dict(got.headers) == dict(again.headers)
        assert got["Content-Length"] == str(len(got.content))
        assert not head.content


@pytest.mark.parametrize("address", ["/", "/pratiques/glossaire/", "/changements/flux/"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_whoever_has_the_page_under_any_form_of_its_etag_is_sent_nothing(address, method):
    client = Client()
    etag = client.get(address)["ETag"]
    for known in known_by(etag):
        answer = getattr(client, method)(address, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag), known
    for other in ('"x"', etag[:-3], f"x{etag[3:-1]}", ""):
        assert client.get(address, headers={"If-None-Match": other}).status_code == 200, other


def test_no_page_is_known_that_does_not_exist():
    assert Client().get("/inconnue/", headers={"If-None-Match": "*"}).status_code == 404
    assert Client().get("/pratiques/glossaire/", headers={"If-Match": "*"}).status_code == 200
    assert Client().get("/", headers={"If-Match": '"x"'}).status_code == 412


def test_a_logged_in_person_who_asks_for_the_head_is_sent_no_body(contributor, logged_in):
    middleware = PageCacheMiddleware(lambda request: HttpResponse("tout le texte"))
    request = RequestFactory().head("/", HTTP_COOKIE="sessionid=x")
    answer = middleware(request)
    assert (answer.content, answer["Content-Length"]) == (b"", "13")


@pytest.mark.parametrize("prefix", ["/aide", "/x"])
def test_a_header_of_a_visitor_moves_no_page(prefix):
    """Servers hand SCRIPT_NAME on, and its part of the path is gone from PATH_INFO."""
    visitor, told = Client(), {"SCRIPT_NAME": prefix}
    honest = Client().get("/aide/").content
    kept_pages.forget()
    moved = visitor.generic("GET", "/", **told)
    assert moved.wsgi_request.path == "/"
    assert Client().get("/aide/").content == honest
    assert f'href="{prefix}/' not in moved.content.decode().replace('href="/aide/"', "")


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_what_happens_on_a_closed_page_changes_nothing_that_others_are_sent(client, accepted):
    page = factories.page(title="Page du bureau")
    factories.restricted_to_groups(page, "Bureau")

    def told(known: str = ""):
        headers = {"Accept-Encoding": accepted, "If-None-Match": known}
        return client.get("/confidentialite/", headers=headers)

    before, stamp = told(), SiteRevision.current()
    with TestCase.captureOnCommitCallbacks(execute=True):
        factories.edited(page, title="Autre titre")
    assert SiteRevision.current() != stamp
    after = told()
    assert (after["ETag"], after.content) == (before["ETag"], before.content)
    assert told(before["ETag"]).status_code == 304
