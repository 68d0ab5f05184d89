"""Old addresses lead to the new ones, without telling closed pages to those shut out."""

from urllib.parse import urlparse

from django.contrib.auth.views import redirect_to_login
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from wiki.visibility import can_read, is_closed_to


class ReadableRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects; the address of a page that the reader may not read stays unsaid."""

    def process_response(self, request, response):
        answer = super().process_response(request, response)
        if answer is response:
            return response
        page = self._page(request)
        if page is None or can_read(request.user, page):
            return answer
        if not request.user.is_authenticated and is_closed_to(request.user, page.url_path):
            return redirect_to_login(request.get_full_path())
        return response

    def _page(self, request):
        full = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        found = get_redirect(request, full) or get_redirect(request, urlparse(full).path)
        return found.redirect_page if found else None
