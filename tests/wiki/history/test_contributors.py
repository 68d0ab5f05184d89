"""Contributors: what was written under one signature, and nothing that ties two of them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories, kept
from tests.wiki.screens import links_of, main_text
from wiki.history import contributors as people
from wiki.models import Version
from wiki.publishing.publishing import Edit, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def camille():
    return factories.person("Contributeurs", display_name="Camille")


@pytest.fixture
def page(camille):
    return factories.page(title="Le wifi", body="<p>a</p>", author=camille)


def address_of(page, number=1) -> str:
    return f"/contributeurs/{Version.objects.get(page_id=page.pk, number=number).pk}/"


def test_a_contributor_has_a_page_with_what_they_wrote(page, camille, client):
    page = factories.edited(page, body="<p>b</p>", author=camille)
    factories.page(title="Autre page", author=camille)
    answer = client.get(address_of(page))
    read = main_text(answer)
    for words in ("Camille", "Le wifi", "Autre page", "2 pages", "3 changements"):
        assert words in read
    assert page.address in links_of(answer)


def test_all_versions_of_a_signature_lead_to_the_same(page, camille, client):
    page = factories.edited(page, body="<p>b</p>", author=camille)
    addresses = [address_of(page, number) for number in (1, 2)]
    answers = [client.get(f"{address}?x=1", follow=True) for address in addresses]
    first, second = map(main_text, answers)
    assert first == second
    (one_address,) = {answer.request["PATH_INFO"] for answer in answers}
    assert one_address == addresses[0]
    assert answers[1].redirect_chain == [(f"{addresses[0]}?x=1", 302)]


def test_the_address_of_a_contributor_stays_when_they_write(page, camille, client):
    before = links_of(client.get("/contributeurs/"))
    factories.edited(page, body="<p>b</p>", author=camille)
    assert address_of(page) in before
    assert address_of(page) in links_of(client.get("/contributeurs/"))


def test_the_address_of_a_contributor_is_of_what_one_may_read(page, camille, client, logged_in):
    other = factories.page(title="Ouverte", author=camille)
    factories.restricted_to_groups(page, "Bureau")
    assert client.get(address_of(other)).status_code == 200
    member = logged_in(factories.person("Bureau"))
    assert member.get(address_of(other))["Location"] == address_of(page)


def test_two_names_of_one_person_are_not_tied(page, camille, client):
    camille.display_name = "Hirondelle"
    camille.save()
    other = factories.page(title="Sous un autre nom", author=camille)
    old, new = client.get(address_of(page)), client.get(address_of(other))
    assert "Hirondelle" not in old.content.decode()
    assert "Sous un autre nom" not in old.content.decode()
    assert "Camille" not in new.content.decode()
    assert "Le wifi" not in main_text(new)


def test_two_people_of_one_name_are_two(page, client):
    namesake = factories.person("Contributeurs", display_name="Camille")
    other = factories.page(title="Une autre Camille", author=namesake)
    assert "Une autre Camille" not in main_text(client.get(address_of(page)))
    assert "Le wifi" not in main_text(client.get(address_of(other)))


def test_what_one_may_not_read_is_neither_listed_nor_counted(page, camille, client, logged_in):
    closed = factories.page(title="Fermée", author=camille)
    factories.restricted_to_groups(closed, "Bureau")
    read = main_text(client.get(address_of(page)))
    assert "Fermée" not in read
    assert "1 page," in read
    member = logged_in(factories.person("Bureau"))
    assert "Fermée" in main_text(member.get(address_of(page)))


def test_who_wrote_nothing_readable_is_not_found(client):
    secret = factories.person("Contributeurs", display_name="Zinzolin")
    page = factories.page(author=secret)
    factories.restricted_to_groups(page, "Bureau")
    assert client.get(address_of(page)).status_code == 404
    assert "Zinzolin" not in client.get("/contributeurs/").content.decode()
    for number in ("0", "999999", "9" * 18):
        assert client.get(f"/contributeurs/{number}/").status_code == 404


def test_a_person_who_left_keeps_their_page(page, camille, client):
    address = address_of(page)
    camille.delete()
    assert "Le wifi" in main_text(client.get(address))


def test_an_opening_is_not_something_that_one_wrote(page, camille, client):
    restriction = factories.restricted_to_groups(page, "Bureau")
    camille.groups.add(restriction.groups.get())
    publish(type(page).objects.get(pk=page.pk), Edit(author=camille))
    restriction.delete()
    opening = Version.objects.get(page=page, origin=Version.Origin.OPENING)
    assert client.get(f"/contributeurs/{opening.pk}/").status_code == 404


def test_everybody_is_listed_with_counts(page, client):
    listed = client.get("/contributeurs/").context["listed"]
    (row,) = [row for row in listed if row["author_name"] == "Camille"]
    assert (row["pages"], row["changes"]) == (1, 1)


@pytest.mark.parametrize("screen", ["", "historique/", "annoter/"])
def test_signatures_lead_to_what_they_signed(page, client, screen):
    assert address_of(page) in links_of(client.get(f"{page.address}{screen}"))


def test_signatures_in_latest_changes_lead_there_too(page, client):
    assert address_of(page) in links_of(client.get("/changements/"))


def test_long_lists_are_paged(client):
    for number in range(62):
        factories.page(author=factories.person("Contributeurs", display_name=f"Nom {number:02}"))
    assert client.get("/contributeurs/?page=2").context["listed"].number == 2
    assert client.get("/contributeurs/?page=abc").status_code == 200


# What is kept of the list


def counted(user) -> dict[str, tuple]:
    return {
        row["author_name"]: (row["pages"], row["changes"])
        for row in people.everybody(user)
        if row["author_name"].startswith("Zx")
    }


@pytest.fixture
def writers(monkeypatch):
    monkeypatch.setattr(people, "LATE", 0)
    return [factories.person("Contributeurs", display_name=f"Zx {name}") for name in "AB"]


def test_the_list_follows_each_text_title_closing_and_group(writers):
    first, second = writers
    anybody, outsider = AnonymousUser(), factories.person()
    page = factories.page(author=first, title="Une")
    assert counted(anybody) == {"Zx A": (1, 1)}
    page = factories.edited(page, author=second, body="<p>Deux.</p>")
    assert counted(anybody) == {"Zx A": (1, 1), "Zx B": (1, 1)}
    page = factories.edited(page, author=second, body="<p>Trois.</p>")
    factories.page(author=second, title="Autre")
    assert counted(anybody) == counted(outsider) == {"Zx A": (1, 1), "Zx B": (2, 3)}
    restriction = factories.restricted_to_groups(page, "Bureau")
    assert counted(anybody) == counted(outsider) == {"Zx B": (1, 1)}
    first.groups.add(restriction.groups.get())
    first = type(first).objects.get(pk=first.pk)
    factories.edited(page, author=first, body="<p>Quatre.</p>")
    assert counted(anybody) == {"Zx B": (1, 1)}
    outsider.groups.add(restriction.groups.get())
    assert counted(outsider) == {"Zx A": (1, 2), "Zx B": (2, 3)}
    type(page).objects.get(pk=page.pk).unpublish()
    assert counted(outsider) == {"Zx B": (1, 1)}


def test_after_a_text_the_list_is_that_of_a_new_process(writers):
    pages = [factories.page(author=writers[0], title=f"Page {rank}") for rank in range(3)]
    people.everybody(AnonymousUser())
    for rank, page in enumerate(pages):
        factories.edited(page, author=writers[rank % 2], body=f"<p>{rank}</p>")
        before = people.everybody(AnonymousUser())
        kept.forget_all()
        assert before == people.everybody(AnonymousUser())


def test_a_text_has_only_those_counted_again_who_signed_since(writers):
    page = factories.page(author=writers[0])
    people.everybody(AnonymousUser())
    factories.edited(page, author=writers[1], body="<p>Deux.</p>")
    with CaptureQueriesContext(connection) as captured:
        people.everybody(AnonymousUser())
    counts = [query["sql"] for query in captured if "COUNT(" in query["sql"]]
    assert len(counts) == 1
    assert "author_name\" IN ('Zx B')" in counts[0]
