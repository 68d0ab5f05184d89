"""Topics that the form of a page suggests."""

from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from wiki.access.kept_for_readers import ReadForReaders
from wiki.access.visibility import visible_to
from wiki.models import Topic, TopicLink
from wiki.text.french_order import french_key, in_french

MOST = 200


@dataclass(frozen=True)
class Suggested:
    """Names of topics, and as the form writes them: options, and a line."""

    names: list[str]
    options: SafeString
    line: SafeString


def suggested_topics(user) -> Suggested:
    """The topics that have a page this person may read, or that facilitators made."""
    return _known(user)


def names_for(user) -> list[str]:
    links = TopicLink.objects.filter(page__in=visible_to(user))
    known = Topic.objects.filter(pk__in=links.values("topic")).order_by(in_french("name"))
    by_hand = Topic.objects.filter(made_by_hand=True).values_list("name", flat=True)
    names = {*known.values_list("name", flat=True)[:MOST], *by_hand}
    return sorted(names, key=french_key)[:MOST]


def written(names: list[str]) -> Suggested:
    each = [(name,) for name in names]
    options = format_html_join("", '<option value="{}"></option>', each)
    return Suggested(names, options, format_html_join(", ", "{}", each))


_known = ReadForReaders(lambda user: written(names_for(user)))
