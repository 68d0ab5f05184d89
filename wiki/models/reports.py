"""What readers say is wrong on a page, and how often they wrote today."""

from django.conf import settings
from django.db import models
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


class ReportSender(models.Model):
    """That somebody wrote, kept a day: a digest of the address with the salt of that day."""

    digest = models.CharField(max_length=64, db_index=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self):
        return f"{self.sent_at:%Y-%m-%d %H:%M}"
