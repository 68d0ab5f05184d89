"""The screen of results in use, on a phone and on a desktop: filters, order, spelling."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import log_in
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


WIDEST = """
() => Math.max(...[...document.querySelectorAll("details.facets :is(label, summary, button)")]
  .map((one) => one.getBoundingClientRect().right))
"""
ROOM = {"phone": 150, "desktop": 240}  # pixels of the field that is in the roof


def test_open_filters_are_not_cut(tab, size):
    tab.goto("/recherche/?q=personne")
    open_filters(tab, size)
    for facet in tab.locator("details.facet").all():
        if facet.get_attribute("open") is None:
            facet.locator("summary").click()
    expect(tab.locator("details.facet:not([open])")).to_have_count(0)
    assert tab.evaluate(WIDEST) <= tab.evaluate("innerWidth")
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_meeting_shows_its_own_day_and_a_place_its_commune(tab):
    tab.goto("/recherche/?q=cr+du+5/2/20")
    first = tab.locator("main ol > li").first
    expect(first.locator(".soft")).to_have_text("Réunion du 5 février 2020")
    tab.goto("/recherche/?q=centre+social+de+chinon")
    expect(tab.locator("main ol > li .label").first).to_have_text("Lieu · Chinon")


def test_an_extract_shows_why_wherever_it_stands_with_a_mark_between_cells(tab):
    tab.goto("/recherche/?q=tarif+impression")
    found = tab.locator("main ol > li", has_text="Espace public numérique de Ports-sur-Vienne")
    extract = found.locator("p:has(mark)")
    expect(extract).to_contain_text("Habitant de la commune · Autre personne")  # two cells
    expect(extract).to_contain_text("impression 3D")  # far below the table
    assert "Tarif" in extract.locator("mark").all_inner_texts()
    assert reflows(tab)


def test_the_roof_keeps_room_for_a_question_of_whoever_writes(tab, size):
    log_in(tab, "animation")
    tab.goto("/recherche/?q=personne")
    assert tab.locator("header .find input").bounding_box()["width"] >= ROOM[size]
    if size == "desktop":
        assert tab.locator("header .head").bounding_box()["height"] < 100
    expect(tab.locator("header .find").get_by_role("button", name="Chercher")).to_be_visible()


def test_a_question_is_never_longer_than_what_is_read(tab):
    tab.goto("/recherche/")
    field = tab.get_by_role("combobox").first
    field.click()
    tab.keyboard.insert_text("é" * 3_000)
    assert len(field.input_value()) == 500
    field.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Aucune page")
    tab.goto("/recherche/?q=" + "%C3%A9" * 3_000)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Votre question est trop longue")
    assert violations(tab) == []
