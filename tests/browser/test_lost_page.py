"""A page is put in the trash while somebody writes in it: they are told, and nothing is lost."""

import re
from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.conftest import SIZES, log_in
from tests.browser.test_nothing_lost import editor, publish, ready, status, summary, told


def test_a_page_trashed_while_one_writes_is_said_and_the_text_is_in_the_drafts(
    contributor_tab, chromium, site
):
    tab, title = contributor_tab, f"Essai {uuid4().hex[:8]}"
    tab.goto(f"/nouveau/article/?titre={title.replace(' ', '+')}")
    ready(tab)
    publish(tab)
    address = tab.url
    editor(tab, address)
    put_in_the_trash(chromium, site, address)
    summary(tab).fill("Un résumé que je ne veux pas perdre")
    expect(status(tab)).to_have_text(re.compile("Brouillon enregistré"))
    expect(told(tab)).to_contain_text("mise à la corbeille")
    expect(told(tab)).to_contain_text("Votre texte est gardé dans vos brouillons.")
    tab.get_by_role("button", name=re.compile("^Publier")).click()
    expect(tab.get_by_role("heading", name="Cette page est à la corbeille")).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.get_by_role("link", name="Mes brouillons").last.click()
    expect(tab.locator("main")).to_contain_text(f"Changements de la page « {title} »")
    tab.go_back()
    tab.get_by_role("button", name="Ouvrir mon texte comme nouvelle page").click()
    ready(tab)
    expect(summary(tab)).to_have_value("Un résumé que je ne veux pas perdre")


def put_in_the_trash(chromium, site: str, address: str) -> None:
    """By a facilitator, in another session."""
    context = chromium.new_context(base_url=site, locale="fr-FR", **SIZES["desktop"])
    other = context.new_page()
    log_in(other, "animation")
    other.goto(f"{address}supprimer/")
    other.locator("main form").locator("input[name=reason], textarea[name=reason]").fill("Doublon")
    other.locator("main form button[type=submit]").click()
    expect(other.get_by_role("status").filter(has_text="corbeille").first).to_be_visible()
    context.close()
