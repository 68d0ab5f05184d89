"""A page is found by its address without reading the whole table of pages."""

import pytest
from django.core.management import call_command
from django.db import connection

from wiki.access.closed_paths import ClosedPaths
from wiki.models.db_indexes import BY_ADDRESS, IN_MENUS, PAGES
from wiki.pages import navigation

pytestmark = pytest.mark.django_db


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, PAGES))


def test_every_screen_finds_its_page_by_an_index():
    above = ["/passerelles/", "/passerelles/lieux/"]
    plan = navigation._pages(ClosedPaths(()), None, above[0], above, "").explain()
    if connection.vendor == "sqlite":
        assert IN_MENUS[0] in plan
        assert BY_ADDRESS[0] in plan
    assert {BY_ADDRESS[0], IN_MENUS[0]} <= indexes()


def test_what_a_migration_of_wagtail_took_away_is_made_again():
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {BY_ADDRESS[0]}")
    assert BY_ADDRESS[0] not in indexes()
    call_command("migrate", verbosity=0)
    assert BY_ADDRESS[0] in indexes()
