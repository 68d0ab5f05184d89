"""The rich text editor loses no byte, and takes only what a page may hold."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings

from tests.browser import pastes
from tests.browser.canonical_bodies import bodies
from tests.browser.editor import ask, body, caret, expect_body, fill, paste, text, type_keys
from wiki.markup.html import clean
from wiki.models import Version

SIGN = "☃"


def made_bodies(count: int) -> list[str]:
    made = []

    @hypothesis_settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(bodies)
    def gather(body):
        made.append(body)

    gather()
    return made


def test_every_text_of_the_demonstration_is_saved_as_it_was_opened(desk):
    contents = Version.objects.values_list("content", flat=True)
    texts = [content["body"] for content in contents if content.get("body")]
    seen = ask(desk, "argument.map(editor.inspect)", texts)
    assert len(texts) > 100
    assert [one["kept"] for one in seen] == texts
    assert [without_lines(one["canonical"]) for one in seen] == list(map(without_lines, texts))


def without_lines(html: str) -> str:
    return html.replace("\n", "")


def test_canonical_texts_are_held_whole_and_saved_as_they_were_opened(desk):
    texts = made_bodies(300)
    seen = ask(desk, "argument.map(editor.inspect)", texts)
    assert [one["kept"] for one in seen] == texts
    assert [without_lines(one["canonical"]) for one in seen] == list(map(without_lines, texts))
    assert [clean(one["canonical"]) for one in seen] == [one["canonical"] for one in seen]


def test_touching_one_block_changes_that_block_only(desk):
    texts = [text for text in made_bodies(300) if text]
    call = f"argument.map(html => editor.touched(html, '{SIGN}'))"
    for original, changed in zip(texts, ask(desk, call, texts), strict=True):
        assert [text.replace(SIGN, "", 1) for text in changed] == [original] * len(changed)


@pytest.mark.parametrize(
    ("original", "changed"),
    [
        ("<p>a  <b>b</b></p> \n<p><i>c</i></p>", "<p>☃a <strong>b</strong></p> \n<p><i>c</i></p>"),
        (
            "<ul>\n<li>un</li>\n  <li><p><b>deux</b></p></li>\n</ul>",
            "<ul>\n<li>☃un</li>\n  <li><p><b>deux</b></p></li>\n</ul>",
        ),
        (
            "<table>\n<tbody>\n<tr><td>a</td></tr>\n<tr> <td ><b>b</b></td></tr></tbody></table>",
            "<table>\n<tbody>\n<tr><td>☃a</td></tr>\n<tr> <td ><b>b</b></td></tr></tbody></table>",
        ),
        (
            '<div class="note"><p>a</p>\n<p> <b>b</b></p></div>mots nus<p>c</p>',
            '<div class="note"><p>☃a</p>\n<p> <b>b</b></p></div>mots nus<p>c</p>',
        ),
        (
            "<ol start='3'><li>a<ul><li> b </li></ul></li></ol>\n<p>x",
            '<ol start="3"><li>☃a<ul><li>b</li></ul></li></ol>\n<p>x</p>',
        ),
    ],
    ids=["marks", "items", "rows", "bare words", "badly nested"],
)
def test_what_is_beside_a_touched_block_keeps_its_bytes(desk, original, changed):
    assert ask(desk, "editor.inspect(argument).kept", original) == original
    assert ask(desk, f"editor.touched(argument, '{SIGN}')", original)[0] == changed


def rows(*lines: str, tag: str = "td") -> str:
    """« a|b »: a row of two cells."""
    cell = f"<{tag}>{{}}</{tag}>".format
    return "".join(
        f"<tr>{''.join(cell(words) for words in line.split('|'))}</tr>" for line in lines
    )


HEAD = f"<thead>{rows('Titre', tag='th')}</thead>"
SHORT = [
    (rows("Titre", "a|b|c"), rows("Titre||", "a|b|c")),
    (rows("Titre", "Sous-titre", "a|b|c"), rows("Titre||", "Sous-titre||", "a|b|c")),
    (rows("a|b|c", "d|e"), rows("a|b|c", "d|e|")),
    (rows("a|b|c", "d", "e|f|g"), rows("a|b|c", "d||", "e|f|g")),
    (f"{HEAD}{rows('a|b')}", f"<thead>{rows('Titre|', tag='th')}</thead>{rows('a|b')}"),
    (rows("Titre", tag="th") + rows("a|b"), "<tr><th>Titre</th><td></td></tr>" + rows("a|b")),
    (
        '<tr><td colspan="2">Titre</td></tr><tr><td rowspan="2">a</td><td>b</td><td>c</td></tr>'
        + rows("d"),
        '<tr><td colspan="2">Titre</td><td></td></tr>'
        '<tr><td rowspan="2">a</td><td>b</td><td>c</td></tr>' + rows("d|"),
    ),
]


def table_of(inside: str) -> str:
    head, end, others = inside.rpartition("</thead>")
    return f"<table>{head}{end}<tbody>{others}</tbody></table>"


@pytest.mark.parametrize(("short", "whole"), SHORT, ids=lambda inside: clean(inside)[:60])
def test_short_rows_of_a_table_keep_their_words_in_the_first_columns(desk_writer, short, whole):
    stored = f"{table_of(short)}\n<p>fin</p>"
    fill(desk_writer, stored)
    assert body(desk_writer) == stored
    caret(desk_writer, "fin")
    type_keys(desk_writer, "!")
    expect_body(desk_writer, stored.replace("fin", "fin!"))
    caret(desk_writer, "a", -1)
    type_keys(desk_writer, "!")
    expect_body(desk_writer, f"{table_of(whole.replace('>a<', '>a!<'))}\n<p>fin!</p>")
    fill(desk_writer, "")
    text(desk_writer).focus()
    paste(desk_writer, "text/html", f"<table>{short}</table>")
    expect_body(desk_writer, table_of(whole))


def test_texts_cut_across_blocks_say_what_the_editor_shows(desk):
    texts = [text for text in made_bodies(120) if text]
    for written, again in ask(desk, "argument.flatMap(editor.cut)", texts):
        assert written == again


@pytest.mark.parametrize("source", pastes.SAMPLES)
def test_what_is_pasted_comes_clean(desk, source):
    pasted, expected = pastes.SAMPLES[source]
    stored = ask(desk, "editor.pasted(argument)", pasted)
    assert stored == expected
    assert clean(stored) == stored


def test_the_bundle_of_the_site_holds_nothing_for_tests(desk):
    names = "import(document.querySelector('script[src*=editor]').src).then(Object.keys)"
    assert desk.evaluate(names) == []


def test_the_bundle_is_light():
    script = Path(settings.ROOT, "static/js/editor.js").read_bytes()
    assert len(gzip.compress(script, 9)) <= 170 * 1024
