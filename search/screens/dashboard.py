"""Searches in vain, among what waits for facilitators."""

from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from search.models import VainSearch
from wiki.dashboards import boards
from wiki.dashboards.boards import FIRST, Found, Line, Source


def connect() -> None:
    title, route = gettext_lazy("Searches without an answer"), "search_vainsearch_modeladmin_index"
    boards.facilitators.add("searches", Source(title, route, in_vain, 30))


def in_vain(user) -> Found:
    """Those that were asked on several days, the most asked first."""
    asked = VainSearch.objects.exclude(words="").annotate(
        total=F("without_answer") + F("without_click")
    )
    first = asked.order_by("-total", "-last_on", "words")[:FIRST]
    return Found(asked.count(), [_line(search) for search in first])


def _line(search) -> Line:
    times = ngettext("asked %(n)s time", "asked %(n)s times", search.total) % {"n": search.total}
    address = f"{reverse('search')}?{urlencode({'q': search.words})}"
    return Line(search.words, address, times)
