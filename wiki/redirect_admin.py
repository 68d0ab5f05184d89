"""Old addresses in the admin: those that lead to a closed page, or that name a closed place,
are not listed to who may not know it."""

from django.db.models import Q
from django.urls import path
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import IndexView
from wagtail.models import Page

from wiki import addresses
from wiki.known import known_pages
from wiki.visibility import closed_restrictions


def known_redirects(user):
    if user.is_superuser:
        return Redirect.objects.all()
    to_nothing_closed = Q(redirect_page=None) | Q(
        redirect_page__in=known_pages(user, Page.objects.all())
    )
    rows = Redirect.objects.filter(to_nothing_closed)
    for address in closed_addresses(user):
        old = Q(old_path=address.rstrip("/")) | Q(old_path__startswith=address)
        rows = rows.exclude(old | Q(redirect_link__contains=address))
    return rows


def closed_addresses(user) -> list[str]:
    """Where the places stand that this person may not enter."""
    closed = closed_restrictions(user).values_list("page__url_path", flat=True).distinct()
    return [address for url_path in closed if (address := addresses.url_of(url_path))]


class KnownRedirects(IndexView):
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
