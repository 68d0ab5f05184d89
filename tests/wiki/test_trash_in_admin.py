"""The trash and Wagtail's admin: it neither fills nor empties it by a door of its own."""

import pytest
from wagtail.models import Page

from tests import factories
from tests.wiki.test_trash import fresh, thrown
from wiki import trash
from wiki.models import ArticlePage, TrashedPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(contributor):
    return factories.page(title="Le wifi public", body="<p>Zinzolin</p>", author=contributor)


@pytest.fixture
def admin(facilitator, logged_in, admin_templates):
    return logged_in(facilitator)


def bulk(client, action, page):
    return client.post(f"/admin/bulk/wagtailcore/page/{action}/?id={page.pk}&next=/admin/", {})


def test_deleting_in_the_admin_leads_to_the_screen_of_the_page(article, admin):
    answer = admin.post(f"/admin/pages/{article.pk}/delete/")
    assert (answer.status_code, answer.url.endswith(f"{article.address}supprimer/")) == (302, True)
    assert fresh(article).live


def test_pages_are_not_deleted_several_at_once_nor_unpublished_ones(article, admin):
    assert bulk(admin, "delete", article).status_code == 302
    fresh(article).unpublish()
    assert admin.post(f"/admin/pages/{article.pk}/delete/").status_code == 302
    assert Page.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize("action", ["delete", "edit", "copy", "unpublish"])
def test_a_trashed_page_is_left_in_the_trash_by_the_admin(article, facilitator, admin, action):
    thrown(article, facilitator)
    answer = admin.post(f"/admin/pages/{article.pk}/{action}/")
    assert answer.status_code == 302
    assert TrashedPage.objects.filter(page_id=article.pk).exists()


def test_a_trashed_page_is_neither_moved_nor_published_by_the_admin(article, facilitator, admin):
    thrown(article, facilitator)
    section = Page.objects.get(slug="pratiques")
    answer = admin.post(f"/admin/pages/{article.pk}/move/{section.pk}/confirm/")
    assert (answer.status_code, answer.url) == (302, "/corbeille/")
    for action in ("publish", "delete"):
        assert bulk(admin, action, article).status_code == 302
    assert trash.is_in_trash(fresh(article))
    assert not fresh(article).live
    assert isinstance(fresh(article), ArticlePage)
