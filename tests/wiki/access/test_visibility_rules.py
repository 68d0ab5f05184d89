"""The rules behind the matrix of readers and outputs, one at a time."""

import pytest
from django.contrib.auth.models import Group
from django.test import TestCase
from wagtail.models import Page, PageViewRestriction

from tests import factories
from tests.wiki import secrets
from tests.wiki.secrets import told
from wiki.access import visibility
from wiki.access.audiences import readable_versions
from wiki.history.changes import walk
from wiki.models import ArticlePage, Version
from wiki.organizing import actions
from wiki.publishing.publishing import Edit, newest_version, publish
from wiki.trash import trash

NOBODY = "zyxwvut"  # a word that no page holds


@pytest.fixture
def article(contributor):
    return factories.page(title="Notes", body="<p>Première</p>", author=contributor)


@pytest.fixture
def member(db):
    return factories.person("Bureau")


def readable(page, user) -> list[int]:
    found = readable_versions(user, Version.objects.filter(page_id=page.pk))
    return sorted(found.values_list("number", flat=True))


def closed_then_written(page):
    restriction = factories.restricted_to_groups(page, "Bureau")
    factories.edited(page, body="<p>Entre nous</p>")
    factories.edited(page, body="<p>Pour tous</p>")
    return restriction


def test_opening_a_page_opens_the_text_of_today_only(article, anonymous, member):
    restriction = closed_then_written(article)
    assert readable(article, anonymous) == []
    restriction.delete()
    newest = newest_version(article)
    assert (newest.number, newest.origin) == (4, Version.Origin.OPENING)
    assert newest.content["body"] == "<p>Pour tous</p>"
    assert readable(article, anonymous) == [1, 4]
    assert readable(article, member) == [1, 2, 3, 4]


def test_an_opening_is_not_shown_as_a_change(article, anonymous, client):
    closed_then_written(article).delete()
    assert newest_version(article).origin == Version.Origin.OPENING
    assert "Entre nous" not in client.get("/changements/").content.decode()
    assert all(change.what != Version.Origin.OPENING for change in walk(anonymous))


def test_moving_out_of_a_closed_room_opens_the_text_of_today_only(article, anonymous, facilitator):
    room = factories.page(title="Salle du bureau")
    factories.restricted_to_groups(room, "Bureau")
    actions.move(article, room, facilitator)
    article = ArticlePage.objects.get(pk=article.pk)
    factories.edited(article, body="<p>Entre nous</p>")
    factories.edited(article, body="<p>Pour tous</p>")
    article = ArticlePage.objects.get(pk=article.pk)
    actions.move(article, Page.objects.get(slug="collectif", depth=3), facilitator)
    assert readable(article, anonymous) == [1, 4]


def test_todays_membership_decides(article, member):
    closed_then_written(article)
    assert readable(article, member) == [1, 2, 3]
    member.groups.clear()
    assert readable(article, member) == []
    newcomer = factories.person("Bureau")
    assert readable(article, newcomer) == [1, 2, 3]


def test_another_group_reads_what_is_opened_to_it_only(article, member):
    restriction = closed_then_written(article)
    team = factories.person("Équipe")
    restriction.groups.set([Group.objects.get(name="Équipe")])
    assert readable(article, team)[0] == 1
    assert 2 not in readable(article, team)
    assert newest_version(article).number in readable(article, team)
    assert readable(article, member) == []


def test_two_restrictions_must_both_be_satisfied(article, member, facilitator):
    room = factories.page(title="Salle de l’équipe")
    factories.restricted_to_groups(room, "Équipe")
    factories.restricted_to_groups(article, "Bureau")
    actions.move(article, room, facilitator)
    factories.edited(article, body="<p>Entre deux groupes</p>")
    both = factories.person("Bureau", "Équipe")
    assert readable(article, member) == []
    assert readable(article, factories.person("Équipe")) == []
    assert 2 in readable(article, both)


def test_closing_for_known_readers_then_for_a_group(article, contributor, member):
    restriction = factories.restricted_to_login(article)
    factories.edited(article, body="<p>Pour les connectés</p>")
    restriction.restriction_type = PageViewRestriction.GROUPS
    restriction.save()
    restriction.groups.set([Group.objects.get_or_create(name="Bureau")[0]])
    assert readable(article, contributor) == []
    assert 2 in readable(article, member)


def test_a_closed_page_taken_back_from_the_trash_keeps_its_old_texts_closed(
    article, anonymous, facilitator
):
    room = factories.page(title="Salle du bureau")
    restriction = factories.restricted_to_groups(room, "Bureau")
    actions.move(article, room, facilitator)
    article = ArticlePage.objects.get(pk=article.pk)
    factories.edited(article, body="<p>Entre nous</p>")
    trash.put_in(article, facilitator, "Erreur")
    article = ArticlePage.objects.get(pk=article.pk)
    article.move(Page.objects.get(pk=room.pk), pos="last-child")
    article = ArticlePage.objects.get(pk=article.pk)
    article.body = "<p>Pour tous</p>"
    publish(article, Edit(author_name="Passerelles"))
    restriction.delete()
    bodies = {
        version.content["body"]
        for version in readable_versions(anonymous, Version.objects.filter(page_id=article.pk))
    }
    assert bodies == {"<p>Première</p>", "<p>Pour tous</p>"}


def test_an_unpublished_page_opened_then_published_again_has_its_history(article, anonymous):
    restriction = closed_then_written(article)
    page = ArticlePage.objects.get(pk=article.pk)
    page.unpublish()
    restriction.delete()
    page = ArticlePage.objects.get(pk=article.pk)
    page.save_revision().publish()
    newest = newest_version(article)
    assert newest.number in readable(article, anonymous)
    assert 2 not in readable(article, anonymous)


def test_what_was_written_behind_a_password_is_read_by_nobody(article, member, superuser):
    """The site asks for none: what Wagtail closed with one stays closed."""
    closed = PageViewRestriction(page=article.page_ptr, password="sésame")
    closed.restriction_type = PageViewRestriction.PASSWORD
    closed.save()
    factories.edited(article, body="<p>Entre nous</p>")
    factories.edited(article, body="<p>Pour tous</p>")
    closed.delete()
    assert readable(article, member) == readable(article, superuser) == [1, 4]


@pytest.mark.parametrize(
    ("before", "today", "opened"),
    [
        ("login", "", "login"),
        ("login", "groups:1", ""),
        ("groups:1", "groups:1", ""),
        ("groups:1", "login", "groups:1"),
        ("groups:1", "groups:1,2", "groups:1"),
        ("groups:1,2", "groups:1", ""),
        ("groups:1,2", "groups:2,3", "groups:1,2"),
        ("groups:1 groups:2", "groups:2 login", "groups:1"),
        ("password", "groups:1", "password"),
        ("password", "password", ""),
    ],
)
def test_what_closes_no_more_is_what_more_people_may_satisfy(before, today, opened):
    found = visibility.opened(set(before.split()), set(today.split()))
    assert found == set(opened.split())


def test_deleting_a_group_opens_nothing(article, anonymous, contributor):
    closed_then_written(article)
    Group.objects.get(name="Bureau").delete()
    assert readable(article, anonymous) == []
    assert readable(article, contributor) == []


def test_a_stale_form_shows_no_version_that_one_may_not_read(article, contributor, logged_in):
    closed_then_written(article).delete()
    client = logged_in(contributor)
    data = {"title": "Notes", "body": "<p>x</p>", "base": "2", "licence": "cc-by-sa-4.0"}
    answer = client.post(f"{article.address}modifier/", data)
    assert answer.status_code == 409
    assert "Entre nous" not in answer.content.decode()


@pytest.mark.parametrize("markup", ["document", "image"])
def test_naming_a_closed_file_in_a_public_page_opens_it_to_nobody(
    article, client, logged_in, other_contributor, markup
):
    """One cannot read a file by writing a page that shows it."""
    secret = secrets.guideline("vise", Page.objects.get(slug="situations"), set())
    factories.restricted_to_groups(secret.page, "Bureau")
    link = f'<p><a linktype="document" id="{secret.document.pk}">lire</a></p>'
    embed = f'<p>voir</p><embed embedtype="image" id="{secret.image.pk}" alt="">'
    body = link if markup == "document" else embed
    factories.edited(article, author=other_contributor, body=body)
    for reader in (client, logged_in(other_contributor)):
        assert reader.get(f"/fichiers/{secret.document.pk}/").status_code == 404
        assert reader.get(f"/media/{secret.image.file.name}").status_code == 404
        assert secret.image.file.name.rsplit("/")[-1][:10] not in told(reader.get(article.address))


def test_a_page_closed_after_it_was_indexed_gives_no_name_away(db, client):
    """Its name stands in the search entries of pages that refer to it."""
    place = secrets.hidden_place()
    place.page.view_restrictions.all().delete()
    secrets.naming(place.page, [])
    factories.restricted_to_groups(place.page, "Bureau")
    found = client.get("/recherche/?q=zxlieutitre")
    assert found.context["results"].total == 0


# The cache of whole pages, and readers one after another.


def test_the_cache_never_serves_one_readers_page_to_another(article, client, logged_in, member):
    factories.restricted_to_groups(article, "Bureau")
    known = logged_in(member)
    for _ in range(2):
        assert "Première" in known.get(article.address).content.decode()
        assert client.get(article.address).status_code == 302
        assert article.title not in told(client.get("/plan-du-site/"))
        assert article.title.lower() in told(known.get("/plan-du-site/"))


def test_a_page_kept_by_the_cache_closes_at_once(article, client):
    address, etag = article.address, client.get(article.address)["ETag"]
    assert client.get(address).status_code == 200
    factories.restricted_to_groups(article, "Bureau")
    again = client.get(address, headers={"If-None-Match": etag})
    assert again.status_code == 302
    assert "ETag" not in again


def test_an_etag_of_yesterday_is_not_confirmed_after_any_change(article, client):
    etag = client.get("/plan-du-site/")["ETag"]
    assert client.get("/plan-du-site/", headers={"If-None-Match": etag}).status_code == 304
    with TestCase.captureOnCommitCallbacks(execute=True):
        factories.edited(article, title="Autre titre")
    answer = client.get("/plan-du-site/", headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "Autre titre" in answer.content.decode()
