"""The real site in a real browser: gunicorn on a copy of the test database, Chromium.

Nothing is skipped: a missing Chromium is an error that says what to type.
"""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect, sync_playwright

from home.demonstration import PASSWORD
from tests.browser.editor import open_editor
from tests.collected import give_static

# Playwright keeps an event loop in this thread; the ORM of other tests must not mind.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Without the windows and menus of a desktop's browser, which cost more than most pages.
CHROMIUM = "/usr/bin/chromium-headless-shell"
SIZES = {
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1366, "height": 768}},
}
FEW_THREADS = ("--threads", "4", "--no-control-socket")
PATIENCE = 15_000  # milliseconds: this machine may be busy
expect.set_options(timeout=PATIENCE)


HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """They need the test database made, though they never open it themselves. What is tried on a
    phone and on a desktop is tried on the phone each time, on the desktop by the long tests, but
    for those marked `at_every_size`."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db)
            if is_of_the_desktop(item) and not item.get_closest_marker("at_every_size"):
                item.add_marker(pytest.mark.whole)


def is_of_the_desktop(item) -> bool:
    return hasattr(item, "callspec") and item.callspec.params.get("size") == "desktop"


@pytest.fixture(scope="session")
def site(django_db_setup, tmp_path_factory):
    """The address of a served copy of the demonstration."""
    folder = copied_site(tmp_path_factory.mktemp("site"))
    build_inspecting(folder / "static")
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def full_site(django_db_setup, tmp_path_factory):
    """A served copy with what `full_site` plants: `address`, and `screens` by their route."""
    folder = copied_site(tmp_path_factory.mktemp("full-site"))
    planting = [sys.executable, "-m", "tests.browser.full_site"]
    told = subprocess.run(planting, check=True, stdout=subprocess.PIPE, **running(folder))
    with served(folder) as address:
        yield SimpleNamespace(address=address, screens=json.loads(told.stdout))


def copied_site(folder: Path) -> Path:
    copy_database(folder / "passerelles.sqlite3")
    shutil.copytree(settings.MEDIA_ROOT, folder / "media", dirs_exist_ok=True)
    return folder


def build_inspecting(static: Path) -> None:
    """What tests ask of bodies without an editor: a script that the site never has."""
    command = ["scripts/assets.sh", "inspecting", str(static)]
    subprocess.run(command, cwd=settings.ROOT, check=True)


def running(folder: Path) -> dict:
    """How a command of the site in this folder is run."""
    own = {"DJANGO_SETTINGS_MODULE": "kb.settings.dev", "DATA_DIR": str(folder)}
    environment = {**os.environ, **own, "SECRET_KEY": "only-for-browser-tests"}
    return {"cwd": settings.ROOT, "env": environment}


@contextmanager
def served(folder: Path, *options: str):
    """The address of the site in this folder, while it is served; `options` of gunicorn."""
    give_static(folder)
    run, port = running(folder), free_port()
    command = [sys.executable, "-m", "gunicorn", "kb.wsgi", "--bind", f"127.0.0.1:{port}"]
    log = (folder / "server.log").open("w")
    server = subprocess.Popen([*command, *(options or FEW_THREADS)], stdout=log, stderr=log, **run)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, folder / "server.log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def copy_database(target: Path) -> None:
    """SQLite's own backup: whole, even while another connection is open."""
    original = sqlite3.connect(connection.settings_dict["NAME"])
    copy = sqlite3.connect(target)
    original.backup(copy)
    original.close()
    copy.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, log: Path) -> None:
    for _try in range(150):
        try:
            with urllib.request.urlopen(f"{address}/robots.txt", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The site does not answer.\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def chromium():
    if not Path(CHROMIUM).exists():
        pytest.fail("Chromium is missing: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        yield browser
        browser.close()


@pytest.fixture(params=["phone", "desktop"])
def size(request) -> str:
    return request.param


@pytest.fixture
def tab(chromium, site, size):
    """A tab of a new anonymous reader on the site, at the size of the test."""
    with_context = chromium.new_context(base_url=site, locale="fr-FR", **SIZES[size])
    with_context.set_default_timeout(PATIENCE)
    page = with_context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    errors = page.errors
    with_context.close()
    assert errors == []


@pytest.fixture
def looking_tab(chromium, full_site):
    """A tab of a stranger on the full site, for eyes that change its size."""
    address = full_site.address
    context = chromium.new_context(base_url=address, locale="fr-FR", reduced_motion="reduce")
    context.set_default_timeout(2 * PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def contributor_tab(tab):
    log_in(tab, "contributeur")
    return tab


sessions: dict[tuple, list] = {}  # the cookies of whoever logged in, by site and username


def log_in(tab, username: str, site: str = "") -> None:
    """As this person, in a session that other journeys share until somebody logs out."""
    if (site, username) not in sessions:
        log_in_by_the_form(tab, username)
        sessions[site, username] = tab.context.cookies()
    tab.context.add_cookies(sessions[site, username])


def log_in_by_the_form(tab, username: str) -> None:
    tab.goto("/connexion/")
    tab.get_by_label("Identifiant").fill(username)
    tab.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    tab.locator("main").get_by_role("button", name="Se connecter").click()
    tab.wait_for_url("**/mon-espace/")


@pytest.fixture
def writer(contributor_tab):
    """A contributor's tab on an editing page, whose console must stay without a complaint."""
    complaints = heard(contributor_tab)
    open_editor(contributor_tab)
    yield contributor_tab
    assert complaints == []


@pytest.fixture
def desk(chromium, site):
    """One editing page on a desktop, for what has nothing to do with the screen."""
    context = chromium.new_context(base_url=site, locale="fr-FR", **SIZES["desktop"])
    context.set_default_timeout(PATIENCE * 4)
    page = context.new_page()
    log_in(page, "contributeur")
    open_editor(page)
    yield page
    context.close()


def heard(tab) -> list[str]:
    """What the page says in the console; the network that a test cuts is no complaint."""
    complaints = []

    def hear(line):
        if line.type in ("warning", "error") and "Failed to load resource" not in line.text:
            complaints.append(line.text)

    tab.on("console", hear)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.fixture(scope="module")
def one_desk(chromium, site):
    """One editing page on a desktop for a whole module."""
    context = chromium.new_context(base_url=site, locale="fr-FR", **SIZES["desktop"])
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.complaints = heard(page)
    log_in(page, "contributeur")
    open_editor(page)
    yield page
    context.close()


@pytest.fixture
def desk_writer(one_desk):
    """That page for one test, for what has nothing to do with the size of the screen."""
    one_desk.complaints.clear()
    yield one_desk
    one_desk.unroute("**/recherche/titres/**")
    assert one_desk.complaints == []
