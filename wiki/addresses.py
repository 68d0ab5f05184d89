"""Addresses of pages: which words are taken by the site itself, and finding a free one."""

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

# Last part of the addresses that act on a page: no page may take them, at any depth.
ACTIONS = {
    "modifier",
    "historique",
    "difference",
    "versions",
    "renommer",
    "deplacer",
    "supprimer",
    "apercu",
    "annoter",
    "flux",
    "pages-liees",
}
# First part of the addresses of the site's own screens.
SCREENS = {
    "admin",
    "brouillons",
    "changements",
    "compte",
    "connexion",
    "contributeurs",
    "corbeille",
    "deconnexion",
    "documents",
    "fichiers",
    "images",
    "liens-casses",
    "media",
    "mot-de-passe",
    "nouveau",
    "pages-a-ecrire",
    "pages-orphelines",
    "photos",
    "pieces",
    "plan-du-site",
    "profil",
    "recherche",
    "robots-txt",
    "sitemap-xml",
    "static",
    "themes",
}
RESERVED = ACTIONS | SCREENS
MAX_LENGTH = 80


def check_slug(slug: str) -> None:
    """Raises ValidationError when the site keeps this address for itself."""
    if slug in RESERVED:
        message = _("“%(slug)s” is kept for the site itself. Choose another address.")
        raise ValidationError({"slug": ValidationError(message, params={"slug": slug})})


def free_slug(title: str, parent: Page, page: Page | None = None) -> str:
    """An address made from a title, not reserved and not taken beside `page` under `parent`."""
    base = slugify(title)[:MAX_LENGTH].strip("-") or "page"
    taken = set(
        parent.get_children().exclude(pk=page.pk if page else None).values_list("slug", flat=True)
    )
    candidate, rank = base, 2
    while candidate in taken or candidate in RESERVED:
        candidate, rank = f"{base}-{rank}", rank + 1
    return candidate


def site_root_path() -> str:
    """The `url_path` of the home page, from Wagtail's cache of sites."""
    roots = Site.get_site_root_paths()
    return roots[0].root_path if roots else "/"


def url_of(url_path: str) -> str:
    """The address of a page from its `url_path`, without any query; empty outside the site."""
    root = site_root_path()
    return url_path[len(root) - 1 :] if url_path.startswith(root) else ""
