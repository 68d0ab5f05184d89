"""Addresses to ask for, by the name of the route; a new route without an entry fails a test."""

from datetime import date

from wagtail.models import Page

from tests.wiki import secrets
from wiki.models import Report, Version
from wiki.pages import kinds


def pages(world) -> list[Page]:
    return [*(secret.page for secret in world.secrets), *world.public]


def about_pages(suffix: str):
    return lambda world: [f"{page.address}{suffix}" for page in pages(world)]


def reading(world):
    listing = Page.objects.filter(depth__lte=4, live=True, depth__gt=1, numchild__gt=0)
    sections = [page.url for page in listing]
    asked = ("theme=x", "public=x", "commune=x", "page=2")
    filtered = [f"{url}?{query}" for url in sections for query in asked]
    return [*about_pages("")(world), *sections, *filtered, *world.old_addresses]


def versions(world):
    return [
        f"{page.address}versions/{number}/"
        for page in pages(world)
        for number in range(1, secrets.last_version(page) + 2)
    ]


def differences(world):
    pairs = ["", "?de=1&a=2", "?de=2&a=3", "?de=3&a=4", "?de=1&a=4", "?de=2", "?a=3"]
    return [f"{page.address}difference/{pair}" for page in pages(world) for pair in pairs]


def new_pages(world):
    plain = [f"/nouveau/{kind}/" for kind in kinds.all_kinds()]
    return [*plain, *(f"/nouveau/article/?sous={page.pk}" for page in pages(world))]


def drafts_and(address: str):
    """An address of drafts, once the superuser has a draft of a closed page."""

    def addresses(world) -> list[str]:
        secrets.draft_of(world.people["superuser"], world.secrets[1])
        return [f"/{address}"]

    return addresses


def documents(world):
    return [f"/fichiers/{s.document.pk}/" for s in world.secrets if s.document]


def stock_documents(world):
    """The addresses that Wagtail's own admin gives to documents."""
    return [s.document.url for s in world.secrets if s.document]


def pictures(world):
    images = [s.image for s in world.secrets if s.image]
    originals = [f"/media/{image.file.name}" for image in images]
    return [*originals, *(r.file.url for image in images for r in image.renditions.all())]


def photos(world):
    return [f"/photos/{s.image.pk}/" for s in world.secrets if s.image]


def viewed(world):
    return [
        f"{page.address}voir-comme/{role}/"
        for page in pages(world)
        for role in ("visiteur", "contributeur")
    ]


def linked_to(world):
    """The secret pages lead to one of the public indexes, and so would be among its backlinks."""
    return [*about_pages("pages-liees/")(world), "/pratiques/situations/pages-liees/"]


def own_file(action: str):
    """Of the documents and photos of the secret pages, none of which these people sent."""

    def addresses(world) -> list[str]:
        documents = [f"documents/{s.document.pk}" for s in world.secrets if s.document]
        photos = [f"photos/{s.image.pk}" for s in world.secrets if s.image]
        return [f"/mes-fichiers/{file}/{action}/" for file in documents + photos]

    return addresses


def searches(world):
    words = [word for secret in world.secrets for word in secret.words]
    asked = ["lien", "lieu", "partie", "page", "sujet commun", *words]
    return ["/recherche/", *(f"/recherche/?q={word}" for word in asked)]


def completions(address: str, kinds: tuple[str, ...] = ("",)):
    """Whole words, their beginnings, a letter left out."""

    def addresses(world) -> list[str]:
        words = [word for secret in world.secrets for word in secret.words]
        asked = ["zx", "lieu", "page", "reunion", "sujet commun"]
        asked += [part for word in words for part in (word, word[:-2], word[:4] + word[5:])]
        found = [f"{address}?{kind}q={word}" for word in asked for kind in kinds]
        return [address, *found]

    return addresses


def filtered(address: str):
    """The latest changes as they are, and filtered by all that secrets bear."""

    def addresses(world) -> list[str]:
        themes = [f"{address}?theme={slug}" for slug in secrets.topic_slugs() if "zx" in slug]
        signed = [w for s in world.secrets for w in s.words if w.endswith("auteur")]
        words = [f"{address}?auteur={word}" for word in signed]
        return [address, f"{address}?sorte=situation", f"{address}?mineures=non", *themes, *words]

    return addresses


def signatures(world):
    ids = Version.objects.filter(page__in=pages(world)).values_list("pk", flat=True)
    return [f"/contributeurs/{pk}/" for pk in ids]


def reported(world) -> list[str]:
    """Once an error is reported on each page, closed ones too, and each is to be read again."""
    for page in pages(world):
        Report.objects.get_or_create(page_id=page.pk, text="Une erreur ici.")
        type(page).objects.filter(pk=page.pk).update(review_on=date(2020, 1, 1))
    return ["/animer/erreurs/", "/animer/erreurs/?page=2", "/animer/", "/pages-a-relire/"]


def settled(world) -> list[str]:
    reported(world)
    ids = Report.objects.filter(page__in=pages(world)).values_list("pk", flat=True)
    return [f"/animer/erreurs/{pk}/" for pk in ids]


def topic_pages(world):
    asked = ("", "?sorte=situation", "?sorte=article", "?sorte=lieu&page=2")
    return [f"/themes/{slug}/{query}" for slug in secrets.topic_slugs() for query in asked]


def sitemap_parts(world):
    return [f"/sitemap-{number}.xml" for number in {page.pk // 1_000 for page in pages(world)}]


OUTPUTS = {
    "login": lambda world: ["/connexion/", "/connexion/?next=/"],
    "logout": lambda world: ["/deconnexion/"],
    "profile": lambda world: ["/profil/"],
    "password_change": lambda world: ["/profil/mot-de-passe/"],
    "password_change_done": lambda world: ["/profil/mot-de-passe/fait/"],
    "password_reset": lambda world: ["/mot-de-passe/"],
    "password_reset_done": lambda world: ["/mot-de-passe/envoye/"],
    "password_reset_confirm": lambda world: ["/mot-de-passe/nouveau/MQ/abc-def/"],
    "password_reset_complete": lambda world: ["/mot-de-passe/fini/"],
    "topics": lambda world: ["/themes/"],
    "topic": topic_pages,
    "changes": filtered("/changements/"),
    "changes_feed": filtered("/changements/flux/"),
    "page_feed": about_pages("flux/"),
    "contributors": lambda world: ["/contributeurs/"],
    "contributor": signatures,
    "trash": lambda world: ["/corbeille/"],
    "trashed": lambda world: [f"/corbeille/{page.pk}/" for page in pages(world)],
    "untrash": lambda world: [f"/corbeille/{page.pk}/rendre/" for page in pages(world)],
    "restore": lambda world: [f"{address}restaurer/" for address in versions(world)],
    "undo": lambda world: [f"{address}annuler/" for address in versions(world)],
    "annotate": about_pages("annoter/"),
    "plan": lambda world: ["/plan-du-site/"],
    "sitemap": lambda world: ["/sitemap.xml"],
    "sitemap_part": sitemap_parts,
    "favicon": lambda world: ["/favicon.ico"],
    "robots": lambda world: ["/robots.txt"],
    "choose_kind": lambda world: ["/nouveau/", *(f"/nouveau/?sous={p.pk}" for p in pages(world))],
    "preview_new": lambda world: [f"/nouveau/{kind}/apercu/" for kind in kinds.all_kinds()],
    "drafts": drafts_and("brouillons/"),
    "save_draft": drafts_and("brouillons/enregistrer/"),
    "draft_state": drafts_and(f"brouillons/etat/?keys={secrets.DRAFT_KEY}"),
    "be_present": drafts_and("brouillons/presence/"),
    "take_changes": drafts_and("brouillons/reunir/"),
    "resume_draft": drafts_and(f"brouillons/{secrets.DRAFT_KEY}/"),
    "discard_draft": drafts_and(f"brouillons/{secrets.DRAFT_KEY}/jeter/"),
    "new": new_pages,
    "wanted_pages": lambda world: ["/pages-a-ecrire/"],
    "orphan_pages": lambda world: [f"/pages-orphelines/?page={n}" for n in range(1, 6)],
    "facilitate": lambda world: ["/animer/"],
    "reports": reported,
    "settle_report": settled,
    "own_desk": lambda world: ["/mon-espace/"],
    "own_changes": lambda world: ["/mon-espace/changements/"],
    "reviews": lambda world: [f"/pages-a-relire/{page}" for page in ("", "?page=2")],
    "report": about_pages("signaler/"),
    "broken_links": lambda world: ["/liens-casses/"],
    "send_photo": lambda world: ["/photos/"],
    "photo": photos,
    "send_file": lambda world: ["/pieces/"],
    "close_sessions": lambda world: ["/profil/autres-sessions/"],
    "own_files": lambda world: ["/mes-fichiers/"],
    "rename_file": own_file("renommer"),
    "delete_file": own_file("supprimer"),
    "document": documents,
    "wagtaildocs_serve": stock_documents,
    "media": pictures,
    "edit": about_pages("modifier/"),
    "preview": about_pages("apercu/"),
    "rename": about_pages("renommer/"),
    "move": about_pages("deplacer/"),
    "move_back": about_pages("deplacer/annuler/"),
    "lock": about_pages("verrouiller/"),
    "reserve": about_pages("reserver/"),
    "delete": about_pages("supprimer/"),
    "view_as": viewed,
    "backlinks": linked_to,
    "history": about_pages("historique/"),
    "version": versions,
    "difference": differences,
    "wagtail_serve": reading,
    "add_slash": lambda world: [page.address[:-1] for page in pages(world)],
    "search": searches,
    "page_titles": completions("/recherche/titres/"),
    "propositions": completions("/recherche/propositions/", ("", "sorte=lieu&")),
    "without_click": lambda world: ["/recherche/sans-clic/"],
}
