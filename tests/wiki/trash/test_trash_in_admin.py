"""The trash and Wagtail's admin: it neither fills nor empties it by a door of its own."""

import pytest
from django.contrib.messages import get_messages
from wagtail.models import Page

from tests import factories
from tests.wiki.trash.test_trash import fresh, thrown
from wiki.access import in_trash
from wiki.models import ArticlePage, TrashedPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(contributor):
    return factories.page(title="Le wifi public", body="<p>Zinzolin</p>", author=contributor)


@pytest.fixture
def admin(facilitator, logged_in, admin_templates):
    return logged_in(facilitator)


@pytest.fixture
def chief(superuser, logged_in, admin_templates):
    """Several pages at once are acted on by superusers only."""
    return logged_in(superuser)


def bulk(client, action, page):
    return client.post(f"/admin/bulk/wagtailcore/page/{action}/?id={page.pk}&next=/admin/", {})


def test_deleting_in_the_admin_leads_to_the_screen_of_the_page(article, admin):
    answer = admin.post(f"/admin/pages/{article.pk}/delete/")
    assert (answer.status_code, answer.url.endswith(f"{article.address}supprimer/")) == (302, True)
    assert fresh(article).live


def test_nothing_is_deleted_for_good_by_the_list_of_pages(article, chief):
    assert bulk(chief, "delete", article).status_code == 302
    fresh(article).unpublish()
    assert chief.post(f"/admin/pages/{article.pk}/delete/").status_code == 302
    assert Page.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize("action", ["delete", "edit", "copy", "unpublish"])
def test_a_trashed_page_is_left_in_the_trash_by_the_admin(article, facilitator, admin, action):
    thrown(article, facilitator)
    answer = admin.post(f"/admin/pages/{article.pk}/{action}/")
    assert answer.status_code == 302
    assert TrashedPage.objects.filter(page_id=article.pk).exists()


def test_a_trashed_page_is_neither_moved_nor_published_by_the_admin(article, facilitator, chief):
    thrown(article, facilitator)
    section = Page.objects.get(slug="pratiques")
    answer = chief.post(f"/admin/pages/{article.pk}/move/{section.pk}/confirm/")
    assert (answer.status_code, answer.url) == (302, "/corbeille/")
    for action in ("publish", "delete"):
        assert bulk(chief, action, article).status_code == 302
    assert in_trash.is_in_trash(fresh(article))
    assert not fresh(article).live
    assert isinstance(fresh(article), ArticlePage)


def test_pages_deleted_together_go_to_the_trash_with_who_and_why(article, superuser, chief):
    other = factories.page(title="Un autre", author=superuser)
    address = f"/admin/bulk/wagtailcore/page/delete/?id={article.pk}&id={other.pk}&next=/admin/"
    assert chief.post(address, {}).status_code == 302
    for page in (article, other):
        assert in_trash.is_in_trash(fresh(page))
        event = TrashedPage.objects.get(page_id=page.pk).event
        assert (event.author, "avec d’autres" in event.note) == (superuser, True)


def test_pages_that_may_not_be_deleted_keep_the_others_too(article, chief):
    other = factories.page(title="Un autre")
    other.unpublish()
    address = f"/admin/bulk/wagtailcore/page/delete/?id={article.pk}&id={other.pk}&next=/admin/"
    answer = chief.post(address, {})
    (said,) = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "Rien n’a été supprimé" in said
    assert fresh(article).live


@pytest.mark.parametrize("action", ["edit", "copy", "delete"])
def test_a_page_off_the_site_leads_to_publishing_it(article, admin, action):
    fresh(article).unpublish()
    answer = admin.get(f"/admin/pages/{article.pk}/{action}/", follow=True)
    assert answer.status_code == 200
    said = answer.content.decode()
    assert "Cette page n’est pas sur le site" in said
    assert (
        admin.post(answer.request["PATH_INFO"] + f"?id={article.pk}&next=/admin/", {}).status_code
        == 302
    )
    assert fresh(article).live


def test_a_copy_is_refused_with_a_sentence(article, admin):
    answer = admin.get(f"/admin/pages/{article.pk}/copy/", follow=True)
    assert answer.request["PATH_INFO"] == article.address
    assert "Les pages ne se copient pas" in answer.content.decode()


def test_the_admin_offers_no_page_that_it_does_not_make(admin):
    for slug in ("pratiques", "lieux"):
        above = Page.objects.get(slug=slug, depth=3)
        offered = admin.get(f"/admin/pages/{above.pk}/add_subpage/", follow=True).content.decode()
        assert "articlepage" in offered
        assert "indexpage" not in offered
        assert "sectionpage" not in offered
