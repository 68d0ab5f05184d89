"""A sheet of A4: nothing is lost at its edge, on another text, or behind a link."""

import pytest

from tests.browser.full_site import LINK
from tests.browser.looking import PAPER, Eyes

COLUMNS = """
[...document.querySelectorAll(".prose table")].map((t) => [...t.rows[0].cells].map((cell) => {
  const box = cell.getBoundingClientRect();
  return [box.left >= 0 && box.right <= innerWidth, parseFloat(getComputedStyle(cell).fontSize)];
}))
"""
FACTS = """
[...document.querySelectorAll(".lead > div")].filter((e) => e.checkVisibility()).map((fact) => {
  const box = fact.getBoundingClientRect(), range = document.createRange();
  range.selectNodeContents(fact);
  const within = (r) => r.left >= box.left - 1 && r.right <= box.right + 1;
  return [...range.getClientRects()].every(within);
})
"""
AFTER = """
(words) => {
  const links = [...document.querySelectorAll(".prose a")];
  const link = links.find((one) => one.textContent === words);
  return getComputedStyle(link, "::after").content;
}
"""


@pytest.fixture
def sheet(looking_tab, full_site):
    """A function: the page of this kind, on paper."""

    def printed(folder: str):
        addresses = full_site.screens["wagtail_serve"]
        looking_tab.goto(next(a for a in addresses if a.startswith(folder) and "-def" in a))
        Eyes(looking_tab).put_on(PAPER)
        return looking_tab

    return printed


@pytest.mark.whole
def test_every_column_of_a_wide_table_is_on_the_sheet(sheet):
    wide, *_others = sheet("/collectif/").evaluate(COLUMNS)
    assert len(wide) == 12
    assert all(inside and size >= 9 for inside, size in wide)


def test_a_link_is_followed_by_its_address_on_paper_only(sheet):
    tab = sheet("/collectif/")
    assert tab.evaluate(AFTER, "le site de la Cnil") == f'" ({LINK})"'
    assert tab.evaluate(AFTER, "02 47 00 00 00") == "none"
    tab.emulate_media(media="screen")
    assert tab.evaluate(AFTER, "le site de la Cnil") == "none"


def test_each_fact_of_a_place_keeps_within_its_box(sheet):
    facts = sheet("/lieux/").evaluate(FACTS)
    assert len(facts) == 3
    assert all(facts)


def test_a_printed_place_has_no_text_on_another(sheet):
    assert Eyes(sheet("/lieux/"), [PAPER]).faults() == []
