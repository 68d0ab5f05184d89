"""axe-core finds nothing on any kind of screen; pages are light, private and reflow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import log_in

GUIDELINE = "/pratiques/situations/usager-donne-mot-de-passe/"
READING = {
    "home": "/",
    "places": "/lieux/",
    "place": "/lieux/epn-ports-sur-vienne/",
    "section": "/pratiques/",
    "situations": "/pratiques/situations/",
    "situations filtered": "/pratiques/situations/?theme=arnaques",
    "guideline": GUIDELINE,
    "practice sheets": "/pratiques/fiches/",
    "practice sheet": "/pratiques/fiches/inventer-une-phrase-de-passe/",
    "materials": "/pratiques/supports/",
    "material": "/pratiques/supports/kit-mots-de-passe/",
    "glossary": "/pratiques/glossaire/",
    "meetings": "/collectif/reunions/",
    "report": "/collectif/reunions/reunion-du-5-fevrier-2020/",
    "announcement": "/collectif/reunions/prochaine-reunion/",
    "topics": "/themes/",
    "topic": "/themes/mots-de-passe/",
}
SCREENS = {
    "search": "/recherche/?q=mot+de+passe",
    "empty search": "/recherche/?q=xyzzyqwv",
    "blank search": "/recherche/",
    "history": f"{GUIDELINE}historique/",
    "old version": f"{GUIDELINE}versions/1/",
    "difference": f"{GUIDELINE}difference/?de=1&a=3",
    "changes": "/changements/",
    "changes filtered": "/changements/?sorte=situation&mineures=non",
    "annotation": f"{GUIDELINE}annoter/",
    "backlinks": f"{GUIDELINE}pages-liees/",
    "contributors": "/contributeurs/",
    "wanted pages": "/pages-a-ecrire/",
    "orphan pages": "/pages-orphelines/",
    "plan": "/plan-du-site/",
    "login": "/connexion/",
    "forgotten password": "/mot-de-passe/",
    "report": f"{GUIDELINE}signaler/",
    "not found": "/cette-page-manque/",
}
FOR_WRITERS = {
    "kinds": "/nouveau/",
    "profile": "/profil/",
    "password": "/profil/mot-de-passe/",
    "edit guideline": f"{GUIDELINE}modifier/",
    "edit place": "/lieux/epn-ports-sur-vienne/modifier/",
    "edit report": "/collectif/reunions/reunion-du-5-fevrier-2020/modifier/",
    "new sheet": "/nouveau/fiche/",
    "rename": f"{GUIDELINE}renommer/",
    "move": f"{GUIDELINE}deplacer/",
    "lock": f"{GUIDELINE}verrouiller/",
    "reserve": f"{GUIDELINE}reserver/",
    "delete": f"{GUIDELINE}supprimer/",
    "desk": "/mon-espace/",
    "changes of others": "/mon-espace/changements/",
    "pages to read again": "/pages-a-relire/",
    "facilitators": "/animer/",
    "errors reported": "/animer/erreurs/",
    "drafts": "/brouillons/",
    "trash": "/corbeille/",
    "broken links": "/liens-casses/",
    "new article": "/nouveau/article/",
}


def violations(tab) -> list[str]:
    found = Axe().run(tab).response["violations"]
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]


def reflows(tab) -> bool:
    """No sideways scroll, even on a page 320 pixels wide."""
    tab.set_viewport_size({"width": 320, "height": 700})
    return tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.sampled(every=12)
@pytest.mark.parametrize("name", [*READING, *SCREENS])
def test_axe_finds_nothing_for_readers(tab, name):
    tab.goto({**READING, **SCREENS}[name])
    assert violations(tab) == []
    assert reflows(tab)


@pytest.mark.whole
def test_axe_finds_nothing_for_writers(tab):
    log_in(tab, "animation")
    faults = {}
    for name, address in FOR_WRITERS.items():
        tab.goto(address)
        found = violations(tab) + ([] if reflows(tab) else ["scrolls sideways at 320 px"])
        if found:
            faults[name] = found
    assert faults == {}


def test_axe_finds_nothing_on_a_refused_form(tab):
    log_in(tab, "animation")
    tab.goto("/nouveau/reunion/")
    tab.get_by_role("button", name="Publier").click()
    tab.evaluate("document.querySelector('form.edit').noValidate = true")
    tab.get_by_role("button", name="Publier").click()
    tab.locator(".field.bad").first.wait_for()
    assert violations(tab) == []


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("size", ["phone"], indirect=True)
@pytest.mark.parametrize("name", READING)
def test_a_first_view_is_light_and_asks_nothing_of_others(tab, site, name):
    """At most 6 requests, 60 KB, 300 elements, no cookie, nobody else's server."""
    client = tab.context.new_cdp_session(tab)
    client.send("Network.enable")
    seen = {"bytes": 0, "urls": []}
    client.on(
        "Network.loadingFinished",
        lambda e: seen.update(bytes=seen["bytes"] + e["encodedDataLength"]),
    )
    tab.on("request", lambda request: seen["urls"].append(request.url))
    tab.goto(READING[name], wait_until="networkidle")
    assert [url for url in seen["urls"] if not url.startswith(site)] == []
    assert len(seen["urls"]) <= 6
    assert seen["bytes"] <= 60 * 1024
    assert tab.evaluate("document.querySelectorAll('*').length") <= 300
    assert tab.context.cookies() == []


def test_pages_are_read_without_script(chromium, site):
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(GUIDELINE)
    expect(page.get_by_text("Réponse courte")).to_be_visible()
    page.get_by_role("searchbox").first.fill("arnaque")
    page.get_by_role("searchbox").first.press("Enter")
    page.wait_for_url("**/recherche/**")
    expect(page.locator("main h3 a").nth(2)).to_be_visible()
    context.close()
