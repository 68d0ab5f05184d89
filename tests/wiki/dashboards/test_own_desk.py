"""« Mon espace », pages to be read again, what others changed: what waits, and for whom."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import get_page_models

from practices.models import GuidelinePage
from structures.models import StructurePage
from tests import factories
from tests.wiki import secrets
from tests.wiki.screens import links_of, main_text
from wiki.dashboards import boards, reviews
from wiki.dashboards.boards import Board, SectionSource, Waiting, WaitingLine
from wiki.editing import drafts
from wiki.history import own_changes
from wiki.models import ArticlePage, Version, WikiPage, db_indexes
from wiki.trash import trash

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


DESK = "/mon-espace/"


@pytest.fixture
def mine(contributor):
    return factories.page(title="Ma fiche", author=contributor, body="<p>Un</p>")


@pytest.fixture
def keeper(facilitator, logged_in):
    return logged_in(facilitator)


def due_on(page, day: date):
    return factories.edited(page, author=None, review_on=day)


def titles_due(client) -> str:
    return main_text(client.get("/pages-a-relire/"))


def sections(user, board=boards.own) -> dict:
    return {section.name: section for section in board.sections(user)}


# The desk.


def test_one_lands_on_it_after_the_login_and_finds_it_first_in_the_menu(contributor):
    client = Client()
    sent = {"username": contributor.username, "password": "un-mot-de-passe-solide"}
    answer = client.post("/connexion/", sent)
    assert answer.url == DESK
    head = client.get("/").content.decode().partition('<p class="account">')[2]
    assert head.index(DESK) < head.index("/nouveau/")
    assert client.post("/deconnexion/").status_code == 302
    assert client.get(DESK).url == f"/connexion/?next={DESK}"


def test_a_page_asked_for_before_the_login_is_where_one_lands(contributor):
    sent = {"username": contributor.username, "password": "un-mot-de-passe-solide"}
    assert Client().post("/connexion/?next=/lieux/", {**sent, "next": "/lieux/"}).url == "/lieux/"


def test_it_opens_on_all_that_waits_for_me(writer, contributor, mine, other_contributor):
    drafts.save(contributor, uuid4(), QueryDict("title=Mon brouillon"), None, "article")
    due_on(mine, today())
    factories.edited(mine, author=other_contributor, body="<p>Deux</p>")
    secrets.document_named("Mon plan", "plan", "Le plan", contributor)
    text = main_text(writer.get(DESK))
    for words in ("Mon brouillon", "À relire depuis le", "Voir ce qui change", "Mon plan"):
        assert words in text
    found = sections(contributor)
    assert {name: section.total for name, section in found.items()} == {
        "drafts": 1,
        "reviews": 1,
        "changes": 1,
        "files": 1,
        "deleted": 0,
    }


def test_it_tells_of_a_page_of_mine_that_another_put_in_the_trash(
    writer, contributor, mine, facilitator
):
    trash.put_in(mine, facilitator, "En double")
    found = sections(contributor)["deleted"]
    assert [line.words for line in found.lines] == ["Ma fiche"]
    assert "a mis cette page à la corbeille" in main_text(writer.get(DESK))
    assert "En double" in main_text(writer.get(found.address))


def test_it_says_when_nothing_waits(writer):
    text = main_text(writer.get(DESK))
    assert "Rien ne vous attend" in text
    assert "Mes brouillons" in text
    links = links_of(writer.get(DESK))
    assert {"/brouillons/", "/pages-a-relire/", "/mes-fichiers/", "/profil/"} <= set(links)


def test_an_account_without_a_role_has_one_that_says_so(logged_in):
    answer = logged_in(factories.person()).get(DESK)
    assert answer.status_code == 200
    assert "n’a pas encore de rôle" in main_text(answer)
    assert "/nouveau/" not in links_of(answer)


def test_every_link_of_it_opens(writer, contributor, mine, other_contributor):
    drafts.save(contributor, uuid4(), QueryDict("title=Brouillon&body=x"), None, "article")
    factories.edited(mine, author=other_contributor, body="<p>Deux</p>")
    links = [link for link in links_of(writer.get(DESK)) if link.startswith("/")]
    assert len(links) > 6
    for link in links:
        assert writer.get(link).status_code == 200, link


def test_nobody_sees_what_waits_for_somebody_else(contributor, mine, other_contributor, logged_in):
    drafts.save(contributor, uuid4(), QueryDict("title=zxbrouillon"), None, "article")
    due_on(mine, today())
    text = main_text(logged_in(other_contributor).get(DESK))
    assert "zxbrouillon" not in text
    assert mine.title not in text


def test_a_page_that_was_closed_to_me_is_told_nowhere(
    writer, contributor, mine, other_contributor, keeper
):
    due_on(mine, today())
    factories.edited(mine, author=other_contributor, body="<p>Deux</p>")
    factories.restricted_to_groups(mine, "Bureau")
    for address in (DESK, "/pages-a-relire/", "/mon-espace/changements/"):
        assert mine.title not in main_text(writer.get(address)), address
    assert mine.title not in main_text(keeper.get("/animer/"))
    assert not boards.filled(sections(contributor).values())


def test_a_page_that_was_closed_to_me_and_put_in_the_trash_is_told_nowhere(
    contributor, mine, facilitator
):
    factories.restricted_to_groups(mine, "Animateurs")
    trash.put_in(mine, facilitator, "")
    assert not sections(contributor)["deleted"].total


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize("address", [DESK, "/mon-espace/changements/", "/pages-a-relire/"])
def test_it_costs_the_same_with_two_pages_and_with_twelve(
    writer, contributor, other_contributor, address
):
    def add(count: int) -> int:
        for _ in range(count):
            page = factories.page(author=contributor, body="<p>Un</p>", review_on=today())
            factories.edited(page, author=other_contributor, body="<p>Deux</p>")
            drafts.save(contributor, uuid4(), QueryDict("title=x"), page, "article")
        return queries_of(writer, address)

    few = add(4)
    assert add(8) <= few
    assert few <= 33


# What others changed.


def test_changes_of_others_are_told_with_what_changed_since_mine(
    contributor, mine, other_contributor, facilitator
):
    factories.edited(mine, author=other_contributor, body="<p>Deux</p>")
    factories.edited(mine, author=facilitator, body="<p>Trois</p>")
    (changed,) = own_changes.with_before(contributor, own_changes.by_others(contributor))
    assert changed.difference == f"{mine.address}difference/?de=1&a=3"
    assert changed.names == [facilitator.display_name, other_contributor.display_name]


def test_my_own_changes_and_those_of_pages_of_others_are_not_told(
    contributor, mine, other_contributor
):
    factories.edited(mine, author=contributor, body="<p>Deux</p>")
    factories.edited(factories.page(author=other_contributor), body="<p>Deux</p>")
    assert own_changes.by_others(contributor) == []


def test_what_changed_more_than_a_month_ago_is_not_told(contributor, mine, other_contributor):
    factories.edited(mine, author=other_contributor, body="<p>Deux</p>")
    later = timezone.now() + timedelta(days=31)
    assert own_changes.by_others(contributor, later) == []
    assert len(own_changes.by_others(contributor)) == 1


def test_a_version_that_was_for_others_only_is_not_told(contributor, mine):
    restriction = factories.restricted_to_groups(mine, "Bureau")
    factories.edited(mine, body="<p>Zut</p>", summary_of_edit="zxsecret")
    restriction.delete()
    told = [row.summary for page in own_changes.by_others(contributor) for row in page.rows]
    assert told == []
    (last,) = Version.objects.filter(page=mine.pk).order_by("-number")[:1]
    assert last.origin == Version.Origin.OPENING


# Pages to be read again.


@pytest.mark.parametrize("model", [GuidelinePage, ArticlePage, StructurePage])
def test_a_page_of_any_kind_waits_for_who_wrote_it_and_for_facilitators(
    model, writer, contributor, keeper, other_contributor, logged_in
):
    page = factories.page(model, title="zxrelire", author=contributor, review_on=today())
    assert page.title in titles_due(writer)
    assert page.title in titles_due(keeper)
    assert page.title not in titles_due(logged_in(other_contributor))
    assert page.pk in [due.pk for due in reviews.as_due(reviews.overdue(contributor))]


@pytest.mark.parametrize(
    ("days", "is_listed", "is_overdue"), [(-40, True, True), (0, True, True), (20, True, False)]
)
def test_overdue_and_soon_are_told_apart(writer, mine, client, days, is_listed, is_overdue):
    due_on(mine, today() + timedelta(days=days))
    assert (mine.title in titles_due(writer)) == is_listed
    assert ("À relire depuis le" in titles_due(writer)) == is_overdue
    assert ("À relire depuis le" in main_text(client.get(mine.address))) == is_overdue


def test_a_day_that_is_far_is_listed_nowhere(writer, keeper, mine):
    due_on(mine, today() + timedelta(days=40))
    assert mine.title not in titles_due(writer)
    assert mine.title not in titles_due(keeper)


def test_the_oldest_day_comes_first(contributor, mine):
    due_on(mine, today())
    older = factories.page(
        GuidelinePage, author=contributor, review_on=today() - timedelta(days=9), title="Z"
    )
    found = reviews.as_due(reviews.written_by(contributor, today()))
    assert [due.pk for due in found] == [older.pk, mine.pk]


def test_another_day_takes_it_off_the_list(writer, mine):
    due_on(mine, today())
    due_on(mine, today() + timedelta(days=365))
    assert mine.title not in titles_due(writer)


def test_every_kind_of_page_has_an_index_of_these_days():
    tables = {model._meta.db_table for model in get_page_models() if issubclass(model, WikiPage)}
    made = {table: name for table, name, _columns in db_indexes.wanted("sqlite")}
    assert tables <= made.keys()
    with connection.cursor() as cursor:
        for table in tables:
            known = connection.introspection.get_constraints(cursor, table)
            assert made[table] in known


# The registry.


def test_a_room_adds_a_section_and_the_others_stay(facilitator):
    board = Board()
    lines = [WaitingLine(f"Ligne {n}") for n in range(9)]
    board.add("second", SectionSource("Deux", "plan", lambda user: Waiting(), 20))
    board.add("first", SectionSource("Un", "topics", lambda user: Waiting(12, lines), 10))
    first, second = board.sections(facilitator)
    assert (first.name, first.address, first.total, first.more) == ("first", "/themes/", 12, 9)
    assert boards.filled([first, second]) == [first]
    assert boards.quiet([first, second]) == [second]


def test_every_section_of_both_boards_says_as_many_as_its_screen_shows(facilitator, keeper):
    for board in (boards.facilitators, boards.own):
        for section in board.sections(facilitator):
            assert len(section.lines) <= min(section.total, boards.FIRST)
            assert (len(section.lines) > 0) == (section.total > 0)


@pytest.mark.parametrize(
    ("days", "late", "is_long"),
    [
        *((-3, "", False), (0, "", False), (1, "1 jour", False), (45, "45 jours", False)),
        *((75, "2 mois", False), (250, "8 mois", True)),
    ],
)
def test_how_late_a_page_is_is_said_in_days_then_in_months(days, late, is_long, contributor, mine):
    due_on(mine, today() - timedelta(days=days))
    (due,) = reviews.as_due(reviews.written_by(contributor, today() + timedelta(days=5)))
    assert (due.late.replace("\u00a0", " "), due.is_long_overdue) == (late, is_long)
