"""Old addresses lead to the new ones, without telling closed pages to those shut out."""

from urllib.parse import urlparse

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from wiki.access.visibility import can_read, is_closed_to
from wiki.text.addresses import ACTIONS


class ReadableRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects; the address of a page that the reader may not read stays unsaid.

    The screens about a page follow it: `<old address>/historique/` leads to the history of
    the page where it is now, and a form sent to its old address arrives with what it holds.
    """

    def process_response(self, request, response):
        if response.status_code != 404:
            return response
        if screen := parted(request.path):
            return self._screen(request, response, *screen)
        answer = super().process_response(request, response)
        if answer is response or leads_back(request, answer.get("Location", "")):
            return response
        return self._guarded(request, response, answer, self._page(request))

    def _guarded(self, request, response, answer, page):
        if page is None or can_read(request.user, page):
            return answer
        if not request.user.is_authenticated and is_closed_to(request.user, page.url_path):
            return redirect_to_login(request.get_full_path())
        return response

    def _screen(self, request, response, base: str, action: str):
        found = get_redirect(request, Redirect.normalise_path(base, decode_unicode=False))
        page = found.redirect_page if found else None
        if page is None or found.link is None:
            return response
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        address = f"{found.link.rstrip('/')}/{action}{query}"
        if leads_back(request, address):
            return response
        return self._guarded(request, response, sent_to(request, address), page)

    def _page(self, request):
        full = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        found = get_redirect(request, full) or get_redirect(request, urlparse(full).path)
        return found.redirect_page if found else None


def leads_back(request, address: str) -> bool:
    """A page that moved away and back has an old address that is its own."""
    return urlparse(address).path.rstrip("/") == request.path.rstrip("/")


def parted(path: str) -> tuple[str, str] | None:
    """« /a/b/versions/3/ » as (« /a/b/ », « versions/3/ »); None when no screen is named."""
    words = path.strip("/").split("/")
    rank = next((rank for rank, word in enumerate(words) if rank and word in ACTIONS), None)
    if rank is None:
        return None
    return f"/{'/'.join(words[:rank])}/", f"{'/'.join(words[rank:])}/"


def sent_to(request, address: str):
    """A form keeps what it holds: the browser sends it again to the new address."""
    if request.method == "POST":
        return HttpResponseRedirect(address, preserve_request=True)
    return HttpResponsePermanentRedirect(address)
