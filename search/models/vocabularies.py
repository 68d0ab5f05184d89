"""What facilitators write for the search, and what they read of it."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from wiki.models import SiteRevision


class Vocabulary(models.Model):
    """Rows that change what searches give as soon as they change: pages kept whole and what
    each process keeps in memory are out of date in the same transaction."""

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        SiteRevision.bump()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        SiteRevision.bump()
        return super().delete(*args, **kwargs)


class Synonym(Vocabulary):
    """Words that mean the same, looked for together: « mdp, mot de passe »."""

    words = models.CharField(
        _("words that mean the same"),
        max_length=255,
        help_text=_("Parted by commas, for example: mdp, mot de passe, code secret."),
    )

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        ordering = ["words"]

    def __str__(self):
        return self.words


class Promoted(Vocabulary):
    """A page that facilitators put first for given words."""

    words = models.TextField(
        _("words searched for"),
        help_text=_("One search a line. The page comes first when a search holds these words."),
    )
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page put first")
    )

    class Meta:
        verbose_name = _("promoted answer")
        verbose_name_plural = _("promoted answers")

    def __str__(self):
        return self.words.partition("\n")[0]


class ZeroResultSearch(models.Model):
    """A search that found nothing, or of which nothing was opened: words only, nobody's.

    `digest` knows the words again before they may be written: `words` stays empty until
    they are searched for on a second day. Forgotten a year after `last_on`.
    """

    digest = models.CharField(max_length=64, unique=True)
    words = models.CharField(_("words searched for"), max_length=200, blank=True)
    first_on = models.DateField(_("first time"))
    last_on = models.DateField(_("last time"), db_index=True)
    without_answer = models.PositiveIntegerField(_("without an answer"), default=0)
    without_click = models.PositiveIntegerField(_("nothing opened"), default=0)

    class Meta:
        verbose_name = _("search without an answer")
        verbose_name_plural = _("searches without an answer")
        ordering = ["-last_on", "words"]

    def __str__(self):
        return self.words
