"""Fixtures: every test starts from the site with its demonstration, loaded once a worker."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page

from home import demonstration
from search.names_in_memory import names_in_memory
from search.promoted import lines_in_memory
from search.shelf import shelves
from search.spelling import spelling
from search.synonyms import groups_in_memory
from tests import factories

LONGEST = ("test_cluster.py", "test_postgresql.py", "test_races.py")


def pytest_collection_modifyitems(items):
    """The longest first, so that no worker waits for another one at the end."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Migrations, then the demonstration; `--reuse-db` finds both done."""
    with django_db_blocker.unblock():
        demonstration.load(quiet=True)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    shelves.forget()
    spelling.forget()
    for kept in (names_in_memory, groups_in_memory, lines_in_memory):
        kept.forget()  # numbers of pages and stamps are used again after each test


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
