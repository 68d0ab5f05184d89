"""Meetings: announced until the evening of their day, reported on the same page afterwards."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from lxml import html

from meetings.models import Action, Attachment, Attendance, Decision, MeetingPage
from structures.models import StructurePage
from tests import factories
from tests.wiki import form_filling, secrets
from tests.wiki.screens import main_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_other_meeting():
    """The demonstration's meetings would stand among those of the tests."""
    for page in MeetingPage.objects.all():
        page.unpublish()


def meeting(days: int, **fields):
    return factories.page(MeetingPage, date=timezone.localdate() + timedelta(days=days), **fields)


@pytest.mark.parametrize(("days", "coming"), [(1, True), (0, True), (-1, False)])
def test_an_announcement_becomes_a_report_the_day_after(client, days, coming):
    page = meeting(days, title="Notre réunion")
    assert page.is_coming is coming
    context = client.get("/collectif/reunions/").context
    assert [one.pk for one in context["coming"]] == ([page.pk] if coming else [])
    assert [one.pk for one in context["past"]] == ([] if coming else [page.pk])
    home = client.get("/").context["meeting"]
    assert (home is not None and home.pk == page.pk) is coming


def test_the_day_is_that_of_the_place_not_of_greenwich(monkeypatch):
    """At half past midnight in Chinon it is still yesterday in Greenwich."""
    night = timezone.make_aware(timezone.datetime(2026, 7, 2, 0, 30))
    monkeypatch.setattr("django.utils.timezone.now", lambda: night)
    assert MeetingPage(date=date(2026, 7, 2)).is_coming
    assert not MeetingPage(date=date(2026, 7, 1)).is_coming


def test_the_next_meeting_is_the_nearest_to_come(anonymous):
    meeting(30)
    near = meeting(3, starts_at="14:00")
    meeting(3, starts_at="17:00")
    meeting(-3)
    assert MeetingPage.objects.next_for(anonymous).pk == near.pk


def test_there_may_be_no_next_meeting(anonymous, client):
    meeting(-3)
    assert MeetingPage.objects.next_for(anonymous) is None
    assert client.get("/").status_code == 200
    assert client.get("/collectif/reunions/").status_code == 200


def test_a_closed_meeting_is_the_next_one_for_its_readers_only(anonymous):
    page = meeting(3)
    factories.restricted_to_groups(page, "Bureau")
    later = meeting(9)
    assert MeetingPage.objects.next_for(anonymous).pk == later.pk
    assert MeetingPage.objects.next_for(factories.person("Bureau")).pk == page.pk


def test_each_meeting_leads_to_the_one_before_and_the_one_after(anonymous):
    first, second, third = meeting(-30), meeting(-20), meeting(5)
    beside = MeetingPage.objects.beside

    def around(page):
        return [one and one.pk for one in beside(page, anonymous)]

    assert around(first) == [None, second.pk]
    assert around(second) == [first.pk, third.pk]
    assert around(third) == [second.pk, None]


def test_a_closed_meeting_is_passed_over_on_the_way(anonymous):
    first, closed, third = meeting(-30), meeting(-20), meeting(-10)
    factories.restricted_to_login(closed)
    assert [one.pk for one in MeetingPage.objects.beside(first, anonymous) if one] == [third.pk]
    assert MeetingPage.objects.beside(third, anonymous)[0].pk == first.pk


def test_of_several_meetings_of_a_day_the_last_that_one_reads_is_beside(anonymous):
    before = [meeting(-20, title=title) for title in ("Un", "Deux", "Trois")]
    here = meeting(-10)
    after = [meeting(5, title=title) for title in ("Un", "Deux")]
    for closed in (before[2], after[1]):
        factories.restricted_to_groups(closed, "Bureau")
    beside = MeetingPage.objects.beside
    assert [one.pk for one in beside(here, anonymous)] == [before[1].pk, after[0].pk]
    member = factories.person("Bureau")
    assert [one.pk for one in beside(here, member)] == [before[2].pk, after[1].pk]


def test_two_meetings_on_one_day_do_not_hide_one_another(client):
    first = meeting(-30)
    for title in ("Matin", "Soir"):
        meeting(-20, title=title)
    assert client.get(first.address).status_code == 200
    past = client.get("/collectif/reunions/").context["past"]
    assert {page.title for page in past} >= {"Matin", "Soir"}


def test_past_meetings_are_listed_newest_first_by_year(client):
    old = factories.page(MeetingPage, date="2019-10-10")
    new = factories.page(MeetingPage, date="2020-02-05")
    answer = client.get("/collectif/reunions/")
    assert [page.pk for page in answer.context["past"]] == [new.pk, old.pk]
    read = main_text(answer)
    assert read.index("2020") < read.index("2019")


def test_coming_meetings_are_listed_nearest_first(client):
    far, near = meeting(20), meeting(2)
    listed = client.get("/collectif/reunions/").context["coming"]
    assert [page.pk for page in listed] == [near.pk, far.pk]


def test_a_report_shows_all_that_was_written(client):
    place = factories.page(StructurePage, title="Le centre social d’essai")
    document = secrets.document_named("Relevé", "releve", "Le relevé")
    page = meeting(
        -5,
        starts_at="14:00",
        ends_at="16:30",
        place="Salle des fêtes",
        agenda="Tour de table\n\nPlaquette",
        others_present="Une stagiaire",
        apologies="La mission locale",
        attendances=[Attendance(structure=place)],
        decisions=[Decision(text="Imprimer", outcome="à l’unanimité")],
        actions=[
            Action(what="Écrire", owner="Le CIAS", due=date(2030, 1, 2), state=Action.State.DONE)
        ],
        attachments=[Attachment(document=document, title="Le relevé signé")],
    )
    assert page.agenda_points == ["Tour de table", "Plaquette"]
    answer = client.get(page.address)
    read = main_text(answer)
    for words in (
        *("Salle des fêtes", "Tour de table", "Une stagiaire", "La mission locale"),
        *("Le centre social d’essai", "Imprimer", "à l’unanimité", "Écrire", "Le CIAS"),
        *("2 janvier 2030", "Le relevé signé"),
    ):
        assert words in read, words
    assert f'href="{place.address}"' in answer.content.decode()
    assert f"/fichiers/{document.pk}/" in answer.content.decode()


def test_a_meeting_of_a_date_only_is_readable(client):
    assert client.get(meeting(4).address).status_code == 200


def test_an_attachment_whose_document_is_gone_is_left_out(client):
    document = secrets.document_named("Relevé", "releve", "Le relevé")
    page = meeting(-5, attachments=[Attachment(document=document, title="Le relevé signé")])
    document.delete()
    assert "Le relevé signé" not in main_text(client.get(page.address))


def test_a_meeting_that_ends_before_it_starts_is_refused(logged_in, contributor):
    fields = {"title": "À l'envers", "date": "2026-12-01", "starts_at": "14:00", "ends_at": "12:00"}
    answer = form_filling.write(logged_in(contributor), "reunion", **fields)
    assert answer.status_code == 422
    assert "finit avant" in main_text(answer)


def test_the_marks_typed_before_the_points_of_an_agenda_are_not_shown(client):
    agenda = "- Le point d’accès\n2. Les ateliers\n3) Les dates\n• Le reste\n2026, l’année"
    page = meeting(1, agenda=agenda)
    points = html.fromstring(client.get(page.url).content).xpath("//div[@class='prose']//ol/li")
    assert [point.text_content() for point in points] == [
        *("Le point d’accès", "Les ateliers", "Les dates", "Le reste", "2026, l’année")
    ]


def test_a_title_without_its_file_is_not_thrown_away(logged_in, contributor):
    rows = {
        "attachments-TOTAL_FORMS": "1",
        "attachments-INITIAL_FORMS": "0",
        **{"attachments-0-title": "La charte signée", "attachments-0-document": ""},
    }
    fields = {"title": "Réunion", "date": "2026-03-12", **rows}
    answer = form_filling.write(logged_in(contributor), "reunion", **fields)
    assert answer.status_code == 422
    assert "La charte signée" in answer.content.decode()
    assert "Choisissez le fichier de cette ligne" in answer.content.decode()
