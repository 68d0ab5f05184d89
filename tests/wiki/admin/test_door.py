"""What the door of the admin judges besides the names of routes: places, queries and forms."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.test import TestCase
from lxml import html as lxml_html
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import HomePage
from search.models import Promoted
from tests import factories
from tests.wiki.screens import form_of, links_of
from wiki.models import Topic
from wiki.organizing import actions
from wiki.publishing.publishing import Edit
from wiki.trash import trash

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_templates")]


@pytest.fixture
def closed():
    page = factories.page(title="Zorblinette", slug="zorbline", topics=["Zorb"])
    factories.restricted_to_groups(page, "Bureau")
    return page


@pytest.fixture
def keeper(facilitator, logged_in):
    return logged_in(facilitator)


def test_an_old_address_below_a_closed_place_is_not_listed(closed, keeper, facilitator):
    below = factories.page(title="Ouverte", parent=Page.objects.get(pk=closed.pk))
    actions.move(below, Page.objects.get(slug="collectif", depth=3), facilitator)
    hidden = Redirect.objects.create(old_path="/collectif/zorbline/ouverte", redirect_page=below)
    shown = Redirect.objects.create(old_path="/collectif/zorbli", redirect_page=below)
    listed = keeper.get("/admin/redirects/?q=zor").content.decode()
    assert "/collectif/zorbli<" in listed.replace(" ", "").replace("\n", "")
    assert "zorbline" not in listed
    assert keeper.get(f"/admin/redirects/{hidden.pk}/").status_code == 404
    assert keeper.get(f"/admin/redirects/{shown.pk}/").status_code == 200


def test_a_closed_page_chosen_in_a_form_is_not_found(closed, keeper):
    for pk in (closed.pk, 999_999, "x"):
        sent = {"old_path": "/vieux", "redirect_page": pk}
        assert keeper.post("/admin/redirects/add/", sent).status_code == 404
        promoted = {"words": "zorb", "page": pk}
        assert keeper.post("/admin/search/promoted/create/", promoted).status_code == 404
    assert not Redirect.objects.filter(old_path="/vieux").exists()
    assert not Promoted.objects.exists()


def test_the_chooser_does_not_open_on_one_type(keeper):
    """It would open where all the pages of that type stand."""
    assert keeper.get("/admin/choose-page/?page_type=wagtailcore.page").status_code == 200
    assert keeper.get("/admin/choose-page/?page_type=wiki.articlepage").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "links__page__title__startswith=Zorblin",
        "links__page__title__startswith=Rien",
        "rien=1",
    ],
)
def test_lists_ask_nothing_of_the_database_by_their_address(closed, keeper, query):
    factories.page(topics=["Zorb"])
    plain = keeper.get("/admin/wiki/topic/").context["object_list"]
    answer = keeper.get(f"/admin/wiki/topic/?{query}")
    assert answer.status_code == 200
    assert list(answer.context["object_list"]) == list(plain)


def test_topics_are_counted_and_named_as_far_as_one_may_know(closed, keeper):
    factories.page(topics=["Zorb", "Ouvert"])
    factories.page(topics=["Ouvert"])
    only_closed = factories.page(topics=["Caché"])
    factories.restricted_to_groups(only_closed, "Bureau")
    rows = {
        row.name: row.total for row in keeper.get("/admin/wiki/topic/?q=").context["object_list"]
    }
    assert (rows["Zorb"], rows["Ouvert"], rows.get("Caché")) == (1, 2, None)
    merged = keeper.get(f"/admin/themes/{Topic.objects.get(name='Zorb').pk}/fusionner/")
    assert "Caché" not in merged.content.decode()


def test_publishing_again_is_refused_above_a_closed_page(keeper):
    above = factories.page(title="Dessus")
    below = factories.page(title="Zorblinette", parent=Page.objects.get(pk=above.pk))
    address = f"/admin/bulk/wagtailcore/page/publish/?id={above.pk}&next=/admin/"
    assert keeper.get(address).status_code == 200
    factories.restricted_to_groups(below, "Bureau")
    assert keeper.get(address).status_code == 404
    assert keeper.get(address.replace(str(above.pk), "all")).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_home_page_is_changed_by_those_who_may_know_its_doors(keeper, method):
    home = HomePage.objects.get()
    address = f"/admin/pages/{home.pk}/edit/"
    assert keeper.get(address).status_code == 200
    room = Page.objects.get(pk=home.doors.raw_data[0]["value"]["page"])
    factories.restricted_to_groups(room.specific, "Bureau")
    answer = getattr(keeper, method)(address)
    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert room.title not in keeper.get("/admin/").content.decode().partition("messages")[2][:2000]


def test_the_editor_of_the_home_page_may_tell_who_else_is_there(closed, keeper):
    home = HomePage.objects.get()
    statuses = [
        keeper.post(f"/admin/editing-sessions/ping/wagtailcore/page/{page.pk}/1/").status_code
        for page in (home, closed)
    ]
    assert statuses == [200, 404]


def test_the_first_screen_counts_nothing(keeper, superuser, logged_in):
    counted = re.compile(r"\d+\s+(Pages|Images|Documents)")
    assert counted.search("12 Pages")
    for client in (keeper, logged_in(superuser)):
        text = lxml_html.fromstring(client.get("/admin/").content).text_content()
        assert "Passerelles" in text
        assert not counted.search(text)


def test_the_search_of_the_menu_is_that_of_the_site(keeper):
    assert keeper.get("/admin/pages/search/?q=wifi").url == "/recherche/?q=wifi"


def test_unknown_people_are_asked_to_log_in_and_led_back(client):
    for address in ("/admin/", "/admin/images/?q=x", "/admin/users/", "/admin/sprite/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.url.startswith("/connexion/?next=/admin/")


def test_contributors_of_a_site_that_was_there_before_leave_the_admin():
    group = Group.objects.get(name="Contributeurs")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    import_module("wiki.migrations.0009_contributors_leave_the_admin").take_back(apps, None)
    assert not group.permissions.filter(codename="access_admin").exists()
    assert group.permissions.filter(codename="write_pages").exists()
    keepers = Group.objects.get(name="Animateurs")
    assert keepers.permissions.filter(codename="access_admin").exists()


OF_ADMINISTRATORS, OF_THE_SERVER = "/admin/users/", "/admin/reports/"
FOR_FACILITATORS = "Cet écran est réservé à l’animation"
FOR_ADMINISTRATORS = "Cet écran est réservé à l’administration du site"
FOR_ALL_RIGHTS = "Cet écran est réservé à qui a tous les droits"


@pytest.mark.parametrize(
    ("role", "address", "said", "link"),
    [
        ("contributor", OF_ADMINISTRATORS, FOR_FACILITATORS, "/nouveau/"),
        ("contributor", "/admin/", FOR_FACILITATORS, "/nouveau/"),
        ("facilitator", OF_ADMINISTRATORS, FOR_ADMINISTRATORS, "/animer/"),
        ("facilitator", OF_THE_SERVER, FOR_ADMINISTRATORS, "/animer/"),
        ("administrator", OF_THE_SERVER, FOR_ALL_RIGHTS, "/animer/"),
    ],
)
def test_a_closed_screen_says_whose_it_is_and_leads_where_one_works(
    request, logged_in, role, address, said, link
):
    client = logged_in(request.getfixturevalue(role))
    answer = client.get(address)
    assert answer.status_code == 403
    (heading,) = lxml_html.fromstring(answer.content).xpath("//main//h1")
    assert " ".join(heading.text_content().split()) == said
    assert link in links_of(answer)
    assert client.get(link).status_code == 200


def closed_section(name: str):
    section = factories.page(title=name)
    factories.restricted_to_groups(section, "Bureau")
    return Page.objects.get(pk=section.pk)


def renamed(page, title: str, user):
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.rename(page.specific, title, False, Edit(author=user))
    return Page.objects.get(pk=page.pk)


@pytest.mark.parametrize("was", ["closed then", "in a renamed section", "in a trashed section"])
def test_an_old_address_of_closed_times_is_not_listed(keeper, was):
    """Of a page that everybody reads today."""
    member, home = factories.person("Animateurs", "Bureau"), Page.objects.get(slug="collectif")
    if was == "closed then":
        page = renamed(closed_section("Bilan"), "Zorblicencie", member)
        page = renamed(page, "Bilan social", member)
        page.view_restrictions.all().delete()
    else:
        section = closed_section("Zorbcellule")
        page = Page.objects.get(pk=factories.page(title="Note", parent=section).pk)
        section = Page.objects.get(pk=section.pk)
        if was == "in a renamed section":
            renamed(section, "Cellule", member)
        with TestCase.captureOnCommitCallbacks(execute=True):
            actions.move(Page.objects.get(pk=page.pk), home, member)
        if was == "in a trashed section":
            trash.put_in(Page.objects.get(pk=section.pk), member, "Fini")
    for address in (
        "/admin/redirects/",
        "/admin/redirects/?export=csv",
        "/admin/redirects/?q=zor",
    ):
        answer = keeper.get(address)
        text = answer.getvalue() if answer.streaming else answer.content
        assert b"zorb" not in text


def test_an_old_address_of_an_open_page_is_listed(keeper, facilitator):
    """The positive control: the page's, and those of what stood below it."""
    section = factories.page(title="Zorbouverte")
    factories.page(title="Dessous", parent=Page.objects.get(pk=section.pk))
    renamed(Page.objects.get(pk=section.pk), "Ouverte", facilitator)
    listed = keeper.get("/admin/redirects/").content.decode()
    assert "/collectif/zorbouverte/dessous" in listed


def test_no_filter_counts_what_is_closed(keeper):
    """« Has child pages » would."""
    with_child, without = factories.page(title="Pleine"), factories.page(title="Vide")
    child = factories.page(parent=Page.objects.get(pk=with_child.pk))
    factories.restricted_to_groups(child, "Bureau")
    place = Page.objects.get(slug="collectif", depth=3).pk
    for asked in ("true", "false"):
        listed = keeper.get(f"/admin/pages/{place}/?has_child_pages={asked}").content.decode()
        assert with_child.title in listed
        assert without.title in listed


# Closing a page.


def closed_by(client, page, *groups: str):
    chosen = [Group.objects.get_or_create(name=name)[0].pk for name in groups]
    sent = {"restriction_type": "groups", "groups": chosen}
    return client.post(f"/admin/pages/{page.pk}/privacy/", sent)


def kept_for(page) -> set[str]:
    restriction = page.view_restrictions.first()
    return set(restriction.groups.values_list("name", flat=True)) if restriction else set()


def test_nobody_closes_a_page_to_themselves(keeper):
    page = factories.page()
    answer = closed_by(keeper, page, "Bureau")
    assert "Vous ne liriez plus cette page" in answer.json()["html"]
    assert kept_for(page) == set()


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ("Contributeurs", {"Contributeurs", "Animateurs", "Administrateurs"}),
        ("Animateurs", {"Animateurs", "Administrateurs"}),
    ],
)
def test_who_does_more_reads_what_those_who_do_less_read(keeper, chosen, kept):
    """Else administrators could not enrol those people any more."""
    page = factories.page()
    closed_by(keeper, page, chosen)
    assert kept_for(page) == kept


def test_the_home_page_is_not_closed(keeper):
    home = HomePage.objects.get()
    closed_by(keeper, home, "Animateurs")
    assert kept_for(home) == set()


def test_a_group_that_was_named_by_old_versions_is_joined_by_no_outsider(administrator, logged_in):
    """Nothing is closed to it today; what was written for it still is."""
    page, member = factories.page(), factories.person("Contributeurs", "Bureau")
    restriction = factories.restricted_to_groups(page, "Bureau")
    factories.edited(page, author=member, body="<p>Zinzolin</p>")
    restriction.delete()
    boss, group = logged_in(administrator), Group.objects.get(name="Bureau")
    before = set(administrator.groups.all())
    address = f"/admin/users/edit/{administrator.pk}/"
    form = form_of(boss.get(address), "username")
    boss.post(address, {**form, "groups": [*(g.pk for g in before), group.pk]})
    assert set(administrator.groups.all()) == before
