"""Moving a page: places told apart, nothing chosen beforehand, undone in one press."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from lxml import html
from wagtail.models import Page

from tests import factories
from tests.wiki.crawling import TOKEN
from tests.wiki.screens import form_of, main_text
from wiki.models import ArticlePage, SiteRevision
from wiki.organizing import actions, place_tree, places
from wiki.trash import trash

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(facilitator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(facilitator)
    return client


@pytest.fixture
def insider():
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.person("Animateurs", "Bureau"))
    return client


@pytest.fixture
def rooms():
    return [factories.page(title=title) for title in ("Première salle", "Seconde salle")]


def screen(client, page, query=""):
    return client.get(f"{fresh(page).address}deplacer/{query}")


def moved(client, page, parent, **more):
    """The screen after a move, and the form of its message."""
    form = form_of(screen(client, page), "parent")
    fields = {**form, "parent": str(parent.pk), **more}
    answer = client.post(f"{fresh(page).address}deplacer/", fields, follow=True)
    return answer, form_of(answer, "put")


def undone(client, page, form, **more):
    address = f"{fresh(page).address}deplacer/annuler/"
    return client.post(address, {**form, **more}, follow=True)


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def parent_of(page):
    return fresh(page).get_parent()


def boxes(answer) -> dict[str, object]:
    root = html.fromstring(answer.content)
    return {box.get("value"): box for box in root.xpath("//input[@name='parent']")}


def test_nothing_is_chosen_and_the_place_of_today_cannot_be(keeper, rooms):
    page = factories.page(title="À ranger", parent=rooms[0])
    found = boxes(screen(keeper, page))
    assert not any("checked" in box.attrib for box in found.values())
    assert "disabled" in found[str(rooms[0].pk)].attrib
    assert str(page.pk) not in found
    assert (
        keeper.post(
            f"{page.address}deplacer/", {TOKEN: form_of(screen(keeper, page), "page")[TOKEN]}
        ).status_code
        == 422
    )


def test_a_move_is_undone_in_one_press(keeper, rooms):
    page = factories.page(title="À ranger", parent=rooms[0])
    before = page.url_path
    answer, form = moved(keeper, page, rooms[1])
    assert "Annuler le déplacement" in main_text(answer)
    assert parent_of(page).pk == rooms[1].pk
    answer = undone(keeper, page, form)
    assert "revenue à sa place" in main_text(answer)
    assert fresh(page).url_path == before


def test_an_address_that_was_taken_there_comes_back_too(keeper, rooms):
    page = factories.page(title="Même nom", parent=rooms[0])
    factories.page(title="Même nom", parent=rooms[1])
    before = page.url_path
    _answer, form = moved(keeper, page, rooms[1])
    assert fresh(page).slug == "meme-nom-2"
    undone(keeper, page, form)
    assert fresh(page).url_path == before


def test_what_was_moved_again_since_is_left_where_it_is(keeper, rooms, facilitator):
    page, other = factories.page(parent=rooms[0]), factories.page()
    _answer, form = moved(keeper, page, rooms[1])
    actions.move(fresh(page), fresh(other), facilitator)
    answer = undone(keeper, page, form)
    assert "Quelqu’un a déplacé cette page depuis" in main_text(answer)
    assert parent_of(page).pk == other.pk


def test_going_back_to_more_readers_is_asked(insider, rooms):
    factories.restricted_to_groups(rooms[1], "Bureau")
    page = factories.page(parent=rooms[0])
    _answer, form = moved(insider, page, rooms[1])
    answer = undone(insider, page, form)
    assert answer.status_code == 422
    assert "plus de gens la liraient" in main_text(answer)
    assert parent_of(page).pk == rooms[1].pk
    asked = {**form_of(answer, "parent"), "parent": str(rooms[0].pk), "opens": "on"}
    insider.post(f"{fresh(page).address}deplacer/", asked)
    assert parent_of(page).pk == rooms[0].pk


def test_nothing_is_asked_of_a_page_that_is_reserved_itself(insider, rooms):
    """It is as closed there as it was here."""
    page = factories.page(parent=rooms[0])
    factories.restricted_to_groups(page, "Bureau")
    moved(insider, page, rooms[1])
    assert parent_of(page).pk == rooms[1].pk


def test_same_titles_are_told_apart_by_their_path(keeper, rooms, facilitator):
    twins = [factories.page(title="Comptes rendus", parent=room) for room in rooms]
    found = places.found(facilitator, factories.page(), "compte RENDU")
    assert {place.page.pk: place.above for place in found if place.page.pk in {t.pk for t in twins}}
    text = main_text(screen(keeper, factories.page(), "?q=comptes+rendus"))
    for room in rooms:
        assert f"› {room.title}" in text


def test_places_that_one_may_not_read_are_in_neither_list(keeper, rooms):
    factories.restricted_to_groups(rooms[0], "Bureau")
    hidden = factories.page(title="Cachée dessous", parent=rooms[0])
    answer = screen(keeper, factories.page(), "?q=salle")
    assert "Seconde salle" in main_text(answer)
    assert "Première salle" not in main_text(answer)
    assert str(hidden.pk) not in boxes(answer)


def test_a_long_list_is_cut_and_says_so(keeper, rooms, django_assert_max_num_queries):
    for rank in range(place_tree.MOST_BELOW + 5):
        factories.page(title=f"Page {rank}", parent=rooms[0])
    page = factories.page()
    answer = screen(keeper, page)
    assert "5 autres pages : cherchez-les par leur titre." in main_text(answer)
    assert len(boxes(answer)) <= place_tree.MOST_SHOWN
    found = boxes(screen(keeper, page, f"?q=Page+{place_tree.MOST_BELOW + 4}"))
    assert Page.objects.get(title=f"Page {place_tree.MOST_BELOW + 4}").pk in map(int, found)


def named(user, page) -> dict[str, int]:
    """What the tree shows, by title, with how many pages it says stand right below."""

    def flat(shown):
        for place in shown:
            yield place.page.title, place.total
            yield from flat(place.below)

    return dict(flat(places.tree(user, page)))


def test_the_tree_is_that_of_today_for_each_reader(keeper, rooms, facilitator):
    """It is kept while nothing changes; what one may not read is neither named nor counted."""
    first, second = rooms
    page, member = factories.page(parent=first, title="Qui bouge"), factories.person("Bureau")
    assert named(facilitator, page)[first.title] == 0
    other = factories.page(parent=first, title="Voisine")
    assert named(facilitator, page)[first.title] == 1
    factories.restricted_to_groups(other, "Bureau")
    assert (named(facilitator, page)[first.title], named(member, page)[first.title]) == (0, 1)
    assert "Voisine" not in named(facilitator, page)
    facilitator.groups.add(Group.objects.get(name="Bureau"))
    assert "Voisine" in named(facilitator, page)
    actions.move(fresh(other), fresh(second), member)
    found = named(member, page)
    assert (found[first.title], found[second.title]) == (0, 1)
    trash.put_in(fresh(other), member, "Doublon")
    assert "Voisine" not in named(member, page)
    assert "Qui bouge" not in named(member, page)
    assert named(member, fresh(second))[first.title] == 1


def test_pages_that_hold_none_are_shown_where_there_is_room(rooms, facilitator):
    first, second = rooms
    crowd = factories.rows(ArticlePage, place_tree.MOST_BELOW + 3, parent=second)
    holder = factories.page(parent=second, title="zz Porteuse")
    factories.page(parent=holder, title="Feuille")
    SiteRevision.bump()
    page = factories.page(parent=first, title="Qui bouge")
    found = named(facilitator, page)
    assert found[second.title] == len(crowd) + 1
    assert {"zz Porteuse", "Feuille"} <= found.keys()
    assert sum(one.title in found for one in crowd) == place_tree.MOST_BELOW - 1
