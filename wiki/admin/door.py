"""The door of Wagtail's admin: all its addresses are closed, save those let in by name.

A screen is let in for a right, with a judge for each thing that its address names; an address
that names a thing without a judge is not found, nor is a thing that this person may not know.
Superusers pass everywhere. The decision is docs/decisions/0017.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import render
from django.urls import Resolver404, resolve

from wiki.access.permissions import can_facilitate, can_write
from wiki.text import spreadsheets

ADMIN = "admin/"
FOR_EVERYBODY = {  # they lead to the site's own screens
    *("admin_login", "admin_logout", "admin_account"),
    *("admin_password_reset", "admin_password_reset_rest", "admin_new_password"),
}
IDS = {"pk", "instance_pk", "object_id"}  # as routes that take any text name them
LONGEST_ID = 18  # figures: what a database keeps as a number
FACILITATORS, ADMINISTRATORS = "wiki.facilitate", "wiki.change_user"

Judge = Callable[[object, object], bool]  # whether this person may know the thing of this id


@dataclass(frozen=True)
class AdminScreen:
    """Who comes to it, who may know what its address and its query name, or where it leads."""

    right: str
    named: dict[str, Judge]
    asked: Callable | None = None  # of the request: whether its query and its form name open things
    leads_to: Callable | None = None  # of the request and its page: the site's own answer

    def shows(self, request, args, kwargs) -> bool:
        user = request.user
        if args or not kwargs.keys() <= self.named.keys():
            return False
        if not all(self.named[name](user, value) for name, value in kwargs.items()):
            return False
        return self.asked is None or self.asked(request)


SCREENS: dict[str, AdminScreen] = {}


def let_in(right: str, screens: dict[str, dict[str, Judge]], **more) -> None:
    """Open screens, by the names of their routes, to those who have a right."""
    for name, named in screens.items():
        SCREENS[name] = AdminScreen(right, named, **more)


def screen_for(user, name: str) -> AdminScreen | None:
    screen = SCREENS.get(name)
    enters = user.has_perms(["wagtailadmin.access_admin", FACILITATORS])
    return screen if screen and enters and user.has_perm(screen.right) else None


def is_open(user, address: str) -> bool:
    """Whether an address leads this person somewhere: menus and buttons show no others."""
    if user.is_superuser:
        return True
    parts = urlsplit(address)
    if parts.netloc:
        return False
    try:
        match = resolve(parts.path)
    except Resolver404:
        return False
    if not match.route.startswith(ADMIN) or match.view_name in FOR_EVERYBODY:
        return True
    return screen_for(user, match.view_name) is not None


class AdminDoorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(f"/{ADMIN}") and spreadsheets.is_export(response):
            response.streaming_content = spreadsheets.harmless(response.streaming_content)
        return response

    def process_view(self, request, view, args, kwargs):
        match, user = request.resolver_match, request.user
        if not match.route.startswith(ADMIN) or match.view_name in FOR_EVERYBODY:
            return None
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not all(map(is_id, (kwargs[name] for name in IDS & kwargs.keys()))):
            raise Http404
        if user.is_superuser:
            return None
        screen = screen_for(user, match.view_name)
        if screen is None:
            return closed(request)
        if not screen.shows(request, args, kwargs):
            raise Http404
        return screen.leads_to(request, kwargs) if screen.leads_to else None


def is_id(value) -> bool:
    """Whether a row could have it: several screens of Wagtail ask the database for anything."""
    return str(value).isdecimal() and len(str(value)) <= LONGEST_ID


def closed(request):
    """What one looked for is elsewhere on the site, or for others: this says where, or whom."""
    user = request.user
    context = {
        "writes": can_write(user),
        "facilitates": can_facilitate(user),
        "administers": user.has_perm(ADMINISTRATORS),
    }
    return render(request, "wiki/admin_closed.html", context, status=403)
