"""Whatever leads to a publication, its author's rights are asked where it is written."""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Page

from tests import factories
from tests.wiki.form_filling import blank, opened, write
from wiki.models import ArticlePage
from wiki.publishing.publishing import Edit, newest_version, publish

pytestmark = pytest.mark.django_db


def section() -> Page:
    return Page.objects.get(slug="lieux").specific


def title_of(page) -> str:
    return Page.objects.get(pk=page.pk).title


def written_by(client) -> tuple[Page, str]:
    """A page, and the key of the form that made it."""
    form = {**blank(client, "article"), "title": "À moi", "body": "<p>Un</p>"}
    assert client.post("/nouveau/article/", form).status_code == 302
    return ArticlePage.objects.get(title="À moi"), form["key"]


def test_the_form_of_a_new_page_does_not_pass_the_lock_of_the_one_it_made(writer):
    page, key = written_by(writer)
    Page.objects.filter(pk=page.pk).update(locked=True)
    answer = write(writer, "article", title="À moi", body="<p>Deux</p>", key=key)
    assert answer.status_code == 403
    assert newest_version(page).content["body"] == "<p>Un</p>"


def test_the_form_of_a_new_page_goes_back_to_the_one_it_made(writer):
    """The positive control: one sends it again with the browser's « back »."""
    page, key = written_by(writer)
    assert write(writer, "article", title="À moi", body="<p>Deux</p>", key=key).status_code == 302
    assert newest_version(page).content["body"] == "<p>Deux</p>"


@pytest.mark.parametrize("kind", ["article", "situation"])
def test_the_key_of_another_edit_makes_a_new_page(writer, kind):
    """Also of another type: nothing is written over what that edit was of."""
    page, _key = written_by(writer)
    form = {**opened(writer, page), "body": "<p>Un, repris</p>"}
    writer.post(f"{page.address}modifier/", form)
    before = Page.objects.count()
    write(writer, kind, title="Une autre", body="<p>Autre</p>", key=form["key"])
    assert Page.objects.count() == before + 1
    assert newest_version(page).content["body"] == "<p>Un, repris</p>"


def test_the_key_of_a_section_renames_no_section(writer):
    form = {**opened(writer, section()), "body": "<p>Le texte</p>"}
    writer.post("/lieux/modifier/", form)
    name = title_of(section())
    write(writer, "article", title="Un autre nom", body="<p>x</p>", key=form["key"])
    assert title_of(section()) == name


@pytest.mark.parametrize("act", ["restaurer", "annuler"])
def test_going_back_gives_no_section_an_old_name(writer, facilitator, act):
    before = newest_version(section()).number
    factories.edited(section(), author=facilitator, title="Les lieux", body="<p>Neuf</p>")
    number = before if act == "restaurer" else before + 1
    writer.post(f"/lieux/versions/{number}/{act}/")
    assert title_of(section()) == "Les lieux"
    assert newest_version(section()).content["body"] != "<p>Neuf</p>"


def test_a_facilitator_does_give_a_section_its_old_name_back(facilitator, logged_in):
    writer = logged_in(facilitator)
    before, name = newest_version(section()).number, title_of(section())
    factories.edited(section(), author=facilitator, title="Les lieux")
    writer.post(f"/lieux/versions/{before}/restaurer/")
    assert title_of(section()) == name


@pytest.mark.parametrize("hindrance", ["locked", "closed", "no right"])
def test_nothing_is_published_on_a_page_that_its_author_may_not_edit(contributor, hindrance):
    page = factories.page(author=contributor)
    if hindrance == "locked":
        Page.objects.filter(pk=page.pk).update(locked=True)
    elif hindrance == "closed":
        factories.restricted_to_groups(page, "Bureau")
    author = factories.person() if hindrance == "no right" else contributor
    page.body = "<p>Passé quand même</p>"
    with pytest.raises(PermissionDenied):
        publish(page, Edit(author=author, base=1))
    assert newest_version(page).number == 1
