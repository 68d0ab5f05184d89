"""What is kept of lists between two requests is true after each change, for each reader."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from meetings.models import MeetingPage
from practices.models import PracticePage
from structures.models import StructurePage
from tests import factories
from wiki.access.kept_for_readers import KeptForReaders
from wiki.http.kept_pages import kept_pages
from wiki.models import ArticlePage, KeptBesideTexts, KeptByStamp, SiteRevision
from wiki.pages.listing import A_SCREEN
from wiki.text.french_order import french_key

pytestmark = pytest.mark.django_db
SHEETS, PLACES, MEETINGS = "/pratiques/fiches/", "/lieux/", "/collectif/reunions/"
NAMES = ["Zèbre", "École", "eau", "« Abri »", "Ecole 10", "École 2", "Œuvre", "Oeuf", "l’Été"]


def context(client, address: str) -> dict:
    kept_pages.forget()
    return client.get(address).context


def titles(client, address: str) -> list[str]:
    return [page.title for page in context(client, address)["listing"].rows]


def counts(client, address: str, name: str) -> dict[str, int]:
    facets = {facet.name: facet for facet in context(client, address)["listing"].facets}
    return {o.value: o.count for o in facets[name].options} if name in facets else {}


def queries_of(client, address: str) -> list[str]:
    kept_pages.forget()
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [query["sql"] for query in captured]


def only(model) -> None:
    for page in model.objects.filter(live=True):
        page.unpublish()


# Order


def test_sheets_are_in_the_order_of_french_words(client):
    only(PracticePage)
    factories.rows(PracticePage, len(NAMES), title=lambda rank: NAMES[rank])
    assert titles(client, SHEETS) == sorted(NAMES, key=french_key)


def test_places_are_by_commune_then_by_name_those_of_no_commune_last(client):
    only(StructurePage)
    communes = ["Épeigné", "", "Avoine", "épeigné", "Zed", ""]
    names = ["B", "Z", "É", "A", "C", "Y"]
    factories.rows(
        StructurePage, 6, title=lambda rank: names[rank], commune=lambda rank: communes[rank]
    )
    by_place = sorted(
        zip(communes, names, strict=True),
        key=lambda pair: (not pair[0], french_key(pair[0]), french_key(pair[1])),
    )
    assert titles(client, PLACES) == [name for _commune, name in by_place]


def test_meetings_of_one_day_are_by_their_hours(client):
    only(MeetingPage)
    today = timezone.localdate()
    hours = [time(14), None, time(9, 30), time(14, 30)]
    for day in (today, today + timedelta(days=3), today - timedelta(days=3)):
        factories.rows(
            MeetingPage,
            4,
            date=day,
            starts_at=lambda rank: hours[rank],
            title=lambda rank, day=day: f"{(day - today).days} {hours[rank]}",
        )
    nearest = [str(hours[rank]) for rank in (1, 2, 0, 3)]
    latest = [str(hours[rank]) for rank in (3, 0, 2, 1)]
    assert titles(client, MEETINGS) == [
        *(f"0 {hour}" for hour in nearest),
        *(f"3 {hour}" for hour in nearest),
        *(f"-3 {hour}" for hour in latest),
    ]


def test_a_meeting_of_yesterday_is_past_today(client, monkeypatch):
    """Nothing was published in between."""
    only(MeetingPage)
    today = timezone.localdate()
    factories.rows(
        MeetingPage, 2, date=lambda rank: today + timedelta(days=rank), title=lambda rank: f"{rank}"
    )
    assert titles(client, MEETINGS) == ["0", "1"]
    monkeypatch.setattr(timezone, "localdate", lambda *_: today + timedelta(days=1))
    assert titles(client, MEETINGS) == ["1", "0"]


# What changes


def test_a_list_follows_each_change_of_its_pages(client):
    only(PracticePage)
    page = factories.page(PracticePage, title="Bac", level="debutant", topics=["Lot"])
    other = factories.page(PracticePage, title="Abri")
    assert titles(client, SHEETS) == ["Abri", "Bac"]
    other = factories.edited(other, title="Cabane")
    assert titles(client, SHEETS) == ["Bac", "Cabane"]
    factories.edited(other, body="<p>Autre chose.</p>", level="intermediaire")
    assert counts(client, SHEETS, "niveau") == {"debutant": 1, "intermediaire": 1}
    factories.edited(other, publics=["seniors"])
    assert counts(client, SHEETS, "public") == {"seniors": 1}
    assert titles(client, f"{SHEETS}?public=seniors") == ["Cabane"]
    type(page).objects.get(pk=page.pk).unpublish()
    assert titles(client, SHEETS) == ["Cabane"]
    assert counts(client, SHEETS, "theme") == {}


def test_a_list_follows_a_closing_and_a_group(client, logged_in):
    only(PracticePage)
    page = factories.page(PracticePage, title="Bac", topics=["Lot"])
    person = factories.person()
    reader = logged_in(person)
    assert titles(client, SHEETS) == titles(reader, SHEETS) == ["Bac"]
    restriction = factories.restricted_to_groups(page, "Bureau")
    for one in (client, reader):
        assert titles(one, SHEETS) == titles(one, f"{SHEETS}?theme=lot") == []
        assert counts(one, SHEETS, "theme") == {}
    person.groups.add(restriction.groups.get())
    assert titles(reader, SHEETS) == ["Bac"]
    assert titles(client, SHEETS) == []
    restriction.delete()
    assert titles(client, SHEETS) == ["Bac"]


def test_what_is_read_by_all_is_not_marked_for_those_without_account(client, logged_in):
    """An outsider may read what a visitor reads: what is kept is the same, the marks are not."""
    only(PracticePage)
    page = factories.page(PracticePage, title="Bac")
    factories.restricted_to_login(page)
    reader = logged_in(factories.person())
    factories.page(PracticePage, title="Cabane")
    shown = context(reader, SHEETS)["listing"].rows
    assert [(one.title, one.is_closed) for one in shown] == [("Bac", True), ("Cabane", False)]
    shown = context(client, SHEETS)["listing"].rows
    assert [(one.title, one.is_closed) for one in shown] == [("Cabane", False)]


def test_a_place_that_moves_or_changes_its_commune_is_counted_there(client):
    only(StructurePage)
    page = factories.page(StructurePage, title="Lieu", commune="Avoine")
    assert counts(client, PLACES, "commune") == {"avoine": 1}
    page = factories.edited(page, commune="Chinon")
    assert counts(client, PLACES, "commune") == {"chinon": 1}
    lines = [line for door in context(client, "/")["doors"] for line in door["lines"]]
    assert ("Chinon", 1) in [(line.label, line.count) for line in lines]
    above = factories.page(title="Ailleurs")
    type(page).objects.get(pk=page.pk).move(Page.objects.get(pk=above.pk), pos="last-child")
    assert titles(client, PLACES) == []


def test_the_counts_of_the_home_page_and_of_sections_follow_each_change(client):
    def counted() -> tuple[int, int]:
        doors = context(client, "/")["doors"]
        home = sum(line.count for door in doors for line in door["lines"] if line.address == SHEETS)
        section = context(client, "/pratiques/")["sections"]
        return home, {page.slug: page.below for page in section}["fiches"]

    before = counted()
    page = factories.page(PracticePage, title="Bac")
    assert counted() == (before[0] + 1, before[1] + 1)
    factories.restricted_to_groups(page, "Bureau")
    assert counted() == before


def test_what_an_index_does_not_list_is_shown_under_it_at_once(client):
    index = Page.objects.get(slug="fiches")
    assert context(client, SHEETS)["unlisted"] == []
    page = factories.page(title="Un mot", parent=index)
    assert [one.title for one in context(client, SHEETS)["unlisted"]] == ["Un mot"]
    factories.restricted_to_groups(page, "Bureau")
    assert context(client, SHEETS)["unlisted"] == []


def test_a_page_that_gets_its_first_page_below_is_a_section(client):
    page = factories.page(title="Le haut")
    assert page.pk not in {one.pk for one in context(client, "/collectif/")["sections"]}
    factories.page(ArticlePage, title="Le bas", parent=Page.objects.get(pk=page.pk))
    assert page.pk in {one.pk for one in context(client, "/collectif/")["sections"]}


# What it costs


def test_a_list_asks_for_the_pages_of_its_screen_only(client):
    factories.rows(PracticePage, 65)
    for address in (SHEETS, f"{SHEETS}?page=2", f"{SHEETS}?niveau=debutant"):
        client.get(address)
        listed = [sql for sql in queries_of(client, address) if "practices_practicepage" in sql]
        assert len(listed) <= 1
        assert not listed or sum("COUNT" in sql for sql in listed) == 0


def test_a_new_text_leaves_what_is_kept_of_lists(client):
    page = factories.page(PracticePage, title="Bac")
    client.get(SHEETS)
    factories.edited(page, body="<p>Autre chose.</p>")
    listed = [sql for sql in queries_of(client, SHEETS) if "practices_practicepage" in sql]
    assert len(listed) == 1
    factories.edited(page, title="Cabane")
    listed = [sql for sql in queries_of(client, SHEETS) if "practices_practicepage" in sql]
    assert len(listed) == 3


# What keeps them


def test_what_is_kept_beside_texts_outlives_changes_with_tags_only():
    reads = []
    kept = KeptBesideTexts(lambda: reads.append(1) or len(reads))
    assert (kept(), kept()) == (1, 1)
    SiteRevision.bump({"page:1"})
    SiteRevision.bump(set())
    assert kept() == 1
    SiteRevision.bump()
    SiteRevision.bump({"page:1"})
    assert kept() == 2
    SiteRevision.objects.update(number=SiteRevision.newest() - 2)
    assert kept() == 3


def test_what_is_kept_by_the_stamp_outlives_nothing():
    reads = []
    kept = KeptByStamp(lambda: reads.append(1) or len(reads))
    kept()
    SiteRevision.bump({"page:1"})
    assert kept() == 2


def test_readers_of_the_same_pages_share_what_is_kept_the_others_do_not(facilitator):
    page = factories.page()
    restriction = factories.restricted_to_groups(page, "Bureau")
    kept, reads = KeptForReaders(), []

    def read():
        reads.append(1)
        return len(reads)

    member = factories.person("Bureau")
    assert kept.of(factories.person(), read) == kept.of(factories.person(), read) == 1
    assert kept.of(member, read) == 2
    assert kept.of(member, read, "another thing") == 3
    member.groups.remove(restriction.groups.get())
    assert kept.of(member, read) == 4 and kept.of(factories.person(), read) == 4


def test_no_more_than_so_many_values_are_kept(monkeypatch):
    monkeypatch.setattr("wiki.access.kept_for_readers.MOST", 3)
    kept, person = KeptForReaders(), factories.person()
    for rank in range(10):
        assert kept.of(person, lambda rank=rank: rank + 1, rank) == rank + 1
    assert len(kept._kept()) <= 3


def test_the_last_screen_is_the_middle_one_of_the_list_turned_round(client):
    only(PracticePage)
    factories.rows(PracticePage, 65, title=lambda rank: f"Rang {rank}", level="debutant")
    screens = [titles(client, f"{SHEETS}?niveau=debutant&page={n}") for n in (1, 2, 3)]
    assert [title for screen in screens for title in screen] == [f"Rang {n}" for n in range(65)]
    assert [len(screen) for screen in screens] == [A_SCREEN, A_SCREEN, 5]
