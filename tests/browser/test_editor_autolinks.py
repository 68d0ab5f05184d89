"""Addresses and titles typed or pasted are links in the editor, the same that the server makes."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.editor import (
    answer_titles,
    ask,
    body,
    caret,
    expect_body,
    fill,
    paste,
    text,
    type_keys,
)
from tests.browser.waiting import let_it_draw
from wiki.rendering.autolinks import linked

CASES = json.loads(Path(settings.ROOT, "tests/wiki/rendering/autolinked.json").read_text())
BRACKETED = json.loads(Path(settings.ROOT, "tests/wiki/rendering/bracketed.json").read_text())
DRESSED = [
    "<p>www.<strong>caf</strong>.fr <strong>www.caf.fr</strong>.</p>",
    '<p><a href="https://exemple.example">www.caf.fr</a> <code>www.caf.fr</code></p>',
    "<ul><li>contact@caf.fr<br>www.caf.fr</li></ul>",
]


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_the_editor_and_the_server_make_the_same_links(desk_writer):
    bodies = [f"<p>{escaped(case['text'])}</p>" for case in CASES] + DRESSED
    made = ask(desk_writer, "argument.map(editor.linked)", bodies)
    for one, own in zip(bodies, made, strict=True):
        assert marks_outside(linked(one)) == own


def marks_outside(html: str) -> str:
    """The editor puts links around the other marks."""
    return html.replace(
        '<strong><a href="https://www.caf.fr">www.caf.fr</a></strong>',
        '<a href="https://www.caf.fr"><strong>www.caf.fr</strong></a>',
    )


@pytest.mark.parametrize("case", BRACKETED, ids=lambda case: case["text"])
def test_the_editor_reads_brackets_as_the_server_does(desk_writer, case):
    answer_titles(desk_writer, [])
    fill(desk_writer, "")
    text(desk_writer).click()
    type_keys(desk_writer, f"{case['text']}.")
    expect_body(desk_writer, linked(f"<p>{case['text']}.</p>"))


CAF = '<a href="https://www.caf.fr">www.caf.fr</a>'
AIDE = '<a href="https://www.caf.fr/aide">www.caf.fr/aide</a>'
MAIL = '<a href="mailto:contact@caf.fr">contact@caf.fr</a>'


@pytest.mark.parametrize(
    ("keys", "html"),
    [
        (["www.caf.fr et"], f"<p>{CAF} et</p>"),
        (["contact@caf.fr", "<Enter>", "x"], f"<p>{MAIL}</p>\n<p>x</p>"),
        (["- www.caf.fr", "<Enter>", "x"], f"<ul><li>{CAF}</li><li>x</li></ul>"),
        (["www.caf.fr", "<Shift+Enter>", "x"], f"<p>{CAF}<br>x</p>"),
        (["(www.caf.fr), x"], f"<p>({CAF}), x</p>"),
        (["«\u00a0www.caf.fr\u00a0»."], f"<p>«\u00a0{CAF}\u00a0».</p>"),
        (["caf.fr et www.caf x"], "<p>caf.fr et www.caf x</p>"),
        (["www.caf.fr x", "<Control+z>", "<Control+z>", "y"], "<p>www.caf.fr y</p>"),
        (["www.caf.fr x", *["<ArrowLeft>"] * 2, "/aide "], f"<p>{AIDE} x</p>"),
    ],
    ids=str,
)
def test_addresses_become_links_once_typed(desk_writer, keys, html):
    fill(desk_writer, "")
    text(desk_writer).click()
    type_keys(desk_writer, *keys)
    expect_body(desk_writer, html)


OTHER = '<a href="https://www.caf.fr">la Caf</a>'


@pytest.mark.parametrize(
    ("at", "keys", "html"),
    [
        (4, ["x"], '<p><a href="https://www.xcaf.fr">www.xcaf.fr</a> {}</p>'),
        (-1, ["<Backspace>", "<Backspace>"], "<p>www.caf. {}</p>"),
        (4, ["<Enter>"], "<p>www.</p>\n<p>caf.fr {}</p>"),
    ],
)
def test_a_link_never_says_another_address_than_its_own(desk_writer, at, keys, html):
    fill(desk_writer, f"<p>{CAF} {OTHER}</p>")
    caret(desk_writer, "www", at)
    type_keys(desk_writer, *keys)
    expect_body(desk_writer, html.format(OTHER))
    caret(desk_writer, "la Caf", 2)
    type_keys(desk_writer, "x")
    expect_body(desk_writer, html.format(OTHER.replace("la", "lax")))


def test_an_address_without_its_link_stays_so(desk_writer):
    fill(desk_writer, f"<p>Jamais {CAF}</p>")
    text(desk_writer).get_by_role("link").click()
    about = desk_writer.get_by_role("toolbar", name="Ce lien")
    about.get_by_role("button", name="Enlever").click()
    expect_body(desk_writer, "<p>Jamais <code>www.caf.fr</code></p>")
    assert linked(body(desk_writer)) == body(desk_writer)


TITLES = "[[Code oublié]] et [[Page inexistante]], www.caf.fr. contact@caf.fr"
PAGES = [{"id": 13, "title": "Code oublié", "kind": "situation", "kind_name": "Situation"}]
WANTED = '<a linktype="wanted" title="Page inexistante">Page inexistante</a>'
PASTED = f'<a linktype="page" id="13">Code oublié</a> et {WANTED}, {CAF}. {MAIL}'


@pytest.mark.parametrize(
    ("kind", "data", "html"),
    [
        ("text/plain", TITLES, "<p>{}</p>"),
        ("text/html", f"<p><span>{TITLES}</span></p>", "<p>{}</p>"),
        ("text/html", f"<ul><li>{TITLES}</li></ul>", "<ul><li>{}</li></ul>"),
    ],
)
def test_all_that_is_pasted_at_once_becomes_links(desk_writer, kind, data, html):
    answer_titles(desk_writer, PAGES)
    fill(desk_writer, "")
    text(desk_writer).click()
    paste(desk_writer, kind, data)
    expect_body(desk_writer, html.format(PASTED))
    type_keys(desk_writer, "<Control+z>")
    expect_body(desk_writer, "")


def test_titles_are_found_whatever_their_case_accents_and_quotes(desk_writer):
    answer_titles(desk_writer, [{**PAGES[0], "title": "L’Œuvre d’été"}])
    fill(desk_writer, "")
    text(desk_writer).click()
    type_keys(desk_writer, "[[l'oeuvre d'ete]] [[Autre]].")
    expect_body(
        desk_writer,
        '<p><a linktype="page" id="13">l\'oeuvre d\'ete</a> '
        '<a linktype="wanted" title="Autre">Autre</a>.</p>',
    )
    expect(desk_writer.locator(".choices")).to_be_hidden()


# Addresses of the site itself

LIEUX = {"id": 12, "title": "Lieux", "kind": "index", "kind_name": "Liste", "address": "/lieux/"}


@pytest.mark.parametrize("host", ["{}", "HTTP://{}"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_an_address_of_the_site_typed_whole_becomes_a_link_to_its_page(desk_writer, host, slash):
    answer_titles(desk_writer, [LIEUX])
    site = desk_writer.evaluate("location.origin")
    address = f"{host.format(site).replace('HTTP://http', 'HTTP')}/lieux{slash}"
    fill(desk_writer, "")
    text(desk_writer).click()
    type_keys(desk_writer, f"Voir {address}, puis")
    expect_body(desk_writer, f'<p>Voir <a linktype="page" id="12">{address}</a>, puis</p>')
    fill(desk_writer, "")
    text(desk_writer).focus()
    paste(desk_writer, "text/plain", f"Voir {address}, puis")
    expect_body(desk_writer, f'<p>Voir <a linktype="page" id="12">{address}</a>, puis</p>')


def test_other_addresses_and_those_that_were_there_stay_what_they_are(desk_writer):
    answer_titles(desk_writer, [LIEUX])
    site = desk_writer.evaluate("location.origin")
    old = f'<a href="{site}/lieux/">ancien</a>'
    others = [f"{site}/lieux/?page=2", f"{site}/lieux/#un", f"{site}/autre/", "https://x.fr/lieux/"]
    fill(desk_writer, f"<p>{old} x</p>")
    caret(desk_writer, " x")
    type_keys(desk_writer, "".join(f" {address}" for address in others), " ")
    links = " ".join(f'<a href="{address}">{address}</a>' for address in others)
    desk_writer.wait_for_load_state("networkidle")
    let_it_draw(desk_writer)
    expect_body(desk_writer, f"<p>{old} x {links}</p>")


def test_an_address_between_brackets_leads_to_the_page_that_stands_there(desk_writer):
    answer_titles(desk_writer, [LIEUX])
    fill(desk_writer, "")
    text(desk_writer).click()
    type_keys(desk_writer, "[[/lieux/|nos lieux]].")
    expect_body(desk_writer, '<p><a linktype="page" id="12">nos lieux</a>.</p>')
