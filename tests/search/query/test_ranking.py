"""The order of the answers, on entries made by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.indexing.documents import wordings_stems
from search.language.analysis import stems_of
from search.query.ranking import (
    COLUMNS,
    NAME,
    NEIGHBOURS,
    Positions,
    QueryTerm,
    Ranking,
    nearness,
    rarity,
)


def entry(title="", wordings="", lead="", topics="", body="") -> dict[str, str]:
    columns = dict.fromkeys(COLUMNS, "")
    columns |= {"title_stems": stems_of(title), "wording_stems": wordings_stems(wordings)}
    columns |= {"lead_stems": stems_of(lead), "topic_stems": stems_of(topics)}
    return {**columns, "body_stems": stems_of(body)}


def ranking(query: str) -> Ranking:
    return Ranking([QueryTerm(frozenset([stem]), 1.0) for stem in stems_of(query).split()])


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("linux", entry(title="Adopter Linux"), entry(body="linux linux linux linux")),
        ("linux", entry(lead="linux"), entry(body="linux")),
        ("linux", entry(topics="linux"), entry(body="linux")),
        ("linux", entry(body="linux linux"), entry(body="linux")),
        ("linux", entry(body="linux"), entry(body="linux " + "autre " * 2000)),
        ("linux", entry(title="Linux"), entry(title="Linux ou Windows pour débuter")),
        ("mot passe", entry(title="Mot de passe"), entry(title="Passe le mot")),
        ("mot passe", entry(body="mot de passe"), entry(body="mot à dire en passe")),
        ("mot passe", entry(wordings="mot de passe\nautre"), entry(wordings="mot\nde passe")),
        ("mot passe", entry(title="mot de passe"), entry(wordings="mot de passe")),
    ],
)
def test_one_page_answers_better_than_another(query, better, worse):
    order = ranking(query)
    assert order.relevance(better) > order.relevance(worse)


def test_a_section_comes_after_a_page_that_says_as_much():
    page = entry(title="Réunions", body="réunion")
    order = ranking("réunions")
    assert order.relevance(page, is_section=True) < order.relevance(page)


def test_a_rare_word_weighs_more_than_a_common_one():
    order = Ranking([QueryTerm(frozenset(["linux"]), 5.0), QueryTerm(frozenset(["mot"]), 1.0)])
    assert order.relevance(entry(body="linux")) > order.relevance(entry(body="mot mot mot"))


def test_rarity_never_comes_near_zero():
    assert rarity(100, 100) > 1
    assert rarity(1, 20_000) > 5 * rarity(20_000, 20_000)
    assert rarity(0, 0) == 1


def test_wordings_are_not_read_as_one_sentence():
    order = ranking("mot passe")
    parted = entry(wordings="le mot\npasse")
    assert order.neighbours({name: order.places(parted[name]) for name in COLUMNS}) == 0


def test_words_are_worth_more_the_nearer_they_are_and_in_their_order():
    far, near, beside = (
        nearness(Positions([1], 1.0), Positions([place], 1.0)) for place in (60, 8, 2)
    )
    assert far == 0 < near < beside == 1
    assert 0 < nearness(Positions([11], 1.0), Positions([10], 1.0)) < 1
    assert (
        ranking("mot passe").neighbours({name: {0: Positions([1], 1.0)} for name in COLUMNS}) == 0
    )


def expression(*words: str) -> QueryTerm:
    phrase = tuple(frozenset([stem]) for word in words for stem in stems_of(word).split())
    return QueryTerm(frozenset(), 1.0, (phrase,), is_expression=True)


def test_an_expression_is_its_words_one_after_the_other_and_no_other():
    order = Ranking([expression("mot", "passe")])
    assert order.relevance(entry(body="son mot de passe")) > 0
    assert order.relevance(entry(body="passer le relais, dire trois mots")) == 0


def test_a_word_that_means_the_same_is_worth_less_than_the_word_itself():
    order = Ranking([QueryTerm(frozenset(["courriel"]), 1.0, others=frozenset(["mail"]))])
    itself, other = (order.relevance(entry(title=word)) for word in ("courriel", "mail"))
    assert itself > other > 0


@given(st.fixed_dictionaries({name: st.text("ab |", max_size=20) for name in COLUMNS}))
def test_relevance_has_bounds(columns):
    order = Ranking([QueryTerm(frozenset("a"), 2.0), QueryTerm(frozenset("b"), 1.0)])
    assert 0 <= order.relevance(columns) <= 1 + NAME + NEIGHBOURS
