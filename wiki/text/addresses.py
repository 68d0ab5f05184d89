"""Addresses: what a title becomes, which words are taken by the site, finding a free one."""

import re
import time
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from wiki.text.characters import normal

SOMEWHERE = "0-somewhere-0/"  # stands for the path of a page in the address of a screen
ROOT_KEPT = 60  # seconds

# Last part of the addresses that act on a page: no page may take them, at any depth.
ACTIONS = {
    "modifier",
    "historique",
    "difference",
    "versions",
    "renommer",
    "deplacer",
    "supprimer",
    "verrouiller",
    "reserver",
    "signaler",
    "apercu",
    "annoter",
    "flux",
    "pages-liees",
    "voir-comme",
}
# First part of the addresses of the site's own screens.
SCREENS = {
    "admin",
    "animer",
    "brouillons",
    "changements",
    "compte",
    "connexion",
    "contributeurs",
    "corbeille",
    "deconnexion",
    "documents",
    "favicon-ico",
    "fichiers",
    "images",
    "liens-casses",
    "media",
    "mes-fichiers",
    "mon-espace",
    "mot-de-passe",
    "nouveau",
    "pages-a-ecrire",
    "pages-a-relire",
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
APART = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def slug_of(text: str) -> str:
    """The words of a text as an address writes them: « L’œuvre du 12/03 » is `l-oeuvre-du-12-03`.

    Letters of other alphabets are romanised as `anyascii` does; whatever is neither letter nor
    number parts words. Empty when nothing is left.
    """
    composed = unicodedata.normalize("NFC", normal(text))
    return APART.sub("-", "".join(map(_romanised, composed)).lower()).strip("-")


def _romanised(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "L":
        letters = "".join(letter for letter in anyascii(char) if letter.isalnum())
        return letters or (" " if category == "Lm" else "")  # « ʼ » parts words as « ’ » does
    if category[0] == "N":
        return anyascii(char)
    return "" if category[0] == "M" else " "


def shortened(slug: str, longest: int = MAX_LENGTH) -> str:
    """An address of that many characters at most, cut between words where it can be."""
    if len(slug) <= longest:
        return slug
    cut = slug[: longest + 1].rpartition("-")[0]
    return cut if len(cut) > longest // 2 else slug[:longest].strip("-")


def check_slug(slug: str) -> None:
    """Raises ValidationError when the site keeps this address for itself."""
    if slug in RESERVED:
        message = _("“%(slug)s” is kept for the site itself. Choose another address.")
        raise ValidationError({"slug": ValidationError(message, params={"slug": slug})})


def free_slug(title: str, parent: Page, page: Page | None = None) -> str:
    """An address made from a title, not reserved and not taken beside `page` under `parent`."""
    base = shortened(slug_of(title)) or "page"
    beside = parent.get_children().exclude(pk=page.pk if page else None)
    taken = set(beside.filter(slug__startswith=base).values_list("slug", flat=True))
    candidate, rank = base, 2
    while candidate in taken or candidate in RESERVED:
        candidate, rank = f"{base}-{rank}", rank + 1
    return candidate


class _Root:
    """The `url_path` of the home page: each link of a page asks it."""

    path, until = "", 0.0

    def __call__(self) -> str:
        if time.monotonic() >= self.until:
            roots = Site.get_site_root_paths()
            self.path = roots[0].root_path if roots else "/"
            self.until = time.monotonic() + ROOT_KEPT if roots else 0.0
        return self.path

    def forget(self, **kwargs) -> None:
        """When a site or an address changes; other processes learn it within a minute."""
        self.until = 0.0


site_root_path = _Root()


def url_of(url_path: str) -> str:
    """The address of a page from its `url_path`, without any query; empty outside the site."""
    root = site_root_path()
    return url_path[len(root) - 1 :] if url_path.startswith(root) else ""


def screen_url(page, action: str, **kwargs) -> str:
    """The address of a screen about a page, by the name of its route."""
    path = url_of(page.url_path)[1:]
    return _screen(action, **kwargs).replace(SOMEWHERE, quote(path))


@lru_cache(maxsize=2_000)
def _screen(action: str, **kwargs) -> str:
    return reverse(action, kwargs={"path": SOMEWHERE, **kwargs})


def site_path(path: str) -> str:
    """The `url_path` of an address such as `/lieux/apeb/`."""
    bare = path.strip("/")
    return site_root_path() + (f"{bare}/" if bare else "")
