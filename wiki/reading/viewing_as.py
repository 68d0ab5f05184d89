"""`<page>/voir-comme/<role>/`: the page as a visitor or a contributor gets it.

It is made with their rights and nothing else, and only to be looked at: its forms and its
actions do nothing, its links go on as the same reader.
"""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from lxml import html

from wiki.access import lesser_readers
from wiki.access.permissions import can_facilitate
from wiki.access.visibility import visible_to
from wiki.pages.lookup import with_page, writers_only
from wiki.reading import views
from wiki.text import addresses

ABSENT = {302: "login", 403: "closed", 404: "missing"}
OWN = ("/static/", "/media/", "/fichiers/")  # files, which a page shows by their address


@require_safe
@never_cache
@with_page
@writers_only(can_facilitate)
def view_as(request, page, role):
    seen = answer_to(request, page, role)
    if seen.status_code != 200:
        context = {"role": role, "page": page, "absent": ABSENT[seen.status_code]}
        return marked(render(request, "wiki/viewed_as.html", context))
    root = html.document_fromstring(seen.content.decode())
    put_to_rest(root, role, request.user)
    root.find(".//header").addprevious(banner(page, role))
    return marked(HttpResponse(html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")))


def answer_to(request, page, role: str):
    """What somebody of that role is answered at the address of the page."""
    me, navigation = request.user, request.kb_navigation
    request.user = lesser_readers.lesser(role, me)
    try:
        return views.show(request, path=page.address[1:])
    except PermissionDenied:
        return HttpResponse(status=403)
    except Http404:
        return HttpResponse(status=404)
    finally:
        request.user, request.kb_navigation = me, navigation


def marked(response):
    response["X-Robots-Tag"] = "noindex"
    return response


def banner(page, role: str):
    context = {"page": page, "role": role}
    return html.fragment_fromstring(render_to_string("components/viewed_as.html", context))


def put_to_rest(root, role: str, viewer) -> None:
    """Nothing can be sent nor done from there; links between pages keep the same reader."""
    for form in root.iter("form"):
        form.set("inert", "")
        form.attrib.pop("action", None)
        form.attrib.pop("method", None)
    known = addresses_in(root, viewer)
    for link in root.iter("a"):
        path = own_path(link.get("href", ""))
        if path in known:
            link.set("href", f"{path}voir-comme/{role}/")
        elif path and not path.startswith(OWN):
            no_link(link)


def no_link(link) -> None:
    """HTML takes these of a link that leads somewhere only."""
    for name in ("href", "rel", "target", "download", "hreflang"):
        link.attrib.pop(name, None)
    link.set("role", "link")
    link.set("aria-disabled", "true")


def addresses_in(root, viewer) -> set[str]:
    """Those of pages among all that the screen leads to, in one query."""
    paths = {own_path(link.get("href", "")) for link in root.iter("a")} - {""}
    home = addresses.site_root_path()
    found = visible_to(viewer).filter(url_path__in=[f"{home}{path[1:]}" for path in paths])
    return {addresses.url_of(url_path) for url_path in found.values_list("url_path", flat=True)}


def own_path(href: str) -> str:
    """The path of an address of this site; empty for others and for places in the page."""
    parts = urlsplit(href)
    return "" if parts.netloc or parts.scheme or not parts.path else parts.path
