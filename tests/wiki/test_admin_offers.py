"""All that the admin offers leads somewhere: nobody is shown a button that is refused."""

import pytest
from django.db import transaction
from django.test import Client

from tests.wiki import secrets
from tests.wiki.offered import Visit
from tests.wiki.test_admin_matrix import rows_beside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_templates")]
# In the settings of Wagtail's scripts: the tree that asks for the first is a plain link here, and
# no block has a preview.
NEVER_ASKED = ("/admin/api/main/", "/admin/block-preview/")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = secrets.build()
        rows_beside(world)
        yield world
        transaction.set_rollback(True)


def visit_of(world, role: str) -> Visit:
    client = Client(raise_request_exception=False)
    client.force_login(world.people[role])
    return Visit(client, NEVER_ASKED)


@pytest.mark.parametrize("role", ["facilitator", "administrator"])
def test_nothing_that_is_offered_is_refused(world, role):
    visit = visit_of(world, role)
    visit.go(["/animer/", "/admin/"])
    assert len(visit.asked) > 100
    assert visit.dead == [], "\n".join(visit.dead)
