"""Saying who reads a page, from the page itself."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, PageLogEntry

from tests import factories
from tests.wiki.screens import form_of, main_text
from wiki.models import ArticlePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(contributor):
    return factories.page(title="Le budget", author=contributor)


@pytest.fixture
def keeper(facilitator, logged_in):
    facilitator.groups.add(Group.objects.get_or_create(name="Bureau")[0])
    return logged_in(facilitator)


def reserve(client, page, kind, *groups):
    chosen = [Group.objects.get_or_create(name=name)[0].pk for name in groups]
    form = {**form_of(client.get(f"{page.address}reserver/"), "page"), "restriction_type": kind}
    return client.post(f"{page.address}reserver/", {**form, "groups": chosen}, follow=True)


def readers(page, logged_in, client, **people) -> list[str]:
    asked = {"anybody": client, **{name: logged_in(person) for name, person in people.items()}}
    return [name for name, one in asked.items() if one.get(page.address).status_code == 200]


def test_a_page_is_reserved_to_a_group_then_opened(page, keeper, contributor, logged_in, client):
    answer = reserve(keeper, page, "groups", "Bureau")
    assert "La page est réservée : Animateurs, Bureau" in main_text(answer) or (
        "La page est réservée : Bureau" in main_text(answer)
    )
    assert readers(page, logged_in, client, contributor=contributor) == []
    shown = form_of(keeper.get(f"{page.address}reserver/"), "page")
    assert shown["restriction_type"] == ["groups"]
    assert "Tout le monde peut lire" in main_text(reserve(keeper, page, "none"))
    assert readers(page, logged_in, client) == ["anybody"]
    actions = set(PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True))
    assert {"wagtail.view_restriction.create", "wagtail.view_restriction.delete"} <= actions


def test_a_page_is_reserved_to_those_who_have_an_account(
    page, keeper, contributor, logged_in, client
):
    reserve(keeper, page, "login")
    assert readers(page, logged_in, client, contributor=contributor) == ["contributor"]
    reserve(keeper, page, "groups", "Bureau")
    assert readers(page, logged_in, client, contributor=contributor) == []


@pytest.mark.parametrize(
    ("kind", "groups", "said"),
    [
        ("groups", ["Direction"], "Vous ne liriez plus cette page"),
        ("groups", [], "groupe"),
        ("password", [], "password"),
        ("", [], "Champ requis"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(page, keeper, client, kind, groups, said):
    answer = reserve(keeper, page, kind, *groups)
    assert answer.status_code == 422
    assert said in main_text(answer)
    assert client.get(page.address).status_code == 200


def test_below_a_reserved_page_the_form_says_who_reads_it_anyway(page, keeper):
    factories.restricted_to_groups(page, "Bureau")
    below = factories.page(title="Dessous", parent=Page.objects.get(pk=page.pk))
    read = main_text(keeper.get(f"{below.address}reserver/"))
    assert "ceux qui lisent la page au-dessus : Bureau" in read


def test_the_page_and_the_tree_lead_to_it(page, keeper, writer, admin_templates):
    address = f"{page.address}reserver/"
    assert address in keeper.get(page.address).content.decode()
    assert address not in writer.get(page.address).content.decode()
    assert writer.get(address).status_code == 403
    tree = f"/admin/pages/{ArticlePage.objects.get(pk=page.pk).get_parent().pk}/"
    assert address in keeper.get(tree).content.decode()
    reserve(keeper, page, "groups", "Bureau")
    assert keeper.get(page.address).content.decode().count(f'href="{address}"') == 2


def test_groups_that_are_added_to_a_choice_are_said_on_the_site_and_in_the_admin(
    page, keeper, admin_templates
):
    told = "Les groupes qui peuvent davantage"
    assert told in main_text(keeper.get(f"{page.address}reserver/")).replace("\u00a0", " ")
    address = f"/admin/pages/{page.pk}/privacy/"
    assert told in keeper.get(address).json()["html"]
    writers = Group.objects.get(name="Contributeurs").pk
    keeper.post(address, {"restriction_type": "groups", "groups": [writers]})
    (message,) = keeper.get(page.address).context["messages"]
    assert "Animateurs" in str(message)
    assert "Contributeurs" not in str(message)


def test_a_choice_to_which_nothing_is_added_says_nothing(page, keeper, admin_templates):
    office = Group.objects.get(name="Bureau")
    keeper.post(
        f"/admin/pages/{page.pk}/privacy/",
        {"restriction_type": "groups", "groups": [office.pk]},
    )
    assert list(page.page_ptr.view_restrictions.get().groups.all()) == [office]
    assert list(keeper.get(page.address).context["messages"]) == []
