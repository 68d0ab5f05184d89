"""Propositions while one types, on a phone and on a desktop: keys, touch, what a screen reader
is told, a slow network, no network, no script; and the words of searches left in vain."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import violations
from tests.browser.waiting import let_it_draw, let_time_go, until

PROPOSITIONS = "**/recherche/propositions/**"


def field(tab):
    return tab.get_by_role("combobox", name=re.compile("Chercher dans|Décrivez"))


def options(tab):
    return tab.get_by_role("listbox", name="Propositions").get_by_role("option")


def type_words(tab, words: str, address: str = "/"):
    """All at once: letter by letter, the list of the first words may still be there."""
    tab.goto(address)
    field(tab).fill(words)
    return field(tab)


def answer_of(*titles: str) -> dict:
    pages = [{"title": title, "address": "/plan-du-site/"} for title in titles]
    return {"kinds": [{"kind": "situations", "pages": pages}]}


@pytest.mark.parametrize("address", ["/", "/lieux/", "/recherche/?q=zz"])
def test_the_list_opens_while_one_types_and_is_told(tab, address, guideline):
    tab.goto(address)
    expect(field(tab)).to_have_attribute("aria-expanded", "false")
    field(tab).fill("")
    field(tab).press_sequentially("mot de passe", delay=20)
    expect(field(tab)).to_have_attribute("aria-expanded", "true")
    expect(options(tab).filter(has_text=guideline.title)).to_be_visible()
    shown = tab.get_by_role("listbox", name="Propositions")
    expect(shown.get_by_role("group", name="situations")).to_be_visible()
    count = options(tab).count()
    expect(tab.get_by_role("status").filter(has_text=f"{count} propositions")).to_be_attached()
    assert violations(tab) == []


def test_the_list_stays_inside_the_screen(tab):
    type_words(tab, "mot de passe")
    expect(options(tab).first).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = tab.get_by_role("listbox").bounding_box()
    size = tab.viewport_size
    assert box["x"] >= 0 and box["x"] + box["width"] <= size["width"]
    assert box["y"] + box["height"] <= size["height"]
    under = field(tab).bounding_box()
    assert box["y"] >= under["y"] + under["height"] - 1
    assert min(option.bounding_box()["height"] for option in options(tab).all()) >= 44


@pytest.mark.parametrize("address", ["/", "/lieux/"])
def test_the_button_is_pressed_though_the_list_is_open(tab, address):
    type_words(tab, "mot de passe", address)
    expect(options(tab).first).to_be_visible()
    field(tab).locator("xpath=ancestor::form").get_by_role("button", name="Chercher").click()
    tab.wait_for_url("**/recherche/?q=mot+de+passe")


def test_keys_go_through_the_list_and_enter_opens(tab):
    typed = type_words(tab, "mot de passe")
    expect(options(tab).first).to_be_visible()
    last = options(tab).count() - 1
    for key, rank in (("ArrowDown", 0), ("End", last), ("ArrowUp", last - 1), ("Home", 0)):
        typed.press(key)
        chosen = options(tab).nth(rank)
        expect(chosen).to_have_attribute("aria-selected", "true")
        expect(typed).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
        expect(tab.locator("[role=option][aria-selected=true]")).to_have_count(1)
    typed.press("ArrowUp")
    expect(typed).not_to_have_attribute("aria-activedescendant", re.compile("."))
    typed.press("ArrowUp")
    expect(options(tab).nth(last)).to_have_attribute("aria-selected", "true")
    title = options(tab).nth(last).inner_text()
    typed.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text(title)


def test_escape_closes_the_list_and_keeps_the_words(tab):
    typed = type_words(tab, "mot de passe")
    expect(options(tab).first).to_be_visible()
    typed.press("Escape")
    expect(options(tab)).to_have_count(0)
    expect(typed).to_have_attribute("aria-expanded", "false")
    expect(typed).to_have_value("mot de passe")
    typed.press("ArrowDown")
    expect(options(tab).first).to_be_visible()


def test_enter_without_a_choice_searches(tab):
    typed = type_words(tab, "mot de passe")
    expect(options(tab).first).to_be_visible()
    typed.press("Enter")
    tab.wait_for_url("**/recherche/?q=mot+de+passe")


def test_a_finger_or_a_mouse_opens_a_page(tab, size, guideline):
    type_words(tab, "usager me donne")
    chosen = options(tab).filter(has_text=guideline.title)
    chosen.tap() if size == "phone" else chosen.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(guideline.title)


def test_a_wording_is_shown_with_the_title_of_its_page(tab):
    type_words(tab, "code du wi-fi")
    first = options(tab).first
    expect(first).to_contain_text("Donner le code du Wi-Fi à un visiteur")
    expect(first.locator("small")).to_contain_text("Voir « Faut-il une carte d’identité")


def test_one_letter_asks_nothing(tab):
    asked = []
    tab.route(PROPOSITIONS, lambda route: asked.append(route.request.url) or route.abort())
    tab.clock.install()
    typed = type_words(tab, "é !")
    let_time_go(tab, 5_000)
    assert asked == []
    typed.fill("wifi")
    let_time_go(tab, 5_000)
    until(tab, lambda: asked)


def test_typing_fast_asks_little_and_known_words_are_not_asked_again(tab):
    asked = []
    tab.on("request", lambda request: "propositions/" in request.url and asked.append(request.url))
    typed = type_words(tab, "mot de passe")
    expect(options(tab).first).to_be_visible()
    first = len(asked)
    assert 1 <= first < len("mot de passe")
    typed.press_sequentially("qqqqq", delay=20)
    expect(options(tab)).to_have_count(0)
    typed.fill("mot de passe")
    expect(options(tab).first).to_be_visible()
    assert all("passeq" in url for url in asked[first:])


def test_an_answer_that_comes_between_two_keys_does_not_stop_the_list(tab, guideline):
    tab.goto("/")
    expect(field(tab)).to_have_attribute("aria-expanded", "false")
    tab.evaluate(ONE_KEY_MORE)
    field(tab).fill("mot de pass")
    expect(field(tab)).to_have_value("mot de passe")
    expect(options(tab).filter(has_text=guideline.title)).to_be_visible()


ONE_KEY_MORE = """() => {
  const { fetch } = window;
  window.fetch = async () => {
    window.fetch = fetch;
    const field = document.activeElement;
    field.value += "e";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return new Response('{"kinds": []}');
  };
}"""


def test_an_older_answer_never_covers_a_newer_one(tab):
    held = []

    def answer(route):
        if route.request.url.endswith("q=mot"):
            held.append(route)
        else:
            route.fulfill(json=answer_of("La réponse neuve"))

    tab.route(PROPOSITIONS, answer)
    typed = type_words(tab, "mot")
    until(tab, lambda: held)
    assert len(held) == 1
    typed.press_sequentially(" de")
    expect(options(tab)).to_have_text(["La réponse neuve"])
    try:
        held[0].fulfill(json=answer_of("La vieille réponse"))
    except Exception as gone:  # the request was given up by the page, as it should
        assert "not" in str(gone) or "abort" in str(gone).lower()
    let_it_draw(tab)
    expect(options(tab)).to_have_text(["La réponse neuve"])


@pytest.mark.parametrize(
    "answer",
    [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=500, body="<h1>Non</h1>"),
        lambda route: route.fulfill(json={"kinds": []}),
    ],
)
def test_without_an_answer_the_form_still_searches_and_nothing_is_said(tab, answer):
    asked = []
    tab.route(PROPOSITIONS, lambda route: (asked.append(route), answer(route)))
    typed = type_words(tab, "mot de passe")
    until(tab, lambda: asked)
    let_it_draw(tab)
    expect(options(tab)).to_have_count(0)
    typed.press("Enter")
    expect(tab.locator("main h3 a").first).to_be_visible()


def test_what_titles_hold_is_text_and_never_markup(tab):
    title = "<img src=x onerror=document.title='pris'>"
    tab.route(PROPOSITIONS, lambda route: route.fulfill(json=answer_of(title)))
    type_words(tab, "img")
    expect(options(tab)).to_have_text([title])
    assert tab.locator("[role=listbox] img").count() == 0


def test_the_list_closes_when_one_goes_elsewhere(tab):
    type_words(tab, "mot de passe").press("Tab")
    expect(options(tab)).to_have_count(0)


def test_without_script_the_form_is_a_plain_form(chromium, site):
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("combobox")).to_have_count(0)
    page.get_by_role("searchbox").fill("mot de passe")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/recherche/?q=mot+de+passe")
    context.close()


# Leaving the results

ASKED = "/recherche/?q=atelier"  # no situation stands out as the answer
LISTEN = """
const send = window.fetch;
window.fetch = (address, options) => {
  const told = { address, ...options, body: String(options.body) };
  localStorage.setItem("told", JSON.stringify([...JSON.parse(localStorage.told ?? "[]"), told]));
  return send(address, options);
};
"""


@pytest.fixture
def notes(tab):
    """A function: what pages told the site as they were left. The browser's own events do not
    tell of requests that outlive their page."""
    tab.add_init_script(LISTEN)
    return lambda: tab.evaluate("JSON.parse(localStorage.told ?? '[]')")


def leave(tab):
    tab.goto("/plan-du-site/")


def test_leaving_results_without_opening_any_tells_the_words_without_cookie(tab, notes):
    tab.goto(ASKED)
    expect(tab.locator("[data-kb-searched] h3 a").first).to_be_visible()
    leave(tab)
    [note] = notes()
    assert (note["address"], note["body"]) == ("/recherche/sans-clic/", "q=atelier")
    assert (note["credentials"], note["keepalive"]) == ("omit", True)


def test_opening_a_result_tells_nothing(tab, notes):
    tab.goto(ASKED)
    tab.locator("[data-kb-searched] h3 a").first.click()
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    leave(tab)
    assert notes() == []


def test_going_on_with_the_same_search_tells_nothing(tab, notes):
    tab.goto(ASKED)
    tab.get_by_role("link", name="Page suivante").click()
    tab.wait_for_url("**page=2**")
    assert notes() == []
