"""Every door: whatever publishes, version = content, the search knows, the stamp is raised."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import HomePage
from search.indexing import records
from search.models import SearchEntry
from tests import factories
from tests.wiki import form_filling
from tests.wiki.publication import everything, raises
from wiki.models import ArticlePage, SiteRevision, Version
from wiki.organizing import actions
from wiki.pages import content
from wiki.publishing import pipeline as following
from wiki.publishing.publishing import Edit, newest_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(contributor):
    return factories.page(title="Le wifi public", body="<p>Texte</p>", author=contributor)


def by_the_front_office(page, text, client):
    form_filling.edit(client, page, body=text)


def by_a_revision(page, text, client):
    page.body = text
    page.save_revision().publish()


def by_the_command(page, text, client):
    page.body = text
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled")


def by_the_bulk_action(page, text, client):
    page.body, page.live = text, False
    page.save()
    bulk(client, "publish", page)


def bulk(client, action, page):
    address = f"/admin/bulk/wagtailcore/page/{action}/?id={page.pk}&next=/admin/"
    assert client.post(address, {"include_descendants": ""}).status_code == 302


DOORS = [by_the_front_office, by_a_revision, by_the_command, by_the_bulk_action]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_every_door_writes_version_index_and_stamp(article, superuser, logged_in, door):
    stamp = SiteRevision.current()
    door(article, "<p>Nouveau mot : tuffeautage</p>", logged_in(superuser))
    page = ArticlePage.objects.get(pk=article.pk)
    newest = newest_version(page)
    assert page.live
    assert page.body == "<p>Nouveau mot : tuffeautage</p>"
    assert newest.number == 2
    assert newest.content == content.content_of(page)
    assert "tuffeautage" in SearchEntry.objects.get(page_id=page.pk).text
    assert SiteRevision.current() > stamp


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_every_door_writes_the_entry_that_a_full_reindexing_would(
    article, superuser, logged_in, door
):
    long_ago = timezone.now() - timedelta(days=2000)
    Version.objects.filter(page=article.pk).update(created_at=long_ago)
    call_command("reindex", verbosity=0)
    door(article, "<p>Nouveau mot : tuffeautage</p>", logged_in(superuser))
    newest = newest_version(article)
    entry = SearchEntry.objects.get(page_id=article.pk)
    assert newest.created_at > long_ago
    assert entry.changed_at == entry.metadata.changed_at == newest.created_at
    assert list(entry.metadata.facets["year"]) == [str(newest.created_at.year)]
    assert records.faults_of(article.pk) == []


def restored(page, client):
    client.post(f"{page.address}versions/1/restaurer/")


def taken_back(page, client):
    deleted_in_the_front_office(page, client)
    client.post(f"/corbeille/{page.pk}/rendre/")


def moved_in_the_admin(page, client):
    target = Page.objects.get(slug="pratiques")
    client.post(f"/admin/pages/{page.pk}/move/{target.pk}/confirm/")


def published_in_the_admin_after_it_was_unpublished(page, client):
    unpublished_in_the_admin(page, client)
    bulk(client, "publish", page)


def restricted_then_opened(page, client):
    factories.restricted_to_login(page).delete()


WAYS_BACK = [
    restored,
    taken_back,
    moved_in_the_admin,
    published_in_the_admin_after_it_was_unpublished,
    restricted_then_opened,
]


@pytest.mark.sampled(every=5)
@pytest.mark.parametrize("way", WAYS_BACK, ids=lambda way: way.__name__)
def test_every_way_back_leaves_the_entry_that_a_full_reindexing_would(
    article, superuser, logged_in, way
):
    page = factories.edited(article, author=superuser, body="<p>Deux</p>")
    way(page, logged_in(superuser))
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.live
    assert records.faults_of(page.pk) == []
    assert records.faults() == []


def test_what_follows_a_publication_is_in_one_order():
    order = ["version", "audience", "links", "mended", "search", "stamp"]
    assert [name for name in following.published.names() if name != "cluster"] == order
    for pipeline in (following.unpublished, following.moved, following.deleted):
        assert pipeline.names()[-2:] == ["search", "stamp"]


@pytest.mark.parametrize("door", DOORS[1:], ids=lambda door: door.__name__)
def test_no_door_lets_a_script_out(article, superuser, logged_in, client, door):
    door(article, "<p>a</p><script>alert(1)</script>", logged_in(superuser))
    assert "alert(1)" not in client.get(article.address).content.decode()


def unpublished_in_the_admin(page, client):
    assert client.post(f"/admin/pages/{page.pk}/unpublish/").status_code == 302


def unpublished_in_bulk(page, client):
    bulk(client, "unpublish", page)


def deleted_in_the_front_office(page, client):
    client.post(f"{page.address}supprimer/", {"reason": "Doublon"})


def unpublished_by_the_command(page, client):
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")


WAYS_OUT = [
    unpublished_in_the_admin,
    unpublished_in_bulk,
    unpublished_by_the_command,
    deleted_in_the_front_office,
]


@pytest.mark.parametrize("way", WAYS_OUT, ids=lambda way: way.__name__)
def test_every_way_out_leaves_the_search_and_raises_the_stamp(
    article, superuser, logged_in, client, way
):
    stamp = SiteRevision.current()
    way(article, logged_in(superuser))
    assert not SearchEntry.objects.filter(page_id=article.pk).exists()
    assert SiteRevision.current() > stamp
    assert client.get(article.address).status_code == 404
    assert Version.objects.filter(page_id=article.pk).count() == 1


def test_publishing_twice_the_same_text_in_the_admin_writes_no_second_version(article):
    article.save_revision().publish()
    assert Version.objects.filter(page_id=article.pk).count() == 1


def test_moving_in_the_admin_raises_the_stamp(article, superuser, logged_in):
    stamp, target = SiteRevision.current(), Page.objects.get(slug="pratiques")
    answer = logged_in(superuser).post(f"/admin/pages/{article.pk}/move/{target.pk}/confirm/")
    assert answer.status_code == 302
    assert Page.objects.get(pk=article.pk).url == "/pratiques/le-wifi-public/"
    assert SiteRevision.current() > stamp


def test_restricting_and_opening_raise_the_stamp(article):
    stamps = [SiteRevision.current()]
    restriction = factories.restricted_to_groups(article, "Bureau")
    stamps.append(SiteRevision.current())
    restriction.groups.clear()
    stamps.append(SiteRevision.current())
    restriction.delete()
    stamps.append(SiteRevision.current())
    assert stamps == sorted(set(stamps))


def test_renaming_raises_the_stamp_before_and_after_commit(
    article, contributor, django_capture_on_commit_callbacks
):
    stamp = SiteRevision.current()
    with django_capture_on_commit_callbacks(execute=True):
        actions.rename(article, "Autre nom", False, Edit(author=contributor))
    assert SiteRevision.current() > stamp


# The admin leads to the front office, and its POSTs are one transaction.


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("action", "screen"), [("edit", "modifier/"), ("copy", "")])
def test_the_admin_leads_to_the_one_editor(article, facilitator, logged_in, method, action, screen):
    address = f"/admin/pages/{article.pk}/{action}/"
    answer = getattr(logged_in(facilitator), method)(address, {"title": "Par la fenêtre"})
    assert answer.status_code == 302
    assert answer.url.endswith(f"{article.address}{screen}")
    assert Page.objects.filter(title="Le wifi public").count() == 1
    assert Page.objects.get(pk=article.pk).title == "Le wifi public"


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_admin_adds_no_page_of_the_wiki_itself(facilitator, logged_in, method):
    parent = Page.objects.get(slug="collectif")
    address = f"/admin/pages/add/wiki/articlepage/{parent.pk}/"
    answer = getattr(logged_in(facilitator), method)(address, {"title": "Par la fenêtre"})
    assert (answer.status_code, answer.url) == (302, f"/nouveau/article/?sous={parent.pk}")
    assert not Page.objects.filter(title="Par la fenêtre").exists()


def test_an_old_revision_is_not_reverted_in_the_admin(article, contributor, facilitator, logged_in):
    old = article.latest_revision
    factories.edited(article, author=contributor, body="<p>Neuf</p>")
    client = logged_in(facilitator)
    answer = client.get(f"/admin/pages/{article.pk}/revisions/{old.pk}/revert/")
    assert answer.status_code == 302
    assert answer.url.endswith("/modifier/")


def test_a_post_of_the_admin_is_one_transaction(article, superuser, logged_in, monkeypatch):
    before = everything(article)
    monkeypatch.setattr("search.engines.database_engine.DatabaseEngine.remove", raises)
    client = logged_in(superuser)
    client.raise_request_exception = False
    assert client.post(f"/admin/pages/{article.pk}/unpublish/").status_code == 500
    assert everything(article) == before
    assert Page.objects.get(pk=article.pk).live


def test_the_home_page_is_written_in_the_admin_and_has_its_versions(facilitator, logged_in, client):
    home = HomePage.objects.get()
    doors = [{"type": "door", "value": block["value"]} for block in home.doors.raw_data]
    data = nested_form_data(
        {
            "title": home.title,
            "slug": home.slug,
            "heading": "Une autre phrase.",
            "examples": home.examples,
            "doors": streamfield([(door["type"], door["value"]) for door in doors]),
            "action-publish": "1",
        }
    )
    before, stamp = newest_version(home).number, SiteRevision.current()
    answer = logged_in(facilitator).post(f"/admin/pages/{home.pk}/edit/", data)
    assert answer.status_code == 302
    newest = newest_version(home)
    assert (newest.number, newest.author) == (before + 1, facilitator)
    assert newest.content["heading"] == "Une autre phrase."
    assert SiteRevision.current() > stamp
    assert "Une autre phrase." in client.get("/").content.decode()
