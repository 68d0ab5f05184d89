"""The admin's « publish » for several pages: what was taken off the site comes back as it stood."""

import pytest
from wagtail.models import Page

from tests import factories
from wiki.models import ArticlePage, Topic, Trash, TrashedPage
from wiki.organizing import actions
from wiki.publishing.publishing import Edit, newest_version
from wiki.trash import trash

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(facilitator, logged_in):
    return logged_in(facilitator)


def publish(client, page, below=False) -> None:
    address = f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/"
    answer = client.post(address, {"include_descendants": "on"} if below else {})
    assert answer.status_code == 302


def taken_off(page) -> Page:
    page.unpublish()
    return Page.objects.get(pk=page.pk).specific


def test_a_page_that_is_on_the_site_is_signed_by_nobody_again(chief, writer, contributor):
    page = factories.page(title="Wifi", author=contributor, topics=["Ardoise"])
    topic = Topic.objects.get(name="Ardoise")
    topic.name = "Ardoise fine"
    topic.save()
    publish(chief, page)
    assert newest_version(page).number == 1
    assert chief.get("/admin/").content.decode().count("déjà en ligne") == 1


def test_what_changed_while_it_was_off_is_signed_by_who_publishes(chief, contributor, facilitator):
    page = factories.page(title="Wifi", author=contributor, topics=["Ardoise"])
    taken_off(page)
    topic = Topic.objects.get(name="Ardoise")
    topic.name = "Ardoise fine"
    topic.save()
    publish(chief, page)
    assert newest_version(page).author == facilitator


@pytest.mark.parametrize("off", [False, True])
def test_a_page_keeps_the_address_of_its_last_name(
    chief, facilitator, client, django_capture_on_commit_callbacks, off
):
    page = factories.page(title="Premier nom")
    with django_capture_on_commit_callbacks(execute=True):
        actions.rename(page, "Second nom", False, Edit(author=facilitator))
        factories.page(title="Premier nom")  # the name is another page's
    if off:
        taken_off(ArticlePage.objects.get(pk=page.pk))
    publish(chief, page)
    again = ArticlePage.objects.get(pk=page.pk)
    assert (again.live, again.slug, again.title) == (True, "second-nom", "Second nom")
    assert client.get(again.address).status_code == 200


def test_those_below_come_back_too_when_asked_for(chief):
    above = factories.page(title="Dessus")
    below = factories.page(title="Dessous", parent=Page.objects.get(pk=above.pk))
    taken_off(below)
    publish(chief, above)
    assert not Page.objects.get(pk=below.pk).live
    publish(chief, above, below=True)
    assert Page.objects.get(pk=below.pk).live


def test_what_is_in_the_trash_stays_there(superuser, facilitator, logged_in):
    page = factories.page(title="Jetée")
    trash.put_in(page, facilitator, "Doublon")
    for above in (Trash.current(), Page.objects.get(depth=1), Page.objects.get(pk=page.pk)):
        publish(logged_in(superuser), above, below=True)
    assert not Page.objects.get(pk=page.pk).live
    assert TrashedPage.objects.filter(page=page.pk).exists()
