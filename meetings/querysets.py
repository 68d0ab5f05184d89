"""Questions asked of meetings; every answer starts from `visible_to`."""

from datetime import date, time
from functools import cache, partial

from django.db.models import Q
from django.utils import timezone
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from wiki.access.visibility import marked, readable, rights, visible_to, with_closed
from wiki.internals.compiled import NOTHING, Compiled, Day
from wiki.models.paths import under
from wiki.pages.listing import Listing, Order


def place_of(today: date, day: date, hour: time | None, path: str) -> tuple:
    """Of a day to come, meetings without an hour are before the others; of a past day, after."""
    minutes = hour.hour * 60 + hour.minute if hour else -1
    if day >= today:
        return 0, day.toordinal(), minutes, path
    return 1, -day.toordinal(), -minutes, path


class MeetingQuerySet(PageQuerySet):
    def listed_in(self, index, request) -> Listing:
        """The meetings of an index: those to come, the nearest first; then the newest first."""
        today = timezone.localdate()
        return Listing(
            self.filter(under(index)).defer("body"),
            request.user,
            request.GET,
            about=(self.model, index.pk, today),
            order=Order(("date", "starts_at", "path"), partial(place_of, today)),
        )

    def next_for(self, user):
        """The next meeting that this person may read of, or None."""
        coming = visible_to(user, self.filter(date__gte=timezone.localdate()))
        return with_closed(user, coming).order_by("date", "starts_at").first()

    def beside(self, meeting, user) -> tuple:
        """The meetings just before and just after one, None at the ends, in one query; of several
        on one day, the last in the order of the site."""
        pages = _beside(self.model)(*rights(user), meeting.pk or NOTHING, Day(meeting.date))
        by_side = {page.date < meeting.date: page for page in pages}
        return by_side.get(True), by_side.get(False)


@cache
def _beside(model) -> Compiled:
    def build(closed, shut, pk: int, day: date):
        pages = readable(closed, model.objects.exclude(pk=pk))
        # Each by the index of the days, which stops at the first one that may be read.
        earlier = pages.filter(date__lt=day).order_by("-date", "-path")
        later = pages.filter(date__gt=day).order_by("date", "-path")
        sides = Q(pk__in=earlier.values("pk")[:1]) | Q(pk__in=later.values("pk")[:1])
        return marked(shut, model.objects.filter(sides))

    return Compiled(build)


MeetingManager = PageManager.from_queryset(MeetingQuerySet)
