"""From a site path to the page, for readers who may see it."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.models import Page

from wiki.access.visibility import is_closed_to, visible_to
from wiki.editing import deleted_page, drafts
from wiki.pages.navigation import frame_of
from wiki.text import addresses
from wiki.trash import deleted_pages


def with_page(view):
    """Give the view the readable page at `path`, else answer as `absent` does."""

    @wraps(view)
    def found(request, path="", **kwargs):
        if "\x00" in path:
            raise Http404
        request.kb_frame = frame_of(request.user, path or "/")
        if is_meant_for_another(request):
            if (lost_one := deleted_page.page_asked(request)) and "key" in request.POST:
                return deleted_page.kept_screen(request, lost_one)
            request.kb_frame = frame_of(request.user, address_meant(request, path))
        if request.kb_frame.page is None:
            return absent(request, path)
        return view(request, request.kb_frame.page, **kwargs)

    return found


def is_meant_for_another(request) -> bool:
    """A form was opened on a page that stands elsewhere now; another one may have its address."""
    here, meant = request.kb_frame.page, _page_meant(request)
    return bool(meant) and request.user.is_authenticated and (here is None or here.pk != meant)


def address_meant(request, path: str) -> str:
    """Where the page of the form stands; PermissionDenied when its writer may not read it and
    another page has its address."""
    pages = visible_to(request.user, Page.objects.filter(pk=_page_meant(request)))
    found = pages.first()
    if found is None and request.kb_frame.page is not None:
        raise PermissionDenied
    return addresses.url_of(found.url_path) if found else path


def _page_meant(request) -> int:
    return drafts.number(request.POST.get("page"))


def absent(request, path: str):
    """A restricted page asks anonymous readers to log in and says no to the others.

    One that is in the trash is said to be there, to those who may know.
    """
    url_path = deleted_pages.site_path(path)
    if not is_closed_to(request.user, url_path):
        return deleted_page.answer(request, url_path)
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.get_full_path())


def writers_only(allowed):
    """Ask anonymous people to log in; refuse those for whom `allowed(user)` is false."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not allowed(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
