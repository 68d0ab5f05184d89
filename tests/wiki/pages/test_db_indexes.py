"""A page is found by its address without reading the whole table of pages."""

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from wiki.access.closed_paths import ClosedPaths
from wiki.models.db_indexes import BELOW, BY_ADDRESS, CHILDREN, IN_MENUS, PAGES
from wiki.models.paths import under
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


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own of these")
def test_what_stands_below_a_page_is_found_by_an_index():
    """In Wagtail's words and in ours."""
    home = Page.objects.get(depth=2, slug="passerelles")
    assert BELOW[0] in home.get_descendants().explain()
    assert BELOW[0] in Page.objects.descendant_of(home).explain()
    assert CHILDREN[0] in home.get_children().filter(slug="lieux").explain()
    assert "SEARCH" in Page.objects.filter(under(home)).explain()


def test_what_a_migration_of_wagtail_took_away_is_made_again():
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {BY_ADDRESS[0]}")
    assert BY_ADDRESS[0] not in indexes()
    call_command("migrate", verbosity=0)
    assert BY_ADDRESS[0] in indexes()
