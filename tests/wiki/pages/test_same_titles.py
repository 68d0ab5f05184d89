"""A title that another page has already is told to who gives it, and never refused."""

import pytest

from tests import factories
from tests.wiki import form_filling
from tests.wiki.form_filling import COMMON
from tests.wiki.screens import main_text
from wiki.pages import same_titles

pytestmark = pytest.mark.django_db
SAVE = "/brouillons/enregistrer/"
TOLD = "Une page porte déjà ce titre"


@pytest.fixture
def page():
    return factories.page(title="L’été numérique")


def saved(client, title: str, **more) -> list:
    form = {**form_filling.blank(client, "article"), "kind": "article", "title": title}
    return client.post(SAVE, {**form, **more}).json()["same"]


@pytest.mark.parametrize("title", ["L’été numérique", "l'ÉTÉ  numérique", "L'ete numerique"])
def test_a_title_is_the_same_however_it_is_typed(writer, page, title):
    assert saved(writer, title) == [{"said": page.title, "address": page.address}]
    assert TOLD in main_text(writer.get(f"/nouveau/article/?titre={title}"))


def test_another_title_is_not(writer, page):
    assert saved(writer, "L’été numérique en Touraine") == []
    assert saved(writer, "") == []


def test_a_page_does_not_have_its_own_title_twice(writer, contributor, page):
    factories.page(title=page.title)
    assert TOLD not in main_text(writer.get(f"{page.address}modifier/"))
    assert same_titles.told(contributor, page.title, page) == []


def test_a_page_that_one_may_not_read_is_not_told(writer, page):
    factories.restricted_to_groups(page, "Bureau")
    assert saved(writer, page.title) == []
    answer = form_filling.write(writer, "article", **{**COMMON, "title": page.title})
    assert "porte aussi ce titre" not in main_text(writer.get(answer.url))


def test_it_is_published_all_the_same_and_said(writer, page):
    answer = form_filling.write(writer, "article", **{**COMMON, "title": page.title})
    assert answer.status_code == 302
    read = writer.get(answer.url)
    assert "Une autre page porte aussi ce titre" in main_text(read)
    assert f'href="{page.address}"' in read.content.decode()
