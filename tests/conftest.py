"""Fixtures: every test starts from the site with its demonstration, loaded once a worker."""

from collections import Counter

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from wagtail.models import Page

from home import demonstration
from tests import factories, kept
from tests.site_template import SiteTemplate
from tests.tried_twice import TRIED_TWICE
from wiki.models import site_revision

LONGEST = ("test_cluster.py", "test_postgresql.py", "test_races.py", "test_visibility.py")


def pytest_sessionstart(session):
    """A test that imports the site as a server does would start the thread that reads files:
    some import every module of the site, while they are collected."""
    apps.get_app_config("search").serve = lambda: None
    site_revision.HOLDS = 60  # a loaded machine asks for as much as a quiet one


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """The longest first, so that no worker waits for another one at the end. Only what
    `tried_twice` names gets one more chance."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    leave_to_the_long_tests(items)
    for item in items:
        if item.nodeid.partition("[")[0] in TRIED_TWICE:
            item.add_marker(pytest.mark.flaky(reruns=1))


def leave_to_the_long_tests(items) -> None:
    """All cases of a sampled matrix but one of `every`, from the first on."""
    seen = Counter()
    for item in items:
        marker, name = item.get_closest_marker("sampled"), item.nodeid.partition("[")[0]
        if marker and seen[name] % marker.kwargs["every"]:
            item.add_marker(pytest.mark.whole)
        seen[name] += 1


def pytest_terminal_summary(terminalreporter):
    for name, reason in TRIED_TWICE.items():
        terminalreporter.write_line(f"tried twice when it fails: {name} ({reason})")


@pytest.fixture(scope="session")
def site_template(django_db_modify_db_settings):
    """The database with the demonstration, that the first worker makes and the others copy."""
    with SiteTemplate() as template:
        yield template


@pytest.fixture(scope="session")
def django_db_keepdb(request, site_template):
    return site_template.was_copied() or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_createdb(request, site_template):
    return not site_template.was_copied() and request.config.getvalue("create_db")


@pytest.fixture(scope="session")
def django_db_setup(site_template, django_db_setup, django_db_blocker):
    """Migrations, then the demonstration; a copy and `--reuse-db` find both done."""
    with django_db_blocker.unblock():
        if not site_template.was_copied():
            demonstration.load(quiet=True)
    site_template.keep()


@pytest.fixture(autouse=True)
def _empty_cache():
    kept.forget_all()


@pytest.fixture
def anonymous():
    return AnonymousUser()


@pytest.fixture
def contributor(db):
    return factories.person("Contributeurs")


@pytest.fixture
def other_contributor(db):
    return factories.person("Contributeurs")


@pytest.fixture
def facilitator(db):
    return factories.person("Animateurs")


@pytest.fixture
def administrator(db):
    return factories.person("Administrateurs")


@pytest.fixture
def superuser(db):
    return factories.person(is_superuser=True)


@pytest.fixture
def logged_in():
    """A function: the client of a person."""

    def client_of(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def guideline(db):
    """The demonstration's best known page."""
    return Page.objects.get(slug="usager-donne-mot-de-passe").specific
