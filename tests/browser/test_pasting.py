"""What is pasted comes as its source means it: nothing hidden, numbers and boxes as they were."""

from tests.browser import pasted_kinds as kinds
from tests.browser import pasted_signs as signs
from tests.browser.editor import pasted, said
from wiki.markup.html import clean


def stored(desk, inputs: dict[str, str], kind: str = "text/html") -> dict[str, str]:
    texts = {name: pasted(desk, data, kind) for name, data in inputs.items()}
    assert {name: clean(html) for name, html in texts.items()} == texts
    return texts


def check(desk, pairs: dict[str, tuple[str, str]], kind: str = "text/html") -> None:
    texts = stored(desk, {name: data for name, (data, _expected) in pairs.items()}, kind)
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
        (kinds.UNWRITABLE["formula"], "les formules"),
        (kinds.UNWRITABLE["drawn formula"], "les formules"),
        (kinds.UNWRITABLE["video"], "les vidéos, les sons"),
        (kinds.UNWRITABLE["frame"], "les vidéos, les sons"),
        (kinds.UNWRITABLE["drawing"], "les dessins qui contiennent des mots"),
        ('<p>a<img src="https://a.example/x.png"></p>', "Ajoutez-les avec «\xa0Photo\xa0»"),
    ]:
        pasted(desk, html)
        assert words in said(desk)
    for html in ["<p>a</p>", kinds.SIGNS["gmail"], kinds.TICKED["google docs"], kinds.UNSEEN]:
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


def test_lines_with_the_signs_of_items_become_lists(desk):
    check(desk, signs.LINES, "text/plain")
    check(desk, signs.NO_LINES, "text/plain")
    check(desk, signs.HTML_LINES)


def test_tables_drawn_in_a_plain_text_become_tables(desk):
    check(desk, signs.TABLES, "text/plain")


def test_looks_and_links_drawn_in_a_plain_text_become_real(desk):
    check(desk, signs.LOOKS, "text/plain")


def test_items_that_say_how_deep_they_stand_are_nested(desk):
    check(desk, kinds.DEEP)


def test_links_that_lead_through_another_site_are_unwrapped(desk):
    link = "<p><a href='{}'>la CAF</a></p>"
    inputs = {name: link.format(address) for name, address in kinds.WRAPPED.items()}
    expected = '<p><a href="https://www.caf.fr/a?b=1">la CAF</a></p>'
    assert stored(desk, inputs) == dict.fromkeys(inputs, expected)
    bare = kinds.WRAPPED["mail"]
    expected = '<p>voir <a href="https://www.caf.fr/a?b=1">https://www.caf.fr/a?b=1</a></p>'
    assert pasted(desk, f"voir {bare}", "text/plain") == expected
    assert pasted(desk, f"<p>voir <a href='{bare}'>{bare}</a></p>") == expected
    trap = "https://www.google.com/url?q=javascript:x"
    assert f'href="{trap}"' in pasted(desk, link.format(trap))


def test_looks_that_cells_say_dress_their_words(desk):
    check(desk, kinds.DRESSED_CELLS)


def test_the_blank_that_ends_a_paragraph_of_word_online_goes(desk):
    html = "<p><span>a b</span><span class='EOP SCX1'>&nbsp;</span></p>"
    assert pasted(desk, html) == "<p>a b</p>"
