"""Pages to which nothing leads: found once for each stamp, as the plain rule finds them."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import MeetingPage
from tests import factories
from tests.wiki.links.test_links import orphans as shown
from tests.wiki.links.test_links import to, wanting
from wiki.access.visibility import visible_to
from wiki.links.backlinks import titled
from wiki.links.orphans import orphan_ids
from wiki.models import PageLink, PageTitle, SiteRevision
from wiki.organizing import actions
from wiki.pages.kinds import all_kinds
from wiki.publishing.publishing import Edit
from wiki.text.french_order import in_french
from wiki.trash import trash

pytestmark = pytest.mark.django_db


def by_the_rule(user) -> list[int]:
    """Readable pages of the kinds that people write, that the text of no other readable page leads
    to: each question asked of the whole site."""
    links = PageLink.objects.filter(source__in=visible_to(user).values("pk"))
    led = links.filter(target__isnull=False).values("target")
    wanted = links.filter(target=None).values("wanted_key")
    pages = visible_to(user).type(*all_kinds().values()).values("pk")
    rows = PageTitle.objects.filter(page__in=pages).exclude(page__in=led).exclude(key__in=wanted)
    return list(rows.order_by(in_french("key"), "page").values_list("pk", flat=True))


@pytest.fixture
def site(contributor):
    """Pages linked, wanted, closed, in a closed section, named in a meeting, of one title."""
    closed = factories.page(title="Rubrique fermée")
    factories.restricted_to_groups(closed, "Bureau")
    found = {
        name: factories.page(title=name)
        for name in ("École", "ecole", "Zone", "alone", "Led by closed", "Wanted by closed")
    }
    found["closed"] = closed
    found["below"] = factories.page(parent=closed, title="En dessous", body=to(found["alone"]))
    factories.page(body=to(found["Zone"]) + wanting("ECOLE"))
    inside = to(found["Led by closed"]) + wanting("wanted by closed")
    factories.page(parent=closed, title="Qui mène", body=inside)
    factories.page(MeetingPage, title="Réunion seule", date=date(2026, 3, 2))
    return found


def people(contributor):
    groups = ("Bureau", "Animateurs")
    return [AnonymousUser(), contributor, *(factories.person(group) for group in groups)]


def test_they_are_those_of_the_plain_rule_for_everybody(site, contributor):
    found = {}
    for person in people(contributor):
        found[person.pk] = orphan_ids(person)
        assert found[person.pk] == by_the_rule(person)
    assert len({tuple(ids) for ids in found.values()}) == 2  # those of the group, and the others
    assert site["Led by closed"].pk in found[None]


def test_they_are_so_after_each_change(site, contributor):
    everybody = people(contributor)
    for change in CHANGES:
        for person in everybody:
            orphan_ids(person)
        change(site, contributor)
        for person in everybody:
            assert orphan_ids(person) == by_the_rule(person), change.__name__


def publish_a_link(site, user):
    factories.page(body=to(site["alone"]))


def take_a_link_away(site, user):
    factories.edited(site["below"], body="<p>Rien.</p>")


def delete_the_linking_page(site, user):
    linking = factories.page(title="Qui part", body=to(site["École"]))
    trash.put_in(linking, user, "Doublon")


def close_a_page(site, user):
    factories.restricted_to_groups(site["Zone"], "Animateurs")


def open_a_page(site, user):
    site["closed"].view_restrictions.all().delete()


def rename_a_page(site, user):
    actions.rename(site["ecole"], "Aube", False, Edit(author=user))


def move_under_a_closed_page(site, user):
    hidden = factories.page(title="Cachée")
    factories.restricted_to_groups(hidden, "Bureau")
    actions.move(factories.page(title="Déplacée", body=to(site["alone"])), hidden, user)


CHANGES = [
    publish_a_link,
    take_a_link_away,
    delete_the_linking_page,
    close_a_page,
    rename_a_page,
    move_under_a_closed_page,
    open_a_page,
]


def test_who_enters_a_group_sees_what_it_sees(site, logged_in):
    person = factories.person()
    client = logged_in(person)
    assert "Led by closed" in shown(client)
    person.groups.set(factories.person("Bureau").groups.all())
    assert "Led by closed" not in shown(client)


def test_a_page_closed_meanwhile_is_not_named(site, contributor):
    ids, lonely = orphan_ids(contributor), site["Wanted by closed"]
    assert lonely.pk in ids
    factories.restricted_to_groups(lonely, "Bureau")
    assert [row.pk for row in titled(contributor, ids)] == [pk for pk in ids if pk != lonely.pk]


def test_the_links_are_not_asked_again_while_nothing_changes(site, logged_in):
    client = logged_in(factories.person())
    shown(client)
    with CaptureQueriesContext(connection) as asked:
        assert "Led by closed" in shown(client)
    assert not [query for query in asked.captured_queries if "pagelink" in query["sql"]]


def test_links_written_again_by_the_command_are_seen(site):
    led = factories.page(title="Menée")
    factories.page(body=to(led))
    PageLink.objects.filter(target=led.pk).delete()
    SiteRevision.bump()
    assert "Menée" in shown()
    call_command("rebuild_links", verbosity=0)
    assert "Menée" not in shown()
