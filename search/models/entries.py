"""What the search knows of pages: their entries, and what stands beside them."""

from django.db import models
from wagtail.models import Page

from wiki.internals.compiled import Compiled
from wiki.models import SiteRevision


class SearchEntry(models.Model):
    """What the search knows of a page; written in the transaction that publishes it.

    The `*_stems` columns and `words` are the terms that `search.language.analysis` made. On SQLite
    triggers keep two full-text tables equal to them (migration 0002); on
    PostgreSQL two more columns are computed from them (migration 0002).
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
    file_stems = models.TextField(blank=True)
    words = models.TextField(blank=True)

    def __str__(self):
        return f"{self.kind} {self.page_id}"

    def set_named(self, page_ids: list[int]) -> None:
        """Replace the pages that this one names by its typed fields, readable or not."""
        if set(_named_by(self.pk)) == set(page_ids):
            return
        self.named.all().delete()
        NamedPage.objects.bulk_create(NamedPage(entry=self, named=pk) for pk in set(page_ids))


_named_by = Compiled(lambda pk: NamedPage.objects.filter(entry=pk).values_list("named", flat=True))


class EntryMetadata(models.Model):
    """What filters, counts and rights need of an entry: a narrow row, kept in memory too.

    `facets`: name of a facet → value as addresses write it → its name, for example
    `{"topic": {"mots-de-passe": "Mots de passe"}}`. `restrictions`: ids of the view
    restrictions above the page; the entry may be found by those whom none of them stops.
    `name_length`: words that tell in the title. `stamp`: the site's stamp as the writing
    transaction saw it: who keeps facts in memory asks for those that came since.
    """

    entry = models.OneToOneField(
        SearchEntry, primary_key=True, on_delete=models.CASCADE, related_name="metadata"
    )
    changed_at = models.DateTimeField()
    name_length = models.PositiveSmallIntegerField(default=0)
    facets = models.JSONField(default=dict, blank=True)
    restrictions = models.JSONField(default=list, blank=True)
    stamp = models.BigIntegerField(db_index=True)

    def __str__(self):
        return f"{self.entry_id} at {self.stamp}"


class NamedPage(models.Model):
    """A page whose title another one shows: the entry changes when that title may not be
    read any longer, or is another one."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="named")
    named = models.PositiveIntegerField(db_index=True)  # no constraint: outlives the page

    def __str__(self):
        return f"{self.entry_id} names {self.named}"


class Tombstone(models.Model):
    """A page that the index forgot, with the site's stamp, for what is kept in memory."""

    page_id = models.BigIntegerField(primary_key=True)
    stamp = models.BigIntegerField(db_index=True)

    def __str__(self):
        return f"{self.page_id} at {self.stamp}"


class VocabularyWord(models.Model):
    """A folded word that a page open to everybody holds, or held: the vocabulary in which
    faults of spelling are mended. What is suggested is verified for each reader."""

    word = models.CharField(max_length=60, unique=True)
    written = models.CharField(max_length=60)  # with its accents

    def __str__(self):
        return self.word


class PageNamesQuerySet(models.QuerySet):
    def keep(self, page_id: int, names: str) -> None:
        """Write the names of a page, marked with the site's stamp, when they are new."""
        if names not in _names_of(page_id):
            marked = {"names": names, "stamp": SiteRevision.current()}
            self.update_or_create(page_id=page_id, defaults=marked)


_names_of = Compiled(
    lambda page_id: PageNames.objects.filter(page_id=page_id).values_list("names", flat=True)
)


class PageNames(models.Model):
    """The folded names of a published page, one a line, for the completion of titles.

    `stamp` is the site's stamp as the writing transaction saw it: who keeps names in memory
    asks for those that came since.
    """

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="+")
    names = models.TextField()
    stamp = models.BigIntegerField(db_index=True)

    objects = PageNamesQuerySet.as_manager()

    def __str__(self):
        return self.names
