"""After somebody has logged out, a browser holds none of their texts; none is lost either."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SIZES, log_in_by_the_form
from tests.browser.test_nothing_lost import SAVE, SAVED, ready, status, summary

TITLES = """() => new Promise((done) => {
    const asked = indexedDB.open("passerelles-journal");
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => done([]);
    asked.onsuccess = () => {
        const all = asked.result.transaction("texts").objectStore("texts").getAll();
        all.onsuccess = () => (asked.result.close(), done(all.result.map((one) => one.title)));
    };
})"""


@pytest.fixture
def desktop(chromium, site):
    context = chromium.new_context(base_url=site, locale="fr-FR", **SIZES["desktop"])
    yield context.new_page()
    context.close()


@pytest.fixture
def title() -> str:
    return f"Essai {uuid4().hex[:8]}"


def write(tab, title: str) -> None:
    tab.goto(f"/nouveau/article/?titre={title}")
    ready(tab)
    summary(tab).fill("Un résumé que personne d’autre ne doit lire")


def write_without_network(tab, title: str) -> None:
    tab.route(SAVE, lambda route: route.abort())
    write(tab, title)
    tab.locator("form[data-kb-journaled]").wait_for()
    tab.goto("/profil/")


def press_log_out(tab) -> None:
    tab.get_by_role("button", name="Se déconnecter").click()


@pytest.mark.whole
def test_what_the_site_has_not_yet_goes_to_the_drafts_when_one_logs_out(desktop, title):
    log_in_by_the_form(desktop, "contributeur")
    write_without_network(desktop, title)
    assert desktop.evaluate(TITLES) == [title]
    desktop.unroute(SAVE)
    press_log_out(desktop)
    expect(desktop.get_by_role("link", name="Se connecter")).to_be_visible()
    assert desktop.evaluate(TITLES) == []
    log_in_by_the_form(desktop, "contributeur")
    desktop.goto("/brouillons/")
    expect(desktop.locator("main").get_by_text(title).first).to_be_visible()


def test_what_cannot_be_kept_is_said_before_it_is_left(desktop, title):
    log_in_by_the_form(desktop, "contributeur")
    write_without_network(desktop, title)
    desktop.route("**/brouillons/**", lambda route: route.abort())
    press_log_out(desktop)
    note = desktop.get_by_role("alert").filter(has_text=title)
    expect(note).to_contain_text("seulement dans ce navigateur")
    assert desktop.evaluate(TITLES) == [title]
    press_log_out(desktop)
    expect(desktop.get_by_role("link", name="Se connecter")).to_be_visible()
    assert desktop.evaluate(TITLES) == []


def test_a_shared_computer_keeps_no_text_and_the_site_does(desktop, title):
    desktop.goto("/connexion/")
    desktop.get_by_label("C’est un ordinateur partagé").check()
    desktop.get_by_label("Identifiant").fill("contributeur")
    desktop.get_by_label("Mot de passe", exact=True).fill("loire-et-vienne")
    desktop.locator("main").get_by_role("button", name="Se connecter").click()
    desktop.wait_for_url("**/mon-espace/")
    write(desktop, title)
    expect(status(desktop)).to_have_text(SAVED)
    assert desktop.evaluate(TITLES) == []
    expect(desktop.locator("[data-kb-kept]")).to_contain_text("par le site seulement")
    desktop.context.set_offline(True)
    desktop.locator("#id_summary").fill("Dans le train")
    desktop.get_by_role("button", name="Publier").click()
    told = desktop.locator("[data-kb-told]")
    expect(told).to_contain_text("Votre texte est encore dans cette page : ne la fermez pas.")
    expect(desktop.locator("main")).not_to_contain_text("sur cet appareil")
    desktop.context.set_offline(False)
    expect(status(desktop)).to_have_text(SAVED)
    desktop.goto("/brouillons/")
    expect(desktop.locator("main").get_by_text(title).first).to_be_visible()
    desktop.goto("/profil/")
    press_log_out(desktop)
    expect(desktop.get_by_role("link", name="Se connecter")).to_be_visible()
    for _page in range(2):
        desktop.go_back()
        expect(desktop.get_by_label("Identifiant")).to_be_visible()
        assert title not in desktop.content()
