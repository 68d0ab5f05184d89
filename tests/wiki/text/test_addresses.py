"""What titles become in addresses: words stay apart, no letter is lost."""

import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.settings.base import ROOT
from wiki.text.addresses import MAX_LENGTH, shortened, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Œuvre", "oeuvre"),
        ("Ærø", "aero"),
        ("Changement d'heure", "changement-d-heure"),
        ("Réunion d’essai", "reunion-d-essai"),
        ("Réunion 12/03/2026", "reunion-12-03-2026"),
        ("Ouverture à 14:30", "ouverture-a-14-30"),
        ("e\u0301te\u0301", "ete"),
        ("co\u00adopé\u200bration", "cooperation"),
        ("Straße, Łódź, smørrebrød", "strasse-lodz-smorrebrod"),
        ("« Wi-Fi » & câble", "wi-fi-cable"),
        ("D\u02bcaccord", "d-accord"),
        ("Привет", "privet"),
        ("中文", "zhongwen"),
        ("!!!", ""),
    ],
)
def test_an_address_keeps_words_apart_and_letters_whole(title, slug):
    assert slug_of(title) == slug


def test_a_title_of_another_alphabet_has_an_address_of_its_own():
    assert re.fullmatch(r"[a-z0-9-]+", slug_of("مرحبا بالعالم"))


@given(st.text())
def test_any_title_gives_an_address_that_gives_itself(text):
    slug = slug_of(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert slug_of(slug) == slug
    assert len(shortened(slug)) <= MAX_LENGTH


def test_no_other_function_makes_addresses():
    said = subprocess.run(
        ["git", "grep", "-l", "slugify", "--", "*.py", ":!tests", ":!*/migrations/*"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert said.stdout.split() == []
