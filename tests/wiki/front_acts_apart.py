"""Ways of writing in the front office that are of no page: accounts, files, errors reported."""

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
    on,
    posting,
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
