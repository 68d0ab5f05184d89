"""Rows and boxes of the forms: sources, people present, what was decided."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import reflows, violations
from tests.browser.test_nothing_lost import publish, ready
from wiki.pages.kinds import all_kinds


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


# A line left blank before another one

WITHOUT_LISTS = {"article", "fiche", "support"}
FIRST = ".field :is(input:not([type=file]), select, textarea):visible"


@pytest.mark.parametrize("kind", all_kinds())
def test_a_line_after_a_blank_one_stays_however_often_the_form_is_refused(contributor_tab, kind):
    tab = contributor_tab
    tab.goto(f"/nouveau/{kind}/")
    ready(tab)
    lists = tab.locator("[data-kb-rows]").evaluate_all("all => all.map(one => one.dataset.kbRows)")
    assert bool(lists) == (kind not in WITHOUT_LISTS)
    filled = {name: second_line(tab, name) for name in lists}
    for _time in range(3):
        refused(tab)
        for name, (field, value) in filled.items():
            assert lines(tab, name, field) == [value], name


def test_a_line_after_a_blank_one_is_published_once_the_form_was_refused(contributor_tab):
    tab = contributor_tab
    tab.goto("/nouveau/reunion/")
    ready(tab)
    _field, words = second_line(tab, "decisions")
    refused(tab)
    tab.locator("#id_title").fill("Une ligne vide avant une autre")
    tab.locator("#id_date").fill("2024-05-14")
    publish(tab)
    expect(tab.locator("main").get_by_text(words)).to_be_visible()


def test_the_fold_tells_how_many_lines_stand(contributor_tab):
    tab = contributor_tab
    tab.goto("/nouveau/reunion/")
    ready(tab)
    second_line(tab, "decisions")
    group = tab.locator("[data-kb-rows=decisions]")
    expect(group.locator("summary small")).to_have_text("1")
    group.locator("[data-kb-row]").nth(1).get_by_role("button", name="Retirer").click()
    expect(group.locator("summary small")).to_have_text("")


def second_line(tab, name: str) -> tuple[str, str]:
    """Two lines are added to a list, the second one alone is filled: the name of a field of it,
    and its value."""
    group = tab.locator(f"[data-kb-rows={name}]")
    if group.get_attribute("open") is None:
        group.locator("summary").first.click()
    for _line in range(2):
        group.get_by_role("button", name="Ajouter une ligne").click()
    control = group.locator("[data-kb-row]").nth(1).locator(FIRST).first
    if control.evaluate("one => one.tagName") == "SELECT":
        control.select_option(index=1)
    else:
        control.fill("Ligne remplie")
    return control.get_attribute("name").rpartition("-")[2], control.input_value()


def refused(tab) -> None:
    """It has no title; the browser would say so before the site does."""
    tab.locator("form.edit").evaluate(
        "form => { form.noValidate = true; form.dataset.kbStale = ''; }"
    )
    tab.get_by_role("button", name="Publier", exact=True).click()
    expect(tab.locator("form.edit[data-kb-stale]")).to_have_count(0)
    tab.locator(".field.bad").first.wait_for()
    ready(tab)


def lines(tab, name: str, field: str) -> list[str]:
    """The values of a field in the lines of a list, those that have one."""
    controls = tab.locator(f"[data-kb-rows={name}] [data-kb-row] [name$='-{field}']")
    return [value for value in controls.evaluate_all("all => all.map(one => one.value)") if value]
