"""The addresses that search engines are told: an index, and parts that stay short (sitemaps.org).

A part holds the pages of a range of ids: a page stays in its part, whatever is published beside it.
"""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from wiki.access.kept_for_readers import KeptForReaders
from wiki.access.visibility import visible_to
from wiki.models import KeptBesideTexts
from wiki.text.addresses import url_of

A_PART = 1_000  # ids
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

_parts: KeptForReaders[list[int]] = KeptForReaders(KeptBesideTexts)


def open_pages() -> QuerySet:
    """Those that everybody may read."""
    return visible_to(AnonymousUser(), Page.objects.filter(depth__gt=1))


def part_numbers() -> list[int]:
    """Of the parts that hold a page. Read again when pages come, go, open or close."""
    return _parts.of(AnonymousUser(), _read_numbers)


def _read_numbers() -> list[int]:
    numbers = open_pages().annotate(part=F("pk") / A_PART).order_by("part")
    return list(numbers.values_list("part", flat=True).distinct())


def index_lines(base: str) -> Iterator[str]:
    for number in part_numbers():
        address = f"{base}{reverse('sitemap_part', args=[number])}"
        yield f"<sitemap><loc>{escape(address)}</loc></sitemap>"


def part_lines(base: str, number: int) -> Iterator[str]:
    first = number * A_PART
    pages = open_pages().filter(pk__gte=first, pk__lt=first + A_PART).order_by("pk")
    for url_path, published in pages.values_list("url_path", "last_published_at"):
        yield f"<url><loc>{escape(base + url_of(url_path))}</loc>{last_change(published)}</url>"


def last_change(published: datetime | None) -> str:
    return f"<lastmod>{timezone.localtime(published):%Y-%m-%d}</lastmod>" if published else ""


def xml(element: str, lines: list[str]) -> HttpResponse:
    body = "\n".join([f"<{element} {NAMESPACE}>", *lines, f"</{element}>"])
    return HttpResponse(f"{HEAD}{body}\n", content_type="application/xml")


@require_safe
def sitemap(request):
    """The parts; robots.txt names it."""
    return xml("sitemapindex", list(index_lines(base_of(request))))


@require_safe
def sitemap_part(request, number):
    lines = list(part_lines(base_of(request), number)) if number in part_numbers() else []
    if not lines:
        raise Http404
    return xml("urlset", lines)


def base_of(request) -> str:
    return request.build_absolute_uri("/")[:-1]
