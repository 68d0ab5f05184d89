"""What is pasted comes as its source means it: nothing hidden, numbers and boxes as they were."""

from tests.browser import pasted_kinds as kinds
from tests.browser.editor import pasted, said
from wiki.html import clean


def stored(desk, inputs: dict[str, str]) -> dict[str, str]:
    texts = {name: pasted(desk, html) for name, html in inputs.items()}
    assert {name: clean(html) for name, html in texts.items()} == texts
    return texts


def check(desk, pairs: dict[str, tuple[str, str]]) -> None:
    texts = stored(desk, {name: html for name, (html, _expected) in pairs.items()})
    assert texts == {name: expected for name, (_html, expected) in pairs.items()}


def test_pasting_never_brings_what_the_source_hides(desk):
    assert stored(desk, kinds.HIDDEN) == dict.fromkeys(kinds.HIDDEN, "<p>a b</p>")
    check(desk, kinds.SEEN)


def test_pasting_never_brings_what_the_source_strikes(desk):
    expected = "<p>Ouvert le mardi matin.</p>"
    assert stored(desk, kinds.STRUCK) == dict.fromkeys(kinds.STRUCK, expected)


def test_pasting_never_brings_what_stands_in_the_margin(desk):
    expected = "<p>Texte fin.</p>"
    assert stored(desk, kinds.ANNOTATED) == dict.fromkeys(kinds.ANNOTATED, expected)


def test_what_a_paste_leaves_behind_is_said_with_what_to_do(desk):
    for html, words in [
        (kinds.STRUCK["s"], "les mots barrés. Si cela doit se lire, écrivez-le ici."),
        (kinds.ANNOTATED["word"], "les commentaires"),
        (kinds.ANNOTATED["forge"], "les notes de bas de page"),
        (kinds.HIDDEN["word"], "le texte caché"),
        ('<p>a<img src="https://a.example/x.png"></p>', "Ajoutez-les avec «\xa0Photo\xa0»"),
    ]:
        pasted(desk, html)
        assert words in said(desk)
    for html in ["<p>a</p>", kinds.SIGNS["gmail"], kinds.TICKED["google docs"]]:
        pasted(desk, html)
        assert said(desk) == ""


def test_numbers_of_lists_survive_a_paste(desk):
    check(desk, kinds.NUMBERED)


def test_boxes_and_ticks_survive_a_paste(desk):
    assert stored(desk, kinds.TICKED) == dict.fromkeys(kinds.TICKED, kinds.BOXES)
    check(desk, kinds.NOT_TICKED)


def test_pictures_that_stand_for_a_sign_become_the_sign(desk):
    inputs = {name: f"<p>Bravo {html}</p>" for name, html in kinds.SIGNS.items()}
    assert stored(desk, inputs) == dict.fromkeys(inputs, "<p>Bravo 🎉</p>")
    wingdings = "<p>Bravo <span style='font-family:Wingdings'>J</span></p>"
    assert pasted(desk, wingdings) == "<p>Bravo 🙂</p>"


def test_tables_of_layout_and_tables_in_tables_are_flattened(desk):
    check(desk, kinds.TABLES)
