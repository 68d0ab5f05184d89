"""The editor's script and the words that the page gives it."""

import re

import pytest
from django.conf import settings

from wiki.editing.editor_strings import body_words

SOURCES = [path.read_text() for path in sorted((settings.ROOT / "assets/body").glob("*.js"))]
SCRIPT = "\n".join(SOURCES)
# What the script asks for: say("…"), and the names of buttons, keys and rows of buttons.
ASKED = re.findall(r'say\(\s*"(\w+)"', SCRIPT) + re.findall(
    r'(?:word:|mark\(|  list\(|cells\(|^  \[|\], \[)\s*"(\w+)"', SCRIPT, re.MULTILINE
)
LEVELS = {f"title_{level}" for level in (2, 3, 4)}


@pytest.mark.parametrize("name", sorted(set(ASKED)))
def test_each_word_that_the_script_asks_for_is_given(name):
    assert body_words()[name]


def test_no_word_is_given_for_nothing():
    unused = {name for name in body_words() if not re.search(rf"\b{name}\b", SCRIPT)}
    assert unused <= LEVELS


def test_words_are_french():
    words = body_words()
    assert (words["bold"], words["wanted_page"]) == (
        "Gras",
        "Page à écrire\xa0: «\xa0%(title)s\xa0»",
    )
