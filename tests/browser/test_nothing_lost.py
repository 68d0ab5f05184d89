"""Whatever happens while one writes, the text is there: network, session, crash, two tabs."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SIZES, log_in, log_in_by_the_form, sessions
from tests.browser.test_accessibility import reflows, violations
from tests.browser.writing import choose_act

SAVE = "**/brouillons/enregistrer/"
FOUND = re.compile(r"^du \d+(?:er)? \S+ \d{4} à \d\d:\d\d, sur cet appareil$")
SAVED = re.compile(r"^Brouillon enregistré à \d\d:\d\d$")


@pytest.fixture
def article(contributor_tab) -> str:
    """The address of a new article."""
    tab = contributor_tab
    tab.goto(f"/nouveau/article/?titre=Essai+{uuid4().hex[:8]}")
    ready(tab)
    publish(tab)
    return tab.url


def ready(tab) -> None:
    tab.locator("form[data-kb-ready]").wait_for()


def editor(tab, address: str):
    tab.goto(f"{address}modifier/")
    ready(tab)
    return tab


def publish(tab) -> None:
    tab.get_by_role("button", name=re.compile("^Publier")).click()
    tab.get_by_role("status").get_by_text(re.compile("Merci|Rien n’a changé")).wait_for()


def status(tab):
    return tab.locator("[data-kb-status]")


def told(tab):
    return tab.locator("[data-kb-told]")


def summary(tab):
    return tab.locator("#id_summary")


def resume(tab) -> None:
    tab.locator("[data-kb-resume]").first.click()
    tab.locator("input[name=resumes]").first.wait_for(state="attached")
    ready(tab)


@pytest.mark.whole
def test_the_label_says_saved_after_the_answer_only(contributor_tab, article):
    tab = editor(contributor_tab, article)
    expect(status(tab)).to_have_text(re.compile("^En ligne depuis le "))
    summary(tab).fill("Mon résumé")
    expect(status(tab)).to_have_text("Modifié, pas encore publié")
    expect(status(tab)).to_have_text(SAVED)
    summary(tab).fill("Mon résumé, plus long")
    expect(status(tab)).to_have_text("Modifié, pas encore publié")
    expect(status(tab)).to_have_text(SAVED)


@pytest.mark.whole
def test_the_text_of_the_page_is_saved_too(contributor_tab, article):
    tab = editor(contributor_tab, article)
    tab.locator("[contenteditable=true]").first.click()
    tab.keyboard.type("Bonjour ")
    expect(status(tab)).to_have_text(SAVED)
    tab.goto("/brouillons/")
    tab.get_by_role("link", name="Reprendre").first.click()
    expect(tab.locator("#id_body")).to_have_value(re.compile("Bonjour"))


def test_what_is_typed_after_a_refusal_is_saved_over_what_was_typed_before(
    contributor_tab, article
):
    """The form that comes back is the same one, whose savings were counted from one again."""
    tab = editor(contributor_tab, article)
    for words in ("Avant", "Avant encore"):
        summary(tab).fill(words)
        expect(status(tab)).to_have_text("Modifié, pas encore publié")
        expect(status(tab)).to_have_text(SAVED)
    tab.locator("#id_topics").fill(", ".join(f"thème {n}" for n in range(13)))
    tab.get_by_role("button", name=re.compile("^Publier")).click()
    tab.get_by_text("Gardez 12 thèmes au plus").first.wait_for()
    ready(tab)
    summary(tab).fill("Après")
    expect(status(tab)).to_have_text(SAVED)
    tab.goto("/brouillons/")
    tab.get_by_role("link", name="Reprendre").first.click()
    expect(summary(tab)).to_have_value("Après")


def test_a_text_typed_without_network_is_offered_back_after_a_reload(contributor_tab, article):
    tab = editor(contributor_tab, article)
    tab.context.set_offline(True)
    summary(tab).fill("Écrit sans réseau")
    expect(status(tab)).to_have_text("Pas de réseau : votre texte est gardé sur cet appareil.")
    tab.get_by_role("button", name="Publier").click()
    expect(told(tab)).to_contain_text("Pas publié : il n’y a pas de réseau.")
    expect(summary(tab)).to_have_value("Écrit sans réseau")
    tab.route(SAVE, lambda route: route.abort())  # nothing reached the server
    tab.context.set_offline(False)
    tab.reload()
    expect(tab.get_by_text(FOUND)).to_be_visible()
    tab.unroute(SAVE)
    resume(tab)
    expect(summary(tab)).to_have_value("Écrit sans réseau")
    expect(status(tab)).to_have_text(SAVED)
    publish(tab)
    expect(tab.get_by_text("Écrit sans réseau")).to_be_visible()
    editor(tab, article)
    expect(tab.locator("[data-kb-found] [data-kb-key]")).to_have_count(0)


@pytest.mark.whole
def test_the_network_comes_back_and_the_text_is_saved_by_itself(contributor_tab, article):
    tab = editor(contributor_tab, article)
    tab.context.set_offline(True)
    summary(tab).fill("Dans le train")
    expect(status(tab)).to_contain_text("Pas de réseau")
    tab.context.set_offline(False)
    expect(status(tab)).to_have_text(SAVED)
    expect(told(tab)).to_have_text("")


def log_out(tab) -> None:
    sessions.clear()
    tab.goto("/profil/")
    tab.locator("main").get_by_role("button", name="Se déconnecter").click()
    tab.wait_for_url(lambda url: not url.endswith("/profil/"))


@pytest.mark.whole
def test_logged_out_in_another_tab_then_publish(contributor_tab, article):
    tab = editor(contributor_tab, article)
    other = tab.context.new_page()
    log_out(other)
    summary(tab).fill("Après la déconnexion")
    tab.get_by_role("button", name="Publier").click()
    expect(told(tab)).to_contain_text(
        "Pas publié : votre connexion a pris fin. Votre texte est gardé sur cet appareil."
    )
    expect(summary(tab)).to_have_value("Après la déconnexion")
    with tab.context.expect_page() as opened:
        told(tab).get_by_role("link", name="Se connecter").click()
    fill_login(opened.value)
    expect(opened.value.get_by_text("La connexion est rétablie")).to_be_visible()
    expect(status(tab)).to_have_text(SAVED)
    publish(tab)
    expect(tab.get_by_text("Après la déconnexion")).to_be_visible()


def fill_login(page, username: str = "contributeur") -> None:
    page.get_by_label("Identifiant").fill(username)
    page.get_by_label("Mot de passe", exact=True).fill("loire-et-vienne")
    page.locator("main").get_by_role("button", name=re.compile("^Se connecter")).click()


def test_another_person_logged_in_is_not_given_my_text(contributor_tab, article):
    tab = editor(contributor_tab, article)
    tab.route(SAVE, lambda route: route.abort())
    summary(tab).fill("Mon texte à moi")
    expect(told(tab)).to_contain_text("Le site ne répond pas")
    other = tab.context.new_page()
    log_out(other)
    log_in_by_the_form(other, "animation")
    editor(other, article)
    expect(other.locator("[data-kb-found] [data-kb-key]")).to_have_count(0)
    tab.unroute(SAVE)
    summary(tab).fill("Mon texte à moi, suite")
    expect(told(tab)).to_contain_text("Ce texte n’est pas parti")
    expect(told(tab)).to_contain_text("Animation du collectif")
    tab.get_by_role("button", name="Publier").click()
    expect(told(tab)).to_contain_text("Ce texte n’est pas parti")
    other.goto("/brouillons/")
    expect(other.get_by_text("Mon texte")).to_have_count(0)


def drop_answer(route) -> None:
    """The server does its work; the answer is lost on its way."""
    route.fetch(max_redirects=0)
    route.abort()


@pytest.mark.whole
def test_a_saving_whose_answer_is_lost_is_not_called_saved(contributor_tab, article):
    tab = editor(contributor_tab, article)
    tab.route(SAVE, drop_answer)
    summary(tab).fill("La réponse se perd")
    expect(told(tab)).to_contain_text("Le site ne répond pas")
    expect(status(tab)).to_have_text("Modifié, pas encore publié")
    tab.get_by_role("button", name="Publier").click()
    expect(told(tab)).to_contain_text("Pas publié : le site ne répond pas")
    tab.unroute(SAVE)
    publish(tab)


def test_a_publication_whose_answer_is_lost_is_done_once(contributor_tab, article):
    tab = editor(contributor_tab, article)
    summary(tab).fill("Publié une seule fois")
    tab.route("**/modifier/", drop_answer)
    with tab.expect_event("requestfailed"):
        tab.get_by_role("button", name="Publier").click()
    tab.unroute("**/modifier/")
    editor(tab, article)
    expect(summary(tab)).to_have_value("Publié une seule fois")
    expect(tab.locator("[data-kb-found] [data-kb-key]")).to_have_count(0)
    tab.goto(f"{article}historique/")
    expect(tab.get_by_text("Version 2", exact=False).first).to_be_visible()
    expect(tab.get_by_text("Version 3", exact=False)).to_have_count(0)


def test_a_tab_closed_at_once_loses_nothing(contributor_tab, article):
    tab = editor(contributor_tab, article)
    tab.route(SAVE, lambda route: route.abort())
    summary(tab).fill("Fermé trop vite")
    tab.locator("form[data-kb-journaled]").wait_for()
    again = tab.context.new_page()
    tab.close()
    editor(again, article)
    expect(again.locator("[data-kb-found] [data-kb-key]")).to_have_count(1)
    resume(again)
    expect(summary(again)).to_have_value("Fermé trop vite")


@pytest.mark.whole
def test_a_draft_is_resumed_on_another_device(contributor_tab, article, chromium, site, size):
    tab = editor(contributor_tab, article)
    summary(tab).fill("Commencé ici")
    expect(status(tab)).to_have_text(SAVED)
    elsewhere = chromium.new_context(base_url=site, locale="fr-FR", **SIZES[size])
    there = elsewhere.new_page()
    log_in_by_the_form(there, "contributeur")
    editor(there, article)
    expect(there.get_by_text("Un texte commencé")).to_have_count(1)
    resume(there)
    expect(summary(there)).to_have_value("Commencé ici")
    elsewhere.close()


@pytest.mark.whole
def test_a_text_found_again_is_thrown_away_after_being_asked(contributor_tab, article):
    tab = editor(contributor_tab, article)
    summary(tab).fill("À jeter")
    expect(status(tab)).to_have_text(SAVED)
    editor(tab, article)
    found = tab.locator("[data-kb-found] [data-kb-key]")
    expect(found).to_have_count(1)
    found.locator("[data-kb-discard]").click()
    found.get_by_role("button", name="Oui, jeter").click()
    expect(tab.get_by_text("Le texte est jeté.")).to_be_visible()
    editor(tab, article)
    expect(found).to_have_count(0)


@pytest.mark.whole
def test_two_tabs_of_one_person_are_two_editors(contributor_tab, article):
    tab = editor(contributor_tab, article)
    other = editor(tab.context.new_page(), article)
    summary(tab).fill("Premier onglet")
    expect(status(tab)).to_have_text(SAVED)
    other.locator("#id_topics").fill("Second onglet")
    expect(status(other)).to_have_text(SAVED)
    publish(tab)
    publish(other)
    expect(other.get_by_text("Premier onglet")).to_be_visible()
    expect(other.get_by_text("Second onglet").first).to_be_visible()


def test_going_back_after_a_publication_opens_the_page_of_today(contributor_tab, article):
    tab = editor(contributor_tab, article)
    summary(tab).fill("Publié puis retour")
    publish(tab)
    tab.go_back()
    ready(tab)
    expect(summary(tab)).to_have_value("Publié puis retour")
    expect(tab.locator("#id_base")).to_have_value("2")


@pytest.mark.whole
def test_two_people_are_told_of_each_other(contributor_tab, article, chromium, site, size):
    tab = editor(contributor_tab, article)
    elsewhere = chromium.new_context(base_url=site, locale="fr-FR", **SIZES[size])
    there = elsewhere.new_page()
    log_in(there, "animation")
    editor(there, article)
    expect(there.locator("[data-kb-present]")).to_contain_text("vos deux textes seront réunis")
    summary(tab).fill("Je suis là")
    expect(tab.locator("[data-kb-present]")).to_contain_text("vos deux textes seront réunis")
    tab.goto("/brouillons/")
    there.locator("#id_summary").fill("Suis-je seule ?")
    expect(there.locator("[data-kb-present]")).to_have_text("")
    elsewhere.close()


def test_a_secret_is_told_before_publishing_and_never_blocks(contributor_tab, article):
    tab = editor(contributor_tab, article)
    summary(tab).fill("Écrire à jeanne.martin@gmail.com")
    tab.get_by_role("button", name="Publier").click()
    warning = tab.get_by_role("group", name="Avant de publier")
    expect(warning).to_contain_text("jea••••")
    expect(warning).to_be_in_viewport()
    tab.get_by_role("button", name="Publier quand même").click()
    tab.get_by_role("status").get_by_text("Merci").wait_for()


def test_an_article_is_written_under_the_page_one_reads(contributor_tab, article):
    tab = contributor_tab
    tab.goto(article)
    choose_act(tab, "Ajouter une page ici")
    tab.get_by_role("link", name="Article", exact=True).click()
    tab.locator("#id_title").fill("Dessous")
    publish(tab)
    assert tab.url == f"{article}dessous/"


def test_the_preview_opens_beside_and_writes_nothing(contributor_tab, article):
    tab = editor(contributor_tab, article)
    summary(tab).fill("Vu avant d’être publié")
    with tab.context.expect_page() as opened:
        tab.get_by_role("button", name="Aperçu").click()
    shown = opened.value
    expect(shown.get_by_text("Aperçu : rien n’est publié")).to_be_visible()
    expect(shown.get_by_text("Vu avant d’être publié")).to_be_visible()
    assert violations(shown) == []
    expect(summary(tab)).to_have_value("Vu avant d’être publié")
    tab.goto(article)
    expect(tab.get_by_text("Vu avant d’être publié")).to_have_count(0)


def test_without_script_a_lost_session_gives_the_text_back(chromium, site, size):
    context = chromium.new_context(
        base_url=site, locale="fr-FR", java_script_enabled=False, **SIZES[size]
    )
    tab = context.new_page()
    log_in(tab, "contributeur")
    tab.goto("/nouveau/article/?titre=Sans+script")
    tab.locator("#id_body").fill("<p>Écrit sans script.</p>")
    context.clear_cookies(name="sessionid")
    tab.get_by_role("button", name="Publier").click()
    expect(tab.get_by_role("heading", name="Votre texte est gardé")).to_be_visible()
    fill_login(tab)
    expect(tab.locator("#id_body")).to_have_value("<p>Écrit sans script.</p>")
    tab.get_by_role("button", name="Publier").click()
    expect(tab.get_by_text("Écrit sans script.")).to_be_visible()
    context.close()


@pytest.mark.whole
def test_axe_finds_nothing_with_everything_shown(contributor_tab, article):
    tab = editor(contributor_tab, article)
    summary(tab).fill("Écrire à jeanne.martin@gmail.com")
    expect(status(tab)).to_have_text(SAVED)
    editor(tab, article)
    expect(tab.locator("[data-kb-found] [data-kb-key]")).to_have_count(1)
    summary(tab).fill("mdp : Soleil37!")
    expect(tab.get_by_role("group", name="Avant de publier")).to_be_visible()
    tab.locator("[data-kb-discard]").first.click()
    tab.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    assert violations(tab) == []
    assert reflows(tab)
    tab.goto("/brouillons/")
    assert violations(tab) == []
    tab.get_by_role("link", name="Jeter").first.click()
    assert violations(tab) == []
