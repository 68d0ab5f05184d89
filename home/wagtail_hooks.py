"""The home page in the admin: its doors name pages, and one edits those that one may know."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from home.models import HomePage
from wiki.admin.known_pages import known_pages


@hooks.register("before_edit_page")
def doors_that_one_may_know(request, page):
    if request.user.is_superuser or not isinstance(page.specific, HomePage):
        return None
    doors = Page.objects.filter(pk__in=_doors(page.specific))
    if known_pages(request.user, doors).count() == doors.count():
        return None
    said = _(
        "One of the doors of the home page leads to a page that is closed to you. "
        "Ask somebody who may read that page to change the home page."
    )
    messages.warning(request, said)
    return redirect("wagtailadmin_home")


def _doors(home: HomePage) -> set[int]:
    newest = home.get_latest_revision_as_object()
    held = [*home.doors.raw_data, *newest.doors.raw_data]
    return {door["value"]["page"] for door in held if door["value"]["page"]}
