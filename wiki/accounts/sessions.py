"""How long one stays logged in: two weeks at home, as long as one is there on a shared computer.

At home the two weeks start again each day that one comes. On a shared computer the cookie
goes with the browser, and half an hour without a sign of anybody ends the session.
"""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.utils.translation import gettext as _

SHARED, SEEN = "kb_shared", "kb_seen"
IDLE = 30 * 60  # seconds
NOTED_EVERY = 60
DAY = 24 * 3600
BY_ITSELF = {"be_present", "draft_state"}  # what an open page asks is no sign of anybody


def begin(request, shared: bool) -> None:
    """After a login."""
    request.session[SHARED] = shared
    request.session[SEEN] = int(time.time())
    request.session.set_expiry(0 if shared else None)


def is_shared(request) -> bool:
    return bool(request.session.get(SHARED))


class SessionAgeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return
        if request.user.is_authenticated and SEEN in request.session:
            keep_or_end(request, int(time.time()) - request.session[SEEN])


def keep_or_end(request, idle: int) -> None:
    """`idle`: seconds since the last sign of somebody."""
    shared = is_shared(request)
    if shared and idle > IDLE:
        logout(request)
        is_screen = request.method == "GET" or request.path.startswith("/admin/")
        if is_screen and not asked_by_itself(request):
            messages.info(request, _("You were logged out: nobody did anything for half an hour."))
    elif idle > (NOTED_EVERY if shared else DAY) and not asked_by_itself(request):
        request.session[SEEN] = int(time.time())


def asked_by_itself(request) -> bool:
    return request.resolver_match.url_name in BY_ITSELF


def close_others(request) -> None:
    """Every other session of this person ends; this one goes on."""
    person = request.user
    person.sessions_closed += 1
    person.save(update_fields=["sessions_closed"])
    update_session_auth_hash(request, person)
