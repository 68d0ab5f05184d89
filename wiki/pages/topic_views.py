"""Topics: all of them, and the pages of one, by kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, groupby

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from wagtail.models import Page

from wiki.models import Topic
from wiki.pages.facets import page_number
from wiki.pages.kinds import kind_plural
from wiki.pages.listing import A_SCREEN, pages_at
from wiki.pages.topic_pages import ids_by_kind, totals
from wiki.text.french_order import french_key
from wiki.text.titles import key_of

FIRST = 6  # pages of each kind of a topic that has more than a screen of them


@dataclass(frozen=True)
class Group:
    """Pages of one kind; `total`: how many there are, shown or not."""

    kind: str
    pages: list[Page]
    total: int

    @property
    def name(self) -> str:
        return kind_plural(self.pages[0])

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.pages)


def topics(request):
    """Topics that have at least one page this reader may read, with their count."""
    known = totals(request.user)
    found = [topic for topic in Topic.objects.order_by() if topic.pk in known]
    for topic in found:
        topic.total = known[topic.pk]
    found.sort(key=lambda topic: french_key(topic.name))
    return render(request, "wiki/topics.html", {"topics": by_letter(found)})


def by_letter(topics: Iterable[Topic]) -> list[tuple[str, list[Topic]]]:
    """Topics in French order under their first letters, without accents; punctuation first."""
    groups = groupby(topics, key=lambda topic: key_of(topic.name)[:1].upper())
    return [(letter, list(group)) for letter, group in groups]


def topic(request, slug):
    """The first pages of each kind; or all those of the kind that is asked for, by screens."""
    found = get_object_or_404(Topic, slug=slug)
    ids = ids_by_kind(found, request.user)
    if not ids:
        raise Http404
    kind = request.GET.get("sorte", "")
    shown = one_kind(request, kind, ids[kind]) if kind in ids else first_of_each(request, ids)
    return render(request, "wiki/topic.html", {"topic": found, **shown})


def first_of_each(request, ids: dict[str, list[int]]) -> dict:
    total = sum(map(len, ids.values()))
    most = FIRST if total > A_SCREEN else A_SCREEN
    first = {kind: own[:most] for kind, own in ids.items()}
    pages = pages_at([*chain(*first.values())], Page.objects.all(), request.user)
    groups = [
        Group(kind, own, len(ids[kind]))
        for kind in first
        if (own := [page for page in pages if page.pk in set(first[kind])])
    ]
    groups.sort(key=lambda group: french_key(group.name))
    return {"groups": groups, "total": total, "listed": None}


def one_kind(request, kind: str, ids: list[int]) -> dict:
    paginator = Paginator(ids, A_SCREEN)
    number = page_number(request.GET.get("page", ""), paginator.num_pages)
    listed = paginator.page(number)
    pages = pages_at(list(listed), Page.objects.all(), request.user)
    groups = [Group(kind, pages, len(ids))] if pages else []
    return {"groups": groups, "total": len(ids), "listed": listed}
