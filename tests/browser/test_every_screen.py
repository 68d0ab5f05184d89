"""`make test-all`: the layout of every screen, as everybody, in every way; and its HTML."""

import json
import os
import re
import subprocess

import pytest

from tests.browser.conftest import log_in
from tests.browser.looking import Eyes
from tests.browser.screens import (
    BESIDE,
    SUBMIT,
    WITH_SCREEN,
    WITHOUT_SCREEN,
    answers,
    demonstration,
)

pytestmark = pytest.mark.whole
PEOPLE = {
    "visitor": "",
    "contributor": "contributeur",
    "facilitator": "animation",
    "administrator": "administration",
}
FORMS = [
    *("login refused", "password refused", "profile refused", "rename refused", "delete refused"),
    *("new page refused", "place refused", "conflict", "preview", "token lost"),
]
SHARES = 4  # of the pages of the demonstration, so that several workers look at them


@pytest.fixture(params=PEOPLE)
def person(request, looking_tab, full_site) -> str:
    """Their name, once they are logged in."""
    username = PEOPLE[request.param]
    if username:
        log_in(looking_tab, username, full_site.address)
    return request.param


def faults_at(tab, addresses) -> list[str]:
    """Whoever may not see a screen is led elsewhere, which is looked at once."""
    found, eyes, seen = [], Eyes(tab), set()
    for address in addresses:
        tab.goto(address)
        place = tab.url.partition("?next=")[0]
        found += [] if place in seen else [f"{address} {fault}" for fault in eyes.faults()]
        seen.add(place)
    return found


@pytest.mark.parametrize("name", [*WITH_SCREEN, "nothing"])
def test_no_screen_of_a_route_breaks_its_layout(looking_tab, full_site, person, name):
    addresses = {**full_site.screens, "nothing": BESIDE}[name]
    assert addresses
    assert faults_at(looking_tab, dict.fromkeys(addresses)) == []


@pytest.mark.parametrize("share", range(SHARES))
def test_no_page_of_the_demonstration_breaks_its_layout(looking_tab, share):
    addresses = demonstration(looking_tab)
    assert len(addresses) > 50
    assert faults_at(looking_tab, addresses[share::SHARES]) == []


@pytest.mark.parametrize("name", FORMS)
def test_no_answer_to_a_form_breaks_its_layout(looking_tab, full_site, name):
    log_in(looking_tab, "animation", full_site.address)
    assert send(looking_tab, full_site, name).status in {200, 403, 409, 422}
    assert Eyes(looking_tab).faults() == []


def send(tab, full_site, name: str):
    """What answers a form."""
    address, action, values = answers(full_site.screens)[name]
    if name.startswith("login"):
        tab.context.clear_cookies()
    tab.goto(address)
    with tab.expect_navigation() as sent:
        tab.evaluate(SUBMIT, [action, values])
    return sent.value


def test_the_routes_said_to_have_no_screen_have_none(looking_tab, full_site):
    log_in(looking_tab, "animation", full_site.address)
    http = looking_tab.context.request
    for name in sorted(WITHOUT_SCREEN):
        answer = http.get(full_site.screens[name][0], max_redirects=0)
        html = answer.headers.get("content-type", "").startswith("text/html")
        assert answer.status != 200 or not html or name in {"preview", "preview_new"}, name


# The Nu HTML checker, which `scripts/test_all.sh` installs.

BAD = "<!DOCTYPE html><html lang=fr><title>x</title><p>a < b<input type=hidden aria-label=x>"


def told_by_checker(files) -> list[str]:
    """What the checker has to say of these files: the page, the message, the place."""
    jar = os.environ.get("VNU_JAR") or pytest.fail("VNU_JAR is not said: run « make test-all ».")
    command = ["java", "-Xss8m", "-jar", jar, "--format", "json", "--stdout", *map(str, files)]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    messages = json.loads(told.stdout)["messages"]
    return [
        f"{m['url'].rsplit('/', 1)[-1]}: {m['message']} {m.get('extract', '')}" for m in messages
    ]


def test_the_checker_sees_what_is_wrong(tmp_path):
    (tmp_path / "bad.html").write_text(BAD)
    assert len(told_by_checker([tmp_path / "bad.html"])) >= 2


def test_the_html_of_every_screen_is_valid(looking_tab, full_site, person, tmp_path):
    http = looking_tab.context.request
    screens = {**full_site.screens, "nothing": BESIDE, "demonstration": demonstration(looking_tab)}
    files = []
    for name in [*WITH_SCREEN, "nothing", "demonstration"]:
        for rank, address in enumerate(dict.fromkeys(screens[name])):
            answer = http.get(address)
            if answer.headers.get("content-type", "").startswith("text/html"):
                files.append(tmp_path / f"{name}-{rank}.html")
                files[-1].write_bytes(answer.body())
    assert len(files) > 150
    assert told_by_checker(files) == []


def test_the_html_that_answers_a_form_is_valid(looking_tab, full_site, tmp_path):
    log_in(looking_tab, "animation", full_site.address)
    files = []
    for name in sorted(FORMS, key="login refused".__eq__):  # the one that logs out is the last
        files.append(tmp_path / f"{re.sub(' ', '-', name)}.html")
        files[-1].write_bytes(send(looking_tab, full_site, name).body())
    assert told_by_checker(files) == []
