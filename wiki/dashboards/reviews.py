"""Pages that somebody should read again: their day, and for whom they wait.

The day is written with the page, by whoever edits it. It waits for those who wrote in the page,
and for facilitators.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import get_page_models

from wiki.access.permissions import can_facilitate
from wiki.access.visibility import visible_to
from wiki.models import Version, WikiPage
from wiki.text import addresses

SOON = timedelta(days=30)
COLUMNS = ("pk", "title", "url_path", "review_on", "content_type_id")
MONTH = 30.44  # days
LONG = timedelta(days=182)


@dataclass(frozen=True)
class Due:
    """A page and its day, as lists show them."""

    pk: int
    title: str
    url_path: str
    review_on: date
    content_type_id: int

    @property
    def address(self) -> str:
        return addresses.url_of(self.url_path)

    @property
    def specific_class(self) -> type[WikiPage]:
        return ContentType.objects.get_for_id(self.content_type_id).model_class()

    @property
    def is_overdue(self) -> bool:
        return self.review_on <= timezone.localdate()

    @property
    def is_long_overdue(self) -> bool:
        return self.review_on <= timezone.localdate() - LONG

    @property
    def late(self) -> str:
        """« 8 months », « 12 days »; nothing on the day itself and before."""
        days = (timezone.localdate() - self.review_on).days
        if days < 1:
            return ""
        if days < 2 * MONTH:
            return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
        months = int(days / MONTH)
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}


def waiting_for(user) -> QuerySet:
    """Rows of `COLUMNS`, the oldest day first: of all pages for facilitators, else of one's own;
    those whose day has come or comes within a month."""
    until = until_soon()
    return dated(user, until) if can_facilitate(user) else written_by(user, until)


def until_soon() -> date:
    return timezone.localdate() + SOON


def overdue(user) -> QuerySet:
    """Of all the pages that this person may read."""
    return dated(user, timezone.localdate())


def dated(user, until: date) -> QuerySet:
    return _together(_of(model, user, until) for model in _models())


def written_by(user, until: date) -> QuerySet:
    """Of the pages that this person wrote in."""
    own = Exists(Version.objects.filter(page_id=OuterRef("pk"), author_id=user.pk))
    return _together(_of(model, user, until).filter(own) for model in _models())


def as_due(rows) -> list[Due]:
    return [Due(*row) for row in rows]


def _models() -> list[type[WikiPage]]:
    return [model for model in get_page_models() if issubclass(model, WikiPage)]


def _of(model: type[WikiPage], user, until: date) -> QuerySet:
    """By the index of the days that `wiki.models.db_indexes` makes."""
    return visible_to(user, model.objects.filter(review_on__lte=until)).order_by()


def _together(parts) -> QuerySet:
    first, *others = [part.values_list(*COLUMNS) for part in parts]
    return first.union(*others, all=True).order_by("review_on", "title")
