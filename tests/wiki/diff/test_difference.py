"""The comparison itself: whatever the texts, both can be read again from it."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import costs
from wiki.diff import difference, text_blocks, words_changed
from wiki.markup import html
from wiki.models import ArticlePage

pytestmark = pytest.mark.django_db  # links are told by the names of their pages
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120)
CHOICES = ["un", "deux", "trois", "quatre", ",", ".", "’", "mot", "<b>", "&"]
WORDS = st.lists(st.sampled_from(CHOICES), max_size=30)


def old_side(marked: str) -> str:
    return unescape(re.sub(r"</?del>", "", re.sub(r"<ins>.*?</ins>", "", marked, flags=re.S)))


def new_side(marked: str) -> str:
    return unescape(re.sub(r"</?ins>", "", re.sub(r"<del>.*?</del>", "", marked, flags=re.S)))


def words(text: str) -> list[str]:
    return text.split()


@given(TEXT, TEXT)
@settings(deadline=None)
def test_both_texts_stand_in_the_difference(old, new):
    marked = words_changed(old, new)
    assert "".join(words(old_side(marked))) == "".join(words(old))
    assert "".join(words(new_side(marked))) == "".join(words(new))


@given(WORDS.map(" ".join), WORDS.map(" ".join))
@settings(deadline=None)
def test_words_in_common_are_not_marked(old, new):
    marked = words_changed(old, new)
    assert "".join(words(new_side(marked))) == "".join(words(new))
    if old == new:
        assert "<ins>" not in marked
        assert "<del>" not in marked


@given(TEXT, TEXT)
@settings(deadline=None)
def test_a_difference_holds_no_other_tag_than_ins_and_del(old, new):
    tags = re.findall(r"<[^>]*>", words_changed(old, new))
    assert set(tags) <= {"<ins>", "</ins>", "<del>", "</del>"}


def between(old: str, new: str):
    old_page, new_page = ArticlePage(title="T", body=old), ArticlePage(title="T", body=new)
    old_page.topics = new_page.topics = []
    return difference(old_page, new_page, AnonymousUser())


@given(st.text(max_size=200), st.text(max_size=200))
@settings(deadline=None)
def test_any_two_bodies_are_compared(old, new):
    found = between(html.clean(old), html.clean(new))
    assert found.unchanged >= 0


BODIES = [
    ("<p>a</p>", "<p>a</p>", [], 1),
    ("<p>a</p>", "<p>a</p><p>b</p>", ["added"], 1),
    ("<p>a</p><p>b</p>", "<p>b</p>", ["removed"], 1),
    ("<p>un deux trois</p>", "<p>un deux quatre</p>", ["modified"], 0),
    ("<p>un</p>", "<p>deux</p>", ["added", "removed"], 0),
    ("<h2>Titre ancien</h2>", "<h2>Titre nouveau</h2>", ["modified"], 0),
    ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li></ul>", ["removed"], 1),
    ("<blockquote><p>a</p></blockquote>", "<p>a</p>", ["modified"], 0),
    ("", "<p>a</p>", ["added"], 0),
    ("<table><tr><td>a</td><td>b</td></tr></table>", "", ["removed"], 0),
]


@pytest.mark.parametrize(("old", "new", "kinds", "unchanged"), BODIES)
def test_changes_are_told_block_by_block(old, new, kinds, unchanged):
    found = between(old, new)
    assert sorted(change.kind for change in found.changes) == kinds
    assert found.unchanged == unchanged


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>a</p><div>perdu</div>", "<p>a</p>"),
        ('<div class="note">perdu</div><p>a</p>', "<p>a</p>"),
        ("<p>a</p>perdu", "<p>a</p>"),
        ("<ul><li>a<ul><li>perdu</li></ul></li></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li>perdu<p>dedans</p></li></ul>", "<ul><li><p>dedans</p></li></ul>"),
        ("<blockquote>perdu<p>dedans</p></blockquote>", "<blockquote><p>dedans</p></blockquote>"),
        ("<table><tr><td><p>perdu</p></td></tr></table>", "<table><tr><td></td></tr></table>"),
    ],
)
def test_text_that_disappears_is_told_wherever_it_stood(old, new):
    assert "perdu" in str([change.text for change in between(old, new).changes])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<p><a href="https://a.example">a</a></p>', '<p><a href="https://b.example">a</a></p>'),
        ('<p><a linktype="page" id="3">a</a></p>', '<p><a linktype="page" id="4">a</a></p>'),
        ('<p><a href="https://a.example">mot</a></p>', "<p>mot</p>"),
        ('<p>x</p><embed embedtype="image" id="1" alt="Un plan">', "<p>x</p>"),
    ],
)
def test_links_and_pictures_that_change_are_told(old, new):
    assert between(old, new).changes


def test_a_table_is_compared_row_by_row():
    row = "<tr><td>{}</td><td>9 h</td></tr>"
    old = f"<table>{row.format('lundi')}{row.format('mardi')}</table>"
    new = f"<table>{row.format('lundi')}{row.format('mercredi')}</table>"
    (change,) = between(old, new).changes
    assert change.text == "<del>mardi</del><ins>mercredi</ins> | 9 h"


def test_blocks_are_located_by_heading_and_rank():
    blocks = text_blocks("<p>a</p><h2>Partie</h2><p>b</p><ul><li>c</li></ul>")
    assert [block.text for block in blocks] == ["a", "Partie", "b", "c"]
    assert "Partie" in blocks[3].where
    assert "2" in blocks[3].where


@pytest.mark.parametrize("paragraphs", [1500])
def test_a_long_page_rewritten_is_compared_in_a_moment(paragraphs):
    old = "".join(
        f"<p>mot{n} mot{n + 1} mot{n + 2} ancien texte {n}</p>" for n in range(paragraphs)
    )
    new = "".join(f"<p>autre{n} chose{n} tout à fait {n}</p>" for n in range(paragraphs))
    assert costs.within(5, lambda: between(old, new).changes)


def test_a_very_long_paragraph_is_compared_in_a_moment():
    old = "<p>" + " ".join(f"mot{n % 97}" for n in range(20_000)) + "</p>"
    new = "<p>" + " ".join(f"mot{n % 89}" for n in range(20_000)) + "</p>"
    assert costs.within(5, lambda: between(old, new).changes)
