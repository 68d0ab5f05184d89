"""The home page: search first, three doors, latest changes, next meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home import welcome
from wiki.models import SitePage


class DoorBlock(blocks.StructBlock):
    """One of the doors of the site: a section, what it holds in a sentence, its first links."""

    page = blocks.PageChooserBlock(label=_("section"))
    title = blocks.CharBlock(label=_("title"), max_length=60)
    text = blocks.CharBlock(label=_("in one sentence"), max_length=160)

    class Meta:
        label = _("door")
        icon = "link"


class HomePage(SitePage):
    heading = models.CharField(_("sentence above the search"), max_length=120)
    examples = models.TextField(_("examples of searches"), blank=True, help_text=_("One a line."))
    doors = StreamField([("door", DoorBlock())], verbose_name=_("doors"), blank=True)

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("heading"),
        FieldPanel("examples"),
        FieldPanel("doors"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    private_page_options = []  # all the site stands below it
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")

    @property
    def example_list(self) -> list[str]:
        return [line.strip() for line in self.examples.splitlines() if line.strip()]

    def around(self, request, pages):
        return welcome.context(self, request.user)

    def get_context(self, request, *args, **kwargs):
        """For the preview of Wagtail's admin, which alone edits this page."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "reserved": "", **self.around(request, {})}
