"""`/animer/`: the light, and what waits for facilitators."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from search.models import ZeroResultSearch
from tests import factories
from tests.wiki.screens import links_of, main_text, said
from wiki.dashboards import boards
from wiki.leaks import reasons
from wiki.leaks.light import in_words
from wiki.models import LeakCheck, Report
from wiki.trash import trash

pytestmark = pytest.mark.django_db
COMMAND = "manage.py leakcheck"


def shown(client) -> str:
    return main_text(client.get("/animer/"))


def checked(hours: float, **fields) -> LeakCheck:
    values = {"site": "http://x", "asked": 812, "is_whole": True, **fields}
    made = LeakCheck.objects.create(**values)
    LeakCheck.objects.filter(pk=made.pk).update(
        checked_at=timezone.now() - timedelta(hours=hours, minutes=1)
    )
    return made


@pytest.fixture
def keeper(facilitator, logged_in):
    return logged_in(facilitator)


@pytest.mark.parametrize(
    ("groups", "status"),
    [((), 403), (("Contributeurs",), 403), (("Animateurs",), 200), (("Administrateurs",), 200)],
)
def test_only_facilitators_have_it_and_are_led_to_it(logged_in, groups, status):
    client = logged_in(factories.person(*groups))
    assert client.get("/animer/").status_code == status
    link = 'href="/animer/"'
    assert (link in client.get("/").content.decode()) == (status == 200)


def test_anonymous_people_are_asked_to_log_in(client):
    assert client.get("/animer/").url == "/connexion/?next=/animer/"
    assert "/animer/" not in client.get("/").content.decode()


def test_a_round_without_fault_is_green_for_two_days(keeper):
    checked(5)
    text = shown(keeper)
    assert said("Nothing closed is seen from outside") in text
    assert "il y a 5 h : 812 adresses" in text.replace("\u00a0", " ")
    assert COMMAND not in text


def test_a_round_of_three_days_ago_is_orange_and_says_the_command(keeper):
    checked(72)
    text = shown(keeper)
    assert said("Nobody has looked from outside for a while") in text
    assert "3 jours" in text.replace("\u00a0", " ")
    assert COMMAND in text


def test_no_round_at_all_is_orange(keeper):
    text = shown(keeper)
    assert said("Nobody has looked from outside yet") in text
    assert COMMAND in text


def test_what_was_seen_is_red_even_when_it_is_old(keeper):
    page = factories.page(title="Vue")
    checked(90, faults=[{"address": page.address, "reason": reasons.GIVEN, "page": page.pk}])
    text = shown(keeper)
    assert said("Something closed is seen from outside") in text
    assert page.address in text
    assert said("given to everybody, though it is closed") in text


def test_the_last_round_counts(keeper):
    checked(90, faults=[{"address": "/x/", "reason": reasons.GIVEN, "page": None}])
    checked(1)
    assert said("Nothing closed is seen from outside") in shown(keeper)


def test_the_address_of_a_closed_page_is_told_to_its_readers_only(keeper, logged_in):
    page = factories.page(title="Secret", slug="adresse-secrete")
    factories.restricted_to_groups(page, "Bureau")
    checked(1, faults=[{"address": page.address, "reason": reasons.NAMED, "page": page.pk}])
    inside = logged_in(factories.person("Animateurs", "Bureau"))
    assert "adresse-secrete" in shown(inside)
    assert "adresse-secrete" not in shown(keeper)
    assert said("a page that is closed to you") in shown(keeper)


def test_closed_pages_come_by_screens_with_their_readers(keeper, superuser):
    for rank in range(22):
        factories.restricted_to_groups(factories.page(title=f"Fermée {rank:02}"), "Animateurs")
    factories.restricted_to_groups(factories.page(title="Fermée ailleurs"), "Bureau")
    first, second = shown(keeper), main_text(keeper.get("/animer/?page=2"))
    assert "Pages fermées (22)" in first
    assert [f"Fermée {rank:02} réservée : Animateurs" in first for rank in (0, 19, 20)] == [
        *(True, True, False)
    ]
    assert "Fermée 20 réservée : Animateurs" in second
    assert "Fermée 19" not in second.partition("Pages fermées (22)")[2]
    assert "Fermée ailleurs" not in (first + second).partition("Pages fermées (22)")[2]
    assert 'href="?page=2#pages-fermees"' in keeper.get("/animer/").content.decode()


def test_counts_are_of_what_one_may_read(keeper, facilitator):
    before = counts(facilitator)
    trash.put_in(factories.page(title="Jetée"), facilitator, "Doublon")
    closed = factories.page(body='<p><a linktype="wanted" title="Zut">x</a></p>')
    factories.restricted_to_groups(closed, "Bureau")
    factories.page(body='<p><a linktype="wanted" title="Flûte">x</a></p>')
    after = counts(facilitator)
    assert after["trash"] == before["trash"] + 1
    assert after["wanted"] == before["wanted"] + 1


def counts(user) -> dict[str, int]:
    return {section.name: section.total for section in boards.facilitators.sections(user)}


def test_what_waits_comes_first_with_its_number_and_its_first_lines(keeper, facilitator):
    page = factories.page(title="La borne", review_on=timezone.localdate())
    Report.objects.create(page=page.page_ptr, text="zxerreur")
    trash.put_in(factories.page(title="zxjetee"), facilitator, "Doublon")
    today = timezone.localdate()
    searched = {"first_on": today, "last_on": today, "without_answer": 3}
    ZeroResultSearch.objects.create(digest="x", words="zxcherche", **searched)
    text = shown(keeper)
    names = list(counts(facilitator))
    assert names == ["reports", "reviews", "searches", "broken", "trash", "wanted", "orphans"]
    places = [text.index(words) for words in ("zxerreur", "zxcherche", "zxjetee", "Outils")]
    assert places == sorted(places)


def test_a_search_asked_on_one_day_only_is_not_shown(keeper, facilitator):
    today = timezone.localdate()
    ZeroResultSearch.objects.create(
        digest="x", words="", first_on=today, last_on=today, without_answer=3
    )
    assert counts(facilitator)["searches"] == 0


def test_a_light_that_is_red_comes_before_all(keeper):
    page = factories.page(title="Vue")
    Report.objects.create(page=page.page_ptr, text="zxerreur")
    checked(1, faults=[{"address": "/x/", "reason": reasons.GIVEN, "page": None}])
    text = shown(keeper)
    assert text.index(said("Something closed is seen from outside")) < text.index("zxerreur")
    checked(1)
    text = shown(keeper)
    assert text.index("zxerreur") < text.index(said("Nothing closed is seen from outside"))


def test_every_link_of_it_opens(keeper, logged_in, administrator, admin_templates):
    for client in (keeper, logged_in(administrator)):
        links = [link for link in links_of(client.get("/animer/")) if link.startswith("/")]
        assert len(links) >= 12
        for link in links:
            assert client.get(link).status_code == 200, link
    assert reverse("wagtailusers_users:index") in links


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=5), "1 min"),
        (timedelta(minutes=12), "12 min"),
        (timedelta(hours=5, minutes=40), "5 h"),
        (timedelta(hours=47, minutes=59), "47 h"),
        (timedelta(days=3, hours=2), "3 jours"),
    ],
)
def test_the_age_of_a_round_is_said_shortly(age, words):
    assert in_words(age).replace("\u00a0", " ") == words
