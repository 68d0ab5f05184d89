"""Two people in one page: told of each other's publications, changes taken, conflicts written."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SIZES, log_in
from tests.browser.test_nothing_lost import article, editor, publish, status
from tests.browser.test_writing_screens import is_narrow_enough, is_sound
from tests.browser.writing import rewrite, settle, sheet, type_at_the_end

__all__ = ["article"]  # a fixture of this module too


@pytest.fixture
def colleague(chromium, site, size):
    """Another person, in another browser of the same size."""
    context = chromium.new_context(base_url=site, locale="fr-FR", **SIZES[size])
    page = context.new_page()
    log_in(page, "animation")
    yield page
    context.close()


@pytest.fixture
def two(contributor_tab, colleague, article):
    """An article of two passages, open in both editors."""
    tab = editor(contributor_tab, article)
    type_at_the_end(tab, "Le passage du matin est ouvert sans rendez-vous.")
    tab.keyboard.press("Enter")
    tab.keyboard.insert_text("Le passage du soir.")
    publish(tab)
    for one in (tab, colleague):
        editor(one, article)
        expect(sheet(one)).to_contain_text("Le passage du soir.")
    return article


def test_what_another_published_is_told_taken_and_given_back(contributor_tab, colleague, two):
    rewrite(colleague, "Le passage du matin", "Le passage de midi.")
    colleague.locator("#id_summary").fill("Dit mieux.")
    publish(colleague)
    tab = contributor_tab
    type_at_the_end(tab, "Mon ajout")
    news = tab.locator("[data-kb-news]")
    expect(news).to_contain_text("a publié cette page à")
    is_narrow_enough(tab)
    news.get_by_role("button", name="Prendre ses changements").click()
    expect(news).to_contain_text("C’est fait")
    is_narrow_enough(tab)
    expect(tab.locator("#id_summary")).to_have_value("Dit mieux.")
    expect(sheet(tab)).to_contain_text("Le passage de midi.")
    expect(sheet(tab)).to_contain_text("Mon ajout")
    news.get_by_role("button", name="Annuler").click()
    expect(sheet(tab)).not_to_contain_text("Le passage de midi.")
    expect(tab.locator("#id_summary")).to_have_value("")
    expect(news).to_contain_text("a publié cette page à")  # it can be taken again
    news.get_by_role("button", name="Prendre ses changements").click()
    expect(sheet(tab)).to_contain_text("Le passage de midi.")
    sheet(tab).get_by_text("Mon ajout").click()
    tab.keyboard.press("End")
    tab.keyboard.type(", et la suite")
    publish(tab)
    read = tab.locator("main article")
    expect(read).to_contain_text("Le passage de midi.")
    expect(read).to_contain_text("Mon ajout, et la suite")


@pytest.mark.whole
def test_a_text_taken_up_again_hears_what_was_published_since(contributor_tab, colleague, two):
    tab = contributor_tab
    type_at_the_end(tab, "Mon ajout")
    expect(status(tab)).to_have_text(re.compile("Brouillon enregistré"))
    tab.goto("/brouillons/")
    rewrite(colleague, "Le passage du matin", "Le passage de midi.")
    publish(colleague)
    tab.get_by_role("link", name=re.compile("^Reprendre")).first.click()
    news = tab.locator("[data-kb-news]")
    expect(news).to_contain_text("a publié cette page à")
    news.get_by_role("button", name="Prendre ses changements").click()
    expect(sheet(tab)).to_contain_text("Le passage de midi.")
    expect(sheet(tab)).to_contain_text("Mon ajout")


@pytest.mark.whole
def test_the_caret_stays_in_its_words_when_changes_are_taken(contributor_tab, colleague, two):
    rewrite(colleague, "Le passage du matin", "Le passage de midi, bien plus long qu’avant.")
    publish(colleague)
    tab = contributor_tab
    type_at_the_end(tab, "Ma phrase")
    tab.locator("[data-kb-news] button").click()
    expect(sheet(tab)).to_contain_text("Le passage de midi")
    sheet(tab).evaluate("one => one.focus()")
    tab.keyboard.type(" continue")
    expect(sheet(tab)).to_contain_text("Ma phrase continue")
    tab.keyboard.press("Control+z")
    expect(sheet(tab)).to_contain_text("Le passage de midi")  # undoing is of one's own words


def conflict(tab, colleague, theirs: str, mine: str) -> None:
    rewrite(colleague, "Le passage du matin", theirs)
    publish(colleague)
    rewrite(tab, "Le passage du matin", mine)
    tab.get_by_role("button", name="Publier", exact=True).click()
    expect(tab.get_by_text("Rien n’est perdu")).to_be_visible()


def test_two_changes_of_a_paragraph_are_kept_in_one_text(contributor_tab, colleague, two):
    tab = contributor_tab
    conflict(
        tab,
        colleague,
        "Le passage du lundi est ouvert sans rendez-vous.",
        "Le passage du matin est ouvert avec rendez-vous.",
    )
    expect(tab.get_by_label("Garder les deux changements")).to_be_checked()
    is_sound(tab)
    tab.get_by_role("button", name="Publier ce choix").click()
    expect(tab.locator("main article")).to_contain_text(
        "Le passage du lundi est ouvert avec rendez-vous."
    )


def test_a_conflict_is_written_in_its_place(contributor_tab, colleague, two):
    tab = contributor_tab
    conflict(tab, colleague, "Le passage de la colombe.", "Le passage du merle.")
    expect(tab.get_by_role("textbox", name="Le texte à publier")).not_to_be_visible()
    tab.get_by_label("J’écris moi-même").check()
    own = tab.locator(".own .ProseMirror")
    own.click(click_count=3)
    settle(tab)
    tab.keyboard.insert_text("Le passage des deux oiseaux.")
    is_sound(tab)
    tab.get_by_role("button", name="Publier ce choix").click()
    read = tab.locator("main article")
    expect(read).to_contain_text("Le passage des deux oiseaux.")
    expect(read).not_to_contain_text("colombe")
    expect(read).to_contain_text("Le passage du soir.")
