"""What readers say is wrong on a page, and how often each wrote today."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page


class Report(models.Model):
    """An error that a reader saw on a page; it names nobody.

    `version`: the number of the version that was read. `settled_at`: when a facilitator said
    that it is dealt with, None while it waits.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="reports")
    version = models.PositiveIntegerField(default=0)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    settled_at = models.DateTimeField(null=True, blank=True, db_index=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    def __str__(self):
        return f"{self.page_id} · {self.created_at:%Y-%m-%d}"


class DaySalt(models.Model):
    """Random bytes that serve for one day; when they are deleted, nobody tells any more whose
    address a digest was made of, the site's keys notwithstanding."""

    day = models.DateField(unique=True)
    salt = models.BinaryField()

    def __str__(self):
        return f"{self.day:%Y-%m-%d}"

    @classmethod
    def forget(cls, today: date | None = None) -> None:
        """The salts of other days go, with what was counted under them."""
        old = cls.objects.exclude(day=today or timezone.localdate())
        if old.exists():  # most of the time nothing is to be written
            old.delete()


class ReportSender(models.Model):
    """How many reports came from one sender today.

    `digest`: some bits only of a salted hash, which thousands of addresses share. No time: rows
    say nothing of which report came from whom.
    """

    day = models.ForeignKey(DaySalt, on_delete=models.CASCADE, related_name="senders")
    digest = models.PositiveIntegerField()
    total = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "digest"], name="one_row_a_sender"),
        ]

    def __str__(self):
        return f"{self.day_id} · {self.digest}"
