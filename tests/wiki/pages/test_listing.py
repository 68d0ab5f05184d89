"""Index pages: cut in screens, narrowed and counted in the database, as each reader may read."""

import itertools
import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html
from wagtail.models import Page, Site

from meetings.models import MeetingPage
from practices.models import GuidelinePage, Level, PracticePage, Public, TrainingMaterialPage
from structures.models import StructurePage
from tests import factories
from tests.wiki.screens import main_text
from wiki.access.visibility import visible_to
from wiki.http.kept_pages import kept_pages
from wiki.models import ArticlePage
from wiki.pages.listing import A_SCREEN

pytestmark = pytest.mark.django_db
LONG = 65
ADDRESSES = {
    PracticePage: "/pratiques/fiches/",
    TrainingMaterialPage: "/pratiques/supports/",
    GuidelinePage: "/pratiques/situations/",
    StructurePage: "/lieux/",
    MeetingPage: "/collectif/reunions/",
    ArticlePage: "/collectif/",
}
FIELDS = {
    MeetingPage: {"date": lambda rank: date(2019, 1, 1) + timedelta(days=40 * rank)},
    StructurePage: {"commune": lambda rank: f"Commune {rank % 5}"},
}


def rows(model, count: int, **fields) -> list:
    return factories.rows(model, count, **{**FIELDS.get(model, {}), **fields})


def shown(client, address: str):
    """The answer itself: a page kept by the cache has no context."""
    kept_pages.forget()
    answer = client.get(address)
    assert answer.status_code == 200
    return answer


def listing(client, address: str):
    return shown(client, address).context["listing"]


def links(answer, words: str) -> list[str]:
    path = f"//nav[contains(@class, 'pager')]/a[normalize-space()='{words}']/@href"
    return html.fromstring(answer.content).xpath(path)


def walked(client, address: str) -> list[list[int]]:
    """The pages of each screen, by the links that lead from one to the next."""
    screens, path = [], address.partition("?")[0]
    while address:
        answer = shown(client, address)
        screens.append([page.pk for page in answer.context["listing"].rows])
        address = next((path + href for href in links(answer, "Page suivante")), "")
    return screens


@pytest.mark.parametrize("model", ADDRESSES)
def test_a_long_index_has_every_page_once_on_some_screen(client, model):
    made = {page.pk for page in rows(model, LONG)}
    screens = walked(client, ADDRESSES[model])
    listed = list(itertools.chain(*screens))
    assert len(listed) == len(set(listed)) == listing(client, ADDRESSES[model]).total
    assert made <= set(listed)
    assert {len(screen) for screen in screens[:-1]} == {A_SCREEN}


@pytest.mark.parametrize("model", ADDRESSES)
def test_each_screen_says_which_it_is_and_how_many_pages_there_are(client, model):
    rows(model, LONG)
    total = listing(client, ADDRESSES[model]).total
    last = -(-total // A_SCREEN)
    answer = shown(client, f"{ADDRESSES[model]}?page=2")
    read = main_text(answer)
    assert f"Page 2 sur {last}" in read
    assert any(f"{total} {word}." in read for word in ("pages", "lieux", "réunions"))
    assert ", page 2" in html.fromstring(answer.content).xpath("string(//title)")
    assert links(answer, "Page précédente") == ["?page=1"]
    assert links(answer, "Page suivante") == ["?page=3"]


@pytest.mark.parametrize("model", [PracticePage, StructurePage, MeetingPage, ArticlePage])
def test_a_short_index_has_no_numbers(client, model):
    for page in model.objects.all():
        page.unpublish()
    rows(model, 4)
    answer = shown(client, ADDRESSES[model])
    assert not html.fromstring(answer.content).xpath("//nav[contains(@class, 'pager')]")


@pytest.mark.parametrize(
    ("number", "screen"),
    [
        *(("2", 2), ("007", 3), ("3", 3), ("9999", 3), ("9" * 5_000, 3)),
        *(("0", 1), ("-1", 1), ("abc", 1), ("", 1), ("٣", 1), ("1.5", 1), ("2\x00", 1)),
    ],
)
def test_any_number_of_a_screen_has_an_answer(client, number, screen):
    rows(PracticePage, LONG, level="intermediaire", title="Lot", topics=["Lot"])
    kept_pages.forget()
    answer = client.get("/pratiques/fiches/", {"theme": "lot", "page": number})
    assert answer.status_code == 200
    assert answer.context["listing"].screen.number == screen
    assert answer.context["listing"].rows


def test_an_index_without_pages_says_so(client):
    for page in [*PracticePage.objects.all(), *MeetingPage.objects.all()]:
        page.unpublish()
    for address, words in (
        ("/pratiques/fiches/", "Pas encore de page ici."),
        ("/pratiques/fiches/?page=7", "Pas encore de page ici."),
        ("/collectif/reunions/?page=7", "Pas encore de réunion."),
    ):
        assert words in main_text(shown(client, address))


def test_filters_are_kept_from_screen_to_screen(client):
    rows(PracticePage, LONG, topics=["Lot"], level=lambda rank: Level.values[rank % 2])
    for address, total in (
        ("/pratiques/fiches/?theme=lot", LONG),
        ("/pratiques/fiches/?theme=lot&niveau=grand-debutant", 33),
    ):
        screens = walked(client, address)
        assert sum(map(len, screens)) == total == listing(client, address).total
        assert len(screens) == -(-total // A_SCREEN)
    rows(StructurePage, LONG, commune="Lotville")
    screens = walked(client, "/lieux/?commune=Lotville")
    assert sum(map(len, screens)) == LONG


def test_choosing_another_filter_goes_back_to_the_first_screen(client):
    rows(PracticePage, LONG, topics=["Lot"], level="debutant")
    answer = shown(client, "/pratiques/fiches/?theme=lot&niveau=debutant&page=2")
    removing = [option.without for _facet, option in answer.context["listing"].chosen]
    assert removing == ["?niveau=debutant", "?theme=lot"]
    form = html.fromstring(answer.content).xpath("//details[contains(@class, 'facets')]/form")[0]
    assert "page" not in form.fields


# Counts.


def at_random(chance: random.Random, values: list[str]) -> list[str]:
    return chance.sample(values, chance.randrange(3))


def test_the_counts_are_those_of_the_pages_that_the_other_filters_leave(client):
    """As counted one by one, for all the pairs of filters."""
    for page in PracticePage.objects.all():
        page.unpublish()
    chance = random.Random(7)
    made = rows(
        PracticePage,
        60,
        level=lambda _rank: chance.choice(["", *Level.values]),
        publics=lambda _rank: at_random(chance, Public.values),
        devices=lambda _rank: at_random(chance, ["telephone", "tablette"]),
    )
    for page, name in itertools.product(made[::2], ("Lot", "Autre lot")):
        if chance.random() < 0.5:
            page.set_topics([*page.topic_names, name])
            page.topic_links.commit()
    held = {page.pk: values_of(PracticePage.objects.get(pk=page.pk)) for page in made}
    asked = ["theme=lot", "niveau=debutant", "public=seniors", "appareil=tablette", "theme=x"]
    for pair in [(), *itertools.combinations(asked, 1), *itertools.combinations(asked, 2)]:
        check_counts(listing(client, f"/pratiques/fiches/?{'&'.join(pair)}"), pair, held)


def values_of(page) -> dict[str, list[str]]:
    return {
        "theme": [topic.slug for topic in page.topics],
        "niveau": [page.level],
        "public": page.publics,
        "appareil": page.devices,
    }


def check_counts(found, pair, held) -> None:
    asked = dict(part.split("=") for part in pair)

    def fitting(but: str = "") -> list[dict]:
        others = {name: value for name, value in asked.items() if name != but}
        return [own for own in held.values() if all(value in own[n] for n, value in others.items())]

    assert found.total == len(fitting()), pair
    for facet in found.facets:
        counts = {option.value: option.count for option in facet.options}
        for value, count in counts.items():
            assert count == sum(value in own[facet.name] for own in fitting(facet.name)), pair
        present = {value for own in fitting(facet.name) for value in own[facet.name] if value}
        assert counts.keys() == present, pair


def test_of_a_filter_asked_twice_the_last_value_counts(client):
    rows(PracticePage, 3, topics=["Lot"], level="debutant")
    rows(PracticePage, 2, topics=["Lot"], level="intermediaire")
    address = "/pratiques/fiches/?theme=lot&niveau=intermediaire&niveau=debutant"
    assert listing(client, address).total == 3


def test_a_commune_is_one_however_it_is_spelled_on_every_screen(client):
    spelled = ["Couziers", "COUZIERS", "Couziers", "couziers"]
    rows(StructurePage, LONG, commune=lambda rank: spelled[rank % 4])
    for address in ("/lieux/?commune=couziers", "/lieux/?commune=Couziers&page=3"):
        found = shown(client, address).context
        assert found["listing"].total == LONG
        assert {place.commune for place in found["structures"]} == {"Couziers"}
    named = [option.name for option in listing(client, "/lieux/").facet("commune").options]
    assert [name for name in named if name.lower() == "couziers"] == ["Couziers"]


def test_a_commune_of_signs_only_is_no_commune(client):
    rows(StructurePage, 2, commune="—", title="Lieu sans lettres")
    found = shown(client, "/lieux/").context
    assert "" not in {option.value for option in found["communes"].options}
    assert listing(client, "/lieux/?commune=—").total == 0


@pytest.mark.parametrize("address", ["/lieux/", "/pratiques/fiches/", "/collectif/"])
def test_the_screens_about_an_index_show_its_list(logged_in, contributor, address):
    page = Page.objects.get(url_path__endswith=address, depth__lte=4).specific
    known = logged_in(contributor)
    answers = [
        known.get(f"{address}versions/1/?page=2"),
        known.post(f"{address}apercu/?page=2", {"title": page.title, "body": "<p>x</p>"}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.context["listing"].rows


# Who reads.


def test_what_is_closed_is_neither_counted_nor_named(client, logged_in, contributor):
    made = rows(PracticePage, 3, topics=["Lot"], title="Ouverte", level="debutant")
    (secret,) = rows(PracticePage, 1, topics=["Lot", "Zinzolin"], title="Brimborion")
    (place,) = rows(StructurePage, 1, commune="Zinzolinville")
    for page in (secret, place):
        factories.restricted_to_login(page)
    for address in ("/pratiques/fiches/?theme=lot", "/pratiques/fiches/?theme=zinzolin"):
        text = shown(client, address).content.decode().lower()
        assert "brimborion" not in text and "zinzolin</" not in text and "zinzolin (" not in text
    assert listing(client, "/pratiques/fiches/?theme=lot").total == len(made)
    assert listing(client, "/pratiques/fiches/?theme=zinzolin").total == 0
    assert "Zinzolin" not in shown(client, "/lieux/").content.decode()
    assert "Zinzolin" not in shown(client, "/lieux/?commune=zinzolinville").content.decode()
    known = logged_in(contributor)
    assert listing(known, "/pratiques/fiches/?theme=lot").total == len(made) + 1
    marked = [page.is_closed for page in listing(known, "/pratiques/fiches/?theme=zinzolin").rows]
    assert marked == [True]


def test_closed_articles_fill_no_screen_of_a_section(client):
    made = rows(ArticlePage, LONG)
    before = listing(client, "/collectif/").total
    for page in made[:10]:
        factories.restricted_to_login(page)
    assert listing(client, "/collectif/").total == before - 10
    closed = {page.pk for page in made[:10]}
    assert not closed & set(itertools.chain(*walked(client, "/collectif/")))


# What it costs.


def captured(address: str) -> list[str]:
    """The queries of a first view, the memory of a worker being warm."""
    Client().get(address)
    kept_pages.forget()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


@pytest.mark.parametrize("model", ADDRESSES)
def test_an_index_costs_the_same_with_two_pages_and_with_two_hundred(model):
    """And reads the body of none of them."""
    tails = ["", "?page=2"]
    tails += ["?theme=lot&niveau=debutant"] if model is PracticePage else []
    tails += ["?commune=Commune+1"] if model is StructurePage else []
    few, many = {}, {}
    for page in model.objects.all():
        page.unpublish()
    for count, costs in ((2, few), (200, many)):
        rows(model, count - len(model.objects.filter(live=True)))
        for tail in tails:
            queries = captured(ADDRESSES[model] + tail)
            costs[tail] = len(queries)
            assert not [sql for sql in queries if '"body"' in sql]
    assert few == many
    assert max(many.values()) <= 8


def test_an_index_reads_the_rows_of_one_screen_only(client):
    rows(PracticePage, 200)
    found = listing(client, "/pratiques/fiches/?page=2")
    assert len(found.rows) == A_SCREEN
    assert all(page.get_deferred_fields() == {"body"} for page in found.rows)


# What anybody may type.


@pytest.mark.parametrize("value", ["x" * 10_000, "\x00" * 50, "<script>x</script>" * 500, "a|b"])
@pytest.mark.parametrize("address", ["/pratiques/fiches/", "/lieux/", "/collectif/reunions/"])
def test_hostile_values_are_bounded(client, address, value):
    names = ("theme", "famille", "public", "niveau", "appareil", "commune", "annee", "page")
    kept_pages.forget()
    answer = client.get(address, {name: [value] * 50 for name in names})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert value not in text and "<script>x" not in text and "x" * 200 not in text


def test_a_thousand_values_of_a_filter_are_not_kept(client):
    query = QueryDict("&".join(f"theme=t{rank}" for rank in range(1_000)))
    found = listing(client, f"/pratiques/fiches/?{query.urlencode()}")
    assert len(found.kept) < 100


# Meetings and sections.


def test_meetings_to_come_are_before_all_others_nearest_first(client):
    for page in MeetingPage.objects.all():
        page.unpublish()
    today = timezone.localdate()
    rows(MeetingPage, 40, date=lambda rank: today + timedelta(days=40 - rank))
    rows(MeetingPage, 40, date=lambda rank: today - timedelta(days=rank + 1))
    first, second, third = (
        shown(client, f"/collectif/reunions/?page={number}").context for number in (1, 2, 3)
    )
    days = [page.date for context in (first, second, third) for page in context["listing"].rows]
    assert days == sorted(days[:40]) + sorted(days[40:], reverse=True)
    assert [len(c["coming"]) for c in (first, second, third)] == [30, 10, 0]
    assert [len(c["past"]) for c in (first, second, third)] == [0, 20, 20]


def test_a_section_has_its_sections_first_then_its_articles(client):
    articles = rows(ArticlePage, LONG)
    holding = articles[-1]
    rows(ArticlePage, 3, parent=Page.objects.get(pk=holding.pk))
    context = shown(client, "/collectif/").context
    counts = {page.pk: page.below for page in context["sections"]}
    assert counts[holding.pk] == 3
    assert holding.pk not in {page.pk for page in context["articles"]}
    later = shown(client, "/collectif/?page=2").context
    assert later["sections"] == []
    children = visible_to(factories.person(), Page.objects.get(slug="collectif").get_children())
    assert context["listing"].total == children.count()
