"""Who links to whom, what is linked to but not written yet, and links that are broken."""

from django.db import models
from wagtail.models import Page


class PageTitle(models.Model):
    """The title of a published page, folded, so that a wanted title finds it."""

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255, db_index=True)

    def __str__(self):
        return self.key


class PageLink(models.Model):
    """A link of the published text of `source`: to a page, or to a title nobody wrote yet."""

    source = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.CASCADE, related_name="links_in"
    )
    wanted = models.CharField(max_length=255, blank=True)
    wanted_key = models.CharField(max_length=255, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"],
                name="one_link_a_target",
                condition=models.Q(target__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["source", "wanted_key"],
                name="one_link_a_wanted_title",
                condition=models.Q(target__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.source_id} → {self.target_id or self.wanted}"


class BrokenLink(models.Model):
    """An address of the web that a page gives and that does not answer, as last checked."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="broken_links")
    url = models.CharField(max_length=2000)
    reason = models.CharField(max_length=40)
    first_seen_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField()

    def __str__(self):
        return f"{self.url} ({self.reason})"
