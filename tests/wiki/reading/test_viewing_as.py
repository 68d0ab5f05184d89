"""« Voir comme… »: the page with less rights, only to be looked at."""

import pytest
from django.db import transaction
from django.test import Client
from lxml import html

from tests import factories
from tests.wiki import secrets
from tests.wiki.screens import said, text_of
from wiki.access import lesser_readers
from wiki.access.permissions import can_facilitate, can_write
from wiki.access.visibility import visible_to
from wiki.http.kept_pages import kept_pages

ROLES = lesser_readers.ROLES
VIEWERS = ("facilitator", "administrator", "superuser", "inside")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = secrets.build()
        made.people["inside"] = factories.person("Animateurs", "Bureau")
        yield made
        transaction.set_rollback(True)


def client_of(person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def seen_as(client, page, role: str):
    return client.get(f"{page.address}voir-comme/{role}/")


# Rights


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_lesser_reader_never_reads_what_the_viewer_may_not(world, viewer, role):
    person = world.people[viewer]
    reader = lesser_readers.lesser(role, person)
    lesser_ids = set(visible_to(reader).values_list("pk", flat=True))
    assert lesser_ids <= set(visible_to(person).values_list("pk", flat=True))
    assert lesser_ids
    assert not can_facilitate(reader)
    assert can_write(reader) == (role == "contributeur")


@pytest.mark.django_db
def test_a_page_for_contributors_is_not_opened_to_a_viewer_who_is_none():
    page = factories.page(title="Entre nous")
    factories.restricted_to_groups(page, "Contributeurs")
    outside, both = (
        factories.person(*groups) for groups in (["Animateurs"], ["Animateurs", "Contributeurs"])
    )
    reader = lesser_readers.lesser("contributeur", outside)
    assert not visible_to(reader).filter(pk=page.pk).exists()
    assert seen_as(client_of(outside), page, "contributeur").status_code == 403
    reader = lesser_readers.lesser("contributeur", both)
    assert visible_to(reader).filter(pk=page.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_no_secret_is_seen_through_the_eyes_of_somebody_who_may_not(world, viewer, role):
    """What is shown inside is what the lesser reader may know; the rest is not there."""
    known_as = {"visiteur": "anonymous", "contributeur": "contributor"}[role]
    client = client_of(world.people[viewer])
    for page in [*world.public, *(s.page for s in world.secrets if s.name == "passe")]:
        answer = seen_as(client, page, role)
        assert answer.status_code == 200
        told = secrets.told(answer)
        assert [word for word in world.words_hidden_from(known_as) if word in told] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "role", "words"),
    [
        ("groupe", "visiteur", "The site asks to log in"),
        ("groupe", "contributeur", "This page is not open to you"),
        ("connecte", "visiteur", "The site asks to log in"),
    ],
)
def test_what_one_may_not_read_shows_what_they_would_get(world, name, role, words):
    page = next(s.page for s in world.secrets if s.name == name)
    answer = seen_as(client_of(world.people["inside"]), page, role)
    assert answer.status_code == 200
    assert said(words) in text_of(answer)
    assert f"zx{name}texte" not in secrets.told(answer)


@pytest.mark.django_db
def test_a_page_for_those_who_log_in_is_read_as_a_contributor(world):
    page = next(s.page for s in world.secrets if s.name == "connecte")
    answer = seen_as(client_of(world.people["facilitator"]), page, "contributeur")
    assert "zxconnectetexte" in secrets.told(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_may_restrict_look_so(world, role):
    page = world.public[0]
    address = f"{page.address}voir-comme/{role}/"
    assert Client().get(address).url == f"/connexion/?next={address}"
    for name in ("outsider", "contributor", "member"):
        assert client_of(world.people[name]).get(address).status_code == 403
        assert "voir-comme" not in client_of(world.people[name]).get(page.address).content.decode()
    shown = client_of(world.people["facilitator"]).get(page.address).content.decode()
    assert f'href="{address}"' in shown
    assert "voir-comme" not in Client().get(page.address).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_page_that_the_viewer_may_not_read_stays_closed(world, role):
    page = next(s.page for s in world.secrets if s.name == "groupe")
    assert seen_as(client_of(world.people["facilitator"]), page, role).status_code == 403


@pytest.mark.django_db
def test_another_role_is_no_address(world):
    client = client_of(world.people["superuser"])
    assert client.get(f"{world.public[0].address}voir-comme/administrateur/").status_code == 404


# What can be done from there: nothing


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("address", ["/", "/pratiques/situations/", "/lieux/", "/page"])
def test_forms_and_actions_do_nothing(world, role, address):
    page = world.public[0]
    address = page.address if address == "/page" else address
    answer = client_of(world.people["superuser"]).get(f"{address}voir-comme/{role}/")
    root = html.document_fromstring(answer.content.decode())
    forms = root.findall(".//form")
    assert forms
    assert all(f.get("inert") is not None and not f.get("action") for f in forms)
    inside = [a.get("href") for a in root.iter("a") if a.get("href", "").startswith("/")]
    away = [href for href in inside if f"/voir-comme/{role}/" not in href]
    other = next(other for other in ROLES if other != role)
    assert set(away) <= {address, f"{address}voir-comme/{other}/"}
    assert len(inside) > 4


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_is_sent_there(world, method):
    client = client_of(world.people["superuser"])
    address = f"{world.public[0].address}voir-comme/contributeur/"
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.django_db
def test_a_banner_says_whose_eyes_these_are_and_leads_back(world):
    page = world.public[0]
    answer = seen_as(client_of(world.people["facilitator"]), page, "visiteur")
    assert said("You see this page as a visitor who has no account.") in text_of(answer)
    assert f'href="{page.address}"' in answer.content.decode()


# Caches


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_it_is_kept_by_no_cache_and_changes_none(world, role):
    page = world.public[0]
    kept_pages.forget()
    before = Client().get(page.address).content
    answer = seen_as(client_of(world.people["superuser"]), page, role)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    after = Client().get(page.address)
    assert after.content == before
    assert b"voir-comme" not in after.content
    mine = client_of(world.people["superuser"]).get(page.address)
    assert f"{page.address}modifier/" in mine.content.decode()


@pytest.mark.django_db
def test_the_viewer_is_themself_again_after(world):
    client = client_of(world.people["facilitator"])
    seen_as(client, world.public[0], "visiteur")
    assert client.get("/animer/").status_code == 200
