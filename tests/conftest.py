"""Fixtures: every test starts from the site with its demonstration, loaded once a worker."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from wagtail.models import Page

from home import demonstration
from tests import factories, kept

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
