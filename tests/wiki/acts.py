"""Who may change what: every way of writing in the front office, tried by everybody.

An act is a valid request that would change something; `allowed` is who changes it. A route
that is in no act is one that only reads: `READING`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.contrib.auth.tokens import default_token_generator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.models import Page

from tests import factories
from tests.wiki import editing, secrets
from tests.wiki.crawling import TOKEN
from tests.wiki.pictures import halves, saved
from wiki import drafts, presence, trash
from wiki.models import Draft, Presence

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
KNOWN = frozenset(ROLES) - {"anonymous"}
WRITERS = KNOWN - {"reader"}
KEEPERS = frozenset({"facilitator", "inside", "administrator", "superuser"})
WRITERS_INSIDE = frozenset({"member", "inside", "superuser"})
KEEPERS_INSIDE = frozenset({"inside", "superuser"})
NOBODY: frozenset[str] = frozenset()
# Not a change of the site: sessions, tries of passwords and the words of searches, which have
# their own tests.
TRIES = {"axes_accessattempt", "axes_accessfailurelog", "axes_accesslog"}
APART = {"django_session", "search_vainsearch", *TRIES}
TITLE = editing.COMMON["title"]


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
    files: dict[str, int] = field(default_factory=dict)  # ids of documents that no page shows
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
        opened = editing.opened(world.clients["superuser"], page)
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
        world.own[role] = factories.page(title=f"À {role}", author=person)
        world.own_trashed[role] = factories.page(title=f"Jetée par {role}", author=person)
        trash.put_in(world.own_trashed[role], person, "Doublon")
        drafts.save(person, key, QueryDict("title=x&body=y"), open_page, "article")
        world.keys[role] = key


def document_of(person) -> int:
    return secrets.document_named("Un plan", "plan", "Le plan", person).pk


# What is compared


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
    fields = {**editing.COMMON, "key": str(uuid4()), "base": "0"}
    return {**fields, "licence": "cc-by-sa-4.0"}


def draft(**more):
    def fields(world, role):
        page = world.pages[more.get("of", "open")]
        return {"key": str(uuid4()), "page": page.pk, "title": "x", "body": "<p>Mot</p>"}

    return fields


def form_of_page(subject: str, key: bool = True):
    return lambda world, role: {"page": world.pages[subject].pk, "key": str(uuid4())}


def moving_to(subject: str):
    return lambda world, role: {"parent": world.pages[subject].pk}


def confirming(token: Callable):
    """The address of a mail, then the form that it opens."""

    def send(world, role, client):
        uid = urlsafe_base64_encode(force_bytes(world.other.pk))
        first = reverse("password_reset_confirm", args=[uid, token(world)])
        opened = client.get(first, follow=True)
        address = opened.redirect_chain[-1][0] if opened.redirect_chain else first
        new = "une-autre-phrase-solide"
        return client.post(address, {"new_password1": new, "new_password2": new})

    return send


def file_sent(address: str, file: Callable, **fields):
    return posting(address, lambda world, role: {"file": file(), **fields})


def a_text():
    return SimpleUploadedFile("note.txt", b"Une note.", "text/plain")


def from_here(words: str):
    def send(world, role, client):
        headers = {"Sec-Fetch-Site": "same-origin"}
        return client.post("/recherche/sans-clic/", {"q": words}, headers=headers)

    return send


def login_with(**fields):
    return posting(
        "/connexion/",
        lambda world, role: {"username": world.other.username, "password": PASSWORD, **fields},
    )


def own_key(world, role):
    return world.keys.get(role, world.other_key)


RENAMED = {"title": "Un tout autre nom"}
THROWN = {"reason": "Doublon"}
ANONYMOUS = frozenset({"anonymous"})
EVERYBODY = frozenset(ROLES)
NEW_PASSWORD = {
    "old_password": PASSWORD,
    "new_password1": "une-autre-phrase-solide",
    "new_password2": "une-autre-phrase-solide",
}
PEOPLE, DRAFTS, PRESENCES = ({name} for name in ("wiki_user", "wiki_draft", "wiki_presence"))

OF_ACCOUNTS = [
    Act("login", "with the password", login_with(), ANONYMOUS, frozenset(PEOPLE)),
    Act("login", "with a wrong one", login_with(password="zut"), NOBODY),
    Act("logout", "one's session", posting("/deconnexion/"), NOBODY, done=lambda a: True),
    Act(
        "profile",
        "one's name",
        posting("/profil/", {"display_name": "Camille", "email": "camille@example.org"}),
        KNOWN,
        frozenset(PEOPLE),
    ),
    Act(
        "close_sessions",
        "one's own",
        posting("/profil/autres-sessions/"),
        KNOWN,
        frozenset(PEOPLE),
    ),
    Act(
        "password_change",
        "one's own",
        posting("/profil/mot-de-passe/", NEW_PASSWORD),
        KNOWN,
        frozenset(PEOPLE),
    ),
    Act(
        "password_change",
        "without the old one",
        posting("/profil/mot-de-passe/", {**NEW_PASSWORD, "old_password": "zut"}),
        NOBODY,
    ),
    Act(
        "password_reset",
        "asked for somebody",
        posting("/mot-de-passe/", lambda world, role: {"email": world.other.email}),
        NOBODY,
        done=lambda answer: answer.status_code == 302,
    ),
    Act(
        "password_reset_confirm",
        "with what the mail says",
        confirming(lambda world: default_token_generator.make_token(world.other)),
        EVERYBODY,
        frozenset(PEOPLE),
    ),
    Act("password_reset_confirm", "with a guess", confirming(lambda world: "abc-def"), NOBODY),
]

OF_PAGES = [
    *(
        Act("edit", subject, on(subject, "modifier/", typed(subject)), allowed)
        for subject, allowed in {
            "open": WRITERS,
            "locked": KEEPERS,
            "closed": WRITERS_INSIDE,
            "section": WRITERS,
        }.items()
    ),
    # A text on its way to a page of the trash goes to the drafts of who could read the page.
    Act(
        "edit", "trashed", on("trashed", "modifier/", typed("trashed")), WRITERS, frozenset(DRAFTS)
    ),
    Act(
        "edit",
        "closed and trashed",
        on("closed_trashed", "modifier/", typed("closed_trashed")),
        WRITERS_INSIDE,
        frozenset(DRAFTS),
    ),
    Act(
        "edit", "the page of the form is another", on("open", "modifier/", typed("closed")), WRITERS
    ),
    Act(
        "preview",
        "open",
        on("open", "apercu/", typed("open")),
        NOBODY,
        done=lambda a: a.status_code == 200,
    ),
    Act("preview", "closed", on("closed", "apercu/", typed("closed")), NOBODY),
    *(
        Act("rename", subject, on(subject, "renommer/", RENAMED), allowed)
        for subject, allowed in {
            "open": WRITERS,
            "locked": KEEPERS,
            "closed": WRITERS_INSIDE,
            "trashed": NOBODY,
            "section": NOBODY,
        }.items()
    ),
    *(
        Act("move", subject, on(subject, "deplacer/", moving_to("target")), allowed)
        for subject, allowed in {
            "open": KEEPERS,
            "locked": KEEPERS,
            "closed": KEEPERS_INSIDE,
            "trashed": NOBODY,
            "section": NOBODY,
        }.items()
    ),
    *(
        Act("lock", subject, on(subject, "verrouiller/", {"locked": "1"}), allowed)
        for subject, allowed in {
            "open": KEEPERS,
            "locked": NOBODY,
            "closed": KEEPERS_INSIDE,
            "trashed": NOBODY,
            "section": KEEPERS,
        }.items()
    ),
    Act("lock", "taken off", on("locked", "verrouiller/", {"locked": "0"}), KEEPERS),
    Act(
        "move", "under a closed page", on("open", "deplacer/", moving_to("closed")), KEEPERS_INSIDE
    ),
    Act("move", "under the trash", on("open", "deplacer/", moving_to("trashed")), NOBODY),
    Act("move", "under itself", on("open", "deplacer/", moving_to("open")), NOBODY),
    *(
        Act("delete", subject, on(subject, "supprimer/", THROWN), allowed)
        for subject, allowed in {
            "open": KEEPERS,
            "locked": KEEPERS,
            "closed": KEEPERS_INSIDE,
            "trashed": NOBODY,
            "section": NOBODY,
        }.items()
    ),
    Act("delete", "one's own", on_own("supprimer/", THROWN), WRITERS),
    *(
        Act(route, subject, on(subject, f"versions/{number}/{word}/"), allowed)
        for route, number, word in (("restore", 1, "restaurer"), ("undo", 2, "annuler"))
        for subject, allowed in {
            "open": WRITERS,
            "locked": KEEPERS,
            "closed": WRITERS_INSIDE,
            "trashed": NOBODY,
        }.items()
    ),
    *(
        Act(
            "untrash",
            what,
            posting(lambda world, role, page=page: f"/corbeille/{page(world, role).pk}/rendre/"),
            allowed,
        )
        for what, page, allowed in (
            ("of somebody else", lambda world, role: world.pages["trashed"], KEEPERS),
            ("closed", lambda world, role: world.pages["closed_trashed"], KEEPERS_INSIDE),
            ("not in the trash", lambda world, role: world.pages["open"], NOBODY),
            (
                "one's own",
                lambda world, role: world.own_trashed.get(role, world.pages["trashed"]),
                WRITERS,
            ),
        )
    ),
    Act("new", "article", posting("/nouveau/article/", new_page), WRITERS),
    Act(
        "preview_new",
        "article",
        posting("/nouveau/article/apercu/", new_page),
        NOBODY,
        done=lambda a: a.status_code == 200,
    ),
]

OF_DRAFTS = [
    Act(
        "save_draft",
        "of a page",
        posting("/brouillons/enregistrer/", draft()),
        WRITERS,
        frozenset(DRAFTS | PRESENCES),
    ),
    Act(
        "be_present",
        "open",
        posting("/brouillons/presence/", form_of_page("open")),
        WRITERS,
        frozenset(PRESENCES),
    ),
    Act("be_present", "locked", posting("/brouillons/presence/", form_of_page("locked")), KEEPERS),
    Act(
        "be_present",
        "closed",
        posting("/brouillons/presence/", form_of_page("closed")),
        WRITERS_INSIDE,
    ),
    Act(
        "be_present",
        "somebody else leaves",
        posting(
            "/brouillons/presence/",
            lambda world, role: {"leaves": "1", "key": str(world.other_key)},
        ),
        NOBODY,
    ),
    Act(
        "draft_state",
        "discards one's own",
        posting("/brouillons/etat/", lambda world, role: {"discard": str(own_key(world, role))}),
        WRITERS,
        frozenset(DRAFTS),
    ),
    Act(
        "draft_state",
        "discards another's",
        posting("/brouillons/etat/", lambda world, role: {"discard": str(world.other_key)}),
        NOBODY,
    ),
    Act(
        "discard_draft",
        "one's own",
        posting(lambda world, role: f"/brouillons/{own_key(world, role)}/jeter/"),
        WRITERS,
        frozenset(DRAFTS),
    ),
    Act(
        "discard_draft",
        "another's",
        posting(lambda world, role: f"/brouillons/{world.other_key}/jeter/"),
        NOBODY,
    ),
]


def own_document(action: str, fields=None):
    return posting(
        lambda world, role: f"/mes-fichiers/documents/{world.files.get(role, 0)}/{action}/", fields
    )


def another_document(action: str, fields=None):
    return posting(
        lambda world, role: f"/mes-fichiers/documents/{world.files['other']}/{action}/", fields
    )


OF_FILES = [
    Act("rename_file", "one's own", own_document("renommer", {"title": "Le plan"}), WRITERS),
    Act("rename_file", "another's", another_document("renommer", {"title": "Le plan"}), NOBODY),
    Act("delete_file", "one's own", own_document("supprimer"), WRITERS),
    Act("delete_file", "another's", another_document("supprimer"), NOBODY),
    Act("send_photo", "a photo", file_sent("/photos/", lambda: saved(halves()), alt="x"), WRITERS),
    Act("send_file", "a document", file_sent("/pieces/", a_text), WRITERS),
    Act(
        "without_click",
        "a search",
        from_here("imprimante bloquée"),
        NOBODY,
        done=lambda answer: answer.status_code == 204,
    ),
]

ACTS = [*OF_ACCOUNTS, *OF_PAGES, *OF_DRAFTS, *OF_FILES]

# Nothing is changed by a form sent there, whoever sends it.
READING = {
    *("password_change_done", "password_reset_done", "password_reset_complete", "own_files"),
    *("topics", "topic", "changes", "changes_feed", "contributors", "contributor", "trash"),
    *("trashed", "plan", "sitemap", "robots", "choose_kind", "drafts", "resume_draft"),
    *(
        "facilitate",
        "view_as",
        "wanted_pages",
        "orphan_pages",
        "broken_links",
        "photo",
        "document",
        "wagtaildocs_serve",
    ),
    *("media", "backlinks", "history", "version", "difference", "annotate", "page_feed"),
    *("wagtail_serve", "add_slash", "search", "page_titles", "propositions"),
}
EXEMPT = {"without_click"}  # knows nobody and comes without a cookie


def others_kept(world: World) -> str:
    """What nobody may change by any act: the draft and the presence of somebody else."""
    rows = [
        *Draft.objects.filter(person=world.other).values_list("key", "title", "data"),
        *Presence.objects.filter(person=world.other).values_list("key", "page_id"),
    ]
    return json.dumps(rows, default=str, sort_keys=True)
