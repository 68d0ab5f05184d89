"""Nothing that people write runs: 250 hostile texts, on all screens that show them, in Chromium.

A site of its own is served for them. On each screen: no dialog opens, the policy has nothing
to refuse (a refusal would mean that a hostile tag reached the page), nobody else's server is
called, no element nor address of the page could run.
"""

from itertools import cycle
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.browser.conftest import PATIENCE, SIZES, copied_site, served
from tests.browser.hostile_site import (
    BODIES,
    LINES,
    SVG,
    TITLES,
    Pirate,
    hostile,
    plant,
    plant_drawing,
    plant_in_admin,
    plant_in_vocabularies,
    raise_to_superuser,
)
from tests.browser.waiting import let_it_draw, until
from tests.browser.watching import Watcher
from tests.browser.xss_screens import AS_TYPED, EDITOR, ODD, SAMPLED, SCREENS
from tests.browser.xss_vectors import WITH_NUL
from tests.wiki.every_route import OF_THE_SITE

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def hostile_site(django_db_setup, tmp_path_factory):
    """A served copy of the demonstration, for this module only."""
    folder = copied_site(tmp_path_factory.mktemp("hostile-site"))
    plant_in_vocabularies(folder / "passerelles.sqlite3")
    raise_to_superuser(folder / "passerelles.sqlite3", "administration")
    plant_drawing(folder)
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def context(chromium, hostile_site):
    context = chromium.new_context(base_url=hostile_site, locale="fr-FR", **SIZES["desktop"])
    context.set_default_timeout(2 * PATIENCE)
    yield context
    context.close()


@pytest.fixture(scope="module")
def planted(context) -> dict:
    pirate = Pirate(context, "administration")
    return {**plant(pirate), **plant_in_admin(pirate)}


@pytest.fixture(scope="module")
def tab(context, planted):
    return context.new_page()


@pytest.fixture(scope="module")
def watcher(tab, hostile_site):
    return Watcher(tab, hostile_site)


@pytest.fixture(scope="module")
def unguarded(chromium, context, hostile_site, planted):
    """A tab without any policy, and its watcher: nothing stops what is not escaped.

    For the editor that opens a text as it was typed, before any cleaning: it reads it in a
    document that never runs, but Chromium reports the handlers that it sees there.
    """
    kept = context.storage_state()
    other = chromium.new_context(
        base_url=hostile_site, storage_state=kept, bypass_csp=True, **SIZES["desktop"]
    )
    other.set_default_timeout(2 * PATIENCE)
    tab = other.new_page()
    yield tab, Watcher(tab, hostile_site)
    other.close()


# The eyes see: without these, the tests below would pass on anything.


def test_what_runs_is_seen(tab, watcher):
    tab.route("**/sonde/", lambda route: route.fulfill(body=BAIT, content_type="text/html"))
    tab.goto("/sonde/")
    until(tab, lambda: any("alert" in said or "/sonde/: 1" in said for said in watcher.ran))
    let_it_draw(tab)
    tab.unroute("**/sonde/")
    assert any("alert" in said or "/sonde/: 1" in said for said in watcher.ran)
    assert len([fault for fault in watcher.faults() if "<" in fault]) == 5


def test_what_the_policy_stops_is_seen(tab, watcher):
    policy = {"Content-Security-Policy": "default-src 'none'", "Content-Type": "text/html"}
    tab.route("**/sonde/", lambda route: route.fulfill(body=BAIT, headers=policy))
    tab.goto("/sonde/")
    tab.unroute("**/sonde/")
    assert watcher.ran == []
    assert watcher.refused
    watcher.faults()


BAIT = (
    "<!DOCTYPE html><p>x</p><script>alert(1)</script><b onclick=alert(1)>x</b>"
    "<a href=' java\nscript:alert(1)'>x</a><svg><a href=javascript:alert(1)></a></svg>"
    "<template><img src=x onerror=alert(1)></template>"
)


# Screens.


@pytest.fixture(scope="module")
def known(tab, planted) -> dict[str, list[str]]:
    """What stands for `{…}` in addresses."""
    found = {"page": planted["pages"], "trashed": planted["trashed"], "draft": planted["drafts"]}
    for name, listing in (("topic", "/themes/"), ("contributor", "/contributeurs/")):
        tab.goto(listing)
        links = tab.eval_on_selector_all("main a", "links => links.map(a => a.pathname)")
        found[name] = [link for link in links if link.startswith(listing) and link != listing]
    tab.goto("/mes-fichiers/")
    links = tab.eval_on_selector_all("main a", "links => links.map(a => a.pathname)")
    for name, end in (("file", "/renommer/"), ("file to delete", "/supprimer/")):
        found[name] = [link for link in links if link.endswith(end)]
        assert found[name]
    return found


def filled(address: str, known: dict[str, list[str]]) -> list[str]:
    name = address.partition("{")[2].partition("}")[0]
    return [address.replace(f"{{{name}}}", value) for value in known[name]] if name else [address]


@pytest.mark.parametrize("name", sorted(SCREENS))
def test_nothing_runs_on_the_screen(tab, watcher, unguarded, known, name):
    tab, watcher = unguarded if name in AS_TYPED else (tab, watcher)
    found = []
    for address in (one for at in SCREENS[name] for one in filled(at, known)[: most(name)]):
        answer = tab.goto(address, wait_until="domcontentloaded")
        if answer.status not in {200, 404} or (answer.status == 404 and name != "nothing there"):
            found.append(f"{address}: {answer.status}")
        if name in EDITOR:
            tab.locator(".ProseMirror").wait_for()
        found += watcher.faults()
    assert found == []


def most(name: str) -> int:
    return 4 if name in SAMPLED else 60


def test_nothing_runs_in_the_propositions(tab, watcher):
    tab.goto("/plan-du-site/", wait_until="domcontentloaded")
    for words in ("script", "onerror", "alert", "svg onload"):
        field = tab.get_by_role("combobox").first
        field.fill("")
        with tab.expect_response("**/recherche/propositions/**"):
            field.press_sequentially(words, delay=10)
        tab.get_by_role("option").first.wait_for()
    assert watcher.faults() == []


# Screens that answer a form.


def sent(tab, address: str, fields: dict) -> int:
    """The status of what answers a form of the site sent by the browser."""
    tab.goto("/plan-du-site/", wait_until="domcontentloaded")
    with tab.expect_navigation(wait_until="domcontentloaded") as answered:
        tab.evaluate(SEND, [address, flat(fields)])
    return answered.value.status


SEND = """([action, fields]) => {
  const form = Object.assign(document.createElement("form"), { action, method: "post" });
  for (const [name, value] of fields) {
    form.append(Object.assign(document.createElement("textarea"), { name, value }));
  }
  document.body.append(form);
  form.submit();
}"""


def flat(fields: dict) -> list[list[str]]:
    lists = {n: v if isinstance(v, list) else [v] for n, v in fields.items()}
    return [[name, str(value)] for name, values in lists.items() for value in values]


@pytest.fixture(scope="module")
def pirate(context, planted) -> Pirate:
    """As they are logged in already: a new login would end the session of the tab."""
    made = object.__new__(Pirate)
    made.context, made.http = context, context.request
    return made


ANSWERS = {"preview": 200, "refused": 422, "opened again": 200, "conflict": 409, "old token": 403}


@pytest.mark.parametrize("kind", ANSWERS)
def test_nothing_runs_in_the_answer_to_a_form(tab, watcher, unguarded, pirate, planted, kind):
    tab, watcher = unguarded if kind in AS_TYPED else (tab, watcher)
    found = []
    for page, body in zip(planted["pages"], BODIES, strict=True):
        address, fields = asked(kind, page, body, pirate)
        status = sent(tab, address, fields)
        if status != ANSWERS[kind]:
            found.append(f"{address}: {status}")
        if kind in AS_TYPED:
            tab.locator(".ProseMirror").wait_for()
        found += watcher.faults()
    assert found == []


def asked(kind: str, page: str, body: str, pirate: Pirate) -> tuple[str, dict]:
    """The address and the fields that bring this answer."""
    values = pirate.form(f"{page}modifier/")
    fields = {**values, **hostile(values), "body": body, "key": str(uuid4())}
    if kind == "preview":
        return f"{page}apercu/", fields
    more = {
        "refused": {"title": f"{WITH_NUL[0]}{TITLES[0]}"[:255], "summary": LINES[3] * 30},
        "opened again": {"reopen": "1"},
        "conflict": {"base": "1", "title": f"{next(OTHER_TITLES)[:200]} et autre"},
        "old token": {"csrfmiddlewaretoken": "x" * 32},
    }
    return f"{page}modifier/", {**fields, **more[kind]}


OTHER_TITLES = cycle(TITLES)


def test_nothing_runs_on_the_login_nor_where_it_gives_the_text_of_a_lost_session_back(
    chromium, hostile_site, planted
):
    context = chromium.new_context(base_url=hostile_site, **SIZES["desktop"])
    tab = context.new_page()
    watcher = Watcher(tab, hostile_site)
    tab.goto("/connexion/")
    token = tab.locator("main [name=csrfmiddlewaretoken]").input_value()
    tab.goto(f"/connexion/?next={ODD}")
    found = watcher.faults()
    for page, body in zip(planted["pages"], BODIES, strict=True):
        fields = {"body": body, "title": TITLES[0], "key": str(uuid4()), "base": "1"}
        status = sent(tab, f"{page}modifier/", {**fields, "csrfmiddlewaretoken": token})
        found += [] if status == 401 else [f"{page}: {status}"]
        found += watcher.faults()
    context.close()
    assert found == []


# What is not HTML: feeds, JSON, files.


@pytest.mark.parametrize(
    "name", [*("changes_feed", "page_feed", "sitemap", "sitemap_part", "robots", "page_titles")]
)
def test_nothing_runs_in_what_is_not_a_page(context, tab, watcher, planted, name):
    kinds = {"changes_feed": "application/atom+xml", "page_feed": "application/atom+xml"}
    kinds |= {
        "sitemap": "application/xml",
        "sitemap_part": "application/xml",
        "robots": "text/plain",
        "page_titles": "application/json",
    }
    for address in not_pages(name, planted):
        answer = context.request.get(address)
        assert answer.status == 200, address
        assert answer.headers["content-type"].startswith(kinds[name])
        assert answer.headers["x-content-type-options"] == "nosniff"
        open_raw(tab, address)
        assert watcher.ran + watcher.left == []


def not_pages(name: str, planted: dict) -> list[str]:
    if name == "page_feed":
        return [f"{page}flux/" for page in planted["pages"]]
    if name == "page_titles":
        return [f"/recherche/titres/?{urlencode({'q': q})}" for q in ("alert", "script", "img")]
    return [OF_THE_SITE[name]]


def open_raw(tab, address: str) -> None:
    """In the browser, unless it is downloaded."""
    try:
        tab.goto(address, wait_until="load")
    except Exception as error:
        assert "Download is starting" in str(error) or "ERR_ABORTED" in str(error)


def all_photos(context) -> list[str]:
    images = context.request.get("/admin/api/main/images/?limit=20").json()
    return [f"/photos/{image['id']}/" for image in images["items"]]


def photo_is_drawing(context, address: str) -> bool:
    return b"alert" in context.request.get(address).body()


def test_nothing_runs_in_a_drawing_opened_by_itself(context, tab, watcher, planted):
    """A drawing that was among the images before they were refused: its scripts stay asleep."""
    address = next(photo for photo in all_photos(context) if photo_is_drawing(context, photo))
    answer = context.request.get(address)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert b"alert" in answer.body()
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    open_raw(tab, address)
    tab.screenshot()  # it is drawn; no script may tell so there
    assert watcher.ran + watcher.left == []
    watcher.executed()


def test_a_document_is_downloaded_whatever_it_holds(context, tab, watcher, planted):
    answer = context.request.get(f"/fichiers/{planted['document']}/")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    open_raw(tab, f"/fichiers/{planted['document']}/")
    assert watcher.executed() == []


@pytest.mark.parametrize("address", ["/photos/", "/pieces/"])
@pytest.mark.parametrize("name", ["x.svg", '"><img src=x onerror=alert(1)>.jpg', "x.html", "x.pdf"])
def test_the_editor_s_doors_refuse_drawings_and_pages(context, tab, address, name):
    tab.goto("/nouveau/article/")
    token = tab.locator("main [name=csrfmiddlewaretoken]").first.input_value()
    for content in (SVG, "<!DOCTYPE html><script>alert(1)</script>"):
        file = {"name": name, "mimeType": "image/jpeg", "buffer": content.encode()}
        headers = {"X-CSRFToken": token}
        answer = context.request.post(address, multipart={"file": file}, headers=headers)
        assert answer.status == 422
        assert "<" not in answer.json()["error"]


# Wagtail's own screens have no policy: what is not escaped there runs.

ADMIN = [
    *("", "images/", "documents/", "users/", "pages/", "reports/site-history/"),
    *("pages/{home}/", "pages/{home}/edit/", "pages/{home}/history/", "pages/{home}/delete/"),
    *("images/{image}/", "images/usage/{image}/", "documents/edit/{document}/", "redirects/"),
    *("images/chooser/", "documents/chooser/", "images/{image}/delete/", "pages/search/?q=alert"),
    *("images/?q=%3Cscript%3Ealert(1)%3C/script%3E", "users/?q=%22%3E%3Cimg%20src=x%20onerror=a"),
    *(
        "wiki/topic/",
        "corbeille/",
        "search/zeroresultsearch/",
        "search/synonym/",
        "search/promoted/",
    ),
]


@pytest.mark.parametrize("address", ADMIN)
def test_nothing_runs_in_the_admin(tab, watcher, planted, address):
    answer = tab.goto(f"/admin/{address.format(**planted)}", wait_until="load")
    let_it_draw(tab)
    assert answer.status < 500
    assert watcher.ran + watcher.left == []
