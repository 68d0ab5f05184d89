"""Questions asked of meetings; every answer starts from `visible_to`."""

from django.db.models import Case, F, Max, Min, Q, When
from django.utils import timezone
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from wiki.access.visibility import visible_to, with_closed
from wiki.pages.listing import Listing, under


class MeetingQuerySet(PageQuerySet):
    def listed_in(self, index, request) -> Listing:
        """The meetings of an index: those to come, the nearest first; then the newest first."""
        coming = Case(When(date__gte=timezone.localdate(), then=F("date")))
        hour = Case(When(date__gte=timezone.localdate(), then=F("starts_at")))
        return Listing(
            self.filter(under(index)).defer("body"),
            request.user,
            request.GET,
            order=(
                coming.asc(nulls_last=True),
                hour.asc(nulls_first=True),
                "-date",
                F("starts_at").desc(nulls_last=True),
                "path",
            ),
        )

    def next_for(self, user):
        """The next meeting that this person may read of, or None."""
        coming = visible_to(user, self.filter(date__gte=timezone.localdate()))
        return with_closed(user, coming).order_by("date", "starts_at").first()

    def beside(self, meeting, user) -> tuple:
        """The meetings just before and just after one, None at the ends, in one query."""
        pages = with_closed(user, visible_to(user, self.exclude(pk=meeting.pk)))
        earlier = pages.filter(date__lt=meeting.date).order_by().values("depth")
        later = pages.filter(date__gt=meeting.date).order_by().values("depth")
        found = pages.filter(
            Q(date__in=earlier.annotate(day=Max("date")).values("day"))
            | Q(date__in=later.annotate(day=Min("date")).values("day"))
        )
        by_side = {page.date < meeting.date: page for page in found}
        return by_side.get(True), by_side.get(False)


MeetingManager = PageManager.from_queryset(MeetingQuerySet)
