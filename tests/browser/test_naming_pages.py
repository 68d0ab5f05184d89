"""A place named in a form: proposed while one types, chosen by keys or by a finger, kept."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, SIZES, copied_site, log_in, running, served
from tests.browser.test_accessibility import reflows, violations
from tests.browser.test_nothing_lost import publish, ready

PLACE = "/lieux/pij-de-chinon/modifier/"
NAME = "structure_parente-words"


def opened(tab, address: str = PLACE):
    tab.goto(address)
    ready(tab)
    fold = tab.locator("details.fold", has=tab.locator(f"[name={NAME}]"))
    fold.evaluate("one => (one.open = true)")
    return tab.locator(f"[name={NAME}]")


def options(tab):
    return tab.get_by_role("listbox", name="Propositions").get_by_role("option")


def chosen(tab) -> str:
    return tab.locator("input[type=hidden][name=structure_parente]").input_value()


def test_a_place_is_chosen_with_the_keyboard_and_shown_on_the_page(contributor_tab):
    tab = contributor_tab
    field = opened(tab)
    expect(field).to_have_role("combobox")
    expect(field).not_to_have_value("")
    field.fill("")
    field.press_sequentially("langeais", delay=20)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(tab.get_by_role("status").filter(has_text="proposition")).to_be_attached()
    assert violations(tab) == []
    assert reflows(tab)
    field.press("ArrowDown")
    first = options(tab).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    name = first.inner_text()
    field.press("Enter")
    expect(options(tab)).to_have_count(0)
    expect(field).to_have_value(name)
    expect(field).to_be_focused()
    assert chosen(tab).endswith(f" {name}")
    expect(tab.locator("[data-kb-status]")).to_contain_text("enregistré", ignore_case=True)
    tab.reload()
    publish_from_draft(tab, name)


def publish_from_draft(tab, name: str):
    """The draft has the name again; the page shows the place."""
    ready(tab)
    tab.locator("[data-kb-resume]").first.click()
    tab.wait_for_url("**/brouillons/**")
    ready(tab)
    expect(tab.locator(f"[name={NAME}]")).to_have_value(name)
    publish(tab)
    title = name.partition(" (")[0]
    expect(tab.locator("main").get_by_text(title).first).to_be_visible()


def test_a_finger_chooses_and_the_list_stays_in_the_screen(contributor_tab, size):
    tab = contributor_tab
    field = opened(tab)
    field.fill("chinon")
    expect(options(tab).first).to_be_visible()
    box, screen = tab.get_by_role("listbox").bounding_box(), tab.viewport_size
    assert box["x"] >= 0 and box["x"] + box["width"] <= screen["width"]
    assert box["y"] + box["height"] <= tab.locator("form.edit > .bar").bounding_box()["y"]
    assert min(one.bounding_box()["height"] for one in options(tab).all()) >= 44
    first = options(tab).first
    name = first.inner_text()
    first.tap() if size == "phone" else first.click()
    expect(field).to_have_value(name)
    assert tab.url.endswith(PLACE)


def test_escape_keeps_the_words_and_enter_does_not_send_the_form(contributor_tab):
    tab = contributor_tab
    field = opened(tab)
    field.fill("chinon")
    expect(options(tab).first).to_be_visible()
    field.press("Escape")
    expect(options(tab)).to_have_count(0)
    field.press("Enter")
    expect(field).to_have_value("chinon")
    assert tab.url.endswith(PLACE)


def test_a_line_that_is_added_has_its_own_propositions(contributor_tab):
    tab = contributor_tab
    opened(tab)
    group = tab.locator("[data-kb-rows=permanences]")
    group.evaluate("one => (one.open = true)")
    for rank, words in enumerate(("langeais", "chinon")):
        group.get_by_role("button", name="Ajouter une ligne").click()
        row = group.locator("[data-kb-row]").nth(rank)
        field = row.get_by_role("combobox")
        expect(field).to_be_focused()
        field.fill(words)
        expect(options(tab).first).to_be_visible()
        field.press("ArrowDown")
        field.press("Enter")
        assert row.locator("input[type=hidden][name$=place]").input_value().split()[0].isdigit()
    assert violations(tab) == []


@pytest.mark.parametrize("words", ["Zzz introuvable"])
def test_what_is_not_found_is_told_beside_the_field(contributor_tab, words):
    tab = contributor_tab
    field = opened(tab)
    field.fill(words)
    tab.get_by_role("button", name="Publier").click()
    tab.locator(".field.bad").first.wait_for()
    ready(tab)
    again = tab.locator(f"[name={NAME}]")
    expect(again).to_be_visible()
    expect(again).to_have_value(words)
    expect(tab.locator(".naming.bad .error")).to_contain_text("ne se trouve pas parmi les lieux")
    assert violations(tab) == []
    assert reflows(tab)


# A site of more places than have a box.

MANY = """
import django
django.setup()
from structures.models import StructurePage
from tests import factories
names = {"title": lambda rank: f"Zinzolin {rank}", "commune": lambda rank: f"Brimbelle-{rank}"}
factories.rows(StructurePage, 60, **names)
"""


@pytest.fixture(scope="module")
def large_site(django_db_setup, tmp_path_factory):
    folder = copied_site(tmp_path_factory.mktemp("large-site"))
    subprocess.run([sys.executable, "-c", MANY], check=True, **running(folder))
    with served(folder) as address:
        yield address


@pytest.fixture
def large_tab(chromium, large_site, size):
    context = chromium.new_context(base_url=large_site, locale="fr-FR", **SIZES[size])
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    log_in(tab, "contributeur", large_site)
    tab.goto("/nouveau/reunion/?titre=Avec+des+structures")
    ready(tab)
    tab.get_by_text("Structures présentes", exact=True).first.click()
    yield tab
    context.close()


def test_a_place_without_a_box_gets_one_that_is_ticked(large_tab):
    tab = large_tab
    field = tab.get_by_role("combobox", name="En ajouter d’autres")
    for words, name in (("brimbelle 17", "Zinzolin 17"), ("brimb", "Zinzolin 0")):
        field.fill(words)
        expect(options(tab).filter(has_text="Brimbelle").first).to_be_visible()
        assert violations(tab) == []
        assert reflows(tab)
        field.press("ArrowDown")
        field.press("Enter")
        expect(field).to_have_value("")
        expect(tab.get_by_label(f"{name} (Brimbelle-")).to_be_checked()
    tab.get_by_label("Zinzolin 0 (Brimbelle-0)").uncheck()
    tab.locator("#id_date").fill("2024-05-14")
    publish(tab)
    expect(tab.locator("main").get_by_text("Zinzolin 17").first).to_be_visible()
    expect(tab.locator("main").get_by_text("Zinzolin 0")).to_have_count(0)


def test_names_left_in_the_field_are_kept_when_the_form_is_refused(large_tab):
    tab = large_tab
    tab.get_by_role("combobox", name="En ajouter d’autres").fill("Introuvable zzz")
    tab.locator("#id_date").fill("2024-05-15")
    tab.get_by_role("button", name="Publier").click()
    tab.locator(".field.bad").first.wait_for()
    ready(tab)
    again = tab.get_by_role("combobox", name="En ajouter d’autres")
    expect(again).to_be_visible()
    expect(again).to_have_value("Introuvable zzz")
    tab.get_by_role("alert").get_by_role("link").first.click()
    expect(again).to_be_focused()
    assert violations(tab) == []
