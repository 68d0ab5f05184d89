"""Answers that facilitators put first for given words."""

from typing import NamedTuple

from wagtail.models import Page

from search.engine import FoundPage
from search.language import analysis
from search.models import Promoted
from search.query.queries import understood
from wiki.access.visibility import visible_to
from wiki.models.stamp_cache import KeptByStamp

MOST = 3  # promoted answers for one search


class PromotedLine(NamedTuple):
    """The words of a line, each by its stems, and the page that answers them."""

    words: tuple[frozenset[str], ...]
    page_id: int


def telling(text: str) -> tuple[frozenset[str], ...]:
    """The words that say something, each by its stems; all words when none does."""
    found = analysis.tokens(text)
    kept = [token for token in found if not token.is_stop] or found
    return tuple(frozenset(token.stems) for token in kept if token.stems)


def read() -> list[PromotedLine]:
    rows = Promoted.objects.order_by("pk").values_list("words", "page_id")
    lines = [PromotedLine(telling(text), pk) for words, pk in rows for text in words.splitlines()]
    return sorted((line for line in lines if line.words), key=lambda line: -len(line.words))


lines_in_memory = KeptByStamp(read)


def chosen_for(query: str, stamp: int | None = None) -> list[int]:
    """The numbers of the pages with a line whose words are all asked for, in any order and
    any form; the line that says most first. Words between quotes ask for themselves only."""
    lines = lines_in_memory(stamp)
    if not lines:
        return []
    asked = understood(query, stamp)
    if asked.phrases:
        return []
    stems = frozenset(stem for group in asked.groups for stem in group.every_stem)
    held = (line for line in lines if all(word & stems for word in line.words))
    return list(dict.fromkeys(line.page_id for line in held))


def promoted_pages(query: str, user, stamp: int | None = None) -> list[FoundPage]:
    """At most MOST pages that facilitators chose for this query and this person may read.

    `stamp`: the site's, when the caller knows it: then no query is asked when nothing is chosen.
    """
    ids = chosen_for(query, stamp)
    if not ids:
        return []
    pages = visible_to(user, Page.objects.filter(pk__in=ids, search_entry__isnull=False))
    rows = pages.values_list("pk", "title", "slug", "url_path", "search_entry__kind")
    found = {page.pk: page for page in (FoundPage(*values) for values in rows)}
    return [found[pk] for pk in ids if pk in found][:MOST]
