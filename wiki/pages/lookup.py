"""From a site path to the page, for readers who may see it."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.models import Page

from wiki.access.visibility import is_closed_to, visible_to
from wiki.pages.navigation import navigation_of
from wiki.text import addresses
from wiki.text.numbers import whole_number


class NoPage(Http404):
    """No page that this reader may know stands at `url_path`; it may be in the trash."""

    def __init__(self, url_path: str):
        super().__init__()
        self.url_path = url_path


class NotThatPage(Exception):
    """The page that the form was opened on is not one that its writer reads; another one may
    have its address, `path`."""

    def __init__(self, path: str):
        super().__init__(path)
        self.path = path


def with_page(view):
    """Give the view the readable page at `path`, else answer as `absent` does.

    `NoPage` and `NotThatPage` are answered by `wiki.editing.deleted_page`, which knows what was
    being written.
    """

    @wraps(view)
    def found(request, path="", **kwargs):
        if "\x00" in path:
            raise Http404
        request.kb_navigation = navigation_of(request.user, path or "/")
        if is_meant_for_another(request):
            request.kb_navigation = navigation_of(request.user, address_meant(request, path))
        if request.kb_navigation.page is None:
            return absent(request, path)
        return view(request, request.kb_navigation.page, **kwargs)

    return found


def is_meant_for_another(request) -> bool:
    """A form was opened on a page that stands elsewhere now; another one may have its address."""
    here, meant = request.kb_navigation.page, page_meant(request)
    return bool(meant) and request.user.is_authenticated and (here is None or here.pk != meant)


def address_meant(request, path: str) -> str:
    """Where the page of the form stands; raises NotThatPage when its writer may not read it."""
    pages = visible_to(request.user, Page.objects.filter(pk=page_meant(request)))
    found = pages.first()
    if found is None:
        raise NotThatPage(path)
    return addresses.url_of(found.url_path)


def page_meant(request) -> int:
    return whole_number(request.POST.get("page"))


def absent(request, path: str):
    """A restricted page asks anonymous readers to log in and says no to the others; where there
    is none, NoPage is raised."""
    url_path = addresses.site_path(path)
    if not is_closed_to(request.user, url_path):
        raise NoPage(url_path)
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
