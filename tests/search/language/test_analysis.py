"""From French text to terms: what counts as the same word."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language import analysis

# Every code point, lone surrogates included, and texts made of what French is made of.
ANY_TEXT = st.one_of(
    st.text(st.characters(), max_size=80),
    st.text("aeéèêœÆçlsux'’-‑ .\u0301\x00İßø🙂\ud800", max_size=40),
)


def words(text: str) -> list[str]:
    return [token.word for token in analysis.tokens(text)]


def are_one(first: str, second: str) -> bool:
    """True when a query of one word finds the other one."""
    [a], [b] = analysis.tokens(first), analysis.tokens(second)
    return bool(set(a.stems) & set(b.stems))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Déjà", "deja"),
        ("ŒUVRE", "oeuvre"),
        ("cœlacanthe", "coelacanthe"),
        ("ex æquo", "ex aequo"),
        ("Noe\u0308l", "noel"),
        ("ÇA", "ca"),
        ("ﬁche", "fiche"),
    ],
)
def test_folding_drops_case_accents_and_ligatures(written, folded):
    assert analysis.fold(written) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'hygromètre", ["hygrometre"]),
        ("l’anémomètre", ["anemometre"]),
        ("L‘ÉCRAN", ["ecran"]),
        ("qu'il, lorsqu’elle", ["il", "elle"]),
        ("jusqu’aujourd’hui", ["aujourdhui"]),
        ("entr’aide", ["entr", "aide"]),
        ("mini-tournebroche-solaire", ["mini", "tournebroche", "solaire"]),
        ("Wi-Fi, WI‑FI, wifi", ["wifi", "wifi", "wifi"]),
        ("l’e-mail", ["email"]),
        ("re\u0301union", ["reunion"]),
        ("impression 3D en 2020", ["impression", "3d", "en", "2020"]),
        ("🙂 — … _ \x00", []),
    ],
)
def test_text_is_cut_into_words(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("girouettes", "girouette"),
        ("cucurbitacée", "cucurbitacées"),
        ("photo", "photos"),
        ("perdu", "perdus"),
        ("emploi", "emplois"),
        ("champion", "champions"),
        ("lieu", "lieux"),
        ("jeu", "jeux"),
        ("réseau", "réseaux"),
        ("genou", "genoux"),
        ("vantail", "vantaux"),
        ("travail", "travaux"),
        ("journal", "journaux"),
        ("parental", "parentaux"),
        ("bail", "baux"),
        ("œil", "yeux"),
        ("données", "DONNEE"),
        ("numérique", "numeriques"),
        ("déclarer", "déclaration"),
    ],
)
def test_two_forms_are_one_word(first, second):
    assert are_one(first, second)


@pytest.mark.parametrize(
    ("first", "second"), [("bureau", "bureautique"), ("lire", "libre"), ("souris", "sourire")]
)
def test_two_words_stay_two(first, second):
    assert not are_one(first, second)


def test_small_words_are_left_out_of_the_index():
    assert analysis.stems_of("Le mot de passe de l’usager") == "mot pass usag"


def test_words_are_kept_in_order_for_beginnings_and_exact_phrases():
    found = analysis.tokens("Le Wi-Fi, l’été et la clé")
    assert analysis.words_in(found) == "le wifi ete et la cle"


@given(ANY_TEXT)
def test_any_text_has_terms(text):
    analysis.stems_of(text)
    analysis.words_in(analysis.tokens(text))


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text):
    once = analysis.fold(text)
    assert analysis.fold(once) == once


@given(ANY_TEXT)
def test_words_stand_in_the_text_where_they_say(text):
    end = 0
    for token in analysis.tokens(text):
        assert end <= token.start < token.end <= len(text)
        written = text[token.start : token.end]
        assert [found.word for found in analysis.tokens(written)] == [token.word]
        end = token.end


@given(ANY_TEXT)
def test_terms_have_no_blank_and_no_empty_stem(text):
    for token in analysis.tokens(text):
        assert token.word and token.stems
        assert all(stem and stem == "".join(stem.split()) for stem in token.stems)


def test_several_threads_stem_at_once():
    """The server answers in threads; Snowball's own object serves one at a time."""
    words = [f"accompagnement{suffix}s{n}" for n in range(300) for suffix in ("eur", "ation")]
    with ThreadPoolExecutor(8) as pool:
        stems = list(pool.map(analysis.stems_of, words * 4))
    assert stems == [analysis.stems_of(word) for word in words] * 4
