"""`leakcheck` asks a live site, as nobody, for all that is closed."""

from contextlib import contextmanager
from itertools import count
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from django.utils.formats import date_format

from practices.models import PracticePage
from tests import factories
from tests.wiki import secrets
from tests.wiki.access.test_visibility import routes
from wiki.access import visibility
from wiki.access.closed_paths import ClosedPaths
from wiki.leaks import checking, closed, fetching, listings, reasons
from wiki.models import Draft, LeakCheck

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield secrets.build()
        transaction.set_rollback(True)


class Here(fetching.Site):
    """The site of this test, asked without a network."""

    def __init__(self, person=None):
        super().__init__("http://testserver", pause=0)
        self.client = Client(raise_request_exception=False)
        if person:
            self.client.force_login(person)

    def _asked(self, path):
        answer = self.client.get(path)
        held = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = held.decode(errors="replace")
        return fetching.Answer(answer.status_code, answer.get("Location", ""), text)


def round_of(person=None, **options) -> checking.Round:
    return checking.Round(Here(person), **options)


def test_every_route_is_a_listing_or_says_why_not():
    about_pages = {"wagtail_serve", "backlinks", "page_feed", "history", "topic"}
    about_pages |= {"sitemap_part"}
    known = {*listings.ALONE, *listings.SEARCHES, *listings.OTHERS, *about_pages}
    assert routes(get_resolver("kb.urls").url_patterns) == known


def test_all_that_secrets_bear_is_looked_for(world):
    """Whatever another test knows of as closed, by its address or its word."""
    found = closed.all_that_is_closed()
    words = {checking.key_of(word) for word in found.words}
    paths = {address.path for address in found.addresses}
    for secret in world.secrets:
        if secret.name not in {"supprimee", "passe"}:
            assert checking.key_of(secret.page.title) in words, secret.name
        if secret.document:
            assert f"/fichiers/{secret.document.pk}/" in paths
            assert f"/media/{secret.image.file.name}" in paths
            assert secret.image.renditions.first().url in paths
        if secret.name in {"connecte", "groupe", "dessous", "depubliee", "passe"}:
            last = secrets.last_version(secret.page) if secret.name != "passe" else 2
            assert f"{secret.page.address}versions/{last}/" in paths, secret.name
    assert {"zxgroupetheme", "zxgroupeauteur", "zxgroupemodification"} <= words
    assert not [word for word in words if "publique" in word and "zx" not in word]


def test_every_screen_of_a_long_list_is_asked(world):
    factories.rows(PracticePage, 65)
    asked = set(listings.listings(closed.Closed()))
    assert {f"/pratiques/fiches/?page={number}" for number in (2, 3)} <= asked
    assert "/lieux/?page=2" not in asked


@pytest.mark.whole
def test_nothing_closed_is_seen_from_outside(world):
    made = round_of().run()
    assert made.faults == []
    assert made.is_whole
    assert made.asked > 300


@pytest.mark.whole
@pytest.mark.parametrize("role", ["member", "facilitator"])
def test_a_site_that_shows_closed_things_is_told(world, role):
    """Asked as somebody who may read them: every sort of fault is then seen."""
    made = round_of(world.people[role], most=260).run()
    seen = {fault["reason"] for fault in made.faults}
    assert {reasons.GIVEN, reasons.NAMED, reasons.LINKED} <= seen
    given = {fault["address"] for fault in made.faults if fault["reason"] == reasons.GIVEN}
    assert any("/versions/" in address for address in given)


@pytest.mark.whole
def test_a_rule_that_opens_everything_is_seen(world, monkeypatch):
    """What is closed was noted before the rule broke, as in another process."""
    noted = round_of(most=160)
    monkeypatch.setattr(visibility, "closed_paths", nothing_closed)
    noted.run()
    seen = {fault["reason"] for fault in noted.faults}
    assert reasons.NAMED in seen


def nothing_closed(user):
    return ClosedPaths(())


def test_a_page_opened_meanwhile_is_no_fault(world):
    asked = checking.ClosedAddress("/x/", world.public[0].pk)
    assert checking.is_open_since(asked)
    assert not checking.is_open_since(checking.ClosedAddress("/x/", world.secrets[1].page.pk))


def test_a_word_that_open_texts_hold_too_is_no_fault(world):
    asked = round_of()
    assert asked.is_borne("page publique")
    assert asked.is_borne("derniers changements")
    assert not asked.is_borne("zxgroupetitre")


def test_the_title_of_a_draft_lights_nothing_that_the_site_says_itself(world):
    """Anybody types one: a date, or a name that stands everywhere and would hide the rest."""
    person, today = factories.person("Contributeurs"), date_format(timezone.localdate())
    Draft.objects.create(person=person, key=uuid4(), kind="article", title=today, data={})
    assert today not in closed.all_that_is_closed().words
    asked = round_of()
    answer = fetching.Answer(200, "", "<p>zxgroupetitre</p>")
    for rank in range(100):
        asked.look_at_listing(f"/{rank}/", answer)
    assert 0 < len(asked.faults) <= checking.MOST_OF_ONE


def test_a_round_of_few_addresses_sees_some_of_each(world):
    made = round_of(most=20).run()
    assert (made.asked, made.is_whole) == (20, False)


def test_a_round_ends_on_time(world):
    made = round_of(seconds=0.2).run()
    assert 0 < made.asked < 300
    assert not made.is_whole


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_site_in_error_is_not_said_to_keep_what_is_closed(world, monkeypatch, status):
    """One address in ten is enough for no light at all."""
    real, asked = Here._asked, count()

    def failing(site, path):
        return fetching.Answer(status, "", "") if next(asked) % 10 == 5 else real(site, path)

    monkeypatch.setattr(Here, "_asked", failing)
    with pytest.raises(fetching.Silent):
        round_of(most=30).run()
    assert not LeakCheck.objects.exists()


def test_only_the_last_rounds_are_kept(world):
    for _time in range(checking.KEPT + 3):
        LeakCheck.objects.create(site="x", asked=1, is_whole=True)
    round_of(most=4).run()
    assert LeakCheck.objects.count() == checking.KEPT


@contextmanager
def ending(code: int):
    with pytest.raises(CommandError) as raised:
        yield
    assert raised.value.returncode == code


@pytest.mark.parametrize("url", ["passerelles.example", "ftp://x.example", "http://127.0.0.1:9"])
def test_a_site_that_does_not_answer_is_said_and_noted_nowhere(url):
    with ending(2):
        call_command("leakcheck", url, pause=0)
    assert not LeakCheck.objects.exists()


def test_a_round_that_asked_nothing_lights_nothing(world):
    with pytest.raises(fetching.Silent):
        round_of(seconds=1e-9).run()
    assert not LeakCheck.objects.exists()
