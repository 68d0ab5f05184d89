"""A site with secrets: pages closed in every way, each with words that stand nowhere else.

A word is `zx`, the name of the secret and what bears it: `zxgroupetitre`. Addresses hold no
such word unless it is said, so that an answer may repeat the address that was asked.
"""

from dataclasses import dataclass
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import TestCase
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from meetings.models import Attendance, MeetingPage
from practices.models import GuidelinePage
from search.models import FileText
from structures.models import Permanence, StructurePage
from tests import factories
from wiki.media.renditions import picture_of
from wiki.models import ArticlePage, BrokenLink, Draft, Topic
from wiki.organizing import actions
from wiki.publishing.publishing import Edit, create, newest_version, publish
from wiki.trash import trash

BEARERS = (
    *("titre", "resume", "texte", "theme", "formule", "reponse", "modification", "auteur"),
    *("document", "fichier", "contenu", "image", "dessin", "alternative", "voulue", "casse"),
    "etiquette",
)
ROLES = (
    *("anonymous", "outsider", "contributor", "member", "facilitator", "insider"),
    *("administrator", "superuser"),
)
# Those whom every run asks for, where the whole matrix is long: a stranger, and somebody with many
# rights, outside of the group. The long tests ask for all.
SAMPLE = ("anonymous", "facilitator")


def in_turn(roles) -> list:
    """The roles as parameters of a long matrix."""
    return [r if r in SAMPLE else pytest.param(r, marks=pytest.mark.whole) for r in roles]


EVERYBODY_KNOWN = set(ROLES) - {"anonymous"}
# A contributor and a facilitator of the group for which pages are closed.
BUREAU = {"member", "insider", "superuser"}
KEEPERS = {"facilitator", "insider", "administrator", "superuser"}
DRAFT_KEY = "7c0f3a52-51d6-4f0e-9d2c-1b7a9be2a001"
COMMON_TOPIC = "Sujet commun"


@dataclass
class Secret:
    """A page that only `readers` may know; `words` are those that give it away."""

    name: str
    page: Page
    words: list[str]
    readers: set[str]
    document: object = None
    image: object = None
    told_to: set[str] | None = None  # when others than its readers may know of it

    @property
    def knowers(self) -> set[str]:
        return self.readers if self.told_to is None else self.told_to


@dataclass
class World:
    secrets: list[Secret]
    people: dict[str, object]
    public: list[Page]
    old_addresses: list[str]

    def words_hidden_from(self, role: str) -> set[str]:
        return {word for s in self.secrets if role not in s.knowers for word in s.words}


def words_of(name: str) -> dict[str, str]:
    return {bearer: f"zx{name}{bearer}" for bearer in BEARERS}


def person_called(name: str):
    return factories.person("Contributeurs", "Bureau", display_name=name)


def document_named(title: str, filename: str, text: str, sender=None):
    """A document whose text the search has read."""
    held = ContentFile(text.encode(), name=f"{filename}.txt")
    documents = get_document_model().objects
    document = documents.create(title=title, file=held, uploaded_by_user=sender)
    texts = FileText.objects.filter(pk=document.pk)
    texts.update(state=FileText.State.READ, text=text, digest=text[:64])
    return document


def image_named(title: str, filename: str, sender=None):
    drawn = BytesIO()
    Image.new("RGB", (1200, 40), "teal").save(drawn, "PNG")
    held = ImageFile(drawn, name=f"{filename}.png")
    images = get_image_model().objects
    image = images.create(title=title, file=held, uploaded_by_user=sender)
    picture_of(image)
    return image


def fill(page, name: str, author) -> tuple[object, object]:
    """Give a guideline its secret words, a document and an image of its author; returns both."""
    words = words_of(name)
    document = document_named(words["document"], words["fichier"], words["contenu"], author)
    image = image_named(words["dessin"], words["image"], author)
    document.tags.add(words["etiquette"])
    image.tags.add(words["etiquette"])
    page.title = page.draft_title = words["titre"]
    page.summary = words["resume"]
    page.other_wordings = words["formule"]
    page.short_answer = words["reponse"]
    page.body = (
        f"<h2>Partie</h2><p>{words['texte']}</p>"
        f'<p><a linktype="document" id="{document.pk}">le document</a></p>'
        f'<embed embedtype="image" id="{image.pk}" alt="{words["alternative"]}">'
        f'<p><a linktype="wanted" title="{words["voulue"]}">à écrire</a></p>'
        f'<p><a href="https://site.example/{words["casse"]}">cassé</a></p>'
        f'<p><a linktype="page" id="{Page.objects.get(slug="situations").pk}">situations</a></p>'
    )
    page.set_topics([words["theme"], COMMON_TOPIC])
    return document, image


def guideline(name: str, parent: Page, readers: set[str]) -> Secret:
    """A guideline published with its secret words, open until a test closes it."""
    words = words_of(name)
    page = GuidelinePage(slug=f"page-{len(name)}{name[:2]}")
    author = person_called(words["auteur"])
    document, image = fill(page, name, author)
    edit = Edit(author=author, summary=words["modification"])
    create(page, parent, edit)
    page = GuidelinePage.objects.get(pk=page.pk)
    return Secret(name, page, list(words.values()), readers, document, image)


def broken_links_of(secrets: list[Secret]) -> None:
    """What the check of links would note of each secret page."""
    for secret in secrets:
        url = f"https://site.example/zx{secret.name}casse"
        if url in getattr(secret.page, "body", ""):
            now = timezone.now()
            BrokenLink.objects.create(page=secret.page, url=url, reason="404", checked_at=now)


def closed_to_unknown(parent) -> Secret:
    secret = guideline("connecte", parent, EVERYBODY_KNOWN)
    factories.restricted_to_login(secret.page)
    return secret


def closed_to_others(parent) -> Secret:
    secret = guideline("groupe", parent, BUREAU)
    factories.restricted_to_groups(secret.page, "Bureau")
    return secret


def room_of_the_bureau() -> Secret:
    """A closed article whose address is a secret too; other secrets live below."""
    words = [f"zxsalle{bearer}" for bearer in ("titre", "adresse", "texte")]
    page = factories.page(title=words[0], slug=words[1], body=f"<p>{words[2]}</p>")
    factories.restricted_to_groups(page, "Bureau")
    return Secret("salle", page, words, BUREAU)


def moved_into(room, parent) -> Secret:
    secret = guideline("deplacee", parent, BUREAU)
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.move(secret.page, room.page, person_called("Animation"))
    secret.page = GuidelinePage.objects.get(pk=secret.page.pk)
    return secret


def renamed_when_closed(parent) -> Secret:
    """Its first address is known to all; its new name and address are not."""
    page = factories.page(title="Nom connu", slug="nom-connu", parent=parent)
    factories.restricted_to_groups(page, "Bureau")
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.rename(page, "zxrenommeetitre", False, Edit(author=person_called("Bureau")))
    page = ArticlePage.objects.get(pk=page.pk)
    return Secret("renommee", page, ["zxrenommeetitre"], BUREAU)


def opened_later(parent) -> Secret:
    """Public, closed, written with secret words, cleaned, opened: only today's text is open."""
    words = words_of("passe")
    page = GuidelinePage(title="Page ouverte", slug="page-ouverte", body="<p>Première</p>")
    create(page, parent, Edit(author_name="Collectif"))
    restriction = factories.restricted_to_groups(page, "Bureau")
    author = person_called(words["auteur"])
    page = GuidelinePage.objects.get(pk=page.pk)
    document, image = fill(page, "passe", author)
    publish(page, Edit(author=author, summary=words["modification"], base=1))
    page = GuidelinePage.objects.get(pk=page.pk)
    page.title = page.draft_title = "Page ouverte"
    page.summary = page.other_wordings = page.short_answer = ""
    page.body = "<p>Texte de ce jour</p>"
    page.set_topics([COMMON_TOPIC])
    publish(page, Edit(author_name="Collectif", summary="zxpassenettoyage", base=2))
    restriction.delete()
    page = GuidelinePage.objects.get(pk=page.pk)
    hidden = [*words.values(), "zxpassenettoyage"]
    return Secret("passe", page, hidden, BUREAU, document, image)


def unpublished(parent) -> Secret:
    secret = guideline("depubliee", parent, set())
    secret.page.unpublish()
    return secret


def deleted(parent) -> Secret:
    """Everybody could read it: its title stands in the latest changes, its text in the trash."""
    secret = guideline("supprimee", parent, set())
    secret.told_to = KEEPERS
    secret.words.remove("zxsupprimeetitre")
    trash.put_in(secret.page, get_user_model().objects.get(username="animation"), "Doublon")
    return secret


def closed_then_deleted(parent) -> Secret:
    secret = guideline("jetee", parent, set())
    secret.told_to = BUREAU
    factories.restricted_to_groups(secret.page, "Bureau")
    trash.put_in(secret.page, person_called("Animation"), "zxjeteeraison")
    secret.words.append("zxjeteeraison")
    return secret


def deleted_from_a_closed_room(room) -> Secret:
    secret = guideline("sousjetee", Page.objects.get(pk=room.page.pk), set())
    secret.told_to = BUREAU
    trash.put_in(secret.page, person_called("Animation"), "Doublon")
    return secret


def hidden_place() -> Secret:
    """A structure that public pages name by reference, as host, as parent, as present."""
    words = ["zxlieutitre", "zxlieucommune"]
    page = factories.page(StructurePage, title=words[0], commune=words[1], slug="lieu-reserve")
    factories.restricted_to_groups(page, "Bureau")
    return Secret("lieu", page, words, BUREAU)


def naming(place: Page, others: list[Secret]) -> list[Page]:
    """Public pages that lead to the secret ones in every way that a page can."""
    author = person_called("Secrétariat")
    links = "".join(f'<p><a linktype="page" id="{s.page.pk}">lien</a></p>' for s in others)
    article = factories.page(
        title="Page publique", slug="page-publique", body=links, topics=[COMMON_TOPIC]
    )
    structure = StructurePage(title="Lieu public", slug="lieu-public", structure_parente=place)
    structure.permanences = [Permanence(place=place, rhythm="le lundi")]
    create(structure, Page.objects.get(slug="lieux"), Edit(author=author))
    meeting = MeetingPage(title="Réunion publique", slug="reunion-publique", date="2021-03-04")
    meeting.attendances = [Attendance(structure=place)]
    create(meeting, Page.objects.get(slug="reunions"), Edit(author=author))
    return [article, structure, meeting]


def build() -> World:
    """Needs a database; every page goes through the publishing door."""
    situations = Page.objects.get(slug="situations")
    collective = Page.objects.get(slug="collectif", depth=3)
    room, place = room_of_the_bureau(), hidden_place()
    below = guideline("dessous", Page.objects.get(pk=room.page.pk), BUREAU)
    secrets = [
        *(closed_to_unknown(situations), closed_to_others(situations), room, below),
        *(moved_into(room, situations), renamed_when_closed(collective)),
        *(opened_later(situations), unpublished(situations), deleted(situations), place),
        *(closed_then_deleted(situations), deleted_from_a_closed_room(room)),
    ]
    public = naming(place.page, secrets)
    broken_links_of(secrets)
    people = {
        "outsider": factories.person(),
        "contributor": factories.person("Contributeurs"),
        "facilitator": factories.person("Animateurs"),
        "member": factories.person("Contributeurs", "Bureau"),
        "insider": factories.person("Animateurs", "Bureau"),
        "administrator": factories.person("Administrateurs"),
        "superuser": factories.person(is_superuser=True),
    }
    known = ["/pratiques/situations/page-8de/", "/collectif/nom-connu/"]
    return World(secrets, people, public, known)


def draft_of(person, secret: Secret) -> None:
    """What a person typed in the editor of a closed page."""
    fields = {"title": [secret.words[0]], "body": [" ".join(secret.words)]}
    values = {"page_id": secret.page.pk, "kind": secret.page.kind, "title": secret.words[0]}
    values["data"] = {"fields": fields}
    Draft.objects.update_or_create(person=person, key=DRAFT_KEY, defaults=values)


def topic_slugs() -> list[str]:
    return list(Topic.objects.values_list("slug", flat=True))


def last_version(page) -> int:
    return newest_version(page).number


def told(response) -> str:
    """All that an answer says: headers, redirects and body, in lower case."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = response.cookies.output()
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{headers}\n{cookies}\n{body.decode(errors='replace')}".lower()
