"""Links in the rich text editor: to pages, to pages to write, to the web."""

import pytest
from playwright.sync_api import expect

from tests.browser.editor import PAGES, answer_titles, choices, expect_body, fill, text
from tests.browser.waiting import until


def test_two_brackets_propose_titles_and_make_a_link(writer):
    answer_titles(writer, PAGES)
    fill(writer, "<p></p>")
    text(writer).click()
    writer.keyboard.type("Voir [[cod")
    expect(choices(writer)).to_have_count(3)
    expect(choices(writer).first).to_have_text("Créer un code Situation")
    expect(choices(writer).first).to_have_attribute("aria-selected", "true")
    writer.keyboard.press("ArrowDown")
    active = text(writer).get_attribute("aria-activedescendant")
    expect(writer.locator(f"#{active}")).to_contain_text("Code oublié")
    writer.keyboard.press("Enter")
    writer.keyboard.type(" bien")
    link = '<a linktype="page" id="13">Code oublié</a>'
    expect_body(writer, f"<p>Voir {link} bien</p>")


def test_the_last_choice_is_a_page_to_write(writer):
    answer_titles(writer, PAGES)
    fill(writer, "<p></p>")
    text(writer).click()
    writer.keyboard.type("[[Le <b> & moi")
    choice = choices(writer).get_by_text("Page à écrire")
    choice.click()
    link = '<a linktype="wanted" title="Le &lt;b&gt; &amp; moi">Le &lt;b&gt; &amp; moi</a>'
    expect_body(writer, f"<p>{link}</p>")
    expect(text(writer).get_by_role("link", name="Le <b> & moi")).to_have_class("wanted")


def test_two_closing_brackets_make_the_link_even_offline(writer):
    answer_titles(writer, None)
    fill(writer, "<p></p>")
    text(writer).click()
    writer.keyboard.type("[[Panne")
    expect(writer.get_by_text("Le réseau ne répond pas")).to_be_visible()
    writer.keyboard.type("]].")
    link = '<a linktype="wanted" title="Panne">Panne</a>'
    expect_body(writer, f"<p>{link}.</p>")
    expect(writer.locator(".choices")).to_be_hidden()


def test_escape_leaves_brackets_as_they_are(writer):
    answer_titles(writer, PAGES)
    fill(writer, "<p></p>")
    text(writer).click()
    writer.keyboard.type("[[co")
    expect(writer.locator(".choices [role=listbox]")).to_be_visible()
    writer.keyboard.press("Escape")
    writer.keyboard.type("d")
    expect(writer.locator(".choices")).to_be_hidden()
    expect_body(writer, "<p>[[cod</p>")


def test_an_answer_that_comes_late_is_dropped(writer):
    held = []
    writer.route("**/recherche/titres/**", lambda route: held.append(route))
    fill(writer, "<p></p>")
    text(writer).click()
    writer.keyboard.type("[[a")
    expect(writer.get_by_text("Recherche…")).to_be_visible()
    until(writer, lambda: held)
    writer.unroute("**/recherche/titres/**")
    answer_titles(writer, PAGES)
    writer.keyboard.type("b")
    expect(choices(writer).get_by_text("Créer un code")).to_be_visible()
    assert held


@pytest.mark.parametrize(
    ("typed", "chosen", "link"),
    [
        ("exemple.example/a", "Adresse web", '<a href="https://exemple.example/a">'),
        ("aide@exemple.example", "Adresse web", '<a href="mailto:aide@exemple.example">'),
        ("Créer un code", "Situation", '<a linktype="page" id="12">'),
        (
            "javascript:alert(1)",
            "Page à écrire",
            '<a linktype="wanted" title="javascript:alert(1)">',
        ),
    ],
)
def test_the_link_dialog_takes_a_page_or_an_address(writer, typed, chosen, link):
    answer_titles(writer, PAGES)
    fill(writer, "<p>Voir ici</p>")
    text(writer).click()
    writer.keyboard.press("Control+A")
    writer.keyboard.press("Control+K")
    dialog = writer.get_by_role("dialog", name="Ajouter un lien")
    dialog.get_by_role("combobox").press_sequentially(typed)
    dialog.get_by_role("option").filter(has_text=chosen).first.click()
    dialog.get_by_role("button", name="Ajouter le lien").click()
    expect_body(writer, f"<p>{link}Voir ici</a></p>")
    expect(text(writer)).to_be_focused()


def test_a_link_is_changed_and_taken_away(writer):
    answer_titles(writer, PAGES)
    fill(writer, '<p>Un <a linktype="page" id="3">lien</a></p>')
    text(writer).get_by_role("link").click()
    writer.get_by_role("toolbar", name="Ce lien").get_by_role("button", name="Modifier").click()
    dialog = writer.get_by_role("dialog", name="Modifier le lien")
    dialog.get_by_role("combobox").fill("https://exemple.example")
    dialog.get_by_role("button", name="Modifier ce lien").click()
    link = '<a href="https://exemple.example">lien</a>'
    expect_body(writer, f"<p>Un {link}</p>")
    text(writer).get_by_role("link").click()
    writer.get_by_role("toolbar", name="Ce lien").get_by_role("button", name="Enlever").click()
    expect_body(writer, "<p>Un lien</p>")
