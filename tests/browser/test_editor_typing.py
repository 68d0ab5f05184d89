"""Typed beginnings, joined lines, keyboards of phones: what one meant, and a silent console."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, SIZES, heard, log_in
from tests.browser.editor import (
    body,
    caret,
    expect_body,
    fill,
    open_editor,
    text,
    tool,
    touch,
    type_keys,
)

ENTER, BACK, DELETE, UNDO = "<Enter>", "<Backspace>", "<Delete>", "<Control+z>"
SIGN_OF_EACH_LINE = [
    (["--- après"], "<hr>\n<p>après</p>"),
    (["---", ENTER, "après"], "<hr>\n<p>après</p>"),
    (["*** après"], "<hr>\n<p>après</p>"),
    (["___ après"], "<hr>\n<p>après</p>"),
    (["—- après"], "<hr>\n<p>après</p>"),
    (["- Bonjour", ENTER, "- Au revoir"], "<ul><li>Bonjour</li><li>Au revoir</li></ul>"),
    (["* a", ENTER, "* b"], "<ul><li>a</li><li>b</li></ul>"),
    (["+ a", ENTER, "+ b"], "<ul><li>a</li><li>b</li></ul>"),
    (["• a", ENTER, "– b", ENTER, "- c"], "<ul><li>a</li><li>b</li><li>c</li></ul>"),
    (["1. Un", ENTER, "2. Deux", ENTER, "3) T"], "<ol><li>Un</li><li>Deux</li><li>T</li></ol>"),
    (["1) Un", ENTER, "1. Deux"], "<ol><li>Un</li><li>Deux</li></ol>"),
    (["2. Deux", ENTER, "3. Trois"], '<ol start="2"><li>Deux</li><li>Trois</li></ol>'),
    (["[] un", ENTER, "[ ] deux"], '<ul class="check"><li>un</li><li>deux</li></ul>'),
    (["☐ un", ENTER, "[x] d"], '<ul class="check"><li>un</li><li class="done">d</li></ul>'),
    (["- [ ] un", ENTER, "- [x] d"], '<ul class="check"><li>un</li><li class="done">d</li></ul>'),
    (["# a", ENTER, "### b"], "<h2>a</h2>\n<h3>b</h3>"),
    (["> a", ENTER, "> b"], "<blockquote><p>a</p><p>b</p></blockquote>"),
]
OTHER_KIND = [
    (["- a", ENTER, "1. b", ENTER, "2. c"], "<ul><li>a</li></ul>\n<ol><li>b</li><li>c</li></ol>"),
    (["- a", ENTER, "## b", ENTER, "c"], "<ul><li>a</li></ul>\n<h2>b</h2>\n<p>c</p>"),
    (["- a", ENTER, "--- b"], "<ul><li>a</li></ul>\n<hr>\n<p>b</p>"),
    (
        ["- a", ENTER, "<Tab>", "b", ENTER, "--- c"],
        "<ul><li>a<ul><li>b</li></ul></li></ul>\n<hr>\n<p>c</p>",
    ),
    (["1. a", ENTER, ENTER, "1. b"], "<ol><li>a</li></ol>\n<ol><li>b</li></ol>"),
    (["1. a", ENTER, ENTER, "2. b"], "<ol><li>a</li><li>b</li></ol>"),
    (
        ["1. a", ENTER, "b", ENTER, "c", "<ArrowUp>", "<Home>", "## "],
        '<ol><li>a</li></ol>\n<h2>b</h2>\n<ol start="2"><li>c</li></ol>',
    ),
    (["- a", ENTER, ENTER, "- b"], "<ul><li>a</li><li>b</li></ul>"),
]
MERE_WORDS = [
    (["1. Un", ENTER, "5. Deux"], "<ol><li>Un</li><li>5. Deux</li></ol>"),
    (["## 1. Ouvrir", ENTER, "— Bonjour"], "<h2>1. Ouvrir</h2>\n<p>— Bonjour</p>"),
    (
        ["a) b", ENTER, "1° b", ENTER, "1/ b", ENTER, "(1) b", ENTER, "+33"],
        "<p>a) b</p>\n<p>1° b</p>\n<p>1/ b</p>\n<p>(1) b</p>\n<p>+33</p>",
    ),
    (
        ["a) b", ENTER, "12.5 c", ENTER, "-d", ENTER, "-"],
        "<p>a) b</p>\n<p>12.5 c</p>\n<p>-d</p>\n<p>-</p>",
    ),
]
TAKEN_BACK = [
    (["- ", BACK, "a"], "<p>- a</p>"),
    (["--- ", BACK, "a"], "<p>--- a</p>"),
    (["[x] ", UNDO, "a"], "<p>[x] a</p>"),
    (["## a", UNDO, UNDO, "b"], "<p>## b</p>"),
    (["- a", ENTER, "- ", BACK, "b"], "<ul><li>a</li><li>- b</li></ul>"),
    (["- a", ENTER, "1. ", BACK, "b"], "<ul><li>a</li><li>1. b</li></ul>"),
    (["**gras**", BACK, " b"], "<p>**gras** b</p>"),
]
AROUND_WORDS = [
    (["un **gras** b"], "<p>un <strong>gras</strong> b</p>"),
    (["(*deux mots*), b"], "<p>(<em>deux mots</em>), b</p>"),
    (["_ital_ b"], "<p><em>ital</em> b</p>"),
    (["l’`ipconfig /all`."], "<p>l’<code>ipconfig /all</code>.</p>"),
    (["**un *deux***"], "<p><strong>un <em>deux</em></strong></p>"),
    (["**www.caf.fr** x"], '<p><a href="https://www.caf.fr"><strong>www.caf.fr</strong></a> x</p>'),
    (["- **a**", ENTER, "b"], "<ul><li><strong>a</strong></li><li>b</li></ul>"),
]
MERE_SIGNS = [
    *(
        "5 * 3 * 2",
        "** a **",
        "mon_fichier_final",
        "étudiant*e*s",
        "*21*0612345678#",
        "*obligatoire",
    ),
    *("**", "____", "``", "a*b*", "https_://x/_a_"),
]


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize(
    ("keys", "html"),
    [*SIGN_OF_EACH_LINE, *OTHER_KIND, *MERE_WORDS, *TAKEN_BACK, *AROUND_WORDS],
    ids=str,
)
def test_no_typed_beginning_leaves_its_sign_nests_or_complains(desk_writer, keys, html):
    fill(desk_writer, "")
    text(desk_writer).click()
    type_keys(desk_writer, *keys)
    expect_body(desk_writer, html)


def test_signs_that_go_around_no_word_stay_as_they_are(desk_writer):
    fill(desk_writer, "")
    text(desk_writer).click()
    for words in MERE_SIGNS:
        type_keys(desk_writer, f"x {words}", ENTER)
    expect_body(desk_writer, "\n".join(f"<p>x {words}</p>" for words in MERE_SIGNS))


# (before the keys, the words of the caret and where in them, the keys, after)
ABC = "<ol><li>a</li><li>b</li><li>c</li></ol>"
CUT = [
    (ABC, "a", -1, [ENTER, ENTER, "x"], '<ol><li>a</li></ol>\n<p>x</p>\n<ol start="2">{b}{c}</ol>'),
    (ABC, "b", 0, [BACK], '<ol><li>a</li></ol>\n<p>b</p>\n<ol start="2">{c}</ol>'),
    (ABC, "b", 0, ["<Shift+Tab>"], '<ol><li>a</li></ol>\n<p>b</p>\n<ol start="2">{c}</ol>'),
    (ABC, "b", 0, ["<Control+Shift+7>"], '<ol><li>a</li></ol>\n<p>b</p>\n<ol start="2">{c}</ol>'),
    (ABC, "a", 0, [BACK], "<p>a</p>\n<ol>{b}{c}</ol>"),
    (
        '<ol start="4"><li>a</li><li>b</li><li>c</li></ol>',
        *("c", 0, [ENTER, "<ArrowUp>", ENTER, "x"]),
        '<ol start="4"><li>a</li>{b}</ol>\n<p>x</p>\n<ol start="6">{c}</ol>',
    ),
    (
        f'<div class="note">{ABC}</div>',
        *("b", 0, [BACK]),
        '<div class="note"><ol><li>a</li></ol><p>b</p><ol start="2">{c}</ol></div>',
    ),
    (
        "<ol><li>z<ol><li>a</li><li>b</li><li>c</li></ol></li></ol>",
        *("b", 0, [BACK]),
        "<ol><li>z<ol><li>a</li></ol></li><li>b<ol>{c}</ol></li></ol>",
    ),
    (ABC.replace("ol", "ul"), "b", 0, [BACK], "<ul><li>a</li></ul>\n<p>b</p>\n<ul>{c}</ul>"),
]


@pytest.mark.parametrize(("before", "words", "at", "keys", "after"), CUT)
def test_a_numbered_list_that_is_cut_goes_on_counting(desk_writer, before, words, at, keys, after):
    fill(desk_writer, before)
    caret(desk_writer, words, at)
    type_keys(desk_writer, *keys)
    expect_body(desk_writer, after.format(b="<li>b</li>", c="<li>c</li>"))


HOLDERS = {
    "cell": "<table><tbody><tr><td>{}</td><td>y</td></tr></tbody></table>",
    "callout": '<div class="note">{}</div>',
    "quotation": "<blockquote>{}</blockquote>",
}
IN_A_HOLDER = {
    "- ": "<ul><li>x</li></ul>",
    "1. ": "<ol><li>x</li></ol>",
    "[] ": '<ul class="check"><li>x</li></ul>',
    "## ": "<h2>x</h2>",
}


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("sign", IN_A_HOLDER)
def test_typed_beginnings_stay_in_the_block_that_holds_them(desk_writer, sign, holder):
    fill(desk_writer, HOLDERS[holder].format("<p>x</p>"))
    caret(desk_writer, "x", 0)
    type_keys(desk_writer, sign)
    expect_body(desk_writer, HOLDERS[holder].format(IN_A_HOLDER[sign]))


@pytest.mark.parametrize("sign", ["- ", "1. ", "[] ", "> "])
def test_titles_captions_and_code_keep_what_is_typed(desk_writer, sign):
    written = sign.replace(">", "&gt;")
    fill(desk_writer, "<h2>x</h2>")
    caret(desk_writer, "x", 0)
    type_keys(desk_writer, sign)
    expect_body(desk_writer, f"<h2>{written}x</h2>")
    table = "<table><caption>{}x</caption><tbody><tr><td>y</td></tr></tbody></table>"
    fill(desk_writer, table.format(""))
    caret(desk_writer, "x", 0)
    type_keys(desk_writer, sign)
    expect_body(desk_writer, table.format(written))


# (before the press, the words that end at the caret, after it); « ^ » is typed after the press
JOINED = [
    ("<ul><li>un</li><li>deux</li></ul>", "<ul><li>un^deux</li></ul>"),
    (
        '<ul class="check"><li>un</li><li class="done">deux</li></ul>',
        '<ul class="check"><li>un^deux</li></ul>',
    ),
    (
        "<ul><li>un<ul><li>deux<ul><li>x</li></ul></li><li>y</li></ul></li></ul>",
        "<ul><li>un^deux<ul><li>x</li><li>y</li></ul></li></ul>",
    ),
    (
        "<ul><li>a<ul><li>un</li></ul></li><li>deux<ul><li>x</li></ul></li><li>y</li></ul>",
        "<ul><li>a<ul><li>un^deux</li><li>x</li></ul></li><li>y</li></ul>",
    ),
    ("<ul><li>un</li></ul><p>deux</p><p>x</p>", "<ul><li>un^deux</li></ul><p>x</p>"),
    ("<p>un</p><ul><li>deux</li><li>x</li></ul>", "<p>un^deux</p><ul><li>x</li></ul>"),
    ("<ul><li>un</li></ul><ol><li>deux</li></ol>", "<ul><li>un^deux</li></ul>"),
    ("<ul><li>un</li></ul><h2>deux</h2>", "<ul><li>un^deux</li></ul>"),
    (
        "<ul><li>un</li></ul><blockquote><p>deux</p><p>x</p></blockquote>",
        "<ul><li>un^deux</li></ul><blockquote><p>x</p></blockquote>",
    ),
    ("<ul><li>un</li></ul><hr><p>deux</p>", "<ul><li>un^</li></ul><p>deux</p>"),
    (
        "<table><tbody><tr><td><ul><li>un</li><li>deux</li></ul></td></tr></tbody></table>",
        "<table><tbody><tr><td><ul><li>un^deux</li></ul></td></tr></tbody></table>",
    ),
]
TABLE = "<table><tbody><tr><td>deux</td><td>trois</td></tr></tbody></table>"


@pytest.mark.parametrize(("before", "after"), JOINED)
def test_one_press_of_delete_joins_two_lines(desk_writer, before, after):
    fill(desk_writer, before)
    caret(desk_writer, "un")
    type_keys(desk_writer, DELETE, "^")
    expect_body(desk_writer, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<ul><li>un</li></ul><p>deux</p>", "<ul><li>un^deux</li></ul>"),
        (
            "<ul><li>a<ul><li>un</li></ul></li></ul><p>deux</p>",
            "<ul><li>a<ul><li>un^deux</li></ul></li></ul>",
        ),
        (
            "<blockquote><p>un</p></blockquote><p>deux</p>",
            "<blockquote><p>un^deux</p></blockquote>",
        ),
        ("<ul><li>un</li><li>deux</li></ul>", "<ul><li>un</li></ul>\n<p>^deux</p>"),
        ("<p>un</p><hr><p>deux</p>", "<p>un</p><p>^deux</p>"),
    ],
)
def test_one_press_of_backspace_joins_two_lines_or_leaves_the_list(desk_writer, before, after):
    fill(desk_writer, before)
    caret(desk_writer, "deux", 0)
    type_keys(desk_writer, BACK, "^")
    expect_body(desk_writer, after)


def test_no_key_loses_the_table_beside_the_caret(desk_writer):
    for key, words, at in [(DELETE, "un", -1), (BACK, "quatre", 0), (DELETE, "deux", -1)]:
        fill(desk_writer, f"<ul><li>un</li></ul>{TABLE}<p>quatre</p>")
        caret(desk_writer, words, at)
        type_keys(desk_writer, key, "^")
        assert body(desk_writer).replace("^", "") == (f"<ul><li>un</li></ul>{TABLE}<p>quatre</p>")


# Phones


@pytest.fixture(params=["Android", "another"])
def phone(chromium, site, request):
    """The editor on a phone; Android has ways of its own."""
    android = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    agent = {"user_agent": f"{android}Chrome/126.0.0.0 Mobile Safari/537.36"}
    more = agent if request.param == "Android" else {}
    context = chromium.new_context(base_url=site, locale="fr-FR", **SIZES["phone"], **more)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints = heard(page)
    log_in(page, "contributeur")
    open_editor(page)
    yield page
    context.close()
    assert complaints == []


NEW_LINE, DELETE_BACK, DELETE_AHEAD = "!insertNewline", "!deleteBackward", "!deleteForward"
NESTED = "<ul><li>a<ul><li>un</li><li>deux</li></ul></li><li>z</li></ul>"
U, D = "<li>un</li>", "<li>deux</li>"
AFTER = "</ul></li><li>z</li></ul>"
BEFORE = "<ul><li>a<ul>"
TOUCHED = [
    ("deux", -1, [NEW_LINE, "x"], f"{BEFORE}{U}{D}<li>x</li>{AFTER}"),
    ("deux", -1, [NEW_LINE, NEW_LINE, "x"], f"{BEFORE}{U}{D}</ul></li><li>x</li><li>z</li></ul>"),
    (
        *("deux", -1, [NEW_LINE] * 3 + ["x"]),
        f"{BEFORE}{U}{D}</ul></li></ul>\n<p>x</p>\n<ul><li>z</li></ul>",
    ),
    ("un", 1, [NEW_LINE, "x"], f"{BEFORE}<li>u</li><li>xn</li>{D}{AFTER}"),
    ("deux", 0, [DELETE_BACK, "x"], f"{BEFORE}{U}</ul></li><li>xdeux</li><li>z</li></ul>"),
    ("un", -1, [DELETE_AHEAD, "x"], f"{BEFORE}<li>unxdeux</li>{AFTER}"),
    ("deux", -1, [DELETE_AHEAD, "x"], f"{BEFORE}{U}<li>deuxxz</li></ul></li></ul>"),
    (
        *("deux", -1, ["~mot", NEW_LINE, "~autre"]),
        f"{BEFORE}{U}<li>deuxmot</li><li>autre</li>{AFTER}",
    ),
]


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize(("words", "at", "acts", "html"), TOUCHED)
def test_nested_lists_obey_the_keyboard_of_a_phone(phone, words, at, acts, html):
    fill(phone, NESTED)
    caret(phone, words, at)
    touch(phone, *acts)
    expect_body(phone, html)


@pytest.mark.sampled(every=8)
@pytest.mark.parametrize(
    ("acts", "html"),
    [
        (["- ", "~un", NEW_LINE, "- ", "~deux"], "<ul><li>un</li><li>deux</li></ul>"),
        (["~- ", "~un", NEW_LINE, NEW_LINE, "x"], "<ul><li>un</li></ul>\n<p>x</p>"),
        (["---", NEW_LINE, "~mot"], "<hr>\n<p>mot</p>"),
        (["- ", DELETE_BACK, "x"], "<p>- x</p>"),
        (["=- pain", NEW_LINE, "lait"], "<ul><li>pain</li><li>lait</li></ul>"),
        (["=1. un deux", " x"], "<ol><li>un deux x</li></ol>"),
        (["=-pain"], "<p>-pain</p>"),
        (["=12 - pain"], "<p>12 - pain</p>"),
        (
            ["~[x] fait", NEW_LINE, "~b"],
            '<ul class="check"><li class="done">fait</li><li>b</li></ul>',
        ),
        (["~**gras**", " b"], "<p><strong>gras</strong> b</p>"),
        (
            ["~www.caf.fr", NEW_LINE, "x"],
            '<p><a href="https://www.caf.fr">www.caf.fr</a></p>\n<p>x</p>',
        ),
        (["[[", "~Un mot", "]]", "."], '<p><a linktype="wanted" title="Un mot">Un mot</a>.</p>'),
    ],
)
def test_what_a_phone_composes_is_read_as_what_one_types(phone, acts, html):
    fill(phone, "")
    text(phone).tap()
    touch(phone, *acts)
    expect_body(phone, html)


def test_a_phone_shows_how_to_nest_an_item_and_take_it_out(phone):
    fill(phone, "<ul><li>un</li><li>deux</li></ul>\n<p>fin</p>")
    caret(phone, "deux")
    bar = phone.get_by_role("toolbar", name="Cette liste")
    bar.get_by_role("button", name="Décaler").tap()
    expect_body(phone, "<ul><li>un<ul><li>deux</li></ul></li></ul>\n<p>fin</p>")
    bar.get_by_role("button", name="Ramener").tap()
    expect_body(phone, "<ul><li>un</li><li>deux</li></ul>\n<p>fin</p>")
    caret(phone, "fin")
    expect(bar).to_be_hidden()


def test_the_first_item_cannot_be_nested(desk_writer):
    fill(desk_writer, "<ul><li>un</li><li>deux</li></ul>")
    caret(desk_writer, "un")
    expect(tool(desk_writer, "indent")).to_have_attribute("aria-disabled", "true")
    caret(desk_writer, "deux")
    expect(tool(desk_writer, "indent")).to_have_attribute("aria-disabled", "false")


# Direction

ARABIC = "مرحبا بكم في المكتبة (CNI)."
DIRECTIONS = """() => Object.fromEntries([...document.querySelectorAll(
    ".ProseMirror :is(p, h2, li, ul, blockquote, .note, figcaption)"
)].map((one, rank) => [`${rank} ${one.localName}`, getComputedStyle(one).direction]))"""


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{ARABIC}</p>",
        f"<h2>1. {ARABIC}</h2>",
        f"<ul><li>{ARABIC}</li><li><strong>12</strong> {ARABIC}</li></ul>",
        f'<ul class="check"><li>{ARABIC}</li></ul>',
        f"<blockquote><p>{ARABIC}</p></blockquote>",
        f'<div class="note"><p>{ARABIC}</p></div>',
    ],
)
def test_what_is_written_from_right_to_left_is_shown_so(desk_writer, html):
    fill(desk_writer, f"{html}\n<p>Bonjour</p>")
    *own, french = desk_writer.evaluate(DIRECTIONS).values()
    assert set(own) == {"rtl"}
    assert french == "ltr"


def test_the_direction_follows_what_is_typed(desk_writer):
    fill(desk_writer, "")
    text(desk_writer).click()
    type_keys(desk_writer, "- مرحبا", ENTER, "bonjour")
    directions = desk_writer.evaluate(DIRECTIONS)
    assert list(directions.values())[:5] == ["rtl", "rtl", "rtl", "ltr", "ltr"]
    expect_body(desk_writer, "<ul><li>مرحبا</li><li>bonjour</li></ul>")
