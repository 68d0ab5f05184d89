"""How often one may try a password, or ask for a new one.

What is counted stands in the tables of django-axes, in the database that all processes share.
A wait is for one account at one address. It grows from 1 to 15 minutes. Two wider ones stop
whoever tries one account from many addresses, or many accounts from one; where somebody has
come in before, they do not apply to them: a library shares one address. While one waits,
tries are neither answered nor counted.
"""

from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiki.http.client_address import client_address

FREE = 5  # wrong passwords of one account at one address
FREE_EVERYWHERE = 30  # wrong passwords of one account, wherever they come from
FREE_NAMES = 15  # accounts tried with a wrong password from one address
LONGEST = 15  # minutes
HOUR = timedelta(hours=1)
COUNTED_FOR = timedelta(hours=24)  # without a wrong password, one starts again
KNOWN_FOR = timedelta(days=30)
LINKS_A_PERSON, LINKS_AN_ADDRESS = 3, 30  # an hour


class Try(NamedTuple):
    """The wrong passwords of one account at one address, and when the last one was."""

    account: str
    address: str | None
    failures: int
    at: datetime


def account_of(name: str | None) -> str:
    return (name or "").casefold()[:255]


def waits_until(request, name: str) -> datetime | None:
    """When this account may be tried again from there; None is now."""
    now, account, address = timezone.now(), account_of(name), client_address(request)
    tries = recent_tries(account, address, now)
    here = [one for one in tries if (one.account, one.address) == (account, address)]
    moments = [end_of_wait(sum(counts(here)), FREE, here)]
    lately = [one for one in tries if one.at > now - HOUR]
    on_account = [one for one in lately if one.account == account]
    names = [one for one in lately if address and one.address == address]
    wider = [
        end_of_wait(sum(counts(on_account)), FREE_EVERYWHERE, on_account),
        end_of_wait(len(names), FREE_NAMES, names),
    ]
    if any(wider) and not is_known(account, address, now):
        moments += wider
    return max((moment for moment in moments if moment and moment > now), default=None)


def recent_tries(account: str, address: str | None, now: datetime) -> list[Try]:
    rows = AccessAttempt.objects.filter(Q(username=account) | Q(ip_address=address))
    names = ("username", "ip_address", "failures_since_start", "attempt_time")
    since = rows.filter(attempt_time__gt=now - COUNTED_FOR).order_by("-attempt_time")
    return [Try(*values) for values in since.values_list(*names)[:500]]


def counts(tries: list[Try]) -> list[int]:
    return [one.failures for one in tries]


def end_of_wait(failures: int, free: int, tries: list[Try]) -> datetime | None:
    if failures < free:
        return None
    minutes = min(2 ** min(failures - free, 10), LONGEST)
    return max(one.at for one in tries) + timedelta(minutes=minutes)


def is_known(account: str, address: str | None, now: datetime) -> bool:
    """This account came in from this address lately."""
    logs = AccessLog.objects.filter(username=account, ip_address=address)
    return bool(address) and logs.filter(attempt_time__gt=now - KNOWN_FOR).exists()


def count_failure(request, name: str) -> None:
    now = timezone.now()
    AccessAttempt.objects.filter(attempt_time__lt=now - COUNTED_FOR).delete()
    row, made = AccessAttempt.objects.get_or_create(
        username=account_of(name),
        ip_address=client_address(request),
        user_agent="",
        defaults={"failures_since_start": 1},
    )
    if not made:
        more = {"failures_since_start": F("failures_since_start") + 1, "attempt_time": now}
        AccessAttempt.objects.filter(pk=row.pk).update(**more)


def note_success(request, name: str) -> None:
    """The count starts again there; the address is known for a month."""
    account, address, now = account_of(name), client_address(request), timezone.now()
    if address is None:
        return
    AccessAttempt.objects.filter(username=account, ip_address=address).delete()
    logs = AccessLog.objects.filter(username=account, ip_address=address)
    if not logs.update(attempt_time=now):
        AccessLog.objects.filter(attempt_time__lt=now - KNOWN_FOR).delete()
        AccessLog.objects.create(username=account, ip_address=address)


def forget_failures(name: str) -> None:
    """A new password: what was tried with the old one counts no more."""
    AccessAttempt.objects.filter(username=account_of(name)).delete()


def please_wait(until: datetime) -> str:
    minutes = ceil((until - timezone.now()).total_seconds() / 60) or 1
    when = ngettext(
        "Too many wrong passwords. Wait %(minutes)s minute, then try again.",
        "Too many wrong passwords. Wait %(minutes)s minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}
    return when + " " + _("Or press “I have forgotten my password”: a new password works at once.")


def asks_too_often(request, email: str) -> str | None:
    """Why no link is sent now, in words; the same for known and unknown addresses."""
    asked = AccessFailureLog.objects.filter(attempt_time__gt=timezone.now() - HOUR)
    if asked.filter(username=account_of(email)).count() >= LINKS_A_PERSON:
        return _(
            "A link was asked for three times for this address within the hour. Look at your "
            "mail, and among the unwanted messages. You can ask again in an hour."
        )
    address = client_address(request)
    if address and asked.filter(ip_address=address).count() >= LINKS_AN_ADDRESS:
        return _("Too many links were asked for from this place. You can ask again in an hour.")
    return None


def count_asking(request, email: str) -> None:
    now = timezone.now()
    AccessFailureLog.objects.filter(attempt_time__lt=now - HOUR).delete()
    AccessFailureLog.objects.create(
        username=account_of(email), ip_address=client_address(request), path_info=request.path[:255]
    )


class NoTryWhileOneWaits(AxesStandaloneBackend):
    """Stands before the backend that looks at passwords; what has no request is no visitor."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if request is not None:
            super().authenticate(request, username, password, **kwargs)


class GrowingWait(AxesDatabaseHandler):
    """How django-axes asks this module, at every door where a password is tried."""

    def is_allowed(self, request, credentials=None) -> bool:
        return waits_until(request, (credentials or {}).get("username")) is None

    def get_failures(self, request, credentials=None) -> int:
        return 0

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        if request is not None and self.is_allowed(request, credentials):
            count_failure(request, credentials.get("username"))

    def user_logged_in(self, sender, request, user, **kwargs):
        note_success(request, user.get_username())

    def user_logged_out(self, sender, request, user, **kwargs):
        """Nothing is kept of that."""
