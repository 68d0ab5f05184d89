"""All that the admin offers leads somewhere: nobody is shown a button that is refused; and it is
said in French that reads as French."""

import re
from pathlib import Path

import polib
import pytest
import wagtail
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from lxml import html
from wagtail.models import Collection, Page

from tests.wiki import secrets
from tests.wiki.admin.test_admin_matrix import rows_beside
from tests.wiki.offered import Visit, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_templates")]
# In the settings of Wagtail's scripts: the tree that asks for the first is a plain link here, and
# no block has a preview.
NEVER_ASKED = ("/admin/api/main/", "/admin/block-preview/")
ROLES = ["facilitator", "administrator"]
# « Ajouter un(e) », « ce/cette », « Status » and the like.
ODD = re.compile(
    r"\((?:e|es|ne|tte|elle)\)|\bce/cette\b|\b[Ll]e/la\b|\bl[ea]/l[ea]\b|\w\(s\)|\bStatus\b|\be\.g\b"
    r"|masquer/|/masquer|/désactiver|[Dd]ate/[Hh]eure|\bAucun réponses?\b|\bRoot\b|\bWagtail\b"
)
ENGLISH = re.compile(
    r"\b(?:the|this|your|you|with|from|and|are|will|have|been|not|which|add|edit|delete|choose"
    r"|search|show|upload|name|home|created|updated|more|type of)\b"
)
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
CATALOGUES = sorted((Path(settings.ROOT) / "locale_admin").rglob("*.po"))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = secrets.build()
        rows_beside(world)
        yield world
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visits():
    """Made once by role: a visit takes long."""
    return {}


def visit_of(world, visits: dict, role: str) -> Visit:
    if role not in visits:
        client = Client(raise_request_exception=False)
        client.force_login(world.people[role])
        visits[role] = Visit(client, NEVER_ASKED)
        visits[role].go(["/animer/", "/admin/"])
    return visits[role]


@pytest.mark.whole
@pytest.mark.parametrize("role", ROLES)
def test_nothing_that_is_offered_is_refused(world, visits, role):
    visit = visit_of(world, visits, role)
    assert len(visit.asked) > 100
    assert visit.dead == [], "\n".join(visit.dead)


@pytest.mark.whole
@pytest.mark.parametrize("role", ROLES)
def test_all_that_is_read_there_is_plain_french(world, visits, role):
    visit = visit_of(world, visits, role)
    assert len(visit.words) > 400
    assert {word: at for word, at in visit.words.items() if is_odd(word)} == {}


def is_odd(word: str) -> bool:
    """What the world of secrets and the names of files say is passed over."""
    if "zx" in word.casefold():
        return False
    is_english = ENGLISH.search(word) and not re.search("[éèàêçùœ’«]", word)
    return bool(ODD.search(word) or is_english or word in of_wagtail())


def of_wagtail() -> set[str]:
    """The sentences of Wagtail that its French says otherwise."""
    if not _SENTENCES:
        for path in Path(wagtail.__file__).parent.glob("admin/locale/fr/LC_MESSAGES/*.po"):
            entries = polib.pofile(path).translated_entries()
            _SENTENCES.update(
                e.msgid for e in entries if " " in e.msgid and e.msgstr and e.msgstr != e.msgid
            )
    return _SENTENCES


_SENTENCES: set[str] = set()


@pytest.mark.parametrize(
    "words",
    [
        *("Ajouter un(e) thème", "Modifier ce/cette page", "Status actuel de la page :"),
        *("Aucun réponses", "Exploration: Root", "Site name", "Toggle side panel", "Créé(e)"),
        *("Le/la page est là", "Choose another page", "Images - Wagtail"),
    ],
)
def test_what_is_odd_is_seen(words):
    (seen,) = words_of(html.document_fromstring(f"<p>{words}</p>"))
    assert is_odd(seen)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_what_stands_in_the_place_of_wagtails_words_is_plain_and_is_what_one_reads(path):
    entries = polib.pofile(path)
    assert len(entries) > 2
    for entry in entries:
        texts = [entry.msgstr, *entry.msgstr_plural.values()]
        given = set(PLACES.findall(entry.msgid + entry.msgid_plural))
        assert not any(ODD.search(text) for text in texts), entry.msgid
        assert all(set(PLACES.findall(text)) <= given for text in texts), entry.msgid
        if path.stem == "django" and not (entry.msgctxt or entry.msgid_plural):
            assert gettext(entry.msgid) == entry.msgstr


def test_the_roots_that_wagtail_makes_have_a_french_name():
    assert Page.get_first_root_node().title == "Toutes les pages"
    assert Collection.get_first_root_node().name == "Tous les fichiers"


@pytest.mark.parametrize(("role", "accounts"), [("facilitator", False), ("administrator", True)])
def test_the_first_screen_of_the_admin_says_what_one_does_there(world, role, accounts):
    client = Client()
    client.force_login(world.people[role])
    root = html.document_fromstring(client.get("/admin/").content.decode())
    doors = [str(address) for address in root.xpath("//section[@class='kb-doors']//a/@href")]
    assert len(doors) > 8
    assert {"/animer/", "/", reverse("wagtailimages:index")} <= set(doors)
    assert (reverse("wagtailusers_users:index") in doors) == accounts
