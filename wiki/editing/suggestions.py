"""Topics that the form of a page suggests."""

from wiki.access.visibility import closed_paths, visible_to
from wiki.models import KeptByStamp, Topic, TopicLink
from wiki.text.french_order import french_key, in_french

MOST = 200

# By what one may not read, while nothing changes: who reads the same is told the same.
_with_pages: KeptByStamp[dict[tuple, list[str]]] = KeptByStamp(dict)


def suggested_topics(user) -> list[str]:
    """Names of topics that have a page this person may read, or that facilitators made."""
    by_hand = Topic.objects.filter(made_by_hand=True).values_list("name", flat=True)
    names = {*names_with_pages(user), *by_hand}
    return sorted(names, key=french_key)[:MOST]


def names_with_pages(user) -> list[str]:
    kept, closed = _with_pages(), closed_paths(user).paths
    if closed not in kept:
        kept[closed] = read_names(user)
    return kept[closed]


def read_names(user) -> list[str]:
    links = TopicLink.objects.filter(page__in=visible_to(user))
    known = Topic.objects.filter(pk__in=links.values("topic")).order_by(in_french("name"))
    return list(known.values_list("name", flat=True)[:MOST])
