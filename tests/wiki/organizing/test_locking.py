"""Locking a page from the page itself: who does it, who is told, what it forbids."""

import pytest
from lxml import html
from wagtail.models import Page, PageLogEntry

from tests import factories
from tests.wiki import form_filling
from tests.wiki.screens import form_of, links_of, main_text
from wiki.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(contributor):
    return factories.page(title="Le wifi public", author=contributor)


@pytest.fixture
def keeper(facilitator, logged_in):
    return logged_in(facilitator)


def lock(client, page, locked="1"):
    return client.post(f"{page.address}verrouiller/", {"locked": locked}, follow=True)


def row_of(page) -> Page:
    return Page.objects.get(pk=page.pk)


def test_a_facilitator_locks_a_page_and_opens_it_again(page, facilitator, keeper):
    assert "Verrouiller la page" in main_text(keeper.get(f"{page.address}verrouiller/"))
    assert "La page est verrouillée" in main_text(lock(keeper, page))
    assert (row_of(page).locked, row_of(page).locked_by) == (True, facilitator)
    assert "Déverrouiller la page" in main_text(keeper.get(f"{page.address}verrouiller/"))
    lock(keeper, page, "0")
    assert (row_of(page).locked, row_of(page).locked_by) == (False, None)
    actions = PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)
    assert {"wagtail.lock", "wagtail.unlock"} <= set(actions)


def test_two_who_press_the_same_button_agree(page, keeper, administrator, logged_in):
    lock(keeper, page)
    lock(logged_in(administrator), page)
    assert row_of(page).locked


@pytest.mark.parametrize("locked", ["", "2", "x"])
def test_a_form_that_says_nothing_changes_nothing(page, keeper, locked):
    assert lock(keeper, page, locked).status_code == 200
    assert not row_of(page).locked


def test_those_who_write_are_told_and_edit_no_more(page, keeper, contributor, logged_in, client):
    writer = logged_in(contributor)
    typed = form_filling.opened(writer, page)
    lock(keeper, page)
    read = main_text(writer.get(page.address))
    assert "Page verrouillée" in read
    assert f"{page.address}modifier/" not in writer.get(page.address).content.decode()
    assert writer.post(f"{page.address}modifier/", typed).status_code == 403
    assert "verrouillée" not in main_text(client.get(page.address))
    assert keeper.get(f"{page.address}modifier/").status_code == 200


def test_the_tree_of_the_admin_leads_to_it(page, keeper, admin_templates):
    tree = f"/admin/pages/{row_of(page).get_parent().pk}/?ordering=-latest_revision_created_at"
    assert f"{page.address}verrouiller/" in keeper.get(tree).content.decode()
    assert "Déverrouiller la page" not in keeper.get(tree).content.decode()
    lock(keeper, page)
    assert "Déverrouiller la page" in keeper.get(tree).content.decode()


def test_a_draft_of_a_locked_page_stays_with_it(page, keeper, contributor, logged_in):
    writer = logged_in(contributor)
    typed = {**form_filling.opened(writer, page), "page": page.pk, "body": "<p>Mon ajout</p>"}
    lock(keeper, page)
    assert writer.post("/brouillons/enregistrer/", typed).status_code == 200
    assert "qui n’est plus là" not in main_text(writer.get("/brouillons/"))
    address = f"/brouillons/{typed['key'][0]}/"
    kept = writer.get(address)
    assert kept.status_code == 403
    assert "Mon ajout" in main_text(kept)
    assert 'name="body"' in kept.content.decode()
    assert Draft.objects.get(person=contributor).page_id == page.pk
    lock(keeper, page, "0")
    sent = writer.post(f"{page.address}modifier/", form_of(kept, "body"))
    assert sent.status_code == 302
    opened = form_of(writer.get(address)) if sent.status_code == 200 else {}
    assert sent.status_code == 302 or "Mon ajout" in opened["body"][0]


def test_whoever_comes_to_edit_a_locked_page_is_told_why_and_whom_to_tell(
    page, keeper, contributor, logged_in
):
    writer = logged_in(contributor)
    lock(keeper, page)
    told = writer.get(f"{page.address}modifier/")
    assert told.status_code == 403
    assert "est verrouillée" in main_text(told)
    assert f"{page.address}signaler/" in links_of(told)


@pytest.mark.parametrize("role", ["contributor", "facilitator"])
def test_a_locked_page_says_so_with_a_word_and_a_sign(page, keeper, logged_in, request, role):
    lock(keeper, page)
    answer = logged_in(request.getfixturevalue(role)).get(page.address)
    (said,) = html.fromstring(answer.content).xpath("//p[contains(@class, 'locked')]")
    assert "Page verrouillée" in said.text_content()
    assert said.xpath("svg[@aria-hidden='true']")


def test_readers_without_account_are_not_told_of_locks(page, keeper, client):
    lock(keeper, page)
    assert "verrouillée" not in main_text(client.get(page.address))


# Whoever began a page and may not delete it any more.


def test_the_author_is_told_why_the_page_may_not_be_deleted_any_more(
    page, contributor, other_contributor, logged_in
):
    writer = logged_in(contributor)
    assert f"{page.address}supprimer/" in links_of(writer.get(page.address))
    factories.edited(page, author=other_contributor, body="<p>Corrigé</p>")
    for answer in (writer.get(page.address), writer.get(f"{page.address}supprimer/")):
        assert "d’autres l’ont corrigée depuis" in main_text(answer)
        assert "/aide/" in links_of(answer)
    assert f"{page.address}supprimer/" not in links_of(writer.get(page.address))
    assert writer.post(f"{page.address}supprimer/", {"reason": "Doublon"}).status_code == 403


def test_pages_below_are_told_as_the_reason(page, contributor, logged_in):
    factories.page(parent=page, author=contributor)
    told = main_text(logged_in(contributor).get(f"{page.address}supprimer/"))
    assert "d’autres sont rangées dessous" in told


@pytest.mark.parametrize("role", ["other_contributor", "facilitator"])
def test_the_others_are_told_nothing_of_it(page, other_contributor, logged_in, request, role):
    factories.edited(page, author=other_contributor, body="<p>Corrigé</p>")
    reader = logged_in(request.getfixturevalue(role))
    assert "d’autres l’ont corrigée" not in main_text(reader.get(page.address))
