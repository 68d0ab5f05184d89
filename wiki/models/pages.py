"""The pages of the site: what all share, articles, sections, the trash."""

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from wiki.internals.compiled import Compiled, Identifier
from wiki.models.admin_rights import OfferedRights
from wiki.models.topics import Topic, TopicLink
from wiki.text import addresses
from wiki.text.french_order import french_key
from wiki.text.model_fields import BodyField

_topics_of = Compiled(lambda page_id: Topic.objects.filter(links__page_id=page_id))


_aliases_of = Compiled(
    lambda pk: Page.objects.filter(alias_of=pk).order_by().values_list("pk", flat=True)[:1]
)
_called_so_beside = Compiled(
    lambda depth, first, last, slug, pk: (
        Page.objects.filter(depth=depth, path__range=(first, last), slug=slug)
        .exclude(pk=pk)
        .order_by()
        .values_list("pk", flat=True)[:1]
    )
)
_sites_at = Compiled(
    lambda key: Site.objects.filter(root_page__translation_key=key).order_by().values_list("pk")
)


class SitePage(Page):
    """What every page of the site shares, the home page included."""

    kind = ""

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        addresses.check_slug(self.slug)

    def update_aliases(self, **kwargs):
        """Most pages have none: to make their content again costs a fifth of a publication."""
        if _aliases_of(self.pk):
            super().update_aliases(**kwargs)

    update_aliases.alters_data = True

    def _check_slug_is_unique(self):
        """As Wagtail does, by a query whose SQL is made once: Wagtail's own says the fault."""
        above = self.path[: -self.steplen]
        first, last = self._get_children_path_interval(above)
        if above and _called_so_beside(self.depth, first, last, self.slug, self.pk or 0):
            super()._check_slug_is_unique()

    def is_site_root(self) -> bool:
        return bool(_sites_at(Identifier(self.translation_key)))

    def permissions_for_user(self, user):
        return OfferedRights(user, self)

    @property
    def address(self) -> str:
        return addresses.url_of(self.url_path)

    def around(self, request, pages: dict[int, Page]) -> dict:
        """What its template shows beside the text, by name; `pages`: by their id, those of its
        `references` that the reader may open."""
        return {}


class Licence(models.TextChoices):
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    OPEN_LICENCE = "lo-2.0", "Licence Ouverte 2.0"


class WikiPage(SitePage):
    """A page that anyone of the collective may write.

    Subclasses say their `kind` (its word in addresses and in the search), its names, where its
    pages go, and the `skeleton` that a new one starts from; their fields make the form.
    """

    summary = models.CharField(
        _("summary"),
        max_length=280,
        blank=True,
        help_text=_("One or two plain sentences: what one finds on this page."),
    )
    body = BodyField(_("text of the page"), blank=True)
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence, default=Licence.CC_BY_SA
    )
    review_on = models.DateField(
        _("to review before"),
        null=True,
        blank=True,
        help_text=_("A day when somebody should read this page again."),
    )

    kind_rank = 0  # where the kind stands among the others in lists
    kind_name = _("page")
    kind_plural = _("pages")
    parent_model = ""  # where a new page goes: the label of an index page type
    lists = ""  # the pages below that its own list shows: the label of their type
    shows_neighbours = True  # its template has a column for the pages around it
    creatable = True
    child_rows: tuple[str, ...] = ()
    for_machines: tuple[str, ...] = ()  # numbers that nobody reads, in no extract nor search
    beside: tuple[str, ...] = ()  # what its template names around the page, nearest first
    ticked_rows: dict[str, tuple[str, str]] = {}  # rows of one choice: boxes; what stands below
    leading_fields: tuple[str, ...] = ()  # those that stand right after the title in the form
    seldom_fields: tuple[str, ...] = ()  # folded away in the form, whose line says what they hold
    hints: dict[str, str] = {}  # what the form says under a field, of no use to the table
    skeleton = ""
    title_label = _("Title")
    lead_field = "summary"
    wordings_field = ""
    # Those that say on which other pages this one is named, besides the title and the topics.
    placing_fields: tuple[str, ...] = ()
    day_field = ""  # that of the day which the page is about
    told_apart_by = ""  # the field that tells two pages of one title apart

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.search_description = self.summary
        return super().save(*args, **kwargs)

    @classmethod
    def spread(cls, typed) -> dict[str, str]:
        """What was typed in one control for several, by the name of each."""
        return {}

    @property
    def lead(self) -> str:
        """What one reads first: the summary, or the type's own short answer."""
        return getattr(self, self.lead_field) or self.summary

    @property
    def is_due_for_review(self) -> bool:
        """The day when somebody should have read it again has come."""
        return bool(self.review_on) and self.review_on <= timezone.localdate()

    @property
    def wordings(self) -> str:
        """Other words people use for this page; the search reads them."""
        return getattr(self, self.wordings_field) if self.wordings_field else ""

    @cached_property
    def topics(self) -> list[Topic]:
        topics = _topics_of(self.pk) if self.pk else []
        return sorted(topics, key=lambda topic: french_key(topic.name))

    def set_topics(self, names: list[str]) -> None:
        """Replace the topics; written with the page, like all child rows."""
        topics = Topic.objects.named(names)
        known = {link.topic_id: link for link in self.topic_links.all()}
        self.topic_links = [known.get(topic.pk) or TopicLink(topic=topic) for topic in topics]
        self.topics = topics

    @property
    def topic_names(self) -> list[str]:
        return [topic.name for topic in self.topics]

    def references(self) -> list[int]:
        """Ids of the pages that typed fields and child rows name, for one shared query."""
        return []

    def facets(self) -> dict[str, dict[str, str]]:
        """What else the search filters by: facet → value as addresses write it → its name."""
        return {}


class ArticlePage(WikiPage):
    """Any other subject: glossary, presentation of the collective, working groups."""

    kind = "article"
    kind_rank = 60
    kind_name = _("article")
    kind_plural = _("articles")
    parent_model = "wiki.SectionPage"
    skeleton = "<h2>En bref</h2>\n<p></p>\n<h2>Pour aller plus loin</h2>\n<p></p>"
    template = "wiki/reading_page.html"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class IndexPage(WikiPage):
    """A page whose first use is to list others; its text introduces them."""

    kind = "rubrique"
    kind_name = _("section")
    kind_plural = _("sections")
    creatable = False

    class Meta:
        abstract = True


class SectionPage(IndexPage):
    """A door of the site: its sections with their counts, and its own articles."""

    template = "wiki/section_page.html"
    is_creatable = False

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class Trash(Page):
    """Holds deleted pages, out of the site's tree, until a facilitator takes them back."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("trash")

    @classmethod
    def held(cls) -> "Trash | None":
        """It, when there is one. In the order of paths, which is that of managers of pages, the
        database reads all the pages that stand before it."""
        return cls.objects.order_by("pk").first()

    @classmethod
    def current(cls) -> "Trash":
        trash = cls.held()
        if trash is None:
            root = Page.get_first_root_node()
            trash = cls(title="Corbeille", slug="corbeille-du-site", live=False)
            root.add_child(instance=trash)
        return trash
