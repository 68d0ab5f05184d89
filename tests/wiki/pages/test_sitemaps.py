"""What search engines are told: every open page in one part, and no other one."""

from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from practices.models import PracticePage
from tests import factories
from tests.wiki.organizing.test_organizing import deleted
from wiki.access.visibility import visible_to
from wiki.http.kept_pages import kept_pages
from wiki.pages import sitemaps
from wiki.text.addresses import url_of

pytestmark = pytest.mark.django_db
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def located(client, address: str) -> list[str]:
    kept_pages.forget()
    answer = client.get(address)
    assert answer["Content-Type"] == "application/xml"
    found = ElementTree.fromstring(answer.content).iter(LOCATION)
    return [one.text.removeprefix("http://testserver") for one in found]


def told(client) -> list[str]:
    parts = located(client, "/sitemap.xml")
    return [address for part in parts for address in located(client, part)]


@pytest.fixture
def article(contributor):
    return factories.page(title="Le wifi public", author=contributor)


@pytest.fixture
def short_parts(monkeypatch):
    monkeypatch.setattr(sitemaps, "A_PART", 10)


def test_every_open_page_is_told_once(client, short_parts):
    made = factories.rows(PracticePage, 25)
    addresses = told(client)
    open_pages = visible_to(AnonymousUser(), Page.objects.filter(depth__gt=1))
    assert sorted(addresses) == sorted(url_of(page.url_path) for page in open_pages)
    assert {url_of(page.url_path) for page in made} <= set(addresses)


def test_a_part_stays_short(client, short_parts):
    factories.rows(PracticePage, 25)
    parts = located(client, "/sitemap.xml")
    assert len(parts) > 3
    assert max(len(located(client, part)) for part in parts) <= 10


def test_a_closed_page_is_in_no_part_whoever_asks(client, writer, article):
    assert article.address in told(client)
    factories.restricted_to_groups(article, "Bureau")
    assert article.address not in told(client)
    assert article.address not in told(writer)


def test_what_is_published_or_deleted_is_told_at_once(client, writer, article, short_parts):
    before = told(client)
    new = factories.page(title="Toute neuve")
    assert set(told(client)) - set(before) == {new.address}
    deleted(writer, article)
    assert set(before) - set(told(client)) == {article.address}


def test_a_part_without_open_page_is_neither_named_nor_found(client, short_parts):
    made = factories.rows(PracticePage, 30)
    number = made[15].pk // 10
    for page in Page.objects.filter(pk__gte=number * 10, pk__lt=number * 10 + 10):
        factories.restricted_to_groups(page.specific, "Bureau")
    address = f"/sitemap-{number}.xml"
    assert address not in located(client, "/sitemap.xml")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", ["999999", "9" * 40, "-1", "x", ""])
def test_no_other_part_is_found(client, number):
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_a_new_text_has_the_parts_counted_no_more(client, article):
    """Only pages that come, go, open or close change them."""
    told(client)
    factories.edited(article, body="<p>Autre chose.</p>")
    kept_pages.forget()
    with CaptureQueriesContext(connection) as captured:
        client.get("/sitemap.xml")
    assert not [query for query in captured if "DISTINCT" in query["sql"]]


def test_robots_are_told_where_the_parts_are(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
