"""Nothing is wider than its window, cut off, on something else, or away from its heading: one
screen of each kind, at three widths, with letters twice as large, on paper. `make test-all` looks
at every other screen."""

import pytest
from django.urls import get_resolver

from tests.browser.conftest import log_in
from tests.browser.full_site import WORD
from tests.browser.looking import PAPER, Eyes, Way
from tests.browser.screens import ROUTES, SUBMIT, WITH_SCREEN, answers
from tests.browser.waiting import let_it_draw
from tests.wiki.access.test_visibility import routes

WAYS = [Way(320), Way(1366), Way(360, 32), Way(1366, 32), PAPER]
BROKEN = f"""<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><style>
.cut {{ inline-size: 40px; overflow: hidden; white-space: nowrap }}
.over {{ position: absolute; inset: 60px auto auto 20px }}
.away {{ margin-block-end: 300px }}
.small {{ display: block; inline-size: 30px }}
</style><main><p>{WORD * 20}</p><p class="over">Un texte posé sur un autre</p>
<p class="over">Un autre posé dessous</p><p class="cut">Une phrase bien trop longue</p>
<h2 class="away">Loin</h2><p>de son texte</p><button class="small">Anticonstitutionnel</button>
<img src="data:image/png;base64,x" alt=""><form method="post"></form><h2>Rien</h2></main>"""
LETTERS = """[
  parseFloat(getComputedStyle(document.body).fontSize), matchMedia("(min-width: 75em)").matches
]"""
READERS = [
    *("wagtail_serve", "search", "topics", "topic", "changes", "contributors", "contributor"),
    *("plan", "history", "version", "difference", "annotate", "backlinks", "wanted_pages"),
    *("orphan_pages", "login", "password_reset", "password_reset_done", "password_reset_confirm"),
    *("password_reset_complete", "report"),
]
WRITERS = [
    *("edit", "new", "choose_kind", "profile", "password_change", "password_change_done"),
    *("drafts", "resume_draft", "discard_draft", "rename", "photo"),
    *("own_files", "rename_file", "delete_file", "own_desk", "own_changes"),
]
FACILITATORS = [
    *(
        "trash",
        "trashed",
        "facilitate",
        "reports",
        "reviews",
        "view_as",
        "broken_links",
        "move",
        "lock",
        "reserve",
        "delete",
    ),
]
ALL_OF_THEM = {"wagtail_serve", "search"}  # one page a kind; results, none, an empty question


def faults(tab, address: str, eyes: Eyes) -> list[str]:
    tab.goto(address)
    return [f"{address} {fault}" for fault in eyes.faults()]


@pytest.mark.whole
def test_what_is_broken_is_seen(looking_tab):
    tab = looking_tab
    tab.route("**/sonde/", lambda route: route.fulfill(body=BROKEN, content_type="text/html"))
    tab.goto("/sonde/")
    let_it_draw(tab)
    kinds = {fault.split(":")[0] for fault in Eyes(tab).seen(Way(360))}
    assert kinds == {
        *("wider than the window", "one text on another", "text cut off", "heading over nothing"),
        *("heading away from its text", "picture missing", "form without its token"),
        "words out of their button",
    }


@pytest.mark.whole
def test_letters_twice_as_large_are_twice_as_large(looking_tab):
    tab = looking_tab
    tab.goto("/")
    eyes, sizes = Eyes(tab), []
    for letters in (16, 32):
        eyes.put_on(Way(1366, letters))
        sizes.append(tab.evaluate(LETTERS))
    assert sizes == [[18, True], [36, False]]


def test_every_route_is_looked_at():
    """A new route has its address in `every_route`, or its name among those without a screen."""
    assert routes(get_resolver("kb.urls").url_patterns) == set(ROUTES)
    assert {*READERS, *WRITERS, *FACILITATORS} == set(WITH_SCREEN)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("person", "names"),
    [("", READERS), ("contributeur", WRITERS), ("animation", FACILITATORS)],
    ids=["visitor", "contributor", "facilitator"],
)
def test_no_kind_of_screen_breaks_its_layout(looking_tab, full_site, person, names):
    tab = looking_tab
    if person:
        log_in(tab, person, full_site.address)
    found, eyes = [], Eyes(tab, WAYS)
    for name in names:
        addresses = full_site.screens[name]
        for address in addresses if name in ALL_OF_THEM else addresses[-1:]:
            found += faults(tab, address, eyes)
    found += [] if person else faults(tab, "/", eyes) + faults(tab, "/lieux/", eyes)
    assert found == []


@pytest.mark.whole
@pytest.mark.parametrize("name", ["conflict", "new page refused"])
def test_the_answer_to_a_form_keeps_its_layout(looking_tab, full_site, name):
    tab = looking_tab
    log_in(tab, "contributeur", full_site.address)
    address, action, values = answers(full_site.screens)[name]
    tab.goto(address)
    with tab.expect_navigation():
        tab.evaluate(SUBMIT, [action, values])
    assert Eyes(tab, WAYS).faults() == []
