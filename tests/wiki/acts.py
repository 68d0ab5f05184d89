"""Who may change what: the people and the things that every way of writing is tried with.

An act is a valid request that would change something; `allowed` is who changes it. Those of
the front office are in `front_acts`, those of the admin in `admin_acts`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import connection
from django.http import QueryDict
from django.test import Client
from wagtail.models import Page

from tests import factories
from tests.wiki import form_filling, secrets
from tests.wiki.crawling import TOKEN
from wiki.editing import drafts, presence
from wiki.models import Draft, Presence, Report
from wiki.trash import trash

PASSWORD = "un-mot-de-passe-solide"
GROUPS = {
    "reader": (),
    "contributor": ("Contributeurs",),
    "member": ("Contributeurs", "Bureau"),
    "facilitator": ("Animateurs",),
    "inside": ("Animateurs", "Bureau"),
    "administrator": ("Administrateurs",),
}
ROLES = ("anonymous", *GROUPS, "superuser")
EVERYBODY = frozenset(ROLES)
ANONYMOUS = frozenset({"anonymous"})
KNOWN = EVERYBODY - ANONYMOUS
WRITERS = KNOWN - {"reader"}
KEEPERS = frozenset({"facilitator", "inside", "administrator", "superuser"})
WRITERS_INSIDE = frozenset({"member", "inside", "superuser"})
KEEPERS_INSIDE = frozenset({"inside", "superuser"})
NOBODY: frozenset[str] = frozenset()
# Not a change of the site: sessions, tries of passwords and the words of searches, which have
# their own tests.
TRIES = {"axes_accessattempt", "axes_accessfailurelog", "axes_accesslog"}
APART = {"django_session", "search_zeroresultsearch", *TRIES}
TITLE = form_filling.COMMON["title"]


@dataclass
class World:
    people: dict[str, object]
    clients: dict[str, Client]
    pages: dict[str, Page] = field(default_factory=dict)
    own: dict[str, Page] = field(default_factory=dict)
    own_trashed: dict[str, Page] = field(default_factory=dict)
    forms: dict[str, dict] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    other_key: UUID = field(default_factory=uuid4)
    keys: dict[str, UUID] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)  # ids of documents that no page shows,
    shown: dict[str, int] = field(default_factory=dict)  # that a page of the sender shows,
    once: dict[str, int] = field(default_factory=dict)  # that only an old text of it shows
    reports: dict[str, int] = field(default_factory=dict)
    other: object = None


# The world


def build() -> World:
    """Needs a database. Everybody is logged in; each person wrote a page and has a draft."""
    people = {role: factories.person(*groups) for role, groups in GROUPS.items()}
    people["superuser"] = factories.person(is_superuser=True)
    clients = {role: client_of(people.get(role)) for role in ROLES}
    world = World(people, clients, other=factories.person("Contributeurs"))
    subjects(world)
    belongings(world)
    for name, page in world.pages.items():
        world.addresses.setdefault(name, page.address)
        report = Report.objects.create(page_id=page.pk, text="Une erreur ici.")
        world.reports[name] = report.pk
    return world


def client_of(person, **options) -> Client:
    client = Client(raise_request_exception=False, **options)
    if person:
        client.force_login(person)
    return client


def subjects(world: World) -> None:
    """The pages of somebody else: open, locked, closed, in the trash; their forms as opened."""
    for name in ("open", "locked", "closed", "trashed", "closed_trashed", "target"):
        page = factories.page(title=f"Page {name}", author=world.other, body="<p>Un</p>")
        world.pages[name] = factories.edited(page, author=world.other, body="<p>Deux</p>")
    world.pages["section"] = Page.objects.get(slug="situations").specific
    world.addresses = {name: page.address for name, page in world.pages.items()}
    for name, page in world.pages.items():
        opened = form_filling.opened(world.clients["superuser"], page)
        world.forms[name] = {n: value for n, value in opened.items() if n != TOKEN}
    Page.objects.filter(pk=world.pages["locked"].pk).update(locked=True)
    for name in ("closed", "closed_trashed"):
        factories.restricted_to_groups(world.pages[name], "Bureau")
    for name in ("trashed", "closed_trashed"):
        trash.put_in(world.pages[name], factories.person("Animateurs"), "Doublon")


def belongings(world: World) -> None:
    open_page = world.pages["open"]
    drafts.save(world.other, world.other_key, QueryDict("title=x&body=y"), open_page, "article")
    presence.seen(world.other, open_page, world.other_key)
    world.files["other"] = document_of(world.other)
    for role in sorted(WRITERS):
        person, key = world.people[role], uuid4()
        world.files[role] = document_of(person)
        world.shown[role], world.once[role] = document_of(person), document_of(person)
        world.own[role] = own_page(role, person, world.once[role], world.shown[role])
        world.own_trashed[role] = factories.page(title=f"Jetée par {role}", author=person)
        trash.put_in(world.own_trashed[role], person, "Doublon")
        drafts.save(person, key, QueryDict("title=x&body=y"), open_page, "article")
        world.keys[role] = key


def own_page(role: str, person, once: int, today: int) -> Page:
    """A page that shows a document today, and showed another one before."""
    showing = '<p><a linktype="document" id="{}">Le plan</a></p>'.format
    page = factories.page(title=f"À {role}", author=person, body=showing(once))
    return factories.edited(page, author=person, body=showing(today))


def document_of(person) -> int:
    return secrets.document_named("Un plan", "plan", "Le plan", person).pk


# What is compared


def rows_written() -> int | None:
    """How many rows this connection wrote so far, where the database counts them (SQLite)."""
    connection.ensure_connection()
    return getattr(connection.connection, "total_changes", None)


def tables_changed(before: dict[str, int], written: int | None) -> set[str]:
    """Those that differ from `before`; to compare them all is long, where nothing was written."""
    if written is not None and rows_written() == written:
        return set()
    return changed(before, everything())


def everything() -> dict[str, int]:
    """A digest of each table of the database."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name: digest(cursor, name) for name in names if name not in APART}


def digest(cursor, table: str) -> int:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return hash(frozenset(map(str, cursor.fetchall())))


def changed(before: dict[str, int], after: dict[str, int]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


# The acts


@dataclass(frozen=True)
class Act:
    """`send(world, role, client)` posts; `touches`: the only tables that may change then;
    `done(answer)`: what shows success where the database does not change."""

    route: str
    what: str
    send: Callable
    allowed: frozenset[str]
    touches: frozenset[str] = NOBODY
    done: Callable | None = None

    def __str__(self):
        return f"{self.route}-{self.what}".replace(" ", "_")


def posting(address, fields=None):
    """`address` and `fields`: values, or functions of the world and the role."""

    def send(world, role, client):
        where = address(world, role) if callable(address) else address
        what = fields(world, role) if callable(fields) else fields
        return client.post(where, what or {})

    return send


def on(subject: str, screen: str, fields=None):
    """A form posted to a screen about one of the pages, at its address of before."""
    return posting(lambda world, role: f"{world.addresses[subject]}{screen}", fields)


def on_own(screen: str, fields=None):
    return posting(lambda world, role: f"{own_of(world, role).address}{screen}", fields)


def own_of(world, role) -> Page:
    """One's own page; those who write none try with the page of somebody else."""
    return world.own.get(role, world.pages["open"])


def typed(subject: str):
    return lambda world, role: {**world.forms[subject], "body": "<p>Trois</p>", "key": str(uuid4())}


def new_page(world, role) -> dict:
    fields = {**form_filling.COMMON, "key": str(uuid4()), "base": "0"}
    return {**fields, "licence": "cc-by-sa-4.0"}


def draft(**more):
    def fields(world, role):
        page = world.pages[more.get("of", "open")]
        return {"key": str(uuid4()), "page": page.pk, "title": "x", "body": "<p>Mot</p>"}

    return fields


def form_of_page(subject: str, key: bool = True):
    return lambda world, role: {"page": world.pages[subject].pk, "key": str(uuid4())}


def moving_to(subject: str, **fields):
    return lambda world, role: {"parent": world.pages[subject].pk, **fields}


def moving_back_to(subject: str):
    """As the message of a move asks for it, of a page that stands where it was put."""

    def fields(world, role):
        moved = Page.objects.get(pk=world.pages["open"].pk)
        return {"parent": world.pages[subject].pk, "put": moved.get_parent().pk}

    return fields


def others_kept(world: World) -> str:
    """What nobody may change by any act: the draft and the presence of somebody else."""
    rows = [
        *Draft.objects.filter(person=world.other).values_list("key", "title", "data"),
        *Presence.objects.filter(person=world.other).values_list("key", "page_id"),
    ]
    return json.dumps(rows, default=str, sort_keys=True)
