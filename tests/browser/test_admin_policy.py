"""Wagtail's main screens work under the policy of the admin: the browser refuses nothing."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, SIZES, log_in
from tests.wiki.admin.test_admin_offers import ODD

SCREENS = [
    "/admin/",
    "/admin/users/",
    "/admin/users/new/",
    "/admin/images/",
    "/admin/images/add/",
    "/admin/documents/",
    "/admin/documents/multiple/add/",
    "/admin/pages/",
    "/admin/redirects/",
    "/admin/redirects/add/",
    "/admin/wiki/topic/",
]


@pytest.fixture(scope="module")
def admin(chromium, site):
    context = chromium.new_context(base_url=site, locale="fr-FR", **SIZES["desktop"])
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.refusals = []
    page.on("console", lambda line: page.refusals.append(line.text) if refuses(line) else None)

    log_in(page, "administration", site)
    yield page
    context.close()


def refuses(line) -> bool:
    return "Content Security Policy" in line.text


@pytest.mark.whole
def test_the_main_screens_of_the_admin_break_no_rule(admin):
    for address in SCREENS:
        answer = admin.goto(address)
        assert answer.status == 200, address
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        expect(admin.get_by_role("link", name="Images").first).to_be_visible()  # drawn by a script
        admin.wait_for_load_state("networkidle")
        assert admin.refusals == [], address


@pytest.mark.whole
def test_one_picture_and_one_document_are_edited_under_the_policy(admin):
    for screen, first in (
        ("/admin/images/", "/admin/images/[0-9]"),
        ("/admin/documents/", "edit/"),
    ):
        admin.goto(screen)
        links = admin.eval_on_selector_all("main a[href]", "all => all.map((a) => a.href)")
        admin.goto(next(link for link in links if re.search(first, link)))
        expect(admin.locator("main [name=title]")).to_be_visible()
        admin.wait_for_load_state("networkidle")
        assert admin.refusals == []


def test_the_calendar_of_a_filter_opens(admin):
    admin.refusals.clear()
    admin.goto("/admin/pages/")
    admin.wait_for_load_state("networkidle")
    field = admin.locator("[name$=created_at_from]").first
    field.evaluate("field => jQuery(field).trigger('open.xdsoft')")
    assert field.evaluate("field => Boolean(jQuery(field).data('xdsoft_datetimepicker'))")
    assert admin.refusals == []


def test_the_home_page_is_edited_under_the_policy(admin):
    admin.refusals.clear()
    admin.goto("/admin/pages/")
    admin.get_by_role("link", name="Passerelles").first.click()
    admin.wait_for_url("**/edit/")
    expect(admin.locator("[name=heading]")).to_be_visible()
    admin.wait_for_load_state("networkidle")
    assert admin.refusals == []


SAID_IN_FRENCH = ["/admin/", "/admin/images/?q=zxqv", "/admin/documents/", "/admin/wiki/topic/"]


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("address", SAID_IN_FRENCH)
def test_the_admin_says_good_french(tab, address):
    log_in(tab, "administration")
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    assert ODD.findall(tab.locator("body").inner_text()) == []
