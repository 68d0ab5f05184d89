"""`manage.py reindex --check`: what the index holds otherwise than the published pages."""

from datetime import date
from io import StringIO

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Page

from meetings.models import Attendance, MeetingPage
from search.engine import get_engine
from search.indexing import records
from search.models import EntryMetadata, PageNames, SearchEntry
from structures.models import StructurePage
from tests import factories
from wiki.models import SiteRevision, Topic
from wiki.publishing.publishing import Edit, create

pytestmark = pytest.mark.django_db


def check() -> str:
    out = StringIO()
    call_command("reindex", "--check", stdout=out)
    return out.getvalue()


def test_a_right_index_passes():
    factories.restricted_to_login(factories.page(title="Zorblinette"))
    assert "L’index est celui des pages publiées." in check()


def test_each_page_that_differs_is_named_and_nothing_is_changed():
    lost, stray, old = (factories.page(title=f"Zorblinette {rank}") for rank in range(3))
    SearchEntry.objects.filter(page_id=lost.pk).delete()
    type(stray).objects.filter(pk=stray.pk).update(live=False)
    SearchEntry.objects.filter(page_id=old.pk).update(body_stems="brimborion")
    out = StringIO()
    with pytest.raises(CommandError, match="3 défauts"):
        call_command("reindex", "--check", stdout=out)
    for page in (lost, stray, old):
        assert f"page {page.pk} " in out.getvalue() or f"page {page.pk}:" in out.getvalue()
    assert not SearchEntry.objects.filter(page_id=lost.pk).exists()


def test_what_differs_is_mended_by_a_reindexing():
    page = factories.page(title="Zorblinette")
    SearchEntry.objects.filter(page_id=page.pk).update(body_stems="brimborion")
    call_command("reindex", verbosity=0, stdout=StringIO())
    assert "L’index est celui des pages publiées." in check()


def test_the_names_and_facts_of_a_page_are_compared_too():
    nameless, factless = (factories.page(title=f"Zorblinette {rank}") for rank in range(2))
    PageNames.objects.filter(pk=nameless.pk).update(names="brimborion")
    EntryMetadata.objects.filter(pk=factless.pk).delete()
    out = StringIO()
    with pytest.raises(CommandError, match="2 défauts"):
        call_command("reindex", "--check", stdout=out)
    assert f"page {nameless.pk} : dans l’index, names" in out.getvalue()
    assert f"page {factless.pk} : dans l’index, changed_at" in out.getvalue()


def test_a_page_opened_to_everybody_is_in_order():
    page = factories.page(title="Zorblinette")
    restriction = factories.restricted_to_login(page)
    page = factories.edited(page, body="<p>Un mot de plus.</p>")
    restriction.delete()
    assert "L’index est celui des pages publiées." in check()


@pytest.mark.parametrize("title", ["Ateliers", "ATELIER", "Autre nom"])
def test_a_meeting_shows_the_new_name_of_a_place(title):
    place = factories.page(StructurePage, title="Atelier")
    meeting = MeetingPage(title="Réunion", date=date(2026, 3, 2))
    meeting.attendances = [Attendance(structure=place)]
    create(meeting, Page.objects.get(slug="reunions"), Edit())
    factories.edited(place, title=title)
    assert title in SearchEntry.objects.get(page_id=meeting.pk).text.split("\n")
    assert "L’index est celui des pages publiées." in check()


def test_a_topic_deleted_leaves_no_trace():
    page = factories.page(title="Zorblinette", topics=["brimborion"])
    stamp = SiteRevision.current()
    Topic.objects.get(name="brimborion").delete()
    assert SiteRevision.current() > stamp
    assert "brimborion" not in EntryMetadata.objects.get(pk=page.pk).facets["topic"]
    assert "L’index est celui des pages publiées." in check()


@pytest.mark.parametrize("away", ["entry", "page"])
def test_a_page_that_goes_away_meanwhile_is_no_fault(away):
    page = factories.page(title="Zorblinette")
    if away == "entry":
        SearchEntry.objects.filter(page_id=page.pk).delete()
    else:
        type(page).objects.filter(pk=page.pk).update(live=False)
    assert records.faults_of(page.pk) == []


def test_triggers_that_are_missing_are_told_and_made_again():
    """On SQLite, of which they are; the suite of PostgreSQL does not hold this module."""

    def told() -> list[str]:
        found = run_checks(tags=[Tags.database], databases=["default"])
        return [one.msg for one in found if one.id == "search.W004"]

    assert told() == []
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_entry_changed")
    assert "search_entry_changed" in told()[0]
    call_command("reindex", stdout=StringIO())
    assert told() == []
    factories.edited(factories.page(), body="<p>Un brimborion neuf</p>")
    assert get_engine().faults() == []
