"""Old addresses in the admin: those that lead to a closed page, or that name a closed place,
are not listed to who may not know it."""

from django.db.models import Exists, OuterRef, Q
from django.urls import path
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import IndexView
from wagtail.models import Page

from wiki.access.closed_paths import closed_restrictions
from wiki.access.visibility import satisfied_audiences
from wiki.admin.door import FACILITATORS, let_in
from wiki.admin.judges import form_names_open_pages, is_among
from wiki.admin.known_pages import is_known, known_pages
from wiki.models import Version
from wiki.pages.admin_tree import leading_somewhere
from wiki.text import addresses

OF_ONE = ("wagtailredirects:edit", "wagtailredirects:delete")
OF_ALL = ("known_redirects", "known_redirects_results", "wagtailredirects:add")


def known_redirects(user):
    """Those that lead to nothing closed, and that name no place closed now or at its time."""
    if user.is_superuser:
        return Redirect.objects.all()
    to_nothing_closed = Q(redirect_page=None) | is_known(user, "redirect_page_id")
    rows = Redirect.objects.filter(to_nothing_closed)
    for address in closed_addresses(user):
        old = Q(old_path=address.rstrip("/")) | Q(old_path__startswith=address)
        rows = rows.exclude(old | Q(redirect_link__contains=address))
    return rows.filter(Q(automatically_created=False) | Q(pk__in=_of_open_times(user, rows)))


def closed_addresses(user) -> list[str]:
    """Where the places stand that this person may not enter."""
    closed = sorted({one.url_path for one in closed_restrictions(user)})
    return [address for url_path in closed if (address := addresses.url_of(url_path))]


def _of_open_times(user, rows) -> list[int]:
    """Ids of the redirects left by pages of which this person may read every version, whose old
    place is known: a page's address, or another redirect of the sort."""
    unread = (
        Version.objects.filter(page_id=OuterRef("redirect_page_id"))
        .exclude(audience=None)
        .exclude(audience__in=satisfied_audiences(user))
    )
    left = rows.filter(~Exists(unread), automatically_created=True).order_by("old_path")
    left = left.values_list("pk", "old_path")
    places = _open_places(user, {_place_of(old) for _pk, old in left})
    shown = []
    for pk, old in left:  # a place comes before what stood in it
        if _place_of(old) in places:
            places.add(old)
            shown.append(pk)
    return shown


def _place_of(path: str) -> str:
    return path.rpartition("/")[0]


def _open_places(user, paths: set[str]) -> set[str]:
    """Of addresses without their last « / », those of pages that this person may know."""
    root = addresses.site_root_path().rstrip("/")
    asked = Page.objects.filter(url_path__in=[f"{root}{path}/" for path in paths])
    known = known_pages(user, asked).values_list("url_path", flat=True)
    return {addresses.url_of(url_path).rstrip("/") for url_path in known}


class KnownRedirects(IndexView):
    @property
    def header_more_buttons(self):
        return leading_somewhere(self.request.user, super().header_more_buttons)

    def get_base_queryset(self):
        return super().get_base_queryset().filter(pk__in=known_redirects(self.request.user))


# Before Wagtail's own of the same address, which list all of them.
urlpatterns = [
    path("redirects/", KnownRedirects.as_view(), name="known_redirects"),
    path(
        "redirects/results/",
        KnownRedirects.as_view(results_only=True),
        name="known_redirects_results",
    ),
]


def known_redirect(user, pk) -> bool:
    return is_among(known_redirects(user), pk)


def let_in_screens() -> None:
    screens = {name: {"redirect_id": known_redirect} for name in OF_ONE} | {
        name: {} for name in OF_ALL
    }
    let_in(FACILITATORS, screens, asked=form_names_open_pages)
