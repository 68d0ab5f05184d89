"""What waits is met and dealt with, on a phone and on a desktop: a reader reports an error,
facilitators settle it; « Mon espace » after the login; a locked page; a page to be read again."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SIZES, log_in
from tests.browser.looking import Eyes, Way
from tests.browser.test_accessibility import violations
from tests.browser.test_nothing_lost import SAVED, status
from tests.browser.writing import fill, publish

PAGE = "/pratiques/situations/usager-donne-mot-de-passe/"
LOCKED = "/pratiques/situations/mot-de-passe-oublie/"
LONG_ENOUGH = 3_200  # milliseconds: sooner, the site takes one for a machine
WIDTHS = [Way(360), Way(1366), Way(360, 32)]


@pytest.fixture
def words() -> str:
    return f"Le numéro ne répond plus ({uuid4().hex[:8]})."


def report(tab, words: str) -> None:
    tab.goto(PAGE)
    tab.get_by_role("link", name="Signaler une erreur sur cette page").click()
    tab.get_by_label("Qu’est-ce qui ne va pas ?").fill(words)
    tab.wait_for_timeout(LONG_ENOUGH)
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.get_by_role("heading", name="Merci")).to_be_visible()


def test_a_reader_reports_an_error_and_a_facilitator_settles_it(tab, words):
    report(tab, words)
    assert tab.context.cookies() == []
    tab.get_by_role("link", name="Revenir à la page").click()
    tab.wait_for_url(f"**{PAGE}")
    log_in(tab, "animation")
    tab.goto("/animer/")
    tab.get_by_role("link", name="Erreurs signalées").first.click()
    line = tab.locator("main li").filter(has_text=words)
    expect(line).to_have_count(1)
    assert violations(tab) == []
    line.get_by_role("button", name="C’est réglé").click()
    expect(tab.locator("main [role=status]")).to_contain_text("retiré de la liste")
    expect(line).to_have_count(0)
    assert violations(tab) == []


@pytest.mark.whole
def test_what_was_sent_too_fast_is_sent_again_with_the_same_words(tab, words):
    tab.goto(f"{PAGE}signaler/")
    field = tab.get_by_label("Qu’est-ce qui ne va pas ?")
    field.fill(words)
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.get_by_role("alert")).to_contain_text("Relisez vos mots")
    expect(field).to_have_value(words)
    assert violations(tab) == []
    tab.wait_for_timeout(LONG_ENOUGH)
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.get_by_role("heading", name="Merci")).to_be_visible()
    assert violations(tab) == []


@pytest.mark.whole
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_an_error_is_reported_without_script(chromium, site, size, words):
    context = chromium.new_context(
        base_url=site, locale="fr-FR", java_script_enabled=False, **SIZES[size]
    )
    page = context.new_page()
    report(page, words)
    context.close()


def test_people_meet_no_field_that_is_for_machines(tab):
    tab.goto(f"{PAGE}signaler/")
    tab.get_by_label("Qu’est-ce qui ne va pas ?").focus()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent.trim()") == "Envoyer"


def test_the_desk_is_where_one_lands_and_comes_back_to(contributor_tab):
    tab = contributor_tab
    tab.goto("/nouveau/article/?titre=Essai du bureau")
    tab.locator("#id_summary").fill("Un texte qui attend")
    expect(tab.locator("[data-kb-state], .state, [role=status]").first).to_be_visible()
    expect(status(tab)).to_have_text(SAVED)
    tab.goto("/lieux/")
    tab.locator("header").get_by_role("link", name="Mon espace").click()
    tab.wait_for_url("**/mon-espace/")
    tab.get_by_role("link", name="Essai du bureau").first.click()
    tab.wait_for_url("**/brouillons/**")
    expect(tab.locator("#id_title")).to_have_value("Essai du bureau")


def test_the_desk_opens_on_my_drafts_my_pages_to_read_again_and_what_changed_on_mine(tab):
    title = f"Ma fiche {uuid4().hex[:6]}"
    log_in(tab, "contributeur")
    tab.goto(f"/nouveau/article/?titre={title}")
    fill(tab, {"review_on": "2026-01-15"})
    publish(tab)
    address = tab.url
    become(tab, "animation")
    tab.goto(f"{address}modifier/")
    fill(tab, {"summary": "Un mot de plus."})
    publish(tab)
    become(tab, "contributeur")
    tab.goto(f"{address}modifier/")
    fill(tab, {"summary": "Un texte que je n’ai pas publié."})
    expect(status(tab)).to_have_text(SAVED)
    tab.goto("/mon-espace/")
    for name in ("Mes brouillons", "Mes pages à relire", "Changé par d’autres"):
        section = tab.locator(".board section", has=tab.get_by_role("heading", name=name))
        expect(section.get_by_role("link", name=title).first).to_be_visible()
    section.get_by_role("link", name="Voir ce qui change").first.click()
    expect(tab.locator("main")).to_contain_text("Un mot de plus.")


WAITING = ["Erreurs signalées", "Pages à relire", "Recherches", "Liens cassés", "Corbeille"]


def test_what_waits_for_facilitators_is_one_screen(tab):
    log_in(tab, "animation")
    tab.goto("/animer/")
    for name in WAITING:
        link = tab.locator("main .board h2, main .quiet-lines").get_by_role("link", name=name)
        expect(link.first).to_be_visible()
        assert tab.request.get(link.first.get_attribute("href")).status == 200


@pytest.mark.whole
@pytest.mark.parametrize("address", ["/mon-espace/", "/animer/", "/animer/erreurs/"])
def test_what_waits_breaks_no_layout_and_axe_finds_nothing(tab, address):
    log_in(tab, "animation")
    tab.goto(address)
    assert violations(tab) == []
    assert Eyes(tab, WIDTHS).faults() == []


def become(tab, username: str) -> None:
    tab.context.clear_cookies()
    log_in(tab, username)


def test_a_locked_page_leads_to_those_who_change_it(tab):
    become(tab, "animation")
    tab.goto(f"{LOCKED}verrouiller/")
    button = tab.get_by_role("button", name="Verrouiller la page")
    if button.count():
        button.click()
    become(tab, "contributeur")
    tab.goto(LOCKED)
    note = tab.locator(".locked")
    expect(note).to_contain_text("Page verrouillée")
    assert violations(tab) == []
    note.get_by_role("link", name="Lui dire quoi changer").click()
    tab.wait_for_url(f"**{LOCKED}signaler/")
    tab.goto(f"{LOCKED}modifier/")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("est verrouillée")
    assert violations(tab) == []
    become(tab, "animation")
    tab.goto(f"{LOCKED}verrouiller/")
    tab.get_by_role("button", name="Déverrouiller la page").click()


def test_a_page_to_be_read_again_is_listed_and_says_so(tab):
    """The demonstration has places whose day is long past."""
    log_in(tab, "animation")
    tab.goto("/pages-a-relire/")
    assert violations(tab) == []
    line = tab.locator("main .ruled > li").first
    line.get_by_role("heading").get_by_role("link").click()
    expect(tab.locator(".to-read-again")).to_contain_text("À relire depuis le")
    assert violations(tab) == []
