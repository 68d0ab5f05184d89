"""A paste never breaks what it lands in: a table, a list, a caption, a link."""

from tests.browser.editor import (
    body,
    expect_body,
    fill,
    paste,
    put_caret,
    said,
    select_words,
    text,
)
from tests.browser.waiting import let_it_draw

ROWS = "<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>"
TABLE = f"<table><tbody>{ROWS}</tbody></table>"
EMPTY = (
    '<table><thead><tr><th scope="col"></th><th scope="col"></th></tr></thead>'
    "<tbody><tr><td></td><td></td></tr></tbody></table>"
)
PASTED = "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
PASTED_STORED = (
    "<table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>"
)


def landed(desk, held: str, words: str, after: int, html: str) -> str:
    """The text after a paste in the middle of it, on one line."""
    fill(desk, held)
    put_caret(desk, words, after)
    paste(desk, "text/html", html)
    return body(desk).replace("\n", "")


def test_a_table_pasted_in_a_written_table_stands_under_it(desk):
    assert landed(desk, TABLE, "a", 1, PASTED) == TABLE + PASTED_STORED
    assert "sous celui-ci" in said(desk)


def test_a_table_pasted_in_an_empty_table_fills_it_and_keeps_its_headings(desk):
    fill(desk, EMPTY)
    text(desk).locator("th").first.click()
    let_it_draw(desk)
    paste(desk, "text/html", PASTED)
    expect_body(
        desk,
        '<table><thead><tr><th scope="col">1</th><th scope="col">2</th></tr></thead>'
        "<tbody><tr><td>3</td><td>4</td></tr></tbody></table>",
    )


def test_a_paste_in_a_cell_stays_in_the_cell(desk):
    for html, cell in {
        f"<p>avant</p>{PASTED}<p>après</p>": "<p>aavant</p><p>1 · 2</p><p>3 · 4</p><p>après</p>",
        f"<blockquote><p>dit</p>{PASTED}</blockquote>": "<p>adit</p><p>1 · 2</p><p>3 · 4</p>",
        "<ul><li>un</li><li>deux</li></ul>": "a<ul><li>un</li><li>deux</li></ul>",
        "<h2>Titre</h2><p>suite</p>": "<p>aTitre</p><p>suite</p>",
        "<p>x</p><hr><p>y</p>": "<p>ax</p><hr><p>y</p>",
    }.items():
        assert landed(desk, TABLE, "a", 1, html) == TABLE.replace("<td>a<", f"<td>{cell}<")


def test_lists_and_rows_pasted_in_a_cell_are_not_glued_to_its_words(desk):
    own = BOXES.replace("<ul", '<ul data-kb-slice=""') + PASTED_STORED
    rows = "<p>1 · 2</p><p>3 · 4</p>"
    assert landed(desk, TABLE, "a", 1, own) == TABLE.replace(">a<", f">a{BOXES}{rows}<")
    assert landed(desk, TABLE, "a", 0, own) == TABLE.replace(">a<", f">{BOXES}{rows}a<")


def test_a_paste_in_a_caption_is_one_line(desk):
    captioned = TABLE.replace("<tbody>", "<caption>Prix</caption><tbody>")
    for html, words in {
        "<p>un</p><p>deux</p>": "un deux",
        "<ul><li>un</li><li>deux</li></ul>": "un deux",
        PASTED: "1 2 3 4",
    }.items():
        expected = captioned.replace("Prix", f"Prix{words}")
        assert landed(desk, captioned, "Prix", 4, html) == expected


BULLETS = "<ul><li>x</li><li>y</li></ul>"
BOXES = '<ul class="check"><li class="done">x</li><li>y</li></ul>'
NUMBERS = '<ol start="3"><li>x</li><li>y</li></ol>'


def test_a_list_pasted_in_a_list_gives_it_items_or_stands_in_its_item(desk):
    held, boxes = "<ul><li>un</li><li>deux</li></ul>", BOXES.replace("x", "un")
    both = "<ul><li>un</li><li>x</li><li>y</li><li>deux</li></ul>"
    assert landed(desk, held, "un", 2, BULLETS) == both
    assert landed(desk, held, "un", 1, BULLETS) == both
    assert landed(desk, held, "un", 2, BOXES) == held.replace("un<", f"un{BOXES}<")
    assert landed(desk, held, "un", 2, NUMBERS) == held.replace("un<", f"un{NUMBERS}<")
    more = '<li class="done">un</li><li class="done">x</li><li>y</li>'
    assert landed(desk, boxes, "un", 2, BOXES).startswith(f'<ul class="check">{more}')
    assert landed(desk, boxes, "un", 2, BULLETS).startswith(
        '<ul class="check"><li class="done">un</li><li>x</li><li>y</li>'
    )


def test_a_list_pasted_after_words_keeps_its_first_item(desk):
    for held in ["<p>mots</p>", "<h2>mots</h2>", "<blockquote><p>mots</p></blockquote>"]:
        expected = held.replace("</blockquote>", f"{NUMBERS}</blockquote>")
        expected = expected if "quote" in held else held + NUMBERS
        assert landed(desk, held, "mots", 4, NUMBERS) == expected


def test_a_table_pasted_in_an_item_or_a_callout_stands_in_it(desk):
    item = "<ul><li>un</li><li>deux</li></ul>"
    assert landed(desk, item, "un", 2, PASTED) == item.replace("un<", f"un{PASTED_STORED}<")
    note = '<div class="note"><p>mots</p></div>'
    expected = note.replace("</div>", f"{PASTED_STORED}</div>")
    assert landed(desk, note, "mots", 4, PASTED) == expected


def test_a_paste_in_the_words_of_a_link_belongs_to_the_link(desk):
    held = '<p>va <a href="https://a.example/">le lien</a> la</p>'
    for html, words in {
        "<p>mot</p>": "mot",
        "<b>mot</b>": "<strong>mot</strong>",
        '<a href="https://b.example/">mot</a>': "mot",
    }.items():
        assert landed(desk, held, "le lien", 2, html) == held.replace("le l", f"le{words} l")


def test_an_address_pasted_over_words_makes_them_a_link(desk):
    held = "<p>va <strong>voir</strong> la page ici</p>"
    for address, href in {
        "https://www.caf.fr/": "https://www.caf.fr/",
        " www.caf.fr\n": "https://www.caf.fr",
        "a@caf.fr": "mailto:a@caf.fr",
    }.items():
        fill(desk, held)
        select_words(desk, "la page")
        paste(desk, "text/plain", address)
        expect_body(desk, held.replace("la page", f'<a href="{href}">la page</a>'))
        desk.keyboard.type("!")
        expect_body(desk, held.replace("la page", f'<a href="{href}">la page</a>!'))


def test_other_words_or_an_address_over_an_address_replace_what_is_selected(desk):
    for selected, words, expected in [
        ("la page", "mot", "mot"),
        (
            "la page",
            "va sur https://b.example/",
            'va sur <a href="https://b.example/">https://b.example/</a>',
        ),
        (
            "www.a.example",
            "https://b.example/",
            '<a href="https://b.example/">https://b.example/</a>',
        ),
    ]:
        fill(desk, f"<p>va {selected} ici</p>")
        select_words(desk, selected)
        paste(desk, "text/plain", words)
        expect_body(desk, f"<p>va {expected} ici</p>")


def test_a_plain_text_looks_as_the_words_where_it_lands(desk):
    for tag, words in {"strong": "ax <em>mot</em> yb", "code": "ax *mot* yb"}.items():
        fill(desk, f"<p><{tag}>ab</{tag}></p>")
        put_caret(desk, "ab", 1)
        paste(desk, "text/plain", "x *mot* y")
        expect_body(desk, f"<p><{tag}>{words}</{tag}></p>")
