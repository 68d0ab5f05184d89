"""Topics: all of them, and all the pages of one, by kind."""

from itertools import groupby

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from wagtail.models import Page

from wiki.access.visibility import visible_to, with_closed
from wiki.models import Topic
from wiki.pages.kinds import kind_plural
from wiki.text.french_order import french_key, in_french
from wiki.text.titles import key_of


def topics(request):
    """Topics that have at least one page this reader may read, with their count."""
    pages = visible_to(request.user, Page.objects.filter(topic_links__isnull=False))
    counted = (
        Topic.objects.filter(links__page__in=pages)
        .annotate(total=Count("links", distinct=True))
        .order_by(in_french("name"))
    )
    return render(request, "wiki/topics.html", {"topics": by_letter(counted)})


def by_letter(topics) -> list[tuple[str, list[Topic]]]:
    """Topics in French order under their first letters, without accents; punctuation first."""
    groups = groupby(topics, key=lambda topic: key_of(topic.name)[:1].upper())
    return [(letter, list(group)) for letter, group in groups]


def topic(request, slug):
    found = get_object_or_404(Topic, slug=slug)
    pages = visible_to(request.user, Page.objects.filter(topic_links__topic=found))
    pages = with_closed(request.user, pages)
    rows = sorted(
        pages.order_by(in_french("title")), key=lambda page: french_key(str(kind_plural(page)))
    )
    groups = [(name, list(group)) for name, group in groupby(rows, key=kind_plural)]
    if not rows:
        raise Http404
    context = {"topic": found, "groups": groups, "total": len(rows)}
    return render(request, "wiki/topic.html", context)
