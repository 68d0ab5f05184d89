"""The screens of those who write: files in their place, places as a tree, drafts, conflicts."""

import re
from contextlib import suppress
from uuid import uuid4

import pytest
from playwright.sync_api import Error, expect

from tests.browser.conftest import log_in
from tests.browser.looking import Eyes, Way
from tests.browser.test_accessibility import GUIDELINE, violations
from tests.browser.test_nothing_lost import SAVED, article, editor, publish, ready, status
from tests.browser.waiting import let_time_go
from tests.browser.writing import settle, sheet, type_at_the_end

__all__ = ["article"]  # a fixture of this module too

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF" + b" " * 120_000
LOOKED_AT = [Way(320), Way(360), Way(1366), Way(360, 32)]


def is_sound(tab) -> None:
    """Nothing that axe or a careful eye would find; the tab is closed to other sizes after it."""
    assert violations(tab) == []
    assert Eyes(tab, LOOKED_AT).faults() == []


def said(tab, words: str):
    return tab.get_by_role("status").filter(has_text=words)


def is_narrow_enough(tab) -> None:
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def pdf(name: str) -> dict:
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF}


# Files where they belong.


def test_a_file_is_sent_from_its_own_field(contributor_tab):
    tab, title = contributor_tab, f"Guide {uuid4().hex[:6]}"
    tab.goto(f"/nouveau/support/?titre={title}")
    ready(tab)
    tab.get_by_label("Un fichier de cet appareil").set_input_files(pdf(f"{title}.pdf"))
    chosen = tab.locator("[data-kb-chosen]")
    expect(chosen.get_by_role("link")).to_contain_text(re.compile(r"Guide .* \(PDF · 117\sKo\)"))
    is_sound(tab)
    publish(tab)
    expect(tab.locator("main").get_by_role("link", name=re.compile("^Ouvrir"))).to_be_visible()
    expect(tab.locator("main")).to_contain_text(re.compile(r"PDF · 117\sKo"))


def test_a_refused_file_says_so_in_its_line_and_another_one_follows(contributor_tab):
    tab, title = contributor_tab, f"Séance {uuid4().hex[:6]}"
    tab.goto(f"/nouveau/reunion/?titre={title}")
    ready(tab)
    tab.locator("#id_date").fill("2024-05-14")
    group = tab.locator("[data-kb-rows=attachments]")
    group.locator("summary").first.click()
    group.get_by_role("button", name="Ajouter une ligne").click()
    line = group.locator("[data-kb-row]").first
    picker = line.get_by_label("Un fichier de cet appareil")
    picker.set_input_files({"name": "jeu.exe", "mimeType": "x/x", "buffer": b"MZ"})
    expect(line.locator("[data-kb-sent]")).to_contain_text("n’est pas acceptée")
    is_sound(tab)
    picker.set_input_files(pdf(f"{title}.pdf"))
    expect(line.locator("[data-kb-chosen]")).to_contain_text("PDF")
    publish(tab)
    expect(tab.locator("main").get_by_role("link", name=title)).to_be_visible()


OPEN_WITH_WORDS = """() => {
  const form = document.querySelector("[data-kb-form]");
  for (const [name, value] of [["reopen", "1"], ["document-named", "brimborion"]])
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  HTMLFormElement.prototype.submit.call(form);
}"""


def test_the_last_of_a_choice_and_words_says_which_file(contributor_tab):
    tab = contributor_tab
    tab.goto("/nouveau/support/?titre=Deux façons")
    ready(tab)
    with tab.expect_navigation():
        tab.evaluate(OPEN_WITH_WORDS)
    ready(tab)
    words = tab.get_by_label("Un autre fichier du site")
    select, chosen = tab.locator("#id_document"), tab.locator("[data-kb-chosen]")
    expect(words).to_have_value("brimborion")
    is_sound(tab)
    select.select_option(index=1)
    number = select.input_value()
    expect(words).to_have_value("")
    expect(chosen).to_be_visible()
    words.fill("autre")
    expect(select).to_have_value("")
    expect(chosen).to_be_hidden()
    words.fill("")
    expect(select).to_have_value(number)
    expect(chosen).to_be_visible()


def test_structures_are_found_by_what_one_types_then_ticked(contributor_tab):
    tab = contributor_tab
    tab.goto("/nouveau/reunion/?titre=Présences")
    ready(tab)
    tab.get_by_text("Structures présentes", exact=True).first.click()
    lines = tab.locator("[data-kb-filtered] [data-kb-line]")
    tab.get_by_label("Chercher dans la liste").fill("SOCIAL veron")
    expect(lines.filter(visible=True)).to_have_count(1)
    lines.filter(visible=True).get_by_role("checkbox").check()
    tab.get_by_label("Chercher dans la liste").fill("greta")
    expect(lines.filter(visible=True)).to_have_count(2)  # what is ticked stays in sight
    is_sound(tab)


# Moving.


def test_a_page_is_moved_by_the_tree_and_brought_back(tab, article_of_keeper):
    tab.goto(f"{article_of_keeper}deplacer/")
    expect(tab.locator("[name=parent]:checked")).to_have_count(0)
    tab.get_by_label("Chercher un endroit par son titre").fill("fiches atelier")
    tab.locator(".find-place").get_by_role("button", name="Trouver").click()
    found = tab.locator(".found-places")
    expect(found).to_contain_text("Pratiques")  # its path
    is_sound(tab)
    found.get_by_role("radio").first.check()
    tab.get_by_role("button", name="Déplacer", exact=True).click()
    expect(tab).to_have_url(re.compile("/pratiques/fiches/"))
    expect(said(tab, "Fiches d’atelier")).to_be_visible()
    assert violations(tab) == []
    tab.get_by_role("button", name="Annuler le déplacement").click()
    expect(said(tab, "revenue à sa place")).to_be_visible()
    expect(tab).to_have_url(article_of_keeper)
    is_narrow_enough(tab)


@pytest.fixture
def article_of_keeper(tab):
    log_in(tab, "animation")
    tab.goto(f"/nouveau/article/?titre=A+ranger+{uuid4().hex[:6]}")
    ready(tab)
    publish(tab)
    return tab.url


def test_the_places_open_one_in_the_other(tab):
    log_in(tab, "animation")
    tab.goto(f"{GUIDELINE}deplacer/")
    top = tab.locator(".places > fieldset > .tree > li").first
    expect(top.locator("details")).not_to_have_attribute("open", "")
    top.locator("summary").first.click()
    expect(top.locator("details .option").first).to_be_visible()
    is_sound(tab)


# Drafts.


@pytest.mark.whole
def test_texts_begun_stand_in_one_line_and_keep_their_time(contributor_tab):
    tab = contributor_tab
    for words in ("Une première idée", "Une seconde idée"):
        tab.goto("/nouveau/fiche/")
        ready(tab)
        tab.locator("#id_title").fill(words)
        type_at_the_end(tab, f"{words}, développée.")
        expect(status(tab)).to_have_text(SAVED)
    tab.goto("/nouveau/fiche/")
    ready(tab)
    line = tab.locator("[data-kb-begun]")
    expect(line).to_have_text(re.compile(r"^\d+ textes commencés$"))
    expect(tab.locator("[data-kb-key]").first).not_to_be_visible()
    line.click()
    one = tab.locator("[data-kb-key]", has_text="Une première idée")
    expect(one).to_contain_text("Une première idée, développée.")
    before = one.get_attribute("data-kb-when")
    is_sound(tab)
    tab.clock.install()
    one.locator("[data-kb-resume]").click()
    tab.locator("input[name=resumes]").first.wait_for(state="attached")
    ready(tab)
    expect(status(tab)).to_have_text("Modifié, pas encore publié")
    let_time_go(tab, 60_000)  # longer than it takes to save what was typed
    tab.goto("/nouveau/fiche/")
    ready(tab)
    assert one.get_attribute("data-kb-when") == before
    tab.goto("/brouillons/")
    is_sound(tab)


def test_a_draft_is_shown_once_and_goes_when_it_is_published(contributor_tab):
    tab, title = contributor_tab, f"Publié depuis {uuid4().hex[:6]}"
    tab.goto(f"/nouveau/article/?titre={title}")
    ready(tab)
    type_at_the_end(tab, "Des mots à garder.")
    expect(status(tab)).to_have_text(SAVED)
    tab.get_by_role("link", name="Quitter").click()
    tab.wait_for_url(re.compile("/collectif/$|/$"))
    tab.goto("/brouillons/")
    line = tab.locator("main li", has_text=title)
    expect(line).to_have_count(1)
    expect(line).to_contain_text("Des mots à garder.")
    line.get_by_role("link", name=re.compile("^Reprendre")).click()
    ready(tab)
    publish(tab)
    tab.goto("/brouillons/")
    expect(line).to_have_count(0)
    tab.goto("/nouveau/article/")
    ready(tab)
    expect(tab.locator("[data-kb-key]", has_text=title)).to_have_count(0)


# The editor on a phone, what is true, titles that stand already.


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_six_lines_stay_in_sight_when_the_keyboard_is_open(contributor_tab, article):
    tab = editor(contributor_tab, article)
    type_at_the_end(tab, "mot " * 400)
    tab.set_viewport_size({"width": 360, "height": 400})
    settle(tab)
    tab.keyboard.type("fin")
    bar, tools = (tab.locator(one).bounding_box() for one in (".bar", ".kb-tools"))
    line = sheet(tab).evaluate("one => parseFloat(getComputedStyle(one).lineHeight)")
    assert (bar["y"] - max(0, tools["y"] + tools["height"])) / line >= 6
    expect(tab.locator(".bar").get_by_role("link", name="Quitter")).to_be_in_viewport()
    assert violations(tab) == []


@pytest.mark.whole
def test_the_bar_says_what_is_true(contributor_tab, article):
    tab = editor(contributor_tab, article)
    online = re.compile(r"^En ligne depuis le \d+(?:er)? \S+ \d{4}$")
    expect(status(tab)).to_have_text(online)
    tab.locator("#id_summary").fill("Autre")
    expect(status(tab)).to_have_text("Modifié, pas encore publié")
    expect(status(tab)).to_have_text(SAVED)
    tab.locator("#id_summary").fill("")
    expect(status(tab)).to_have_text(online)
    expect(tab.get_by_role("link", name="Quitter")).to_be_visible()
    tab.goto("/nouveau/article/")
    expect(status(tab)).to_have_text("Nouvelle page")


@pytest.mark.whole
def test_a_title_that_stands_already_is_told_and_still_allowed(contributor_tab):
    tab, title = contributor_tab, f"Même titre {uuid4().hex[:6]}"
    for _turn in range(2):
        tab.goto("/nouveau/article/")
        ready(tab)
        tab.locator("#id_title").fill(title.upper())
        expect(status(tab)).to_have_text(SAVED)
        told = tab.locator("[data-kb-same]")
        if _turn:
            expect(told).to_contain_text("Une page porte déjà ce titre")
            expect(told.get_by_role("link")).to_have_attribute("href", re.compile("/collectif/"))
            is_sound(tab)
        else:
            expect(told).not_to_be_visible()
        publish(tab)
    expect(said(tab, "Une autre page porte aussi ce titre")).to_be_visible()


# What the form shows at once: what was written is told in a line, and nothing is cut.

MEETING = "/collectif/reunions/reunion-du-5-fevrier-2020/modifier/"


def test_lists_of_the_form_stand_in_one_column(contributor_tab):
    tab = contributor_tab
    tab.goto(MEETING)
    ready(tab)
    for group in tab.locator("details.group").all():
        assert group.evaluate("one => getComputedStyle(one).columnCount") == "auto"
        assert group.evaluate("one => getComputedStyle(one).columnWidth") == "auto"


def test_what_a_list_holds_is_a_line_each_until_one_changes_it(contributor_tab):
    tab = contributor_tab
    tab.goto(MEETING)
    ready(tab)
    tab.locator("[data-kb-rows=decisions] > summary").click()  # they are many
    first = tab.locator("[data-kb-rows=decisions] [data-kb-row]").first
    text = first.locator("textarea").first
    expect(text).not_to_be_visible()
    expect(first).to_contain_text(text.input_value()[:40])
    is_sound(tab)
    first.get_by_role("button", name="Modifier").click()
    expect(text).to_be_focused()
    expect(first.get_by_role("button", name="Retirer")).to_be_visible()


def test_what_is_folded_away_says_what_it_holds(contributor_tab):
    tab = contributor_tab
    tab.goto(MEETING)
    ready(tab)
    expect(tab.locator("summary", has_text="Structures présentes")).to_contain_text(
        "Médiathèque du Véron"
    )
    expect(tab.locator("summary", has_text="Plus de détails")).to_contain_text("excusés")
    tab.goto("/pratiques/fiches/adopter-linux/modifier/")
    ready(tab)
    expect(tab.locator("#id_publics")).not_to_be_visible()
    expect(tab.locator("summary", has_text="Plus de détails")).to_contain_text("niveau, durée")


def test_a_field_of_lines_grows_with_its_text(contributor_tab):
    tab = contributor_tab
    tab.goto("/nouveau/fiche/")
    ready(tab)
    goals = tab.locator("#id_goals")
    goals.fill("Une ligne\n" * 9)
    assert goals.evaluate("one => one.scrollHeight <= one.clientHeight")


def test_few_tools_stand_in_sight_and_all_within_a_press(contributor_tab):
    tab = contributor_tab
    tab.goto("/nouveau/article/")
    ready(tab)
    tools = tab.get_by_role("toolbar", name="Mise en forme").get_by_role("button")
    in_sight = tools.filter(visible=True).count()
    assert in_sight <= 13
    tools.filter(has_text="Plus").click()
    assert tools.filter(visible=True).count() > in_sight
    expect(tools.filter(has_text="Citation")).to_be_visible()


# The bar of a move, a password one may read, the way back from a preview.


def test_the_bar_of_a_move_says_the_place(tab, article_of_keeper):
    tab.goto(f"{article_of_keeper}deplacer/")
    bar = tab.locator(".bar")
    expect(bar.get_by_role("button", name="Déplacer")).to_be_disabled()
    tab.locator(".tree > li > .option").first.click()
    expect(bar.get_by_role("status")).to_have_text(re.compile(r"^Elle sera rangée sous «\s."))
    expect(bar.get_by_role("button", name="Déplacer")).to_be_enabled()


def test_a_password_may_be_read_while_one_types_it(tab):
    tab.goto("/connexion/")
    password = tab.locator("#id_password")
    tab.get_by_label("Montrer le mot de passe").check()
    expect(password).to_have_attribute("type", "text")
    is_sound(tab)
    tab.get_by_label("Montrer le mot de passe").uncheck()
    expect(password).to_have_attribute("type", "password")


def test_a_preview_leads_back_to_the_text(contributor_tab, article):
    tab = editor(contributor_tab, article)
    with tab.context.expect_page() as opened:
        tab.get_by_role("button", name="Aperçu").click()
    preview = opened.value
    with preview.expect_event("close"), suppress(Error):  # the click ends with its own page
        preview.get_by_role("button", name="Revenir à mon texte").click()
    expect(sheet(tab)).to_be_visible()
