"""Reading, on a phone and on a desktop: what one does with a page, its history and its old
versions, the contents of a long text, meetings, lists."""

import re

import pytest
from playwright.sync_api import expect
from wagtail.models import Page

from home.welcome import LEGAL
from tests.browser.test_accessibility import reflows, violations

PAGE = "/pratiques/situations/usager-donne-mot-de-passe/"
MEETING = "/collectif/reunions/reunion-du-5-fevrier-2020/"
MIDDLES = """links => links.map((link) => {
  const box = link.getBoundingClientRect();
  return box.top + box.height / 2;
})"""
FITS = """select => {
  const probe = document.createElement("span"), style = getComputedStyle(select);
  Object.assign(probe.style, { font: style.font, whiteSpace: "nowrap", position: "absolute" });
  probe.textContent = select.selectedOptions[0].textContent;
  document.body.append(probe);
  const needed = probe.offsetWidth; probe.remove();
  return needed + parseFloat(style.paddingInlineStart) + 28 <= select.clientWidth;
}"""


def fine(tab) -> None:
    assert violations(tab) == []
    assert reflows(tab)


def test_the_actions_of_a_page_are_a_menu_on_a_phone_and_a_row_on_a_desktop(contributor_tab, size):
    tab = contributor_tab
    tab.goto(PAGE)
    menu = tab.locator(".meta .menu")
    rename = menu.get_by_role("link", name="Renommer")
    expect(tab.locator(".meta").get_by_role("link", name="Modifier")).to_be_visible()
    if size == "phone":
        expect(rename).to_be_hidden()
        expect(menu.locator("summary")).to_have_text("Actions")
        menu.locator("summary").click()
    else:
        expect(menu.locator("summary")).to_be_hidden()
        middles = tab.locator(".acts a").evaluate_all(MIDDLES)
        assert max(middles) - min(middles) < 4  # one line
    expect(rename).to_be_visible()
    fine(tab)


def test_the_menu_opens_without_scripts(chromium, site):
    from tests.browser.conftest import SIZES, log_in

    with_scripts = chromium.new_context(base_url=site, locale="fr-FR", **SIZES["phone"])
    log_in(with_scripts.new_page(), "contributeur")
    cookies = with_scripts.cookies()
    context = chromium.new_context(
        base_url=site, locale="fr-FR", java_script_enabled=False, **SIZES["phone"]
    )
    context.add_cookies(cookies)
    tab = context.new_page()
    tab.goto(PAGE)
    tab.locator(".meta .menu > summary").click()
    tab.locator(".meta .menu").get_by_role("link", name="Renommer").click()
    assert tab.url.endswith("/renommer/")
    context.close()
    with_scripts.close()


def test_a_reader_without_an_account_has_no_menu(tab):
    tab.goto(PAGE)
    expect(tab.locator(".meta .menu")).to_have_count(0)
    expect(tab.get_by_role("link", name=re.compile("^Historique"))).to_be_visible()


def test_going_back_asks_once_and_in_its_place(contributor_tab):
    tab = contributor_tab
    tab.goto(f"{PAGE}historique/")
    row = tab.locator(".versions > li", has_text="Version 1")
    go = row.get_by_role("button", name="Revenir à la version 1")
    expect(go).to_be_hidden()
    row.locator("summary").click()
    expect(go).to_be_visible()
    expect(row).to_contain_text("Les versions écrites depuis restent dans l’historique.")
    assert tab.url.endswith("/historique/")
    tab.locator(".versions > li", has_text="Version 2").locator("summary").click()
    expect(go).to_be_hidden()  # one question at a time
    fine(tab)


@pytest.mark.parametrize("screen", ["historique/", "difference/"])
def test_versions_to_compare_are_told_whole_with_their_hour(tab, screen):
    tab.goto(f"{PAGE}{screen}")
    for name in ("de", "a"):
        select = tab.locator(f"select#{name}")
        options = select.locator("option").all_inner_texts()
        assert len(options) == len(set(options)) == 3
        assert all(re.fullmatch(r"\d\s: \d+ \S+ \d{4} à \d+:\d\d", words) for words in options)
        assert select.evaluate(FITS)
    fine(tab)


def test_an_old_version_says_that_it_is_one_and_leads_to_the_others(contributor_tab):
    tab = contributor_tab
    tab.goto(f"{PAGE}versions/2/")
    band = tab.locator(".old-version")
    expect(band).to_contain_text("Version 2 sur 3")
    expect(band).to_contain_text("Ceci est une ancienne version")
    expect(band).to_contain_text("Bénévole de Panzoult")
    band.locator(".since > summary").click()
    expect(band.locator(".since li")).to_have_count(1)
    expect(band.get_by_role("link", name="Voir ce qui a changé depuis")).to_be_visible()
    expect(tab.locator("aside").get_by_text("À lire aussi")).to_have_count(0)
    band.locator("details.ask > summary").click()
    expect(band.get_by_role("button", name="Revenir à la version 2")).to_be_visible()
    expect(band.get_by_label("Quelques mots pour l’historique")).to_have_value(
        "Retour à la version 2"
    )
    fine(tab)
    band.get_by_role("link", name="← Version 1").click()
    expect(tab.locator(".old-version")).to_contain_text("Version 1 sur 3")
    tab.locator(".old-version").get_by_role("link", name="Version 2 →").click()
    tab.get_by_role("link", name="Version 3 →").click()
    expect(tab.locator(".old-version")).to_contain_text("C’est la version en ligne")


def test_one_change_leads_to_those_beside_it(tab):
    tab.goto(f"{PAGE}difference/?de=1&a=2")
    expect(tab.get_by_role("link", name="Changement précédent")).to_have_count(0)
    tab.get_by_role("link", name="Changement suivant").click()
    tab.wait_for_url(re.compile(r"de=2&a=3"))
    tab.get_by_role("link", name="Changement précédent").click()
    tab.wait_for_url(re.compile(r"de=1&a=2"))
    fine(tab)


def test_a_long_page_has_its_contents(tab, size):
    tab.goto(MEETING)
    contents = tab.get_by_role("navigation", name="Sommaire de la page")
    link = contents.get_by_role("link", name="Décisions")
    if size == "phone":
        expect(link).to_be_hidden()
        contents.locator("summary").click()
    link.click()
    heading = tab.get_by_role("heading", name="Décisions")
    expect(heading).to_be_in_viewport()
    fine(tab)


def test_a_meeting_is_told_as_a_minute(tab, size):
    tab.goto(MEETING)
    leaf, who = tab.locator(".minute .leaf"), tab.locator(".minute .who")
    beside = who.bounding_box()["x"] > leaf.bounding_box()["x"] + 50
    assert beside == (size == "desktop")
    expect(tab.locator(".actions > li").first).to_contain_text("Le réseau issu du collectif")
    expect(tab.locator(".actions .status").first).to_have_text("En cours")
    expect(tab.locator(".decisions > li")).to_have_count(17)
    fine(tab)


SCREENS = ["/themes/", "/plan-du-site/", "/contributeurs/", "/collectif/reunions/", "/pratiques/"]
SCREENS += ["/pratiques/fiches/", "/changements/", "/themes/mots-de-passe/", "/nulle-part/epn/"]


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("address", SCREENS)
def test_lists_are_whole_and_open_to_all(tab, address):
    tab.goto(address)
    fine(tab)


def test_a_page_that_is_not_there_offers_to_search_for_it(tab):
    tab.goto("/lieux/epn-avoine-ancien/")
    tab.get_by_role("link", name="Chercher « epn avoine ancien »").click()
    tab.wait_for_url("**/recherche/?q=epn*")


def test_a_closed_screen_says_under_which_account_one_reads(contributor_tab):
    tab = contributor_tab
    assert tab.goto("/animer/").status == 403
    expect(tab.get_by_text("Vous lisez avec le compte « Médiatrice du Véron »")).to_be_visible()
    fine(tab)


def test_a_part_of_a_name_or_of_a_topic_filters_the_changes(tab, size):
    tab.goto("/changements/")
    if size == "phone":
        tab.locator("details.facets > summary").click()
    tab.get_by_label("Signé par").fill("panzoult")
    tab.get_by_role("button", name="Appliquer").click()
    tab.wait_for_url("**auteur=panzoult**")
    signed = tab.locator(".changes a[href^='/contributeurs/']").all_inner_texts()
    assert set(signed) == {"Bénévole de Panzoult"}


def test_the_home_page_tells_no_change_of_legal_pages(tab):
    tab.goto("/")
    titles = tab.locator(".two .ruled h3").all_inner_texts()
    assert len(titles) == 5
    legal = Page.objects.filter(slug__in=LEGAL).values_list("title", flat=True)
    assert len(legal) == len(LEGAL)
    assert not set(titles) & set(legal)
