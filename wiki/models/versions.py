"""Versions: each publication, its own copy of the content, who could read it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Audience(models.Model):
    """Who could read a version when it was published, as restrictions had it that day.

    `key` holds clauses joined by `&`: `login`, or `groups:` and sorted group ids joined
    by commas. All clauses must hold. A version that everybody could read has none.
    """

    key = models.CharField(max_length=255, unique=True)

    def __str__(self):
        return self.key


class VersionQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-number")

    def without_content(self):
        return self.defer("content")


class Version(models.Model):
    """One publication of a page, with its own copy of the content; never rewritten."""

    class Origin(models.TextChoices):
        CREATION = "creation", _("creation")
        EDIT = "edit", _("edit")
        IMPORT = "import", _("import")
        RESTORE = "restore", _("restored version")
        MERGE = "merge", _("merge")
        RENAMING = "renaming", _("new title")
        UNDO = "undo", _("change undone")
        OPENING = "opening", _("opening to more readers")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    size = models.PositiveIntegerField(help_text="Length of the readable text, in characters.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="versions",
    )
    author_name = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    summary = models.CharField(max_length=200, blank=True)
    minor = models.BooleanField(default=False)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.EDIT)
    audience = models.ForeignKey(Audience, null=True, blank=True, on_delete=models.PROTECT)
    key = models.UUIDField(null=True, blank=True, unique=True)
    content_digest = models.CharField(
        max_length=64,
        blank=True,
        help_text="SHA-256 of the content sent with `key`, to tell a retry from a new text.",
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_number_a_page"),
        ]
        indexes = [models.Index(fields=["author_name", "created_at"], name="version_by_name")]
        permissions = [
            ("write_pages", _("Write pages")),
            ("facilitate", _("Facilitate: move, restrict, delete any page, keep topics")),
        ]

    def __str__(self):
        return f"{self.title} ({self.number})"

    @property
    def signature(self) -> str:
        return self.author_name or str(_("former member"))


class FileUse(models.Model):
    """A document or image that a version shows: who may read the version may read the file."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="file_uses")
    document_id = models.PositiveBigIntegerField(null=True, db_index=True)
    image_id = models.PositiveBigIntegerField(null=True, db_index=True)

    def __str__(self):
        return f"{self.version_id} · {self.document_id or self.image_id}"
