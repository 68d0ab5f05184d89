"""One address, at least, of every route of the site, in a small world made for it."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.http import QueryDict
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests import factories
from wiki.editing import drafts
from wiki.models import Report
from wiki.trash import trash

# What each route reads of the query; all of them also get names that they do not know.
PARAMETERS = {
    "search": ["q", "sorte", "page"],
    "page_titles": ["q"],
    "propositions": ["q", "sorte"],
    "without_click": ["q"],
    "changes": ["sorte", "theme", "auteur", "mineures", "avant", "page"],
    "changes_feed": ["sorte", "theme", "auteur", "mineures", "avant"],
    "wagtail_serve": ["theme", "public", "niveau", "appareil", "famille", "commune", "page"],
    "topic": ["sorte", "page"],
    "difference": ["de", "a"],
    "history": ["page"],
    "contributor": ["page"],
    "own_files": ["page"],
    "reports": ["page"],
    "reviews": ["page"],
    "own_changes": ["page"],
    "move": ["q"],
    "backlinks": ["page"],
    "wanted_pages": ["page"],
    "orphan_pages": ["page"],
    "broken_links": ["page"],
    "choose_kind": ["titre", "sous"],
    "new": ["titre", "sous"],
    "login": ["next"],
    "logout": ["next"],
    "drafts": ["retour"],
    "draft_state": ["person", "keys"],
    "document": ["page"],
}
UNKNOWN = ["x", "next", "id", "format"]


@dataclass
class World:
    person: object
    page: object
    trashed: object
    image: object
    document: object
    key: object
    report: object


def build() -> World:
    """Needs a database: a facilitator, and something behind every address."""
    person = factories.person("Animateurs")
    page = factories.page(author=person, topics=["Sujet"], body="<h2>Un</h2><p>Deux</p>")
    page = factories.edited(page, author=person, body="<h2>Un</h2><p>Trois</p>")
    trashed = factories.page(author=person)
    trash.put_in(trashed, person, "Doublon")
    drawn, key = BytesIO(), uuid4()
    Image.new("RGB", (60, 40), "teal").save(drawn, "PNG")
    image = get_image_model().objects.create(title="i", file=ImageFile(drawn, name="i.png"))
    image.get_rendition("max-1000x1000|format-webp")
    held = ContentFile(b"x", name="x.txt")
    documents = get_document_model().objects
    document = documents.create(title="d", file=held, uploaded_by_user=person)
    drafts.save(person, key, QueryDict("title=x&body="), page, page.kind)
    report = Report.objects.create(page=page.page_ptr, text="Le téléphone a changé.")
    type(page).objects.filter(pk=page.pk).update(review_on=date(2020, 1, 1))
    factories.edited(factories.page(author=person), author=factories.person("Contributeurs"))
    return World(person, page, trashed, image, document, key, report)


def addresses(world: World) -> dict[str, str]:
    """The address of each route by its name."""
    about = world.page.address
    return {**OF_THE_SITE, **of_things(world), **{n: f"{about}{a}" for n, a in OF_A_PAGE.items()}}


OF_A_PAGE = {
    "wagtail_serve": "",
    "edit": "modifier/",
    "preview": "apercu/",
    "rename": "renommer/",
    "move": "deplacer/",
    "move_back": "deplacer/annuler/",
    "lock": "verrouiller/",
    "reserve": "reserver/",
    "report": "signaler/",
    "delete": "supprimer/",
    "backlinks": "pages-liees/",
    "history": "historique/",
    "version": "versions/1/",
    "restore": "versions/1/restaurer/",
    "undo": "versions/2/annuler/",
    "difference": "difference/",
    "annotate": "annoter/",
    "page_feed": "flux/",
    "view_as": "voir-comme/contributeur/",
}


OF_THE_SITE = {
    "login": "/connexion/",
    "logout": "/deconnexion/",
    "profile": "/profil/",
    "close_sessions": "/profil/autres-sessions/",
    "password_change": "/profil/mot-de-passe/",
    "password_change_done": "/profil/mot-de-passe/fait/",
    "password_reset": "/mot-de-passe/",
    "password_reset_done": "/mot-de-passe/envoye/",
    "password_reset_confirm": "/mot-de-passe/nouveau/MQ/abc-def/",
    "password_reset_complete": "/mot-de-passe/fini/",
    "topics": "/themes/",
    "topic": "/themes/sujet/",
    "changes": "/changements/",
    "changes_feed": "/changements/flux/",
    "contributors": "/contributeurs/",
    "trash": "/corbeille/",
    "plan": "/plan-du-site/",
    "sitemap": "/sitemap.xml",
    "sitemap_part": "/sitemap-0.xml",
    "robots": "/robots.txt",
    "favicon": "/favicon.ico",
    "choose_kind": "/nouveau/",
    "new": "/nouveau/reunion/",
    "preview_new": "/nouveau/reunion/apercu/",
    "drafts": "/brouillons/",
    "save_draft": "/brouillons/enregistrer/",
    "draft_state": "/brouillons/etat/",
    "be_present": "/brouillons/presence/",
    "take_changes": "/brouillons/reunir/",
    "wanted_pages": "/pages-a-ecrire/",
    "orphan_pages": "/pages-orphelines/",
    "broken_links": "/liens-casses/",
    "facilitate": "/animer/",
    "reports": "/animer/erreurs/",
    "reviews": "/pages-a-relire/",
    "own_desk": "/mon-espace/",
    "own_changes": "/mon-espace/changements/",
    "send_photo": "/photos/",
    "send_file": "/pieces/",
    "own_files": "/mes-fichiers/",
    "search": "/recherche/",
    "page_titles": "/recherche/titres/",
    "propositions": "/recherche/propositions/",
    "without_click": "/recherche/sans-clic/",
    "add_slash": "/themes",
}


OF_THINGS = (
    *("contributor", "trashed", "untrash", "resume_draft", "discard_draft"),
    *("photo", "document", "wagtaildocs_serve", "media"),
    *("rename_file", "delete_file", "settle_report"),
)


def of_things(world: World) -> dict[str, str]:
    return {
        "contributor": f"/contributeurs/{world.page.versions.order_by('pk').first().pk}/",
        "trashed": f"/corbeille/{world.trashed.pk}/",
        "untrash": f"/corbeille/{world.trashed.pk}/rendre/",
        "resume_draft": f"/brouillons/{world.key}/",
        "discard_draft": f"/brouillons/{world.key}/jeter/",
        "rename_file": f"/mes-fichiers/documents/{world.document.pk}/renommer/",
        "delete_file": f"/mes-fichiers/documents/{world.document.pk}/supprimer/",
        "settle_report": f"/animer/erreurs/{world.report.pk}/",
        "photo": f"/photos/{world.image.pk}/",
        "document": f"/fichiers/{world.document.pk}/",
        "wagtaildocs_serve": f"/fichiers/{world.document.pk}/x.txt",
        "media": f"/media/{world.image.file.name}",
    }
