"""What stands around a text, on a phone and on a desktop: each title once, headings that one comes
to, photos as large as the screen, the weight of files, what other sites and messages show."""

import re
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, SIZES
from tests.browser.editor import text, tool
from tests.browser.test_accessibility import GUIDELINE, READING, violations
from tests.browser.test_nothing_lost import publish, ready
from tests.browser.test_reading import MEETING
from tests.browser.test_writing_screens import pdf
from tests.browser.writing import type_at_the_end
from wiki.text.titles import key_of

PLACE = READING["place"]
NAMED = "aside.beside a[href^='/']:not([href^='/themes/'], [href^='/contributeurs/'])"
WIDTH_OF_THE_FILE = """async (shown) => {
  const file = new Image();
  file.src = shown.currentSrc;
  await file.decode();
  return file.naturalWidth;
}"""
ENOUGH = {"phone": (300, 400), "desktop": (700, 1000)}  # pixels: not blurred, not too heavy
PREVIEWS = """() => Object.fromEntries(
  [...document.querySelectorAll("head > link[rel], head > meta[property]")].map((one) =>
    [one.rel || one.getAttribute("property"), one.href || one.content]))"""


@pytest.mark.parametrize("address", [PLACE, GUIDELINE, MEETING, READING["practice sheet"]])
def test_no_title_is_named_twice_around_a_page(tab, address):
    tab.goto(address)
    beside = tab.locator("aside.beside")
    assert beside.get_by_role("heading").count() >= 3  # they had something to repeat
    titles = tab.locator(NAMED).all_inner_texts()
    assert len(titles) == len({key_of(title) for title in titles}) >= 5
    assert key_of(tab.get_by_role("heading", level=1).inner_text()) not in map(key_of, titles)


@pytest.mark.parametrize("address", [f"{MEETING}#pour-la-suite", f"{GUIDELINE}#qui-j-appelle"])
def test_one_comes_to_the_heading_that_an_address_names(tab, address):
    tab.goto(address.partition("#")[0])
    heading = tab.locator(f"[id='{urlsplit(address).fragment}']")
    expect(heading).not_to_be_in_viewport()
    tab.goto("/")
    tab.goto(address)
    expect(heading).to_be_in_viewport()


@pytest.mark.whole
def test_a_photo_is_as_large_as_its_screen_needs(chromium, full_site, size):
    """A new browser, which has no larger one in store."""
    context = chromium.new_context(base_url=full_site.address, locale="fr-FR", **SIZES[size])
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    tab.goto(full_site.screens["wagtail_serve"][-1])
    shown = tab.locator(".prose img[srcset]").first
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    least, most = ENOUGH[size]
    assert least <= shown.evaluate(WIDTH_OF_THE_FILE) <= most
    context.close()


def test_a_link_to_a_file_says_its_kind_and_its_weight_in_french(contributor_tab):
    tab, title = contributor_tab, f"Affiche {uuid4().hex[:6]}"
    tab.goto(f"/nouveau/article/?titre={title}")
    ready(tab)
    type_at_the_end(tab, "À coller sur la porte :")
    tool(tab, "file").click()
    dialog = tab.get_by_role("dialog", name="Ajouter un fichier")
    dialog.get_by_label("Choisir un fichier").set_input_files(pdf(f"{title}.pdf"))
    dialog.get_by_role("button", name="Ajouter le fichier").click()
    expect(text(tab).get_by_text(title)).to_be_visible()  # it is sent
    publish(tab)
    expect(tab.locator(".prose")).to_contain_text(re.compile(rf"{title} \(PDF · 117\sKo\)"))
    assert violations(tab) == []


def test_a_page_has_its_icon_and_what_a_message_shows_of_it(tab):
    tab.goto(f"{GUIDELINE}?de=ailleurs")
    told = tab.evaluate(PREVIEWS)
    assert told["canonical"] == told["og:url"]
    assert urlsplit(told["canonical"])[2:] == (GUIDELINE, "", "")
    assert told["og:title"] == tab.get_by_role("heading", level=1).inner_text()
    assert told["og:description"]
    for name in ("icon", "apple-touch-icon", "og:image"):
        answer = tab.request.get(urlsplit(told[name]).path)
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("image/")
