"""Every way of writing in the front office. A route that is in no act is one that only reads:
`READING`."""

from collections.abc import Callable

from django.contrib.auth.tokens import default_token_generator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests.wiki.acts import (
    ANONYMOUS,
    EVERYBODY,
    KEEPERS,
    KEEPERS_INSIDE,
    KNOWN,
    NOBODY,
    PASSWORD,
    WRITERS,
    WRITERS_INSIDE,
    Act,
    draft,
    form_of_page,
    moving_back_to,
    moving_to,
    new_page,
    on,
    on_own,
    posting,
    typed,
)
from tests.wiki.crawling import TOKEN
from tests.wiki.pictures import halves, saved
from tests.wiki.reporting import token_of


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
NEW_PASSWORD = {
    "old_password": PASSWORD,
    "new_password1": "une-autre-phrase-solide",
    "new_password2": "une-autre-phrase-solide",
}
NEW_PROFILE = {"display_name": "Camille", "email": "camille@example.org"}
PEOPLE, DRAFTS, PRESENCES = ({name} for name in ("wiki_user", "wiki_draft", "wiki_presence"))

OF_ACCOUNTS = [
    Act("login", "with the password", login_with(), ANONYMOUS, frozenset(PEOPLE)),
    Act("login", "with a wrong one", login_with(password="zut"), NOBODY),
    Act("logout", "one's session", posting("/deconnexion/"), NOBODY, done=lambda a: True),
    Act(
        "profile",
        "one's name",
        posting("/profil/", {**NEW_PROFILE, "present_password": PASSWORD}),
        KNOWN,
        frozenset(PEOPLE),
    ),
    Act("profile", "without one's password", posting("/profil/", NEW_PROFILE), NOBODY),
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
        "edit",
        "the page of the form is another",
        on("open", "modifier/", typed("closed")),
        WRITERS_INSIDE,
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
        Act("move", subject, on(subject, "deplacer/", moving_to("target", opens="on")), allowed)
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
    *(
        Act("reserve", subject, on(subject, "reserver/", {"restriction_type": "login"}), allowed)
        for subject, allowed in {
            "open": KEEPERS,
            "locked": KEEPERS,
            "closed": KEEPERS_INSIDE,
            "trashed": NOBODY,
            "section": KEEPERS,
        }.items()
    ),
    Act("lock", "taken off", on("locked", "verrouiller/", {"locked": "0"}), KEEPERS),
    Act(
        "move", "under a closed page", on("open", "deplacer/", moving_to("closed")), KEEPERS_INSIDE
    ),
    *(
        Act("move_back", subject, on(subject, "deplacer/annuler/", moving_back_to("target")), who)
        for subject, who in {
            "open": KEEPERS,
            "locked": KEEPERS,
            "closed": KEEPERS_INSIDE,
            "trashed": NOBODY,
            "section": NOBODY,
        }.items()
    ),
    Act("move_back", "elsewhere", on("open", "deplacer/annuler/", moving_to("target")), NOBODY),
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


def own_document(action: str, fields=None, among: str = "files"):
    def address(world, role) -> str:
        return f"/mes-fichiers/documents/{getattr(world, among).get(role, 0)}/{action}/"

    return posting(address, fields)


def another_document(action: str, fields=None):
    return posting(
        lambda world, role: f"/mes-fichiers/documents/{world.files['other']}/{action}/", fields
    )


OF_FILES = [
    Act("rename_file", "one's own", own_document("renommer", {"title": "Le plan"}), WRITERS),
    Act("rename_file", "another's", another_document("renommer", {"title": "Le plan"}), NOBODY),
    Act("delete_file", "one's own", own_document("supprimer"), WRITERS),
    Act("delete_file", "in an old text", own_document("supprimer", among="once"), WRITERS),
    Act("delete_file", "in a page of today", own_document("supprimer", among="shown"), NOBODY),
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


def reporting(subject: str):
    """An error on one of the pages, from a form that was opened some seconds ago."""

    def fields(world, role):
        return {"text": "Le téléphone a changé.", TOKEN: token_of(world.pages[subject])}

    return on(subject, "signaler/", fields)


def settling(subject: str):
    def address(world, role) -> str:
        return f"/animer/erreurs/{world.reports[subject]}/"

    return posting(address)


REPORTS = {"wiki_report", "wiki_daysalt", "wiki_reportsender"}
OF_REPORTS = [
    *(
        Act("report", subject, reporting(subject), allowed, frozenset(REPORTS))
        for subject, allowed in {
            "open": EVERYBODY,
            "locked": EVERYBODY,
            "closed": WRITERS_INSIDE,
            "trashed": NOBODY,
            "section": EVERYBODY,
        }.items()
    ),
    Act("report", "without a form", on("open", "signaler/", {"text": "Zut"}), NOBODY),
    *(
        Act("settle_report", subject, settling(subject), allowed, frozenset(REPORTS))
        for subject, allowed in {"open": KEEPERS, "closed": KEEPERS_INSIDE}.items()
    ),
]

ACTS = [*OF_ACCOUNTS, *OF_PAGES, *OF_DRAFTS, *OF_FILES, *OF_REPORTS]

# Nothing is changed by a form sent there, whoever sends it.
READING = {
    *("password_change_done", "password_reset_done", "password_reset_complete", "own_files"),
    *("own_desk", "own_changes", "reviews", "reports"),
    *("topics", "topic", "changes", "changes_feed", "contributors", "contributor", "trash"),
    *("trashed", "plan", "sitemap", "robots", "favicon", "choose_kind", "drafts", "resume_draft"),
    "take_changes",
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
# They know nobody and come without a cookie; a report has a token of its own.
EXEMPT = {"without_click", "report"}
