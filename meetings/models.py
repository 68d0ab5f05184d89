"""The life of the collective: meetings announced, then reported on the same page."""

from datetime import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.models import Orderable

from meetings.querysets import MeetingManager
from wiki.models import WikiPage
from wiki.models.pages import IndexPage
from wiki.text.characters import points
from wiki.text.days import date_format

MIDNIGHT = time(0)  # of the end of the day, when a meeting ends then


class MeetingIndexPage(IndexPage):
    """Meetings by year, those to come first."""

    template = "meetings/meeting_index_page.html"
    is_creatable = False
    lists = "meetings.MeetingPage"

    class Meta:
        verbose_name = _("index of meetings")

    def around(self, request, pages):
        listing = MeetingPage.objects.listed_in(self, request)
        return {
            "listing": listing,
            "coming": [meeting for meeting in listing.rows if meeting.is_coming],
            "past": [meeting for meeting in listing.rows if not meeting.is_coming],
        }


class MeetingPage(WikiPage):
    date = models.DateField(_("date"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    others_present = models.TextField(
        _("others present"), blank=True, help_text=_("Roles and bodies, no names of people.")
    )
    apologies = models.TextField(
        _("apologies"), blank=True, help_text=_("Structures or roles, no names of people.")
    )
    agenda = models.TextField(_("agenda"), blank=True, help_text=_("One point a line."))

    objects = MeetingManager()

    kind = "reunion"
    kind_rank = 50
    kind_name = _("meeting")
    kind_plural = _("meetings")
    day_field = "date"
    title_label = _("Title: what the meeting is about")
    parent_model = "meetings.MeetingIndexPage"
    child_rows = ("attendances", "decisions", "actions", "attachments")
    ticked_rows = {"attendances": ("structure", "others_present")}
    seldom_fields = ("summary", "agenda", "apologies")
    skeleton = "<h2>Ce qui s’est dit</h2>\n<p></p>\n<h2>Pour la suite</h2>\n<p></p>"
    beside = ("after", "before")
    placing_fields = ("date", "starts_at")
    template = "meetings/meeting_page.html"

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and MIDNIGHT != self.ends_at <= self.starts_at:
            raise ValidationError(
                {"ends_at": _("The meeting ends before it starts. Change one of the two hours.")}
            )

    @property
    def is_coming(self) -> bool:
        """Until the evening of its day a meeting is announced; afterwards it is reported."""
        return self.date >= timezone.localdate()

    @property
    def wordings(self) -> str:
        """Its date in words, which few titles say."""
        with translation.override(settings.LANGUAGE_CODE):
            return _("Meeting of %(day)s") % {"day": date_format(self.date, "j F Y")}

    @property
    def agenda_points(self) -> list[str]:
        return points(self.agenda)

    def facets(self) -> dict[str, dict[str, str]]:
        return {"year": {str(self.date.year): str(self.date.year)}}

    def references(self) -> list[int]:
        return [row.structure_id for row in self.attendances.all() if row.structure_id]

    def around(self, request, pages):
        rows = self.attendances.all()
        before, after = MeetingPage.objects.beside(self, request.user)
        return {
            "structures": [pages[r.structure_id] for r in rows if r.structure_id in pages],
            "documents": documents_of(self),
            "before": before,
            "after": after,
        }


def documents_of(meeting: MeetingPage) -> list:
    """The attachments, in one query; `file`: the document, None when it was deleted since."""
    rows = list(meeting.attachments.all())
    found = get_document_model().objects.in_bulk([row.document_id for row in rows])
    for row in rows:
        row.file = found.get(row.document_id)
    return rows


class Attendance(Orderable):
    """A structure present at a meeting; people are never named."""

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="attendances")
    structure = models.ForeignKey(
        "structures.StructurePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("structure"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("structure present")
        verbose_name_plural = _("structures present")


class Decision(Orderable):
    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="decisions")
    text = models.TextField(_("decision"))
    outcome = models.CharField(_("how it was decided"), max_length=160, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")


class Action(Orderable):
    class State(models.TextChoices):
        TO_DO = "a-faire", _("to do")
        DOING = "en-cours", _("under way")
        DONE = "fait", _("done")

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="actions")
    what = models.CharField(_("action"), max_length=255)
    owner = models.CharField(
        _("by whom"), max_length=120, blank=True, help_text=_("A structure or a role.")
    )
    due = models.DateField(_("before"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.TO_DO)

    class Meta(Orderable.Meta):
        verbose_name = _("action")
        verbose_name_plural = _("actions")


class Attachment(Orderable):
    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("document"),
    )
    title = models.CharField(_("title"), max_length=160, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def clean(self):
        super().clean()
        if self.document_id is None:
            raise ValidationError(
                {"document": _("Choose the file of this line, or remove the line.")}
            )
