"""Errors that readers report, without an account nor a cookie, and the list of them.

What keeps machines away: a field that people do not see, a form that was not opened just before,
and a few reports a day from one address. Of that address a digest is kept for a day, made with a
salt of that day.
"""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from wiki.client_address import client_address
from wiki.models import Report, ReportSender, Version
from wiki.visibility import visible_to

MOST_A_DAY = 5  # from one address
MOST_OF_ALL = 300  # a day, whoever sends them: the list stays one that people read
SOONEST = timedelta(seconds=3)
LATEST = timedelta(days=1)
KEPT = timedelta(days=1)
_signer = signing.TimestampSigner(salt="wiki.reports")


def token_for(page) -> str:
    """What a form carries: the page it is about, and when it was opened."""
    return _signer.sign(str(page.pk))


def is_in_time(token: str, page) -> bool:
    """Whether the form of this page was opened some seconds ago, and within a day."""
    try:
        about = _signer.unsign(token, max_age=LATEST)
    except signing.BadSignature:
        return False
    return about == str(page.pk) and not _is_just_opened(token)


def _is_just_opened(token: str) -> bool:
    try:
        _signer.unsign(token, max_age=SOONEST)
    except signing.SignatureExpired:
        return False
    return True


def may_send(request) -> bool:
    """Whether this address, and all together, wrote less than they may today."""
    ReportSender.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
    sent = ReportSender.objects.filter(digest=_digest(request)).count()
    return sent < MOST_A_DAY and ReportSender.objects.count() < MOST_OF_ALL


def _digest(request) -> str:
    today = timezone.localdate().isoformat()
    return salted_hmac(f"wiki.reports.{today}", client_address(request) or "").hexdigest()


@transaction.atomic
def keep(request, page, text: str) -> None:
    """The same words on the same page are kept once while they wait."""
    ReportSender.objects.create(digest=_digest(request))
    number = Version.objects.filter(page_id=page.pk).order_by("-number").values_list("number")
    read = number.first() or (0,)
    known = Report.objects.filter(page_id=page.pk, settled_at=None, text=text)
    if not known.exists():
        Report.objects.create(page_id=page.pk, version=read[0], text=text)


def waiting(user) -> QuerySet[Report]:
    """The reports that nobody has dealt with, of pages that this person may read."""
    pages = visible_to(user).values("pk")
    found = Report.objects.filter(settled_at=None, page__in=pages).select_related("page")
    return found.order_by("-created_at", "-pk")


def settle(report: Report, user) -> None:
    """Two who press at once agree: the first is kept."""
    unsettled = Report.objects.filter(pk=report.pk, settled_at=None)
    unsettled.update(settled_at=timezone.now(), settled_by=user)
