"""The paths that somebody may not read, and the pages outside of them."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from tests import factories
from wiki.access.closed_paths import ClosedPaths, closed_paths
from wiki.access.visibility import visible_to
from wiki.internals.compiled import Compiled

APPS = ("home", "meetings", "practices", "structures")
STEPS = st.text("0AZ", min_size=4, max_size=4)
PATHS = st.lists(STEPS, min_size=1, max_size=5).map("".join)


@given(st.lists(PATHS), PATHS)
def test_what_another_one_holds_adds_nothing(paths, path):
    closed = ClosedPaths(paths)
    assert closed.hold(path) == any(path.startswith(head) for head in paths)
    assert not any(b.startswith(a) for a in closed.paths for b in closed.paths if a != b)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 1, 3, 40, 1_200])
def test_pages_outside_of_them_by_the_database(number):
    paths = list(Page.objects.values_list("path", flat=True))
    closed = ClosedPaths([*paths[4::3][:number], *(f"ZZZZ{n:04}" for n in range(number))])
    expected = {path for path in paths if not closed.hold(path)}
    found = closed.outside(Page.objects.all()).values_list("path", flat=True)
    compiled = Compiled(lambda outside: outside.outside(Page.objects.all()))
    assert set(found) == {page.path for page in compiled(closed)} == expected
    marks = dict(closed.marked(Page.objects.all(), "shut").values_list("path", "shut"))
    assert {path for path, shut in marks.items() if not shut} == expected


@pytest.mark.django_db
def test_a_change_of_groups_is_known_at_once():
    person, page = factories.person("Contributeurs"), factories.page()
    factories.restricted_to_groups(page, "Bureau")
    assert page.path in closed_paths(person).paths
    person.groups.add(Group.objects.get(name="Bureau"))
    assert page.path not in closed_paths(person).paths
    Group.objects.filter(name="Bureau").delete()
    assert page.path in closed_paths(person).paths


@pytest.mark.django_db
def test_what_a_transaction_undone_had_opened_stays_closed():
    """The number that it raised the stamp to is given again to the next change."""
    page, anybody = factories.page(), AnonymousUser()
    factories.restricted_to_groups(page, "Bureau")
    assert not visible_to(anybody).filter(pk=page.pk).exists()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        PageViewRestriction.objects.all().delete()
        assert visible_to(anybody).filter(pk=page.pk).exists()
        raise ZeroDivisionError
    factories.page(title="Une autre")
    assert not visible_to(anybody).filter(pk=page.pk).exists()


CACHED = re.compile(
    r"^@(?:lru_)?cache\b[^\n]*\ndef (\w+)\([^)]*\)(?: -> ([^\n:]+))?:", re.MULTILINE
)


def test_no_query_is_kept_for_the_life_of_a_process():
    """It would hold what was closed on the day when it was made."""
    sources = [path for app in ("wiki", "search", *APPS) for path in Path(app).rglob("*.py")]
    found = [(path, *one) for path in sources for one in CACHED.findall(path.read_text())]
    assert len(found) > 10
    assert [one for one in found if "Query" in one[2] or "Exists" in one[2] or not one[2]] == []


def reads_restrictions() -> bool:
    with CaptureQueriesContext(connection) as captured:
        closed_paths(AnonymousUser())
    return any("wagtailcore_pageviewrestriction" in query["sql"] for query in captured)


@pytest.mark.django_db
def test_a_text_leaves_the_restrictions_as_they_were_nothing_else_does():
    page = factories.page()
    restriction = factories.restricted_to_groups(factories.page(), "Bureau")
    closed_paths(AnonymousUser())
    page = factories.edited(page, body="<p>Autre chose.</p>")
    assert not reads_restrictions()
    page = factories.edited(page, title="Autre titre")
    assert reads_restrictions()
    restriction.groups.add(Group.objects.create(name="Amis"))
    assert reads_restrictions()
    type(page).objects.get(pk=page.pk).move(restriction.page, pos="last-child")
    assert reads_restrictions()
    restriction.delete()
    assert reads_restrictions()


@pytest.mark.django_db
def test_who_leaves_a_group_or_loses_it_reads_less_at_once():
    page = factories.page()
    restriction = factories.restricted_to_groups(page, "Bureau")
    group, person = restriction.groups.get(), factories.person("Bureau")
    factories.edited(factories.page(), body="<p>Autre chose.</p>")
    assert not closed_paths(person).hold(page.path)
    person.groups.remove(group)
    assert closed_paths(person).hold(page.path)
    person.groups.add(group)
    assert not closed_paths(person).hold(page.path)
    group.delete()
    for reader in (type(person).objects.get(pk=person.pk), factories.person("Bureau")):
        assert closed_paths(reader).hold(page.path)
