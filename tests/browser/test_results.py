"""The screen of results in use, on a phone and on a desktop: filters, order, spelling."""

import re

from playwright.sync_api import expect

from tests.browser.test_accessibility import reflows, violations


def count_of(tab) -> int:
    return int(re.match(r"\d+", tab.get_by_role("heading", level=1).inner_text())[0])


def open_filters(tab, size: str) -> None:
    if size == "phone":
        tab.locator("details.facets > summary").click()
    expect(tab.get_by_role("button", name="Appliquer")).to_be_visible()


def test_filters_are_chosen_combined_and_taken_away(tab, size):
    tab.goto("/recherche/?q=personne")
    everything = count_of(tab)
    open_filters(tab, size)
    tab.get_by_label(re.compile("Fiches d’atelier")).check()
    tab.locator("details.facet", has_text="Thème").locator("summary").click()
    topic = tab.locator("details.facet", has_text="Thème").get_by_role("checkbox").first
    topic.check()
    assert violations(tab) == []
    tab.get_by_role("button", name="Appliquer").click()
    tab.wait_for_url(re.compile("sorte=fiche&theme="))
    assert 0 < count_of(tab) < everything
    expect(tab.locator("main ol .label").first).to_have_text("Fiche d’atelier")
    tab.get_by_role("link", name=re.compile("Retirer ce filtre : Fiches d’atelier")).click()
    expect(tab.get_by_role("link", name=re.compile("Retirer ce filtre"))).to_have_count(1)
    tab.get_by_role("link", name=re.compile("Retirer ce filtre")).click()
    expect(tab.get_by_role("link", name=re.compile("Retirer ce filtre"))).to_have_count(0)
    assert count_of(tab) == everything


def test_filters_without_an_answer_are_taken_away_at_once(tab, size):
    tab.goto("/recherche/?q=linux&sorte=lieu&niveau=debutant")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Rien avec ces filtres")
    assert violations(tab) == []
    tab.get_by_role("link", name="Retirer tous les filtres").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("linux")


def test_the_newest_come_first_when_asked(tab):
    tab.goto("/recherche/?q=personne")
    tab.get_by_role("link", name="Les plus récentes").click()
    tab.wait_for_url(re.compile("tri=date"))
    tab.get_by_role("link", name="Page suivante").click()
    tab.wait_for_url(re.compile("tri=date&page=2"))
    expect(tab.get_by_role("link", name="Les meilleures")).to_be_visible()


def test_a_fault_is_mended_and_said(tab):
    tab.goto("/recherche/?q=dzeontologie")
    expect(tab.get_by_text("Aucune page ne contient")).to_be_visible()
    expect(tab.locator("main h3").first).to_contain_text("déontologie")
    assert violations(tab) == []


def test_a_fault_beside_other_words_is_offered(tab):
    tab.goto("/recherche/?q=charte+dzeontologie")
    tab.get_by_role("link", name="charte déontologie").click()
    tab.wait_for_url(re.compile("q=charte"))
    expect(tab.get_by_text("Essayez avec")).to_have_count(0)
    expect(tab.locator("main h3").first).to_contain_text("Charte de déontologie")


def test_the_screen_holds_in_the_narrowest_window(tab, size):
    tab.goto("/recherche/?q=personne&sorte=fiche&niveau=debutant")
    assert reflows(tab)
