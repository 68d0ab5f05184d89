"""What happened to pages besides publications: moved, put in the trash, taken back."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from wiki.models.versions import Audience


class Event(models.Model):
    """One move, deletion or restoration; `audience` is who could read the page before it."""

    class Kind(models.TextChoices):
        MOVE = "move", _("moved")
        TRASH = "trash", _("put in the trash")
        RETURN = "return", _("taken back from the trash")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=255)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    author_name = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    note = models.CharField(max_length=200, blank=True)
    audience = models.ForeignKey(Audience, null=True, blank=True, on_delete=models.PROTECT)
    place_before = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    place_after = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self):
        return f"{self.title} · {self.kind}"

    @property
    def signature(self) -> str:
        return self.author_name or str(_("former member"))


class TrashedPage(models.Model):
    """What a page of the trash needs to come back: its place, its address, what was published.

    One row for the page that was deleted; those below it follow it. `published` holds the
    ids of those that were published.
    """

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE)
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="trashed")
    parent = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    slug = models.CharField(max_length=255)
    published = models.JSONField(default=list)

    def __str__(self):
        return self.slug
