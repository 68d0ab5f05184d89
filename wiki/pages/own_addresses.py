"""Addresses of this very site: which page or which file stands there, as its author may know it."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page

from wiki.access.files import readable_documents
from wiki.access.visibility import visible_to
from wiki.text.addresses import site_root_path

FILE = re.compile(r"fichiers/([0-9]{1,9})(?:/[^/]*)?")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def whole_address(path: str) -> str:
    """For what leaves the site; never that of a request, whose port anybody chooses."""
    return f"{settings.SITE_URL}{path}"


def for_mails() -> dict:
    """How Django's mails of accounts are told the address of the site."""
    parts = urlsplit(settings.SITE_URL)
    return {"use_https": parts.scheme == "https", "domain_override": parts.netloc}


def own_path(href: str) -> str:
    """What follows the name of this site, without slashes around: « lieux/mairie ».

    Empty for other sites, for the home page, and for a place in a page or a question.
    """
    if "?" in href or "#" in href or "\x00" in href:
        return ""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return ""
    if parts.netloc:
        own = parts.scheme in ("http", "https") and _is_own(parts.netloc.lower())
    else:
        own = not parts.scheme and parts.path.startswith("/")
    return unquote(parts.path).strip("/").replace("\x00", "") if own else ""


def _is_own(host: str) -> bool:
    names = [name for name in settings.ALLOWED_HOSTS if not name.startswith(("*", "."))]
    return host == urlsplit(settings.SITE_URL).netloc.lower() or host in names


def pages_at(paths: Iterable[str], user=None) -> dict[str, int]:
    """Ids of the pages at these paths, or that stood there before, that this person may read."""
    root = site_root_path()
    wanted = {f"{root}{path}/": path for path in paths if path}
    if not wanted:
        return {}
    pages = visible_to(user or AnonymousUser(), Page.objects.filter(url_path__in=wanted))
    found = {wanted[url]: pk for url, pk in pages.values_list("url_path", "pk")}
    return _pages_moved(set(wanted.values()) - found.keys(), user) | found


def _pages_moved(paths: set[str], user) -> dict[str, int]:
    old = {Redirect.normalise_path(f"/{path}"): path for path in paths}
    if not old:
        return {}
    readable = visible_to(user or AnonymousUser()).values("pk")
    rows = Redirect.objects.filter(old_path__in=old, redirect_page__in=readable)
    return {old[address]: pk for address, pk in rows.values_list("old_path", "redirect_page")}


def pages_called(slugs: set[str]) -> dict[str, int]:
    """Ids of the pages open to everybody that alone have these last words of an address."""
    found: dict[str, list[int]] = {slug: [] for slug in slugs if SLUG.fullmatch(slug)}
    if not found:
        return {}
    pages = visible_to(AnonymousUser(), Page.objects.filter(slug__in=found, depth__gt=2))
    for slug, pk in pages.values_list("slug", "pk"):
        found[slug].append(pk)
    return {slug: ids[0] for slug, ids in found.items() if len(ids) == 1}


def files_at(paths: Iterable[str], user=None) -> dict[str, int]:
    """Ids of the documents at these paths that this person may read."""
    wanted = {path: int(file[1]) for path in paths if (file := FILE.fullmatch(path))}
    if not wanted:
        return {}
    documents = get_document_model().objects.filter(pk__in=wanted.values())
    known = readable_documents(user or AnonymousUser(), documents)
    readable = set(known.values_list("pk", flat=True))
    return {path: pk for path, pk in wanted.items() if pk in readable}
