"""Who may know what in the admin: every route of it, for every person, with every secret."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from search.models import Promoted, Synonym, VainSearch
from tests.wiki import admin_addresses, secrets
from tests.wiki.secrets import KEEPERS, told
from wiki.admin_door import SCREENS

pytestmark = pytest.mark.django_db
ROUTES = admin_addresses.routes()
# They answer « not found » or « out of order » to everybody: that is what they are for.
NOWHERE = {"admin/test404/", "admin/failwhale/", "admin/^.*/$"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = secrets.build()
        rows_of_the_search(world)
        yield world
        transaction.set_rollback(True)


def rows_of_the_search(world) -> None:
    secret = next(secret for secret in world.secrets if secret.name == "groupe")
    Promoted.objects.create(words="zxgroupepromue", page=secret.page.page_ptr)
    secret.words.append("zxgroupepromue")
    Promoted.objects.create(words="page publique", page=world.public[0].page_ptr)
    Synonym.objects.create(words="ordi, ordinateur")
    today = timezone.localdate()
    VainSearch.objects.create(digest="zut", words="zut", first_on=today, last_on=today)


@pytest.fixture(scope="module")
def addresses(world):
    return admin_addresses.Addresses(world)


def client_of(world, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(world.people[role])
    return client


def hidden_words(world, role: str, route) -> set[str]:
    """Facilitators may know of pages that are not published, whose text is no reader's;
    administrators know the people of the site, not what these wrote."""
    hidden = world.words_hidden_from(role)
    if role in KEEPERS:
        hidden -= {word for s in world.secrets if s.name == "depubliee" for word in s.words}
    if route.pattern.startswith("admin/users/"):
        hidden = {word for word in hidden if not word.endswith("auteur")}
    return hidden


def test_every_argument_of_every_route_is_filled(world, addresses):
    assert len(ROUTES) > 200
    for route in ROUTES:
        assert addresses.of(route), route


@pytest.mark.parametrize("role", [role for role in secrets.ROLES if role != "superuser"])
def test_no_secret_is_told_by_the_admin(world, addresses, role, admin_templates):
    client, leaks = client_of(world, role), []
    for route in ROUTES:
        hidden = hidden_words(world, role, route)
        for address in addresses.of(route):
            answer = client.get(address)
            assert answer.status_code < 500, address
            text = told(answer)
            leaks += [(address, word) for word in hidden if word in text and word not in address]
    assert leaks == []
