"""The HTML of bodies: what it says as plain text, and references to characters."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.html import strip_tags

from wiki.access.visibility import visible_to
from wiki.markup import html

TABLE = "<table><tr><th>a</th><td>b</td></tr><tr><th>c</th><td>d</td></tr></table><p>e</p>"


@pytest.mark.parametrize(("between", "text"), [(" ", "a b\nc d\ne"), (" · ", "a · b\nc · d\ne")])
def test_cells_of_a_row_are_one_line_told_apart_as_asked(between, text):
    assert html.plain_text(TABLE, between) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>un<br>deux</p>trois", "un\ndeux\ntrois"),
        ("<ul><li>un<ul><li>deux</li></ul>trois</li></ul>", "un\ndeux\ntrois"),
        ("<h2>un</h2><blockquote>deux</blockquote> trois", "un\ndeux\ntrois"),
    ],
)
def test_words_after_a_block_stay(text, words):
    assert html.plain_text(text) == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("&#65;&#x41;&#X41;&#65", "AAA&amp;#65"),
        ("&#x10FFFD;&#1114109;", ""),
        ("&#x110000;&#1114112;&#99999999;&#999999999;", ""),
        ("&#0;&#x0;", ""),
        ("a&shy;b&#173;c&#xAD;d", "abcd"),
        ("a & b &amp; c", "a &amp; b &amp; c"),
    ],
)
def test_references_are_characters_or_nothing(typed, kept):
    assert html.clean(f"<p>{typed}</p>") == f"<p>{kept}</p>"


@pytest.mark.parametrize(("digits", "is_kept"), [(1, True), (18, True), (19, False), (40, False)])
def test_numbers_that_no_database_holds_are_left_out(digits, is_kept):
    start = f' start="{"9" * digits}"' if is_kept else ""
    assert (
        html.clean(f'<ol start="{"9" * digits}"><li>a</li></ol>') == f"<ol{start}><li>a</li></ol>"
    )


@pytest.mark.django_db
def test_without_tags_is_what_a_parser_says_of_what_readers_are_shown(client):
    pages = [page.specific.address for page in visible_to(AnonymousUser()).filter(depth__gt=2)]
    assert len(pages) > 60
    for address in pages:
        shown = client.get(address).content.decode().partition("<body>")[2]
        assert html.without_tags(shown) == strip_tags(shown), address


def test_without_tags_a_value_may_hold_the_end_of_one():
    assert html.without_tags('<p title="a > b">c</p><img alt=\'d > "e"\'>f') == "cf"
