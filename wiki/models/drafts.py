"""What people type before they publish: rows of their own, read by nobody else."""

from django.conf import settings
from django.db import models
from wagtail.models import Page


class Draft(models.Model):
    """What one person typed in one open form, not published yet.

    `key` is the key of that form: two tabs of one person are two drafts. `data` holds the
    fields as they were typed, valid or not: names and lists of values. A draft of a new page
    has no `page`, but its `kind` and the `parent` it goes under. `audience`: for whom the page
    was when it was typed, None for everybody; it is opened to nobody else.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    key = models.UUIDField()
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="drafts"
    )
    parent = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    audience = models.ForeignKey(
        "wiki.Audience", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=255, blank=True)
    first_words = models.CharField(max_length=160, blank=True, default="")
    base = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="one_draft_a_form"),
        ]

    def __str__(self):
        return f"{self.title} ({self.person_id})"


class Presence(models.Model):
    """A form that somebody has open on a page; it locks nothing."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="presences")
    key = models.UUIDField()
    since = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="one_presence_a_form"),
        ]

    def __str__(self):
        return f"{self.person_id} · {self.page_id}"
