"""The screens of topics when pages are many: first of each kind, then all of one kind, as each
reader may read them; and nothing of it is stale."""

import itertools

import pytest
from lxml import html
from wagtail.models import Page

from meetings.models import MeetingPage
from practices.models import GuidelinePage, PracticePage
from tests import factories
from tests.wiki.screens import main_text
from wiki.http.kept_pages import kept_pages
from wiki.models import Topic
from wiki.pages.listing import A_SCREEN
from wiki.pages.topic_views import FIRST
from wiki.text.french_order import french_key

pytestmark = pytest.mark.django_db
LONG = 65
TOPIC = "/themes/zinzolin/"


def shown(client, address: str = TOPIC):
    kept_pages.forget()
    answer = client.get(address)
    assert answer.status_code == 200
    return answer


def groups(client, address: str = TOPIC) -> dict:
    return {group.kind: group for group in shown(client, address).context["groups"]}


def titles(client, address: str = TOPIC) -> list[str]:
    return [page.title for group in groups(client, address).values() for page in group.pages]


def links(answer) -> list[str]:
    return html.fromstring(answer.content).xpath("//main//a/@href")


def total_of(client) -> int | None:
    """What the list of all topics says."""
    kept_pages.forget()
    letters = client.get("/themes/").context["topics"]
    found = {topic.slug: topic.total for _letter, group in letters for topic in group}
    return found.get("zinzolin")


@pytest.fixture
def crowd():
    factories.rows(PracticePage, LONG, topics=["Zinzolin"])
    factories.rows(GuidelinePage, 3, topics=["Zinzolin"])


def test_a_long_topic_shows_the_first_of_each_kind_and_counts_all(client, crowd):
    answer = shown(client)
    assert answer.context["total"] == LONG + 3 == total_of(client)
    found = groups(client)
    assert {kind: len(group.pages) for kind, group in found.items()} == {
        "fiche": FIRST,
        "situation": 3,
    }
    assert found["fiche"].total == LONG
    assert "Voir les 65 fiches d’atelier" in main_text(answer)
    assert [link for link in links(answer) if "sorte" in link] == ["?sorte=fiche"]


def test_a_topic_of_one_screen_is_whole(client):
    factories.rows(PracticePage, A_SCREEN, topics=["Zinzolin"])
    assert len(titles(client)) == A_SCREEN
    assert not [link for link in links(shown(client)) if "sorte" in link]


def test_every_page_of_a_kind_is_on_one_of_its_screens(client, crowd):
    screens, address = [], f"{TOPIC}?sorte=fiche"
    while address:
        answer = shown(client, address)
        screens.append([page.pk for group in answer.context["groups"] for page in group.pages])
        path = "//nav[contains(@class, 'pager')]/a[normalize-space()='Page suivante']/@href"
        following = html.fromstring(answer.content).xpath(path)
        address = TOPIC + following[0] if following else ""
    listed = list(itertools.chain(*screens))
    assert len(listed) == len(set(listed)) == LONG
    assert [len(screen) for screen in screens] == [A_SCREEN, A_SCREEN, 5]


def test_pages_are_in_the_order_of_french_words(client):
    names = ["Zèbre", "École", "eau", "« Abri »", "Ecole 10", "École 2", "Œuvre", "Oeuf"]
    for name in names:
        factories.page(title=name, topics=["Zinzolin"])
    assert titles(client) == sorted(names, key=french_key)


@pytest.mark.parametrize(
    "query", ["?sorte=lieu", "?sorte=rien", "?sorte=", "?page=3", "?sorte=\x00"]
)
def test_a_kind_that_the_topic_has_not_is_passed_over(client, crowd, query):
    assert groups(client, TOPIC + query).keys() == {"fiche", "situation"}


@pytest.mark.parametrize(("number", "screen"), [("9999", 3), ("0", 1), ("x", 1), ("9" * 5_000, 3)])
def test_any_number_of_a_screen_has_an_answer(client, crowd, number, screen):
    answer = shown(client, f"{TOPIC}?sorte=fiche&page={number}")
    assert answer.context["listed"].number == screen
    assert answer.context["groups"][0].pages


def test_closed_pages_are_neither_shown_nor_counted(client, logged_in):
    made = factories.rows(PracticePage, LONG, topics=["Zinzolin"])
    for page in made[: LONG - 2]:
        factories.restricted_to_groups(PracticePage.objects.get(pk=page.pk), "Bureau")
    member = logged_in(factories.person("Bureau"))
    for reader, total in ((client, 2), (logged_in(factories.person()), 2), (member, LONG)):
        assert total_of(reader) == shown(reader).context["total"] == total
        assert groups(reader)["fiche"].total == total
        assert groups(reader, f"{TOPIC}?sorte=fiche")["fiche"].total == total
    assert shown(client, f"{TOPIC}?sorte=fiche&page=2").context["listed"].number == 1


def test_a_topic_that_only_closed_pages_have_is_not_found(client):
    page = factories.page(topics=["Zinzolin"])
    assert total_of(client) == 1
    factories.restricted_to_groups(page, "Bureau")
    assert total_of(client) is None
    assert client.get(TOPIC).status_code == client.get(f"{TOPIC}?sorte=article").status_code == 404


def test_counts_and_pages_follow_each_change(client):
    page = factories.page(title="Abri", topics=["Zinzolin"])
    assert (total_of(client), titles(client)) == (1, ["Abri"])
    other = factories.page(title="Bac", topics=["Zinzolin"])
    assert (total_of(client), titles(client)) == (2, ["Abri", "Bac"])
    factories.edited(page, title="Cabane")
    assert titles(client) == ["Bac", "Cabane"]
    factories.edited(other, body="<p>Autre chose.</p>")
    assert titles(client) == ["Bac", "Cabane"]
    type(other).objects.get(pk=other.pk).unpublish()
    assert (total_of(client), titles(client)) == (1, ["Cabane"])
    fresh = type(page).objects.get(pk=page.pk)
    fresh.set_topics(["Garance"])
    factories.edited(fresh, body="<p>Rien.</p>")
    Topic.objects.get(name="Garance").merge_into(Topic.objects.get(slug="zinzolin"))
    assert (total_of(client), titles(client)) == (1, ["Cabane"])
    Page.objects.get(pk=page.pk).delete()
    assert total_of(client) is None


def test_a_new_group_of_a_reader_is_seen_at_once(logged_in):
    page = factories.page(title="Abri", topics=["Zinzolin"])
    person = factories.person()
    reader = logged_in(person)
    restriction = factories.restricted_to_groups(page, "Bureau")
    assert total_of(reader) is None
    person.groups.add(restriction.groups.get())
    assert (total_of(reader), titles(reader)) == (1, ["Abri"])
    person.groups.clear()
    assert total_of(reader) is None


def test_kinds_are_in_the_order_of_their_names(client, crowd):
    factories.rows(MeetingPage, 1, topics=["Zinzolin"], date="2020-01-01")
    names = [group.name for group in shown(client).context["groups"]]
    assert names == sorted(names, key=french_key)
