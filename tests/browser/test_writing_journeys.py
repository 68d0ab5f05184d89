"""A page from its first word to the trash and back, and two people on one page."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import log_in
from tests.browser.writing import (
    choose_act,
    fill,
    press,
    publish,
    rewrite,
    settle,
    sheet,
    to_the_end,
    type_at_the_end,
)


def photo() -> dict:
    """A photo as a phone gives it: large, lying on its side."""
    file, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6  # Orientation: to be turned a quarter
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(file, "JPEG", exif=exif)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def new_article(tab, title: str, words: str) -> str:
    """Write and publish an article; returns its address."""
    tab.goto("/nouveau/article/")
    fill(tab, {"title": title})
    type_at_the_end(tab, words)
    publish(tab)
    expect(tab.get_by_role("heading", level=1)).to_have_text(title)
    return tab.url


def test_a_page_is_written_with_a_photo_a_table_and_a_red_link(contributor_tab, size):
    tab, wanted = contributor_tab, f"Prêter une tablette au {size}"
    address = new_article(tab, f"Le matériel au {size}", "Nous prêtons du matériel.")
    tab.goto(f"{address}modifier/")
    add_photo(tab)
    add_table(tab)
    add_red_link(tab, wanted)
    publish(tab, "Photo, tableau et lien")
    expect(tab.locator("main article img")).to_have_attribute(
        "alt", "Trois tablettes sur une table"
    )
    shown = tab.locator("main article img")
    shown.scroll_into_view_if_needed()  # it loads when it comes near
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("async i => (await i.decode(), i.naturalHeight > i.naturalWidth)")
    expect(tab.locator("main article td").first).to_have_text("Tablette")
    write_the_wanted_page(tab, wanted)
    tab.goto(address)
    tab.get_by_role("link", name=wanted).first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(wanted)


def add_photo(tab) -> None:
    to_the_end(tab)
    press(tab, "Photo")
    dialog = tab.get_by_role("dialog", name="Ajouter une photo")
    dialog.locator("input[type=file]").set_input_files(photo())
    dialog.get_by_role("textbox").fill("Trois tablettes sur une table")
    dialog.get_by_role("button", name="Ajouter la photo").click()
    shown = sheet(tab).get_by_role("img", name="Trois tablettes sur une table")
    expect(shown).to_be_visible(timeout=60_000)  # it is made lighter, then sent


def add_table(tab) -> None:
    type_at_the_end(tab, "Ce que nous prêtons :")
    press(tab, "Tableau")
    dialog = tab.get_by_role("dialog", name="Ajouter un tableau")
    dialog.get_by_role("button", name="Ajouter le tableau").click()
    cell = sheet(tab).locator("td").first
    cell.click()
    settle(tab)
    tab.keyboard.insert_text("Tablette")
    expect(cell).to_have_text("Tablette")


def add_red_link(tab, title: str) -> None:
    sheet(tab).locator("p", has_text="Nous prêtons du matériel.").click()
    tab.keyboard.press("End")
    settle(tab)
    tab.keyboard.type(" [[")
    tab.keyboard.type(title)
    tab.get_by_role("option", name="à écrire").click()
    expect(sheet(tab).get_by_text(title)).to_be_visible()


def write_the_wanted_page(tab, title: str) -> None:
    tab.locator("main article a.wanted").click()
    tab.locator('main a[href^="/nouveau/article/"]').first.click()
    expect(tab.locator("#id_title")).to_have_value(title)
    type_at_the_end(tab, "Une semaine, contre une signature.")
    publish(tab)
    expect(tab.get_by_role("heading", level=1)).to_have_text(title)


def test_a_version_is_restored_then_the_page_goes_to_the_trash_and_back(contributor_tab, size):
    tab = contributor_tab
    address = new_article(tab, f"Une page qui revient au {size}", "Le premier texte.")
    tab.goto(f"{address}modifier/")
    rewrite(tab, "Le premier texte.", "Le second texte.")
    publish(tab, "Autre texte")
    tab.goto(f"{address}historique/")
    tab.get_by_text("Revenir en arrière").last.click()
    tab.get_by_role("button", name="Revenir à la version 1").click()
    expect(tab.locator("main article")).to_contain_text("Le premier texte.")
    choose_act(tab, "Supprimer")
    tab.locator("#id_reason").fill("Un essai")
    tab.get_by_role("button", name="Mettre à la corbeille").click()
    assert tab.goto(address).status == 404
    tab.goto("/corbeille/")
    row = tab.get_by_role("listitem").filter(has_text=f"Une page qui revient au {size}")
    expect(row).to_contain_text("Un essai")
    row.get_by_role("button").click()
    expect(tab.locator("main article")).to_contain_text("Le premier texte.")
    assert tab.url == address
    tab.goto(f"{address}historique/")
    expect(tab.get_by_text("Autre texte")).to_be_visible()


@pytest.fixture
def colleague_tab(chromium, site, size, tab):
    """Another person, in another browser."""
    context = chromium.new_context(base_url=site, locale="fr-FR")
    page = context.new_page()
    log_in(page, "animation")
    yield page
    context.close()


def title_of(request) -> str:
    """Each test has its own page."""
    return f"À quatre mains {request.node.name}"


@pytest.fixture
def two(contributor_tab, colleague_tab, size, request):
    """The address of a page of two passages, that both people have open in their editor."""
    address = new_article(contributor_tab, title_of(request), "Le passage du matin.")
    contributor_tab.goto(f"{address}modifier/")
    type_at_the_end(contributor_tab, "Le passage du soir.")
    publish(contributor_tab)
    for tab in (contributor_tab, colleague_tab):
        tab.goto(f"{address}modifier/")
        expect(sheet(tab)).to_be_visible()
    return address


def test_two_writers_of_two_passages_are_both_kept(contributor_tab, colleague_tab, two):
    rewrite(colleague_tab, "Le passage du matin.", "Le passage du matin, revu.")
    publish(colleague_tab, "Matin")
    rewrite(contributor_tab, "Le passage du soir.", "Le passage du soir, revu.")
    publish(contributor_tab, "Soir")
    told = contributor_tab.get_by_role("status").filter(has_text="Vos deux textes sont réunis")
    expect(told).to_be_visible()
    article = contributor_tab.locator("main article")
    expect(article).to_contain_text("Le passage du matin, revu.")
    expect(article).to_contain_text("Le passage du soir, revu.")


CHOICES = {
    "Écrire les deux": (True, True),
    "Publier la mienne": (False, True),
    "Reprendre la leur": (True, False),
}


@pytest.mark.sampled(every=3)
@pytest.mark.parametrize("choice", CHOICES)
def test_the_same_passage_asks_for_a_choice(contributor_tab, colleague_tab, two, choice, request):
    tab, (theirs, mine) = contributor_tab, CHOICES[choice]
    rewrite(colleague_tab, "Le passage du matin.", "Le passage de la colombe.")
    publish(colleague_tab, "Colombe")
    rewrite(tab, "Le passage du matin.", "Le passage du merle.")
    tab.get_by_role("button", name="Publier", exact=True).click()
    expect(tab.get_by_text("Rien n’est perdu")).to_be_visible()
    expect(tab.locator("blockquote", has_text="colombe")).to_be_visible()
    expect(tab.locator("blockquote", has_text="merle")).to_be_visible()
    tab.get_by_label(choice).check()
    tab.get_by_role("button", name="Publier ce choix").click()
    article = tab.locator("main article")
    expect(article.get_by_text("colombe")).to_have_count(int(theirs))
    expect(article.get_by_text("merle")).to_have_count(int(mine))
    tab.goto("/brouillons/")
    drafts = tab.locator("main").get_by_role("listitem").filter(has_text=title_of(request))
    expect(drafts).to_have_count(0 if mine else 1)
    if not mine:
        drafts.get_by_role("link", name=re.compile("^Reprendre")).click()
        expect(sheet(tab)).to_contain_text("Le passage du merle.")
