"""Zero-result searches, among what waits for facilitators."""

from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from search.models import ZeroResultSearch
from wiki.dashboards import boards
from wiki.dashboards.boards import FIRST, SectionSource, Waiting, WaitingLine


def connect() -> None:
    title, route = (
        gettext_lazy("Searches without an answer"),
        "search_zeroresultsearch_modeladmin_index",
    )
    boards.facilitators.add("searches", SectionSource(title, route, zero_results_waiting, 30))


def zero_results_waiting(user) -> Waiting:
    """Those that were asked on several days, the most asked first."""
    asked = ZeroResultSearch.objects.exclude(words="").annotate(
        total=F("without_answer") + F("without_click")
    )
    first = asked.order_by("-total", "-last_on", "words")[:FIRST]
    return Waiting(asked.count(), [_line(search) for search in first])


def _line(search) -> WaitingLine:
    times = ngettext("asked %(n)s time", "asked %(n)s times", search.total) % {"n": search.total}
    address = f"{reverse('search')}?{urlencode({'q': search.words})}"
    return WaitingLine(search.words, address, times)
