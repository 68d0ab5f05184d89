"""Latest changes: folded by day and page, filtered, paged on, as a feed; for one reader."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree, html
from wagtail.models import Page

from practices.models import PracticePage
from tests import factories
from tests.wiki.screens import links_of, main_text, said
from wiki.access.audiences import readable_versions
from wiki.history import changes
from wiki.history.changes import ChangeFilters, Moment, latest_changes, walk
from wiki.models import Event, Version
from wiki.organizing import actions
from wiki.publishing.publishing import Edit, publish
from wiki.trash import trash

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def article(contributor):
    return factories.page(
        title="Le wifi public", body="<p>a</p>", author=contributor, topics=["Ardoise"]
    )


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def lines(client, query="") -> list[str]:
    """The titles of the lines of a screen, in order."""
    root = html.fromstring(client.get(f"/changements/{query}").content)
    return [" ".join(h.text_content().split()) for h in root.xpath("//main//ol/li/h3")]


def entries(client, address="/changements/flux/") -> list[str]:
    answer = client.get(address)
    assert answer["Content-Type"].startswith("application/atom+xml")
    return [
        e.findtext(f"{ATOM}title") for e in etree.fromstring(answer.content).iter(f"{ATOM}entry")
    ]


def dated(row, days: int) -> None:
    moment = timezone.now() - timedelta(days=days)
    type(row).objects.filter(pk=row.pk).update(created_at=moment)


# What one reads.


def test_changes_are_listed_with_the_newest_first(article, client):
    factories.page(title="Autre page")
    factories.edited(article, body="<p>b</p>", summary_of_edit="Plus juste")
    assert lines(client)[:2] == ["Le wifi public", "Autre page"]
    assert "Plus juste" in main_text(client.get("/changements/"))


def test_several_changes_of_a_page_in_a_day_are_one_line(article, client, other_contributor):
    for text in ("b", "c"):
        article = factories.edited(article, body=text, author=other_contributor)
    assert lines(client).count("Le wifi public") == 1
    read = main_text(client.get("/changements/"))
    assert f"3 changements par {other_contributor.display_name}" in read


def test_each_day_has_its_title(article, client):
    dated(Version.objects.get(page=article), 1)
    factories.edited(article, body="<p>b</p>")
    assert lines(client).count("Le wifi public") == 2


def test_a_new_page_and_a_new_title_are_told(article, contributor, client):
    assert said("New page.") in main_text(client.get("/changements/"))
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.rename(article, "Le hotspot", False, Edit(author=contributor))
    assert Version.objects.filter(page=article, origin=Version.Origin.RENAMING).exists()
    read = main_text(client.get("/changements/")).casefold()
    assert str(Version.Origin.RENAMING.label).casefold() in read


def test_a_move_tells_where_from_and_where_to(article, facilitator, client):
    actions.move(article, Page.objects.get(slug="pratiques"), facilitator)
    read = main_text(client.get("/changements/"))
    before, after = (Page.objects.get(slug=slug).title for slug in ("collectif", "pratiques"))
    words = said("from “%(before)s” to “%(after)s”") % {"before": before, "after": after}
    assert words in read
    assert facilitator.display_name in read


def test_a_move_in_the_admin_is_told_and_signed(article, superuser, logged_in, client):
    target = Page.objects.get(slug="pratiques")
    logged_in(superuser).post(f"/admin/pages/{article.pk}/move/{target.pk}/confirm/")
    (event,) = Event.objects.filter(page=article)
    assert (event.kind, event.author) == (Event.Kind.MOVE, superuser)
    assert event.author_name == superuser.display_name


def test_places_that_one_may_not_read_are_not_named(article, facilitator, client):
    room = factories.page(title="Salle du bureau")
    actions.move(article, Page.objects.get(pk=room.pk), facilitator)
    actions.move(fresh(article), Page.objects.get(slug="collectif", depth=3), facilitator)
    factories.restricted_to_groups(room, "Bureau")
    assert "Salle du bureau" not in client.get("/changements/").content.decode()
    assert "Salle du bureau" not in client.get("/changements/flux/").content.decode()


def test_deletions_and_returns_are_told(article, contributor, client):
    row = trash.put_in(article, contributor, "Fait doublon")
    read = main_text(client.get("/changements/"))
    assert "Le wifi public" in read
    assert "Fait doublon" in read
    assert article.address not in links_of(client.get("/changements/"))
    trash.take_back(row, contributor)
    read = main_text(client.get("/changements/")).casefold()
    for kind in (Event.Kind.TRASH, Event.Kind.RETURN):
        assert str(kind.label).casefold() in read


def test_the_deletion_of_a_closed_page_is_told_to_its_readers_only(
    article, client, logged_in, facilitator
):
    member = factories.person("Bureau")
    factories.restricted_to_groups(article, "Bureau")
    trash.put_in(article, member, "Fait doublon")
    for reader in (client, logged_in(facilitator)):
        for address in ("/changements/", "/changements/flux/"):
            answer = reader.get(address).content.decode()
            assert "Le wifi public" not in answer
            assert "Fait doublon" not in answer
    assert "Le wifi public" in main_text(logged_in(member).get("/changements/"))


def test_the_deletion_of_a_page_below_a_closed_one_stays_with_its_readers(
    article, client, logged_in
):
    member = factories.person("Bureau")
    below = factories.page(title="Dessous", parent=Page.objects.get(pk=article.pk))
    factories.restricted_to_groups(article, "Bureau")
    trash.put_in(fresh(below), member, "Doublon")
    assert "Dessous" not in client.get("/changements/").content.decode()
    assert "Dessous" in main_text(logged_in(member).get("/changements/"))


def test_a_move_made_when_the_page_was_closed_is_not_told_once_it_is_open(
    article, facilitator, client
):
    restriction = factories.restricted_to_groups(article, "Bureau")
    actions.move(fresh(article), Page.objects.get(slug="pratiques"), facilitator)
    restriction.delete()
    assert Event.objects.filter(page=article).exists()
    known = [row for row in walk(facilitator) if row.is_event]
    assert known == []


def test_unpublished_pages_are_not_told(article, client):
    fresh(article).unpublish()
    assert "Le wifi public" not in lines(client)


def test_contributors_find_their_way_to_the_trash(client, writer):
    assert "/corbeille/" in links_of(writer.get("/changements/"))
    assert "/corbeille/" not in links_of(client.get("/changements/"))


def test_nothing_that_people_write_is_run(client):
    bad = '"><script>alert(1)</script>&lt;'
    author = factories.person("Contributeurs", display_name=bad)
    page = factories.page(title=bad, author=author, summary_of_edit=bad)
    page = factories.edited(page, body="<p>b</p>", author=author, summary_of_edit=bad)
    trash.put_in(factories.page(title=bad, author=author), author, bad)
    actions.move(page, Page.objects.get(slug="pratiques"), author)
    text = client.get("/changements/").content.decode()
    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;") >= 8


# Filters.


def test_changes_are_filtered_by_kind_topic_signature_and_size(
    article, contributor, other_contributor, client
):
    factories.page(PracticePage, title="Une fiche", author=other_contributor, topics=["Tuffeau"])
    publish(fresh(article), Edit(author=contributor, minor=True))
    assert "Le wifi public" not in lines(client, "?sorte=fiche")
    assert "Une fiche" in lines(client, "?sorte=fiche")
    assert lines(client, "?theme=ardoise") == ["Le wifi public"]
    assert lines(client, "?theme=TUFFEAU") == ["Une fiche"]
    assert lines(client, f"?auteur={other_contributor.display_name}") == ["Une fiche"]
    assert lines(client, f"?theme=tuffeau&auteur={contributor.display_name}") == []
    publish(fresh(article), Edit(author=contributor, minor=True))
    whole = main_text(client.get("/changements/?theme=ardoise"))
    short = main_text(client.get("/changements/?theme=ardoise&mineures=non"))
    assert "3 changements" in whole
    assert "3 changements" not in short


@pytest.mark.parametrize("query", ["?sorte=rien", "?theme=zz-rien", "?auteur=Personne+du+tout"])
def test_a_filter_of_nothing_says_so(client, query):
    assert said("No change answers these filters.") in main_text(
        client.get(f"/changements/{query}")
    )
    assert entries(client, f"/changements/flux/{query}") == []


def test_filters_hold_for_deletions_too(article, contributor, client):
    trash.put_in(article, contributor, "Doublon")
    assert lines(client, "?theme=ardoise") == ["Le wifi public"]
    assert lines(client, f"?auteur={contributor.display_name}") == ["Le wifi public"]
    assert "Le wifi public" not in lines(client, "?sorte=fiche")


def test_the_filters_stay_in_the_form_and_in_the_feed(article, client):
    text = client.get("/changements/?theme=ardoise&mineures=non").content.decode()
    assert "/changements/flux/?theme=ardoise&amp;mineures=non" in text
    assert 'value="ardoise"' in text
    assert 'value="non" checked' in text


def test_a_filter_with_many_pages_walks_by_date_and_finds_the_same(monkeypatch, client):
    few = lines(client, "?sorte=fiche")
    monkeypatch.setattr(changes, "FEW", 1)
    assert lines(client, "?sorte=fiche") == few != []


@pytest.mark.parametrize(
    "query", ["?sorte=article", "?theme=zxbalise", "?sorte=article&theme=zxbalise", "?theme=zx"]
)
def test_the_walk_by_date_gives_what_the_pages_of_the_filter_give(
    monkeypatch, client, logged_in, facilitator, query
):
    """Publications, moves and deletions alike; nothing twice of a page that has two topics."""
    topics = ["Zxbalise", "Zxautre"]
    kept, gone, hidden = (factories.page(title=name, topics=topics) for name in ("k", "g", "h"))
    sheet = factories.page(PracticePage, title="s", topics=["Zxbalise"])
    factories.edited(sheet, summary_of_edit="Encore")
    actions.move(factories.page(title="m", topics=topics[:1]), kept, facilitator)
    trash.put_in(gone, facilitator, "Doublon")
    factories.restricted_to_groups(hidden, "Bureau")
    readers = [client, logged_in(facilitator), logged_in(factories.person("Bureau"))]
    few = [lines(reader, query) for reader in readers]
    monkeypatch.setattr(changes, "FEW", 0)
    assert [lines(reader, query) for reader in readers] == few
    assert [any(line.startswith("h ") for line in found) for found in few] == [False, False, True]


@pytest.mark.parametrize("value", ["%00", "x" * 5000, "<script>", "é", "%ff"])
@pytest.mark.parametrize("name", ["sorte", "theme", "auteur", "mineures", "avant"])
def test_odd_filters_break_nothing(client, name, value):
    for address in ("/changements/", "/changements/flux/"):
        answer = client.get(f"{address}?{name}={value}")
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content


# Further back.


def walked(client, address="/changements/") -> list[str]:
    """The addresses of all screens, from the newest to the oldest."""
    found = [address]
    while True:
        root = html.fromstring(client.get(found[-1]).content)
        older = [a.get("href") for a in root.xpath("//nav//a") if "avant=" in a.get("href")]
        if not older:
            return found
        found += older


def test_every_change_is_met_once_while_going_back(client, anonymous):
    moment = timezone.now()
    for number in range(40):
        page = factories.page(title=f"Du même instant {number:02}")
        Version.objects.filter(page=page).update(created_at=moment)
    titles = [title for address in walked(client) for title in lines(client, address[13:])]
    same = [title for title in titles if title.startswith("Du même instant")]
    assert sorted(same) == [f"Du même instant {number:02}" for number in range(40)]
    assert len(walked(client)) > 2


def test_the_walk_holds_what_the_rules_allow(anonymous, contributor, article):
    factories.restricted_to_groups(article, "Bureau")
    for user in (anonymous, contributor):
        known = readable_versions(user).exclude(origin=Version.Origin.OPENING)
        found = [row.pk for row in walk(user) if not row.is_event]
        assert found == list(known.order_by("-created_at", "-pk").values_list("pk", flat=True))


def test_a_walk_goes_on_where_it_was_left(contributor):
    rows = list(walk(contributor))
    for rank in range(0, len(rows) - 1, 7):
        after = Moment.read(str(Moment.of(rows[rank])))
        assert next(walk(contributor, ChangeFilters(), after)) == rows[rank + 1]


@pytest.mark.parametrize("cursor", ["", "x", "1v", "v1", "1v1v", "-1v1", "9" * 30 + "v1", "１v1"])
def test_a_bad_cursor_shows_the_newest(cursor):
    assert Moment.read(cursor) is None


def test_hidden_rows_are_walked_past(anonymous, monkeypatch, article):
    monkeypatch.setattr(changes, "CHUNK", 2)
    closed = [factories.page(title=f"Close {number}") for number in range(9)]
    for page in closed:
        factories.restricted_to_groups(page, "Bureau")
    assert next(iter(walk(anonymous))).page_id == article.pk


def test_the_home_page_shows_each_page_once(anonymous, article):
    for text in "bcd":
        article = factories.edited(article, body=text)
    newest = latest_changes(anonymous, 5)
    assert newest[0].number == 4
    assert len({version.page_id for version in newest}) == 5


# Feeds.


def test_the_feed_tells_the_same_changes(article, contributor, client):
    factories.edited(article, body="<p>b</p>", summary_of_edit="Plus juste")
    trash.put_in(article, contributor, "Doublon")
    told = entries(client)
    assert told[0].startswith("Le wifi public")
    assert "Doublon" in client.get("/changements/flux/").content.decode()
    assert len(told) == 40


def test_a_page_has_a_feed_of_its_own(article, contributor, client):
    factories.page(title="Autre page")
    factories.edited(article, body="<p>b</p>", author=contributor, summary_of_edit="Plus juste")
    actions.move(fresh(article), Page.objects.get(slug="pratiques"), contributor)
    address = f"{fresh(article).address}flux/"
    assert len(entries(client, address)) == 3
    history = client.get(f"{fresh(article).address}historique/").content.decode()
    assert f'href="{address}"' in history
    assert 'rel="alternate" type="application/atom+xml"' in history


def test_the_feed_of_a_closed_page_asks_to_log_in(article, client, writer):
    factories.restricted_to_groups(article, "Bureau")
    assert client.get(f"{article.address}flux/").status_code == 302
    assert writer.get(f"{article.address}flux/").status_code == 403


def test_an_odd_title_is_escaped_in_the_feed(client):
    factories.page(title="<b>& wifi", body="<p>a</p>")
    assert entries(client)[0].startswith("<b>& wifi")


# Cost.


def test_the_cost_does_not_depend_on_the_number_of_changes(client, article):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/changements/?n={datetime.now().timestamp()}")
        return len([query for query in captured if "SAVEPOINT" not in query["sql"]])

    count()
    few = count()
    for number in range(170):
        publish(fresh(article), Edit(summary=str(number)))
    folded = 2  # rows and pages of a second chunk, when many changes make few lines
    count()  # what is kept with the stamp
    assert count() <= few + folded <= 8


@pytest.mark.parametrize("filters", [{}, {"without_minor": True}, {"author_names": ("Camille",)}])
def test_rows_are_read_by_an_index_of_dates(anonymous, contributor, filters):
    """SQLite knows nothing of how many rows a value has: the index of audiences tempted it."""
    for user in (anonymous, contributor):
        rows = changes._filtered(changes._versions(user), ChangeFilters(**filters))
        plan = rows.values_list("pk")[:50].explain()
        sorted_after = "USE TEMP B-TREE" in plan
        assert connection.vendor != "sqlite" or not sorted_after, plan
