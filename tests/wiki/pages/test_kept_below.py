"""Pages kept under another are shown on it, whatever their kind and that of the page above."""

import pytest
from wagtail.models import Page

from tests import factories
from tests.wiki.screens import main_text
from wiki.http.kept_pages import kept_pages
from wiki.models import ArticlePage
from wiki.pages.kinds import all_kinds
from wiki.pages.listing import A_SCREEN

pytestmark = pytest.mark.django_db
INDEXES = {model.parent_model for model in all_kinds().values()} - {"wiki.SectionPage"}


def index_pages() -> list[Page]:
    pages = Page.objects.filter(live=True, depth__gt=1).specific()
    return [page for page in pages if type(page)._meta.label in INDEXES]


def test_every_index_shows_what_is_of_another_kind(client):
    indexes = index_pages()
    assert {type(page)._meta.label for page in indexes} == INDEXES
    for index in indexes:
        factories.page(title="Un mot de plus", parent=index)
        assert "Pages rangées ici Un mot de plus" in main_text(client.get(index.url)), index


def test_an_index_shows_its_own_kind_once(client):
    for model in all_kinds().values():
        if model.parent_model not in INDEXES:
            continue
        dated = {"date": "2026-03-02"} if model.kind == "reunion" else {}
        page = factories.page(model, title=f"La seule de {model.kind}", **dated)
        shown = client.get(page.get_parent().url).content.decode()
        assert shown.count(f">{page.title}<") == 1, model


def test_a_page_shows_those_right_below_it(client):
    above = factories.page(title="Le dossier")
    below = factories.page(title="La pièce du dossier", parent=above)
    factories.page(title="Plus bas encore", parent=below)
    shown = main_text(client.get(above.url))
    assert "Pages rangées ici La pièce du dossier" in shown
    assert "Plus bas encore" not in shown


def test_closed_pages_below_are_not_named(client, logged_in, contributor):
    above = factories.page(title="Le dossier")
    below = factories.page(title="La pièce fermée", parent=above)
    factories.restricted_to_login(below)
    assert "Pages rangées ici" not in main_text(client.get(above.url))
    assert "La pièce fermée" in main_text(logged_in(contributor).get(above.url))


def test_old_versions_do_not_show_what_stands_below_today(client):
    above = factories.page(title="Le dossier")
    factories.page(title="La pièce du dossier", parent=above)
    factories.edited(above, body="<p>Autre</p>")
    assert "La pièce du dossier" not in client.get(f"{above.url}historique/1/").content.decode()


def test_many_pages_kept_under_one_are_cut_in_screens(client):
    above = factories.page(title="Le dossier")
    factories.rows(ArticlePage, A_SCREEN + 5, parent=above, title=lambda rank: f"Pièce {rank}.")
    first, second = (client.get(f"{above.url}?page={number}") for number in (1, 2))
    assert main_text(first).count("Pièce ") == A_SCREEN
    assert main_text(second).count("Pièce ") == 5
    assert "Page 2 sur 2" in main_text(second)


def test_an_index_names_some_pages_of_another_kind_and_leads_to_the_others(client):
    for index in index_pages():
        factories.rows(ArticlePage, A_SCREEN, parent=index, title=lambda rank: f"Pièce {rank}.")
        assert "Plan du site" not in client.get(index.url).content.decode().partition("<footer")[0]
        factories.rows(ArticlePage, 5, parent=index, title=lambda rank: f"Pièce {rank}.")
        kept_pages.forget()
        text = main_text(client.get(index.url))
        assert text.count("Pièce ") == A_SCREEN
        assert "D’autres pages sont aussi rangées ici : Plan du site" in " ".join(text.split())
