"""Lists of the desk, of the site and of the admin: nothing cut, what one presses at its place."""

import pytest

from tests.browser.conftest import PATIENCE, log_in
from tests.browser.looking import Eyes, Way
from tests.browser.test_accessibility import violations

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1366, "height": 850}
WAYS = [Way(360), Way(360, 32)]  # the head of a desktop is looked at elsewhere
PAPER = {"light": "rgb(245, 242, 233)", "dark": "rgb(21, 27, 32)"}
LISTS = ["/admin/users/", "/admin/images/", "/admin/documents/"]


@pytest.fixture(scope="module")
def known(chromium, site):
    context = chromium.new_context(base_url=site, locale="fr-FR")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    log_in(page, "administration", site)
    page.close()
    yield context
    context.close()


@pytest.fixture
def keeper(known):
    """A window of its own: some tests change the size of its letters."""
    page = known.new_page()
    yield page
    page.close()


def at(page, address: str, size: dict):
    page.set_viewport_size(size)
    page.goto(address)
    return page


def box(locator) -> dict:
    found = locator.bounding_box()
    return {**found, "right": found["x"] + found["width"], "bottom": found["y"] + found["height"]}


# The desk.


def test_a_section_that_is_alone_takes_the_width(keeper):
    at(keeper, "/animer/", DESKTOP)
    keeper.evaluate(
        """for (const one of document.querySelectorAll(".board > section:not(:first-child)"))
          one.remove()"""
    )
    board, section = keeper.locator(".board"), keeper.locator(".board > section")
    assert box(section)["width"] == pytest.approx(box(board)["width"], abs=1)
    lines = section.locator("li")
    assert lines.count() > 1
    assert box(lines.nth(1))["y"] == box(lines.nth(0))["y"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_light_has_no_ink_but_that_of_the_text(keeper, scheme):
    keeper.emulate_media(color_scheme=scheme)
    at(keeper, "/animer/", PHONE)
    inks = keeper.evaluate(
        """() => {
        const light = document.querySelector(".lamp .status");
        const disc = getComputedStyle(light, "::before");
        return [disc.borderTopColor, getComputedStyle(document.body).color];
        }"""
    )
    assert inks[0] == inks[1]


def test_links_of_where_nothing_waits_are_not_cut_in_two(keeper):
    at(keeper, "/animer/", PHONE)
    links = keeper.locator(".quiet-lines a")
    assert links.count() > 1
    for link in links.all():
        assert link.evaluate("one => one.getClientRects().length") == 1
        assert box(link)["height"] < 50


def test_what_to_press_stands_at_the_end_of_the_line_of_a_page_to_read_again(keeper):
    at(keeper, "/pages-a-relire/", DESKTOP)
    line = keeper.locator(".with-act > li").first
    press = line.get_by_role("link", name="Relire et corriger")
    assert box(press)["right"] == pytest.approx(box(line)["right"], abs=1)
    assert box(line)["height"] < 100
    at(keeper, "/pages-a-relire/", PHONE)
    assert box(press)["y"] > box(line.locator(".entry"))["bottom"]
    assert box(press)["height"] >= 44


@pytest.mark.parametrize("address", ["/profil/", "/mon-espace/", "/pages-a-relire/"])
def test_screens_of_the_desk_break_no_layout_and_axe_finds_nothing(keeper, address):
    at(keeper, address, PHONE)
    assert violations(keeper) == []
    assert Eyes(keeper, WAYS).faults() == []


def test_a_new_address_is_folded_with_its_password_until_it_serves(keeper):
    at(keeper, "/profil/", PHONE)
    assert not keeper.locator("#id_present_password").is_visible()
    keeper.get_by_text("Changer mon adresse électronique").click()
    keeper.locator("#id_email").fill("autre@example.org")
    keeper.get_by_role("button", name="Enregistrer").click()
    keeper.wait_for_load_state()
    assert keeper.locator("#id_present_password").is_visible()
    assert keeper.locator("#id_email").input_value() == "autre@example.org"


# The site.


def test_the_choice_of_a_commune_is_not_cut(keeper):
    at(keeper, "/lieux/", PHONE)
    room = keeper.locator("#f-commune").evaluate(
        """one => {
        const style = getComputedStyle(one);
        const drawn = document.createElement("canvas").getContext("2d");
        drawn.font = style.font;
        return one.clientWidth - parseFloat(style.paddingLeft) - 24
          - drawn.measureText(one.selectedOptions[0].text).width;
        }"""
    )
    assert room > 0


def test_each_change_is_seen_from_a_line_of_its_own_on_a_phone(keeper):
    at(keeper, "/changements/", PHONE)
    see = keeper.locator(".changes .alone:visible").first
    assert box(see)["y"] > see.evaluate(
        "one => one.previousElementSibling.getBoundingClientRect().bottom - 4"
    )
    assert box(see)["height"] >= 40
    assert see.evaluate("one => one.getClientRects().length") == 1


FIRST_LINE = """one => {
const words = document.createRange();
words.selectNodeContents(one);
return words.getBoundingClientRect().top;
}"""


def test_a_list_of_links_begins_where_the_words_beside_it_begin(keeper):
    at(keeper, "/nulle-part/", DESKTOP)
    words = keeper.locator(".lost > section").first.locator("p").first.evaluate(FIRST_LINE)
    link = keeper.locator(".lost .in-a-row a").first.evaluate(FIRST_LINE)
    assert link == pytest.approx(words, abs=4)


def test_the_headings_of_the_plan_stand_by_the_first_line_beside_them(keeper):
    at(keeper, "/plan-du-site/", DESKTOP)
    for room in keeper.locator(".plan.hung").all():
        heading = room.locator("h2 a, h2:not(:has(a))").first.evaluate(FIRST_LINE)
        beside = room.locator("summary, .rows a").first.evaluate(FIRST_LINE)
        assert beside == pytest.approx(heading, abs=6)


# The admin.


@pytest.mark.parametrize("address", LISTS)
def test_a_list_of_the_admin_has_its_title_and_its_fields_whole_on_a_phone(keeper, address):
    at(keeper, address, PHONE)
    shown = keeper.locator("header.w-slim-header").locator(
        "nav li:not([hidden]) a, nav#w-slim-header-buttons a, form input:not([hidden]), form select"
    )
    seen = [one for one in shown.all() if one.is_visible()]
    assert len(seen) >= 3
    for one in seen:
        assert box(one)["x"] >= 0
        assert box(one)["right"] <= 360
    title = box(keeper.locator("header.w-slim-header nav li:not([hidden]) a"))
    add = box(keeper.locator("#w-slim-header-buttons a").first)
    assert title["right"] <= add["x"] or title["y"] < add["y"]
    assert keeper.evaluate("document.querySelector('#listing-results').scrollWidth") <= 360


def test_the_rows_of_people_are_even_on_a_desktop(keeper):
    at(keeper, "/admin/users/", DESKTOP)
    heights = [box(row)["height"] for row in keeper.locator(".listing tbody tr").all()]
    assert len(heights) > 5
    assert max(heights) - min(heights) <= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/admin/", "/admin/users/"])
def test_the_admin_is_printed_on_the_paper_of_the_site(keeper, address, scheme):
    keeper.emulate_media(color_scheme=scheme)
    at(keeper, address, DESKTOP)
    paper = keeper.evaluate(
        """() => {
        let one = document.querySelector("main");
        const ground = () => getComputedStyle(one).backgroundColor;
        while (ground() === "rgba(0, 0, 0, 0)" && one.parentElement) one = one.parentElement;
        return ground();
        }"""
    )
    assert paper == PAPER[scheme]


LINES = """(one) => [...one.getClientRects()].map(({ x, y, right, bottom }) =>
  ({ x, y, right, bottom }))"""


def over_each_other(one: dict, other: dict) -> bool:
    across = one["x"] < other["right"] and other["x"] < one["right"]
    return across and one["y"] < other["bottom"] and other["y"] < one["bottom"]


@pytest.mark.sampled(every=6)
@pytest.mark.parametrize("address", ["/admin/wiki/topic/", "/admin/search/synonym/"])
@pytest.mark.parametrize("width", [360, 1024, 1366])
def test_what_to_press_in_a_list_covers_no_name(keeper, address, width):
    at(keeper, address, {"width": width, "height": 800})
    rows = keeper.locator(".listing tbody td:has(> .actions)")
    assert rows.count() > 3
    for row in rows.all()[:10]:
        lines = row.locator("a").first.evaluate(LINES)
        buttons = [box(button) for button in row.locator(".actions a").all()]
        assert not any(over_each_other(line, one) for line in lines for one in buttons)


@pytest.mark.parametrize("address", ["/admin/users/", "/admin/pages/"])
def test_the_menu_of_a_row_has_a_line_for_each_choice(keeper, address):
    at(keeper, address, DESKTOP)
    row = keeper.locator(".listing tbody td.title").first
    row.locator("button.w-dropdown__toggle").click()
    choices = row.locator("[data-tippy-root] :is(a, button)")
    choices.first.wait_for()
    assert choices.count() > 1
    assert all(box(choice)["height"] < 60 < box(choice)["width"] for choice in choices.all())
