"""What mediators know: practice sheets, training material, deontology guidelines."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.models import Orderable

from practices.querysets import PracticeManager
from wiki.models import WikiPage
from wiki.models.pages import IndexPage
from wiki.pages.listing import FacetColumn
from wiki.text.model_fields import ChoiceListField, MinutesField


class Public(models.TextChoices):
    EVERYBODY = "tous", _("everybody")
    SENIORS = "seniors", _("seniors")
    YOUNG = "jeunes", _("young people")
    JOB_SEEKERS = "demandeurs-emploi", _("job-seekers")
    FAMILIES = "familles", _("families")
    FOREIGN_LANGUAGE = "allophones", _("people who speak little French")
    LITTLE_READING = "illettrisme", _("people who read little")
    PROFESSIONALS = "professionnels", _("professionals and volunteers")


class Level(models.TextChoices):
    FIRST_STEPS = "grand-debutant", _("first steps")
    BEGINNER = "debutant", _("beginner")
    INTERMEDIATE = "intermediaire", _("intermediate")


class Device(models.TextChoices):
    PHONE = "telephone", _("telephone")
    TABLET = "tablette", _("tablet")
    COMPUTER = "ordinateur", _("computer")
    PAPER = "papier", _("paper, no device")


class Family(models.TextChoices):
    PEDAGOGY = "pedagogie", _("pedagogy")
    TECHNIQUE = "technique", _("technique")
    CULTURE = "culture", _("digital culture")
    DEONTOLOGY = "deontologie", _("ethics and deontology")


class Teachable(WikiPage):
    """For whom a sheet or a material is, and on what device."""

    publics = ChoiceListField(_("publics"), choices=Public.choices)
    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True)
    devices = ChoiceListField(_("devices"), choices=Device.choices)

    objects = PracticeManager()

    columns = (
        FacetColumn("public", "publics"),
        FacetColumn("level", "level"),
        FacetColumn("device", "devices"),
    )

    class Meta:
        abstract = True

    @property
    def public_names(self) -> list[str]:
        return type(self)._meta.get_field("publics").labels(self.publics)

    @property
    def device_names(self) -> list[str]:
        return type(self)._meta.get_field("devices").labels(self.devices)

    def facets(self) -> dict[str, dict[str, str]]:
        return {
            column.facet: column.values(type(self), getattr(self, column.name))
            for column in Teachable.columns
        }


class PracticePage(Teachable):
    """A practice sheet: how to teach one thing, step by step."""

    goals = models.TextField(_("goals"), blank=True)
    duration = MinutesField(
        _("duration in minutes"), null=True, blank=True, help_text=_("For instance 45, or 1 h 30.")
    )
    material = models.TextField(_("material"), blank=True, help_text=_("One thing a line."))
    vigilance = models.TextField(_("points of vigilance"), blank=True, help_text=_("One a line."))

    seldom_fields = ("level", "duration", "publics", "devices", "material", "vigilance")

    kind = "fiche"
    kind_rank = 20
    kind_name = _("practice sheet")
    kind_plural = _("practice sheets")
    title_label = _("Title: what people learn to do")
    parent_model = "practices.PracticeIndexPage"
    skeleton = (
        "<h2>Avant de commencer</h2>\n<p></p>\n<h2>Déroulé</h2>\n<ol>\n<li></li>\n</ol>\n"
        "<h2>Variantes</h2>\n<p></p>\n<h2>Je sais…</h2>\n<ul>\n<li></li>\n</ul>"
    )
    template = "practices/practice_page.html"

    class Meta:
        verbose_name = _("practice sheet")
        verbose_name_plural = _("practice sheets")


class TrainingMaterialPage(Teachable):
    """A document or a link to train people or oneself."""

    family = models.CharField(_("family"), max_length=20, choices=Family, blank=True)
    document = models.ForeignKey(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("document"),
    )
    link = models.URLField(_("link"), blank=True)

    leading_fields = ("document", "link")
    hints = {"link": _("A document or a link: one of the two is enough.")}
    duration = None  # the list of an index asks it of each of its pages

    seldom_fields = ("level", "family", "publics", "devices")

    columns = (FacetColumn("family", "family"), *Teachable.columns)

    kind = "support"
    kind_rank = 30
    kind_name = _("training material")
    kind_plural = _("training materials")
    parent_model = "practices.TrainingMaterialIndexPage"
    skeleton = (
        "<h2>De quoi il s’agit</h2>\n<p></p>\n<h2>Comment s’en servir</h2>\n<p></p>\n"
        "<h2>À savoir</h2>\n<p></p>"
    )
    template = "practices/training_material_page.html"

    class Meta:
        verbose_name = _("training material")
        verbose_name_plural = _("training material")

    @cached_property
    def shown_document(self):
        """The document; None when it was deleted since: versions go on naming it."""
        return get_document_model().objects.filter(pk=self.document_id).first()


class GuidelinePage(WikiPage):
    """A deontology guideline: what to do in a situation, the short answer first."""

    other_wordings = models.TextField(
        _("other ways to say it"),
        blank=True,
        help_text=_("One a line: the words that a newcomer would type."),
    )
    short_answer = models.TextField(
        _("short answer"), blank=True, help_text=_("Two sentences at most. It is read first.")
    )

    objects = PracticeManager()

    # The list of an index asks these of each of its pages. Templates look for a missing name among
    # everything that a page has, which takes longer than to show it.
    level, duration, device_names = "", None, ()

    columns = ()

    kind = "situation"
    kind_rank = 10
    kind_name = _("situation")
    kind_plural = _("situations")
    title_label = _("Title: the situation, as one says it")
    parent_model = "practices.GuidelineIndexPage"
    child_rows = ("sources",)
    lead_field = "short_answer"
    wordings_field = "other_wordings"
    placing_fields = ("other_wordings",)
    skeleton = (
        "<h2>Ce que je dis</h2>\n<ul>\n<li></li>\n</ul>\n<h2>Ce que je peux faire</h2>\n"
        "<ol>\n<li></li>\n</ol>\n<h2>Ce que je refuse</h2>\n<ul>\n<li></li>\n</ul>\n"
        "<h2>Qui j’appelle</h2>\n<ul>\n<li></li>\n</ul>"
    )
    template = "practices/guideline_page.html"

    class Meta:
        verbose_name = _("situation")
        verbose_name_plural = _("situations")


class Source(Orderable):
    """Where a guideline's facts come from, and of when they are."""

    page = ParentalKey(GuidelinePage, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("source"), max_length=200)
    url = models.URLField(_("address"), blank=True)
    dated = models.CharField(_("of when"), max_length=80, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")


class FilteredIndexPage(IndexPage):
    """An index whose list is narrowed by the topics of its pages, and by their columns."""

    listed_model: type[WikiPage]
    shows_neighbours = False

    class Meta:
        abstract = True

    def around(self, request, pages):
        listing = self.listed_model.objects.listed_in(self, request)
        return {"listing": listing, "pages": listing.rows}


class PracticeIndexPage(FilteredIndexPage):
    listed_model = PracticePage
    is_creatable = False
    lists = "practices.PracticePage"
    template = "practices/index_page.html"

    class Meta:
        verbose_name = _("index of practice sheets")


class TrainingMaterialIndexPage(FilteredIndexPage):
    listed_model = TrainingMaterialPage
    is_creatable = False
    lists = "practices.TrainingMaterialPage"
    template = "practices/index_page.html"

    class Meta:
        verbose_name = _("index of training material")


class GuidelineIndexPage(FilteredIndexPage):
    listed_model = GuidelinePage
    is_creatable = False
    lists = "practices.GuidelinePage"
    template = "practices/index_page.html"

    class Meta:
        verbose_name = _("index of situations")
