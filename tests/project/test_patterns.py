"""No regular expression takes more than in proportion to the text that it is given."""

import re
import time

import pytest

from tests.project import patterns
from wiki.text.form_fields import LONGEST_TYPED

PATTERNS = patterns.all_of_them()
LENGTH = 2_000
QUICK = 0.004  # seconds for a text of LENGTH: twice what the slowest of the others takes
WORST_OF_SHORT = 0.1
# Those that only ever read short texts, and the most signs of these: of a typed value or of a
# part of one, of an address that was cut, of the format of a cell.
SHORT = {
    "search.indexing.office_numbers.PIECE": 255,
    "search.indexing.office_numbers.FRACTION": 255,
    "wiki.rendering.autolinks.NAMED": 253,
    "wiki.rendering.autolinks.NAMED_BEFORE": 80,
    **dict.fromkeys(
        (
            "structures.codes.TOWN_AND_CODE",
            "structures.coordinates.ANGLE",
            "structures.coordinates.BETWEEN",
            "structures.hours_in_words.RULE",
            "structures.hours_besides.RULE",  # the same
            "structures.opening_hours.RULE",
            "structures.telephones.SEVERAL",
            "wiki.text.web_addresses.SPELT_AT",
            "wiki.text.web_addresses.BETWEEN_ITEMS",
        ),
        LONGEST_TYPED,
    ),
}


def cost(pattern: re.Pattern, recipe, length: int, turns: int = 1) -> float:
    """Seconds of processor to find all that a pattern finds: the least of some turns."""
    text = recipe.text(length, isinstance(pattern.pattern, bytes))
    return min(once(pattern, text) for _turn in range(turns))


def once(pattern: re.Pattern, text) -> float:
    start = time.thread_time()
    for _found in pattern.finditer(text):
        pass
    return time.thread_time() - start


def grows_too_fast(pattern: re.Pattern, recipe) -> bool:
    """Twice the text takes more than three times as long, twice in a row."""
    costs = [cost(pattern, recipe, LENGTH * 2**n, turns=4) for n in range(3)]
    return costs[1] > 3 * costs[0] and costs[2] > 3 * costs[1]


def slow(pattern: re.Pattern) -> list:
    """The texts that take more than in proportion."""
    return [
        recipe
        for recipe in patterns.hostile(pattern)
        if cost(pattern, recipe, LENGTH) > QUICK
        and cost(pattern, recipe, LENGTH, 3) > QUICK
        and grows_too_fast(pattern, recipe)
    ]


@pytest.mark.parametrize("name", sorted(PATTERNS.keys() - SHORT.keys()))
def test_a_pattern_is_linear(name):
    assert not slow(PATTERNS[name])


@pytest.mark.parametrize("name", sorted(SHORT))
def test_a_pattern_that_reads_short_texts_is_quick_on_the_longest(name):
    pattern, length = PATTERNS[name], SHORT[name]
    worst = max(patterns.hostile(pattern), key=lambda recipe: cost(pattern, recipe, length))
    assert cost(pattern, worst, length, turns=3) < WORST_OF_SHORT, worst


@pytest.mark.parametrize(
    "source",
    [
        r"mdp\s*(?:est|[:=])\s*[«\"]?\s*(?P<value>[^\s»]{4,64})",
        '["“”«]\\s*([^"“”«»]+?)\\s*["“”»]',
        r"<(/?)([a-z]\w*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
        r"\w+\s*:\s*\w+\s*;",
    ],
    ids=["blanks after a label", "quotes", "tags", "words"],
)
def test_a_slow_pattern_is_seen(source):
    """The positive control: patterns that stood here, and their like."""
    pattern = re.compile(source)
    assert any(
        is_long(pattern, recipe) and grows_too_fast_when_short(pattern, recipe)
        for recipe in patterns.hostile(pattern)
    )


def is_long(pattern: re.Pattern, recipe) -> bool:
    """On a quick machine too."""
    return any(cost(pattern, recipe, length, 2) > QUICK for length in (800, 1_600))


def grows_too_fast_when_short(pattern: re.Pattern, recipe) -> bool:
    return cost(pattern, recipe, 800, 3) > 3 * cost(pattern, recipe, 400, 3)


def test_all_the_patterns_are_looked_at():
    """As many as the sources hold calls that make one, but for those made while it runs."""
    written = sum(
        1
        for path in patterns.sources()
        for call in patterns.calls_in(path)
        if call.func.attr == "compile"
    )
    assert len(PATTERNS) >= written
    assert {"wiki.editing.sensitive.PASSWORD", "search.query.queries.QUOTED"} <= PATTERNS.keys()
