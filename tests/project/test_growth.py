"""bench/growth.py asks for every screen of the site: a new one is noticed."""

from django.urls import get_resolver, path

from bench import growth_screens
from tests.wiki.access.test_visibility import routes
from wiki.admin.door import SCREENS
from wiki.pages.kinds import all_kinds


def without_entry(patterns) -> set[str]:
    return routes(patterns) - growth_screens.SITE.keys()


def test_every_route_of_the_site_is_measured_or_says_why_not():
    patterns = get_resolver("kb.urls").url_patterns
    assert without_entry(patterns) == set()
    assert growth_screens.SITE.keys() == routes(patterns)
    assert all(growth_screens.SITE.values())


def test_a_new_screen_is_noticed():
    new = path("essai/", lambda request: None, name="essai")
    assert without_entry([*get_resolver("kb.urls").url_patterns, new]) == {"essai"}


def test_screens_of_the_admin_that_are_measured_are_let_in():
    assert growth_screens.OF_ADMIN.keys() <= SCREENS.keys()


def test_each_kind_of_page_is_measured():
    assert set(growth_screens.KINDS) == set(all_kinds())


def test_no_two_lines_of_the_table_have_the_same_name():
    lines = [(screen.name, person) for _route, screen, person in growth_screens.asked()]
    assert len(lines) == len(set(lines))
