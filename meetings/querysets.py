"""Questions asked of meetings; every answer starts from `visible_to`."""

from django.db.models import Max, Min, Q
from django.utils import timezone
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from wiki.access.visibility import visible_to, with_closed


class MeetingQuerySet(PageQuerySet):
    def below(self, index, user) -> list:
        """The meetings of an index, newest first."""
        pages = with_closed(user, visible_to(user, self.filter(path__startswith=index.path)))
        return list(pages.order_by("-date", "-starts_at"))

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
