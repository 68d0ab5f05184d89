"""The pages of topics, as one reader may know them: how many each topic has, and which, by kind.

Both are read again only when pages come, go, move, open, or have other titles or topics.
"""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from wagtail.models import Page

from wiki.access.kept_for_readers import KeptForReaders
from wiki.access.visibility import is_readable, visible_to
from wiki.models import KeptBesideTexts, Topic, TopicLink
from wiki.text.french_order import french_key

OTHER = "page"  # stands for the kind of pages that have none

_totals: KeptForReaders[dict[int, int]] = KeptForReaders(KeptBesideTexts)
_ids: KeptForReaders[dict[str, list[int]]] = KeptForReaders(KeptBesideTexts)


def totals(user) -> dict[int, int]:
    """By the ids of topics, how many pages that this person may read each of them has."""
    links = TopicLink.objects.filter(is_readable(user, "page_id"))
    return _totals.of(user, lambda: counts_by_topic(links))


def counts_by_topic(links: QuerySet) -> dict[int, int]:
    """A page has a topic once."""
    return dict(links.order_by().values_list("topic").annotate(total=Count("pk")))


def ids_by_kind(topic: Topic, user) -> dict[str, list[int]]:
    """The ids of the readable pages of each kind, in the order of their titles."""
    return _ids.of(user, lambda: _read(topic, user), topic.pk)


def _read(topic: Topic, user) -> dict[str, list[int]]:
    pages = visible_to(user, Page.objects.filter(topic_links__topic=topic)).order_by()
    by_type: dict[int, list[tuple]] = defaultdict(list)
    for pk, title, content_type in pages.values_list("pk", "title", "content_type").iterator():
        by_type[content_type].append((french_key(title), pk))
    return {kind_of(one): [pk for _title, pk in sorted(rows)] for one, rows in by_type.items()}


def kind_of(content_type: int) -> str:
    model = ContentType.objects.get_for_id(content_type).model_class()
    return getattr(model, "kind", "") or OTHER
