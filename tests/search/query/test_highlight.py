"""The extract under a result: the right part of the text, escaped, its words marked."""

import re

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from search.query.groups import Group, Phrase, groups_of
from search.query.highlight import LENGTH, extract

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&é' \n"))
FILLER = "Une phrase qui remplit la page sans rien dire de plus. " * 12


def extract_for(query: str, text: str) -> str:
    return extract(text, groups_of(query))


def test_found_words_are_marked_as_they_are_written():
    assert (
        extract_for("donnee sensible", "Que faire des données sensibles ?")
        == "Que faire des <mark>données</mark> <mark>sensibles</mark> ?"
    )


def test_an_elision_stays_outside_the_mark():
    assert extract_for("hygrometre", "Lire l’hygromètre.") == "Lire l’<mark>hygromètre</mark>."


def test_small_words_of_the_query_are_not_marked():
    assert extract_for("mot de passe", "Le mot de passe") == (
        "Le <mark>mot</mark> de <mark>passe</mark>"
    )


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("pas de clé", "Pas de clé, pas de porte.", ["clé"]),
        ("pas", "Pas de porte.", ["Pas"]),
        ("il donne son code", "Ses données : il donne un code.", ["donne", "code"]),
        ("données", "Ses données, la donnée : il donne.", ["données", "donnée"]),
    ],
)
def test_only_what_was_typed_and_its_forms_are_marked(query, text, marked):
    assert re.findall("<mark>(.*?)</mark>", extract_for(query, text)) == marked


def test_no_ellipsis_stands_alone_on_a_line():
    text = f"{FILLER} Le brimborion. {FILLER * 3} La zorblinette. {FILLER}"
    shown = extract_for("brimborion zorblinette", text)
    assert shown.count("…") == 3
    assert not re.search(r"(?<!\u00a0)…(?!\u00a0)| …|^… ", shown)


def test_a_small_number_stays_with_what_it_counts():
    shown = extract_for("feuilles", "Prévoir 10 feuilles, 3 stylos et 1500 signes.")
    assert shown == "Prévoir 10\u00a0<mark>feuilles</mark>, 3\u00a0stylos et 1500 signes."


def test_small_words_are_marked_when_nothing_else_was_asked():
    assert extract_for("qui", "Les gens qui aident") == "Les gens <mark>qui</mark> aident"


def test_words_that_begin_with_a_half_typed_one_are_marked():
    group = Group("stalactom", ("stalactom",), beginning=True)
    assert extract("Un stalactomètre", [group]) == "Un <mark>stalactomètre</mark>"


def test_words_that_begin_with_a_whole_one_are_not_marked():
    assert extract_for("mot", "La motivation") == "La motivation"


def test_markup_of_the_text_is_shown_as_text():
    assert extract_for("alerte", "<script>alerte('&')</script>") == (
        "&lt;script&gt;<mark>alerte</mark>(&#x27;&amp;&#x27;)&lt;/script&gt;"
    )


def test_a_long_text_is_cut_around_the_place_that_answers_best():
    text = f"Le mot. {FILLER}\nIci le mot de passe est changé.\n{FILLER}"
    shown = extract_for("mot de passe", text)
    assert shown.startswith("…\u00a0Ici le <mark>mot</mark> de <mark>passe</mark> est changé.")
    assert shown.endswith("\u00a0…")
    assert len(re.sub("<[^>]+>", "", shown)) <= LENGTH + len("…  …")


def test_without_a_found_word_the_text_is_shown_from_its_beginning():
    shown = extract_for("zorblinette", FILLER)
    assert shown.startswith("Une phrase") and shown.endswith("\u00a0…")


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("київ", "Місто Київ велике.", "Київ"),
        ("αθηνα", "Η Αθήνα είναι.", "Αθήνα"),
        ("financette", "La ﬁnancette.", "ﬁnancette"),
        ("coeur", "Le cœur.", "cœur"),
        ("covoiturage", "Le co-voiturage.", "co-voiturage"),
        ("RSA", "Le R.S.A. est versé.", "R.S.A."),
        ("0247931122", "Appelez le 02 47 93 11 22.", "02 47 93 11 22"),
        ("février", "Vu le 5/2/20.", "2"),
        ("son", "Son code et le son.", "son"),
    ],
)
def test_words_are_marked_in_any_script_and_way_of_writing(query, text, marked):
    assert re.findall("<mark>(.*?)</mark>", extract_for(query, text)) == [marked]


def test_an_expression_is_marked_whole_and_its_parts_are_not():
    group = Group("mot passe", phrases=(Phrase.of(["mot", "de", "passe"]),))
    text = "Deux mots, puis passer le relais. Les mots de passe."
    assert re.findall("<mark>(.*?)</mark>", extract(text, [group])) == ["mots de passe"]


def test_a_word_that_stands_far_in_a_long_text_is_shown():
    text = "Une phrase qui remplit la page. " * 400 + "Ici la zorblinette."
    assert extract_for("zorblinette", text).endswith("Ici la <mark>zorblinette</mark>.")


def test_words_that_stand_apart_are_both_shown():
    text = f"Le brimborion. {FILLER * 3} La zorblinette. {FILLER}"
    shown = extract_for("brimborion zorblinette", text)
    assert "<mark>brimborion</mark>" in shown and "<mark>zorblinette</mark>" in shown
    assert len(re.sub("<[^>]+>", "", shown)) <= LENGTH + 40


def test_an_empty_text_has_an_empty_extract():
    assert extract_for("mot", "") == ""


@given(ANY_TEXT, st.text(st.characters(), max_size=30))
def test_an_extract_without_its_marks_is_a_part_of_the_escaped_text(text, query):
    shown = extract_for(query, text)
    plain = undotted(shown.replace("<mark>", "").replace("</mark>", ""))
    flat = undotted(escape(text))
    parts = plain.removeprefix("… ").removesuffix(" …").split(" … ")
    assert all(part in flat for part in parts) or plain in flat


def undotted(text: str) -> str:
    """On one line, without the dots that part list items."""
    return " ".join(text.replace("·", " ").split())


def test_list_items_are_parted_by_a_dot_and_sentences_are_not():
    assert extract_for("clé", "Une clé\nUn carnet\nC’est fini.\nMerci") == (
        "Une <mark>clé</mark> · Un carnet · C’est fini. Merci"
    )


@given(ANY_TEXT)
def test_an_extract_has_no_tag_but_marks(text):
    shown = extract_for(text[:20] or "mot", text)
    assert set(re.findall("<[^>]*>?", shown)) <= {"<mark>", "</mark>"}
    assert shown.count("<mark>") == shown.count("</mark>")
