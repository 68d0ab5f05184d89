"""Errors that readers report, without an account nor a cookie, and the list of them.

What keeps machines away: a field that people do not see, a form that was not opened just before,
and a few reports a day from one sender. Who sends is told apart by a few bits of a hash, with a
salt drawn each day and deleted after it: docs/decisions/0020.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F, Max, QuerySet, Sum
from django.utils import timezone

from wiki.access.visibility import is_readable
from wiki.http.client_address import client_address
from wiki.models import DaySalt, Report, ReportSender, Version

MOST_A_DAY = 10  # from one sender: a library shares one address
MOST_OF_ALL = 300  # a day, whoever sends them: the list stays one that people read
SOONEST = timedelta(seconds=3)
LATEST = timedelta(days=1)
SETTLED_KEPT = timedelta(days=90)
BITS = 16  # of the hash: some 65,000 addresses of the older kind share each value
_signer = signing.TimestampSigner(salt="wiki.dashboards.reports")


class TooSoon(Exception):
    """The form was opened too short a time ago, or too long."""


class TooMany(Exception):
    """This sender, or all together, wrote as much as they may today."""


# The form.


def token_for(page) -> str:
    """What a form carries: the page it is about, and when it was opened."""
    return _signer.sign(str(page.pk))


def is_of(page, token: str) -> bool:
    """Whether this site gave this token for a form of this page."""
    try:
        return _signer.unsign(token) == str(page.pk)
    except signing.BadSignature:
        return False


def is_in_time(token: str) -> bool:
    """Of a token of this site: opened some seconds ago at least, and within a day."""
    return _is_older(token, SOONEST) and not _is_older(token, LATEST)


def _is_older(token: str, age: timedelta) -> bool:
    try:
        _signer.unsign(token, max_age=age)
    except signing.SignatureExpired:
        return True
    return False


# Who sends.


def count_one(request) -> None:
    """One more from this sender; raises TooMany, and nothing is counted."""
    day = today()
    sent = day.senders.aggregate(total=Sum("total"))["total"] or 0
    row, _made = ReportSender.objects.get_or_create(day=day, digest=digest_of(request, day.salt))
    counted = ReportSender.objects.filter(pk=row.pk, total__lt=MOST_A_DAY)
    if sent >= MOST_OF_ALL or not counted.update(total=F("total") + 1):
        raise TooMany


def today() -> DaySalt:
    DaySalt.forget()
    fresh = {"salt": secrets.token_bytes(32)}
    return DaySalt.objects.get_or_create(day=timezone.localdate(), defaults=fresh)[0]


def digest_of(request, salt: bytes) -> int:
    """Of the address; of the account of somebody logged in, as a whole place shares an address."""
    person = request.user.pk if request.user.is_authenticated else None
    sender = f"person {person}" if person else f"address {client_address(request)}"
    whole = hmac.new(bytes(salt), sender.encode(), hashlib.sha256).digest()
    return int.from_bytes(whole[: BITS // 8])


# What is reported.


@transaction.atomic
def keep(request, page, text: str) -> None:
    """The same words on the same page are kept once while they wait; raises TooMany."""
    known = Report.objects.filter(page_id=page.pk, settled_at=None, text=text)
    if known.exists():
        return
    count_one(request)
    numbers = Version.objects.filter(page_id=page.pk).order_by("-number")
    read = numbers.values_list("number", flat=True).first() or 0
    Report.objects.create(page_id=page.pk, version=read, text=text)


def known_to(user) -> QuerySet[Report]:
    """Those of pages that this person may read."""
    return Report.objects.filter(is_readable(user, "page_id")).select_related("page")


def waiting(user) -> QuerySet[Report]:
    """The reports that nobody has dealt with yet, the newest first."""
    DaySalt.forget()
    return known_to(user).filter(settled_at=None).order_by("-created_at", "-pk")


def newest_versions(listed) -> dict[int, int]:
    """The number of the version of today, by the page of each of these reports."""
    versions = Version.objects.filter(page_id__in=[report.page_id for report in listed])
    return dict(versions.values_list("page_id").annotate(Max("number")))


@transaction.atomic
def settle(report: Report, user) -> bool:
    """Two who press at once agree, and the first is kept; whether this was the first."""
    now = timezone.now()
    Report.objects.filter(settled_at__lt=now - SETTLED_KEPT).delete()
    unsettled = Report.objects.filter(pk=report.pk, settled_at=None)
    return bool(unsettled.update(settled_at=now, settled_by=user))


def take_back(report: Report) -> None:
    """Pressed by mistake: it waits again."""
    Report.objects.filter(pk=report.pk).update(settled_at=None, settled_by=None)
