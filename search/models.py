from django.db import models
from wagtail.models import Page


class SearchEntry(models.Model):
    """What the search knows of a page; written in the transaction that publishes it.

    The `*_stems` columns and `words` are the terms that `search.analysis` made. On SQLite
    triggers keep the full-text table `search_index` equal to them (migration 0002).
    Who may see an entry is asked of the page itself, inside the same query.
    """

    page = models.OneToOneField(
        Page, primary_key=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    kind = models.CharField(max_length=20, db_index=True)
    lead = models.TextField(blank=True)
    text = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    title_stems = models.TextField(blank=True)
    wording_stems = models.TextField(blank=True)
    lead_stems = models.TextField(blank=True)
    topic_stems = models.TextField(blank=True)
    body_stems = models.TextField(blank=True)
    words = models.TextField(blank=True)

    def __str__(self):
        return f"{self.kind} {self.page_id}"

    def set_named(self, page_ids: list[int]) -> None:
        """Replace the pages that this one names by its typed fields, readable or not."""
        self.named.all().delete()
        NamedPage.objects.bulk_create(NamedPage(entry=self, named=pk) for pk in set(page_ids))


class NamedPage(models.Model):
    """A page whose title another one shows: the entry changes when that title may not be
    read any longer, or is another one."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="named")
    named = models.PositiveIntegerField(db_index=True)  # no constraint: outlives the page

    def __str__(self):
        return f"{self.entry_id} names {self.named}"
