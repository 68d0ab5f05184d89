"""What a site needs before its first page: groups with their rights, sections, home page."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Page, Site

from home import foundation
from home.models import HomePage
from tests import factories
from wiki.models import ArticlePage, SiteRevision, Version

FIRST_PAGES = ["aide", "licence", "accessibilite", "mentions-legales", "confidentialite"]
pytestmark = pytest.mark.django_db


def test_laying_the_foundation_again_changes_nothing():
    before = (
        Page.objects.count(),
        Version.objects.count(),
        SiteRevision.current(),
        Group.objects.count(),
    )
    foundation.create_site()
    call_command("create_site")
    after = (
        Page.objects.count(),
        Version.objects.count(),
        SiteRevision.current(),
        Group.objects.count(),
    )
    assert after == before


def test_what_people_changed_is_left_as_it_is():
    group = Group.objects.get(name=foundation.CONTRIBUTORS)
    group.permissions.clear()
    page = Page.objects.get(slug="lieux", depth=3)
    page.title = "Nos lieux"
    page.save()
    foundation.create_site()
    assert not group.permissions.exists()
    assert Page.objects.get(pk=page.pk).title == "Nos lieux"


def test_a_section_that_is_missing_is_made_again():
    Page.objects.get(slug="reunions").specific.delete()
    foundation.create_site()
    page = Page.objects.get(slug="reunions")
    assert page.live
    assert Version.objects.filter(page=page).exists()


def test_the_site_has_one_home_page_and_leads_to_it(client):
    assert HomePage.objects.count() == 1
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert client.get("/").context["page"].pk == HomePage.objects.get().pk


def test_wagtails_welcome_page_is_gone():
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert {page.specific_class.__name__ for page in Page.objects.filter(depth=2)} <= {
        "HomePage",
        "Trash",
    }


@pytest.mark.parametrize(
    ("group", "right", "expected"),
    [
        ("Contributeurs", "wiki.write_pages", True),
        ("Contributeurs", "wiki.facilitate", False),
        ("Contributeurs", "wiki.change_topic", False),
        ("Contributeurs", "wiki.add_user", False),
        ("Animateurs", "wiki.write_pages", True),
        ("Animateurs", "wiki.facilitate", True),
        ("Animateurs", "wiki.change_topic", True),
        ("Animateurs", "wiki.change_user", False),
        ("Administrateurs", "wiki.facilitate", True),
        ("Administrateurs", "wiki.change_user", True),
        ("Administrateurs", "auth.add_permission", False),
    ],
)
def test_each_group_has_the_rights_it_needs(group, right, expected):
    assert factories.person(group).has_perm(right) is expected


def test_no_group_makes_a_superuser():
    for name in foundation.RIGHTS:
        person = factories.person(name)
        assert not person.is_superuser
        assert not person.is_staff


def test_three_doors_lead_to_the_three_rooms(client):
    doors = client.get("/").context["doors"]
    assert [door["page"].slug for door in doors] == ["lieux", "pratiques", "collectif"]
    text = client.get("/?").content.decode()
    for address in ("/lieux/", "/pratiques/", "/collectif/", "/recherche/"):
        assert address in text


def test_a_door_that_is_closed_is_not_shown(client):
    factories.restricted_to_login(Page.objects.get(slug="collectif", depth=3).specific)
    doors = client.get("/").context["doors"]
    assert [door["page"].slug for door in doors] == ["lieux", "pratiques"]


def test_the_home_page_shows_the_latest_changes_and_the_next_meeting(client, contributor):
    page = factories.page(title="Toute fraîche", author=contributor)
    context = client.get("/").context
    assert context["changes"][0].page_id == page.pk
    assert context["meeting"].slug == "prochaine-reunion"
    assert len({change.page_id for change in context["changes"]}) == len(context["changes"])


def test_examples_of_searches_have_an_answer(client):
    for example in HomePage.objects.get().example_list:
        assert client.get("/recherche/", {"q": example}).context["results"].total > 0


def test_the_foot_of_a_page_leads_somewhere_on_a_new_site(client):
    for slug in FIRST_PAGES:
        Page.objects.get(slug=slug, depth=3).specific.delete()
    call_command("create_site")
    foot = client.get("/lieux/").content.decode().partition("<footer")[2]
    for slug in FIRST_PAGES:
        assert f'href="/{slug}/"' in foot
        assert client.get(f"/{slug}/").status_code == 200
        assert ArticlePage.objects.get(slug=slug, depth=3).summary
