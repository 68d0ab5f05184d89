"""Rows and boxes of the forms: sources, people present, what was decided."""

from playwright.sync_api import expect

from tests.browser.test_accessibility import reflows, violations
from tests.browser.test_nothing_lost import publish, ready


def test_rows_are_added_moved_and_removed_with_the_keyboard(contributor_tab):
    tab = contributor_tab
    tab.goto("/nouveau/situation/?titre=Avec+des+sources")
    ready(tab)
    group = tab.locator("[data-kb-rows=sources]")
    group.locator("summary").press("Enter")
    for name in ("Première", "Deuxième", "Troisième"):
        group.get_by_role("button", name="Ajouter une ligne").press("Enter")
        tab.keyboard.type(name)  # the focus went to the new line
    third = group.locator("[data-kb-row]").nth(2)
    third.get_by_role("button", name="Monter").press("Enter")
    expect(group.locator("[data-kb-said]")).to_have_text("Ligne 2 sur 3")
    group.locator("[data-kb-row]").first.get_by_role("button", name="Retirer").press("Enter")
    expect(group.get_by_role("button", name="Remettre")).to_be_focused()
    publish(tab)
    text = tab.locator("main").inner_text()
    assert "Première" not in text
    assert text.index("Troisième") < text.index("Deuxième")


def test_boxes_of_a_refused_form_stay(contributor_tab):
    tab = contributor_tab
    tab.goto("/nouveau/reunion/?titre=Refus")
    ready(tab)
    tab.get_by_text("Structures présentes", exact=True).first.click()
    box = tab.locator("input[name=attendances]").nth(1)
    chosen = box.evaluate("one => one.closest('label').textContent.trim()")
    box.check()
    tab.locator("form.edit").evaluate("form => (form.noValidate = true)")
    tab.get_by_role("button", name="Publier").click()
    tab.locator(".field.bad").first.wait_for()
    ready(tab)
    expect(tab.get_by_label(chosen)).to_be_checked()
    tab.locator("#id_date").fill("2024-05-14")
    publish(tab)
    expect(tab.locator("main").get_by_text(chosen).first).to_be_visible()


def test_axe_finds_nothing_on_the_rows_of_a_meeting(contributor_tab):
    tab = contributor_tab
    tab.goto("/collectif/reunions/reunion-du-5-fevrier-2020/modifier/")
    ready(tab)
    group = tab.locator("[data-kb-rows=actions]")
    group.get_by_role("button", name="Ajouter une ligne").click()
    first = group.locator("[data-kb-row]").first
    first.get_by_role("button", name="Modifier").click()
    first.get_by_role("button", name="Retirer").click()
    assert violations(tab) == []
    assert reflows(tab)
