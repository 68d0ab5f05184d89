"""The matrix of acts: what each person changes by every form of the front office."""

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.urls import get_resolver

from tests import kept
from tests.wiki import acts, every_route
from tests.wiki.access.test_visibility import routes
from tests.wiki.acts import ROLES
from tests.wiki.front_acts import ACTS, EXEMPT, READING
from tests.wiki.front_acts_apart import NEW_PROFILE
from tests.wiki.secrets import told
from wiki.models import Draft, Version

WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
# A search is noted; a picture that nobody saw yet is drawn; who opens an editor is there, which
# tells the others and locks nothing.
BY_READING = {
    "search_zeroresultsearch",
    "wagtailimages_rendition",
    "django_session",
    "wiki_presence",
}
HOSTILE = [
    *("//evil.example/", "///evil.example", "\\\\evil.example", "/\\evil.example"),
    *("https://evil.example/", "https:evil.example", "javascript:alert(1)", "//evil.example\\@x"),
    *(
        "\t//evil.example",
        " https://evil.example",
        "http:///evil.example",
        "//127.0.0.1@evil.example",
    ),
]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield acts.build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def before(world):
    return acts.everything()


@contextmanager
def undone(client):
    """What is done inside is taken back: the rows, the session, what memory keeps."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies
    kept.forget_all()


def test_every_route_of_the_site_is_an_act_or_only_reads():
    acting = {act.route for act in ACTS}
    assert routes(get_resolver("kb.urls").url_patterns) == acting | READING
    assert acting & READING == set()


@pytest.mark.sampled(every=5)
@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS, ids=str)
def test_an_act_changes_the_site_exactly_for_those_who_may(world, before, act):
    faults = []
    for role in ROLES:
        client = world.clients[role]
        with undone(client):
            written = acts.rows_written()
            answer = act.send(world, role, client)
            tables = acts.tables_changed(before, written)
            if bool(tables) != (role in act.allowed) or answer.status_code >= 500:
                faults.append((role, answer.status_code, tables))
            if act.touches and tables - act.touches:
                faults.append((role, "touches", tables - act.touches))
    assert faults == []


@pytest.mark.django_db
def test_somebody_succeeds_on_every_acting_route(world, before):
    """The matrix would also pass on a site where nobody may do anything."""
    for route in {act.route for act in ACTS}:
        mine = [act for act in ACTS if act.route == route]
        assert any(act.allowed for act in mine) or any(succeeds(world, act) for act in mine), route


def succeeds(world, act) -> bool:
    client = world.clients["contributor"]
    with undone(client):
        answer = act.send(world, "contributor", client)
        return act.done is not None and answer.status_code < 400 and act.done(answer)


@pytest.mark.django_db
def test_nobody_changes_the_draft_or_the_presence_of_somebody_else(world):
    mine = acts.others_kept(world)
    key = {"key": str(world.other_key), "title": "Volé", "body": "<p>Volé</p>"}
    for role in ROLES:
        client = world.clients[role]
        with undone(client):
            client.post("/brouillons/enregistrer/", {**key, "resumes": str(world.other_key)})
            client.post("/brouillons/presence/", {**key, "page": world.pages["open"].pk})
            client.post("/nouveau/article/", {**acts.new_page(world, role), **key})
            client.get(f"/brouillons/{world.other_key}/")
            assert acts.others_kept(world) == mine, role


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["contributor", "facilitator", "administrator"])
def test_nobody_writes_under_a_page_that_they_may_not_read(world, role):
    closed, client = world.pages["closed"], world.clients[role]
    with undone(client):
        client.post("/nouveau/article/", {**acts.new_page(world, role), "sous": closed.pk})
        assert closed.get_children().count() == 0
        own = Version.objects.filter(author=world.people[role], content__title=acts.TITLE)
        assert not own.exists()  # nor anywhere else in silence


@pytest.mark.sampled(every=4)
@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_form_sent_to_a_screen_that_reads_changes_nothing(world, before, role):
    site = every_route.build()
    found = every_route.addresses(site)
    base, client, faults = acts.everything(), world.clients[role], []
    with undone(client):
        for route in sorted(READING):
            answer = client.post(found[route], {"title": "x", "body": "y", "q": "z", "page": "1"})
            if answer.status_code >= 500:
                faults.append((route, answer.status_code))
        faults += sorted(acts.changed(base, acts.everything()))
    assert faults == []


@contextmanager
def written():
    """The tables that something inside writes to."""
    tables: set[str] = set()

    def watch(execute, sql, params, many, context):
        if found := WRITING.match(sql):
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


@pytest.mark.sampled(every=4)
@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", "contributor", "facilitator", "superuser"])
def test_reading_any_address_writes_nothing(world, role):
    """Every route, its draft and its page in the trash included, under a watch of every query."""
    site, client = every_route.build(), world.clients[role]
    faults = {}
    for route, address in every_route.addresses(site).items():
        for method in (client.get, client.head):
            with undone(client), written() as tables:
                answer = method(address)
                told(answer)  # a file is read to its end
                assert answer.status_code < 500, address
            if tables - BY_READING:
                faults[route] = tables - BY_READING
    assert faults == {}


@pytest.mark.django_db
def test_the_watch_sees_what_is_written(world):
    client = world.clients["contributor"]
    with undone(client), written() as tables:
        client.post("/profil/", {**NEW_PROFILE, "present_password": acts.PASSWORD})
    assert "wiki_user" in tables


@pytest.mark.sampled(every=3)
@pytest.mark.django_db
@pytest.mark.parametrize(
    "act", [act for act in ACTS if act.allowed and act.route not in EXEMPT], ids=str
)
def test_no_act_is_done_without_its_token(world, before, act):
    """Sent from another site by somebody who may do it: refused, and nothing is changed."""
    role = "anonymous" if act.allowed == acts.ANONYMOUS else "superuser"
    client = acts.client_of(None, enforce_csrf_checks=True)
    client.cookies = world.clients[role].cookies.copy()
    with undone(client):
        assert act.send(world, role, client).status_code == 403
        assert acts.changed(before, acts.everything()) == set()


def leads_away(answer) -> bool:
    target = urlsplit(answer.get("Location", "").strip().replace("\\", "/"))
    return bool(target.netloc) or target.scheme not in {"", "http", "https"}


@pytest.mark.django_db
@pytest.mark.parametrize("target", HOSTILE)
def test_next_never_leads_off_the_site(world, target):
    for role in ("anonymous", "superuser"):
        for address in ("/connexion/", "/deconnexion/", "/admin/login/", "/admin/logout/"):
            client = world.clients[role]
            with undone(client):
                fields = {"username": world.other.username, "password": acts.PASSWORD}
                asked = client.get(address, {"next": target})
                assert not leads_away(asked), (role, address)
                if asked.status_code == 302:
                    asked = client.get(asked["Location"])
                    assert not leads_away(asked), (role, address)
                sent = client.post(
                    address, {**fields, "next": target}, query_params={"next": target}
                )
                assert not leads_away(sent), (role, address)


@pytest.mark.sampled(every=3)
@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS, ids=str)
def test_no_act_leads_off_the_site(world, act):
    role = "anonymous" if act.allowed == acts.ANONYMOUS else "superuser"
    client = world.clients[role]
    client.defaults["QUERY_STRING"] = "next=//evil.example/&retour=//evil.example/"
    try:
        with undone(client):
            assert not leads_away(act.send(world, role, client))
    finally:
        del client.defaults["QUERY_STRING"]
    assert Draft.objects.filter(person=world.other).exists()
