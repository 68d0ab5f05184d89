"""The HTTP interface of Wagtail's admin is loaded by the first one who asks it something."""

import sys
from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Site

from tests.apart import said_by
from wiki.internals import late_admin_api

HEAVY = ("rest_framework", "pydantic", "psycopg")
WHAT_IS_LOADED = f"""
import sys
import django
django.setup()
import kb.urls
print([name for name in {HEAVY} if name in sys.modules])
from wiki.internals.late_admin_api import interface
print(interface().resolve("/admin/api/main/images/").url_name)
print([name for name in {HEAVY} if name in sys.modules])
"""


def routes(patterns, before: str = "") -> dict[str, str]:
    """The names of all patterns, by their routes."""
    found: dict[str, str] = {}
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= routes(pattern.url_patterns, f"{route}[{pattern.namespace}]")
        else:
            assert isinstance(pattern, URLPattern)
            found[route] = pattern.name
    return found


def test_it_has_the_addresses_of_wagtails_own():
    late_admin_api.interface()
    own = routes(import_module(late_admin_api.ADDRESSES).urlpatterns)
    assert routes(late_admin_api.addresses()) == own
    assert len(own) == 10


def test_the_site_starts_without_it():
    told = said_by(WHAT_IS_LOADED, DATABASE_URL="")
    assert told == ["[]", "listing", str(list(HEAVY))]


@pytest.mark.parametrize("kind", ["pages", "images", "documents"])
def test_it_answers_whom_the_door_lets_in(kind, client, logged_in, superuser):
    assert client.get(f"/admin/api/main/{kind}/").status_code in (302, 403)
    answer = logged_in(superuser).get(f"/admin/api/main/{kind}/")
    assert answer.status_code == 200
    assert answer.json()["items"] is not None


def test_the_explorer_reads_the_pages_below_one(logged_in, superuser):
    home = Site.objects.get().root_page
    asked = f"/admin/api/main/pages/?child_of={home.pk}&for_explorer=1"
    titles = {one["title"] for one in logged_in(superuser).get(asked).json()["items"]}
    assert titles == set(home.get_children().values_list("title", flat=True))


def test_modules_that_are_loaded_meanwhile_stay():
    from wiki.internals.stand_ins import instead_of

    with instead_of({"wiki.nothing_at_all": {"word": "là"}}):
        assert import_module("wiki.nothing_at_all").word == "là"
        import_module("colorsys")
    assert "wiki.nothing_at_all" not in sys.modules
    assert "colorsys" in sys.modules


def test_the_admin_of_the_site_is_the_late_one():
    match = get_resolver().resolve("/admin/api/main/pages/")
    assert match.view_name == "wagtailadmin_api:pages:listing"
