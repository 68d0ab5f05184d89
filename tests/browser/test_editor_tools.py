"""The buttons, the keys and the dialogs of the rich text editor are there for everybody."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import pastes
from tests.browser.editor import (
    BODY,
    PAGES,
    answer_titles,
    body,
    choices,
    expect_body,
    fill,
    paste,
    text,
    tool,
    violations,
)


def test_opening_the_page_and_typing_then_undoing_leaves_the_text_as_it_was(writer):
    before = body(writer)
    text(writer).press_sequentially("Un mot")
    expect(writer.locator(BODY)).not_to_have_value(before)
    for _ in range(6):
        if body(writer) != before:
            tool(writer, "undo").click()
    expect_body(writer, before)


def test_nothing_glides_under_a_finger_where_one_writes(writer):
    """A bar still moving when « Publier » is pressed loses the press."""
    glides = "getComputedStyle(document.documentElement).scrollBehavior"
    assert writer.evaluate(glides) == "auto"


def test_pasting_says_that_pictures_stayed_behind(writer):
    fill(writer, "")
    text(writer).click()
    paste(writer, "text/html", pastes.WORD + '<img src="https://traceur.example/x.png">')
    expect(text(writer).get_by_role("heading", name="Le titre")).to_be_visible()
    expect(writer.get_by_text("n’ont pas pu suivre")).to_be_visible()
    assert "traceur" not in writer.content()


def test_lines_of_plain_text_become_paragraphs(writer):
    fill(writer, "")
    text(writer).click()
    paste(writer, "text/plain", "un <b>\ndeux")
    expect_body(writer, "<p>un &lt;b&gt;</p>\n<p>deux</p>")


def test_the_bar_is_used_by_keyboard_alone(writer):
    fill(writer, "<p>mot</p>")
    text(writer).focus()
    writer.keyboard.press("Control+A")
    writer.keyboard.press("Alt+F10")
    bar = writer.get_by_role("toolbar", name="Mise en forme")
    expect(bar.get_by_role("button", name="Titre", exact=True)).to_be_focused()
    writer.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button", name="Gras")).to_be_focused()
    writer.keyboard.press("Enter")
    expect(text(writer)).to_be_focused()
    expect(bar.get_by_role("button", name="Gras")).to_have_attribute("aria-pressed", "true")
    expect_body(writer, "<p><strong>mot</strong></p>")
    writer.keyboard.press("Alt+F10")
    writer.keyboard.press("Home")
    writer.keyboard.press("Enter")
    writer.keyboard.press("ArrowRight")
    expect(writer.get_by_role("button", name="Sous-titre")).to_be_focused()
    writer.keyboard.press("Enter")
    expect_body(writer, "<h3><strong>mot</strong></h3>")
    writer.keyboard.press("Alt+F10")
    writer.keyboard.press("Escape")
    expect(text(writer)).to_be_focused()


@pytest.mark.parametrize(
    ("button", "html"),
    [
        ("list", "<ul><li>a</li><li>b</li></ul>"),
        ("numbers", "<ol><li>a</li><li>b</li></ol>"),
        ("checks", '<ul class="check"><li>a</li><li>b</li></ul>'),
        ("quote", "<blockquote><p>a</p><p>b</p></blockquote>"),
    ],
)
def test_buttons_dress_the_selected_paragraphs(writer, button, html):
    fill(writer, "<p>a</p>\n<p>b</p>")
    text(writer).click()
    writer.keyboard.press("Control+A")
    tool(writer, button).click()
    expect_body(writer, html)
    tool(writer, button).click()
    expect_body(writer, "<p>a</p>\n<p>b</p>")


def test_a_callout_holds_the_whole_list_and_changes_its_kind(writer):
    fill(writer, "<ul><li>a</li><li>b</li></ul>")
    text(writer).get_by_text("b").click()
    tool(writer, "callout").click()
    writer.get_by_role("button", name="Attention").click()
    inside = "<ul><li>a</li><li>b</li></ul>"
    expect_body(writer, f'<div class="note warn">{inside}</div>')
    tool(writer, "callout").click()
    writer.get_by_role("button", name="Exemple").click()
    expect_body(writer, f'<div class="note eg">{inside}</div>')
    tool(writer, "callout").click()
    writer.get_by_role("button", name="Sans encadré").click()
    expect_body(writer, inside)


def test_boxes_are_ticked_and_the_next_item_is_not(writer):
    fill(writer, '<ul class="check"><li class="done">un</li></ul>')
    text(writer).get_by_text("un").click()
    writer.keyboard.press("End")
    writer.keyboard.press("Enter")
    writer.keyboard.type("deux")
    html = '<ul class="check"><li class="done">un</li><li>deux</li></ul>'
    expect_body(writer, html)
    text(writer).get_by_role("checkbox").last.check()
    expect_body(writer, html.replace("<li>", '<li class="done">'))
    text(writer).get_by_role("checkbox").first.uncheck()
    html = '<ul class="check"><li>un</li><li class="done">deux</li></ul>'
    expect_body(writer, html)


def test_the_last_cell_of_a_table_leads_to_a_new_row(writer):
    fill(writer, "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>")
    text(writer).get_by_role("cell", name="b").click()
    writer.keyboard.press("End")
    writer.keyboard.press("Tab")
    writer.keyboard.type("c")
    row = "<tr><td>c</td><td></td></tr>"
    table = "<table><tbody><tr><td>a</td><td>b</td></tr>{}</tbody></table>"
    expect_body(writer, table.format(row))


@pytest.mark.parametrize(
    ("stored", "after"),
    [
        ("<p>avant</p>", "<p>avant</p><hr><p>après</p>"),
        ("<p>avant</p><p>suite</p>", "<p>avant</p><hr><p>aprèssuite</p>"),
        ("<h2>avant</h2>", "<h2>avant</h2><hr><p>après</p>"),
        ("<ul><li>avant</li></ul>", "<ul><li>avant</li></ul><hr><p>après</p>"),
    ],
)
def test_one_goes_on_writing_under_a_rule(writer, stored, after):
    fill(writer, stored)
    text(writer).get_by_text("avant").click()
    writer.keyboard.press("End")
    tool(writer, "rule").click()
    writer.keyboard.type("après")
    lines = re.escape(after).replace("><", r">\s*<")
    expect(writer.locator(BODY)).to_have_value(re.compile(f"^{lines}$"))


def test_a_table_is_made_and_changed(writer):
    fill(writer, "")
    text(writer).click()
    tool(writer, "table").click()
    dialog = writer.get_by_role("dialog", name="Ajouter un tableau")
    dialog.get_by_label("Lignes").fill("2")
    dialog.get_by_role("button", name="Ajouter le tableau").click()
    writer.keyboard.type("Jour")
    writer.keyboard.press("Tab")
    writer.keyboard.type("Heure")
    writer.keyboard.press("Tab")
    writer.keyboard.type("lundi")
    for name in ("Ligne au-dessous", "Supprimer la colonne", "Titres à gauche"):
        about = writer.get_by_role("toolbar", name="Ce tableau")
        about.get_by_role("button", name=name).click()
    writer.get_by_role("toolbar", name="Ce tableau").get_by_role("button", name="Légende").click()
    writer.keyboard.type("Accueil")
    expect_body(
        writer,
        "<table><caption>Accueil</caption>"
        '<thead><tr><th scope="col">Heure</th></tr></thead>'
        '<tbody><tr><th scope="row"></th></tr><tr><th scope="row"></th></tr></tbody></table>',
    )
    tables = writer.get_by_role("toolbar", name="Ce tableau")
    tables.get_by_role("button", name="Supprimer le tableau").click()
    expect_body(writer, "")


def test_nothing_typed_hides_under_the_bars(writer):
    fill(writer, "<p>mot</p>" * 60)
    text(writer).locator("p").last.click()
    for _ in range(4):
        writer.keyboard.type("encore")
        writer.keyboard.press("Enter")
    writer.keyboard.type("fin")
    writer.wait_for_function(f"() => !({HIDDEN})()")
    for _ in range(45):
        writer.keyboard.press("ArrowUp")
    writer.wait_for_function(f"() => !({HIDDEN})()")


HIDDEN = """() => {
    const range = getSelection().getRangeAt(0), here = range.startContainer;
    const own = range.getBoundingClientRect();
    const line = here.nodeType === Node.TEXT_NODE ? here.parentElement : here;
    const caret = own.height ? own : line.getBoundingClientRect(); // an empty line measures none
    const tools = document.querySelector(".kb-tools").getBoundingClientRect();
    const bar = document.querySelector("form .bar").getBoundingClientRect();
    const bottom = Math.min(bar.top, innerHeight);
    return !caret.height || (caret.top < tools.bottom || caret.bottom > bottom);
}"""


EVERYTHING = (
    '<h2>a</h2><p>b <a linktype="wanted" title="x">x</a> <a linktype="page" id="3">y</a></p>'
    '<ul class="check"><li class="done">c</li></ul><div class="note"><p>d</p></div><hr>'
    '<p><embed embedtype="image" id="1" alt="e"></p><table><caption>f</caption><thead><tr>'
    '<th scope="col">g</th></tr></thead><tbody><tr><td>h</td></tr></tbody></table>'
)


@pytest.mark.sampled(every=5)
@pytest.mark.parametrize("name", ["link", "photo", "file", "table", "shortcuts"])
def test_axe_finds_nothing_with_a_dialog_open(writer, name):
    fill(writer, EVERYTHING)
    text(writer).get_by_text("b ").click()
    writer.keyboard.press("Home")
    if name == "shortcuts":  # of no use, hence hidden, where one touches the screen
        writer.locator("[data-tool=shortcuts]").evaluate("button => button.click()")
    else:
        tool(writer, name).click()
    expect(writer.get_by_role("dialog")).to_be_visible()
    assert violations(writer) == []
    writer.keyboard.press("Escape")
    expect(writer.get_by_role("dialog")).to_have_count(0)


def test_axe_finds_nothing_around_the_text(writer):
    answer_titles(writer, PAGES)
    fill(writer, EVERYTHING)
    text(writer).get_by_text("h", exact=True).click()
    expect(writer.get_by_role("toolbar", name="Ce tableau")).to_be_visible()
    assert violations(writer, ".kb-editor") == []
    writer.keyboard.type("[[c")
    expect(choices(writer).first).to_be_visible()
    assert violations(writer, ".kb-editor", ".choices") == []


def test_no_style_is_written_in_the_text(writer):
    fill(writer, EVERYTHING)
    styled = "[...document.querySelectorAll('.ProseMirror [style]')].map(e => e.outerHTML)"
    assert writer.evaluate(styled) == []
