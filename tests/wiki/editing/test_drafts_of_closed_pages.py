"""A draft holds the words of its page: it is opened to who may read that page today."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from tests import factories
from tests.wiki import form_filling
from wiki.editing import drafts
from wiki.models import Draft
from wiki.trash import trash

pytestmark = pytest.mark.django_db
SAVE = "/brouillons/enregistrer/"


@pytest.fixture
def member():
    return factories.person("Contributeurs", "Bureau")


@pytest.fixture
def keeper(member, logged_in):
    return logged_in(member)


@pytest.fixture
def page():
    page = factories.page(title="Zxcoffre", body="<p>Zinzolin</p>")
    factories.restricted_to_groups(page, "Bureau")
    return page


@pytest.fixture
def draft(keeper, page) -> Draft:
    form = {**form_filling.opened(keeper, page), "page": page.pk}
    assert keeper.post(SAVE, form).status_code == 200
    return Draft.objects.get(page=page)


def leave(member):
    member.groups.remove(Group.objects.get(name="Bureau"))


def tells(client, draft) -> bool:
    """What lists the draft, opens it, or says that it is there."""
    listed = client.get("/brouillons/").content.decode()
    opened = client.get(f"/brouillons/{draft.key}/")
    thrown = client.get(f"/brouillons/{draft.key}/jeter/")
    state = client.post("/brouillons/etat/", {"keys": str(draft.key)}).json()["drafts"]
    told = ["Zxcoffre" in listed, opened.status_code == 200, thrown.status_code == 200, bool(state)]
    assert len(set(told)) == 1, told
    return told[0]


def test_who_left_the_group_finds_the_draft_no_more_until_they_are_back(keeper, member, draft):
    assert tells(keeper, draft)
    leave(member)
    assert not tells(keeper, draft)
    member.groups.add(Group.objects.get(name="Bureau"))
    assert tells(keeper, draft)


def test_nor_when_the_page_is_in_the_trash(keeper, member, page, draft, facilitator):
    facilitator.groups.add(Group.objects.get(name="Bureau"))
    trash.put_in(page, facilitator, "Doublon")
    assert tells(keeper, draft)
    form = {"key": draft.key, "page": page.pk, "title": "Zxcoffre", "body": "<p>Suite</p>"}
    assert keeper.post(SAVE, form).status_code == 200
    leave(member)
    assert not tells(keeper, draft)


def test_nor_when_the_page_is_deleted_for_good(keeper, member, page, draft):
    page.delete()
    assert tells(keeper, draft)
    leave(member)
    assert not tells(keeper, draft)


def test_nor_what_goes_on_from_it_as_a_new_page(keeper, member, page, draft):
    page.delete()
    form = {"key": "7c0f3a52-93cc-4e2e-9a36-000000000001", "resumes": str(draft.key)}
    form |= {"kind": "article", "title": "Zxcoffre", "body": "<p>Zinzolin</p>"}
    assert keeper.post(SAVE, form).status_code == 200
    again = Draft.objects.get(key=form["key"])
    assert tells(keeper, again)
    assert keeper.post(SAVE, {**form, "turn": "3"}).status_code == 200
    leave(member)
    assert not tells(keeper, again)


def test_ones_own_new_page_stays_whoever_reads_its_place(keeper, member, page):
    form = {"key": "7c0f3a52-93cc-4e2e-9a36-000000000002", "kind": "article"}
    form |= {"title": "Zxcoffre", "sous": str(page.pk)}
    assert keeper.post(SAVE, form).status_code == 200
    leave(member)
    assert drafts.own(member).count() == 1


def test_drafts_kept_before_are_closed_by_the_migration(keeper, member, draft):
    Draft.objects.update(audience=None)
    assert tells(keeper, draft)
    importlib.import_module("wiki.migrations.0014_drafts_of_closed_pages").close(apps, None)
    assert tells(keeper, draft)
    leave(member)
    assert not tells(keeper, draft)
