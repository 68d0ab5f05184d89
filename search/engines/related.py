"""« À lire aussi »: the pages whose names and topics are those of a page.

Read from what each process keeps in memory for completion and for filters, so that a page
view pays one query, which says too whether that memory is of today. The same for every
engine. A word, or a topic, tells by its rarity among what the reader may read.
"""

from collections.abc import Iterator
from math import log

import numpy as np
from django.db.models import QuerySet, Subquery
from wagtail.models import Page

from search.engine import FoundPage
from search.engines.facet_index import FacetIndex, Labels, facet_indexes
from search.engines.rerank import best_first
from search.language.analysis import STOP_WORDS
from search.suggest.title_index import names_in_memory
from wiki.access.visibility import marked, readable, rights
from wiki.internals.compiled import Compiled, OneOf
from wiki.models import SiteRevision, WikiPage
from wiki.models.pages import IndexPage

SHORTEST = 3  # letters of a word that tells
MOST_HOLDERS = 3_000  # pages that the words, the rarest first, are counted on
TOPIC, WORDING = 1.0, 0.4  # what a topic, a word of another wording are worth beside one of a title
ENOUGH = 1.5  # what a page must be worth: more than one common word


def related(page: WikiPage, user, count: int) -> list[FoundPage]:
    """The likest pages that this person may read, sections left out; none of a page that is
    not there yet."""
    if isinstance(page, IndexPage) or page.pk is None:
        return []
    facet_index = facet_indexes.newest
    found, stamp = described(
        related_ids(page, facet_index, facet_index.readable(user), count), user
    )
    if stamp == facet_index.stamp <= names_in_memory.stamp:
        return found
    facet_index = facet_indexes.current()
    names_in_memory.brought_up()
    return described(related_ids(page, facet_index, facet_index.readable(user), count), user)[0]


def related_ids(
    page: WikiPage, facet_index: FacetIndex, readable: np.ndarray, count: int
) -> list[int]:
    """At most `count`, likest first, of the entries of this mask."""
    if not readable.any():
        return []
    mask = readable & ~facet_index.having("kind", IndexPage.kind)
    mask[facet_index.rows_of(np.array([page.pk]))] = False
    worth, readers_pages = np.zeros(facet_index.size), int(np.count_nonzero(mask))
    for weight, rows in [*word_postings(page, facet_index), *topic_postings(page, facet_index)]:
        if len(rows := rows[mask[rows]]):
            worth[rows] += weight * tells(len(rows), readers_pages)
    best = best_first(worth, count)
    return facet_index.ids[best[worth[best] >= ENOUGH]].tolist()


def tells(postings: int, pages: int) -> float:
    """Nothing when every page holds it."""
    return log((1 + pages) / (1 + postings))


def word_postings(page: WikiPage, facet_index: FacetIndex) -> Iterator[tuple[float, np.ndarray]]:
    """For each telling word of the page's names, its weight and where it stands in names."""
    weights = words_of(names_in_memory.names_of(page.pk))
    found = names_in_memory.postings([numbers_of(word) for word in weights])
    seen = 0
    for weight, ids in sorted(
        zip(weights.values(), found, strict=True), key=lambda one: len(one[1])
    ):
        seen += len(ids)
        if seen > MOST_HOLDERS:
            return
        yield weight, facet_index.rows_of(np.array(ids, dtype=np.int64))


def words_of(names: str) -> dict[str, float]:
    """The weights of the words of a page's folded names, the title being the first."""
    title, *wordings = names.splitlines() or [""]
    words = dict.fromkeys(" ".join(wordings).split(), WORDING) | dict.fromkeys(title.split(), 1.0)
    return {w: words[w] for w in words if len(w) >= SHORTEST and w not in STOP_WORDS}


def numbers_of(word: str) -> set[str]:
    """A folded word in the singular and in the plural, some of them no words at all."""
    bare = word[:-1] if word.endswith(("s", "x")) else word
    return {word, bare, f"{bare}s", f"{bare}x"}


def topic_postings(page: WikiPage, facet_index: FacetIndex) -> Iterator[tuple[float, np.ndarray]]:
    topics = facet_index.facets.get("topic", Labels())
    for topic in page.topics:
        slug = getattr(topic, "slug", "")  # those of an old version may be no topics any longer
        if slug in topics.ranks:
            yield TOPIC, topics.rows[topics.codes == topics.ranks[slug]]


def described(ids: list[int], user) -> tuple[list[FoundPage], int]:
    """These pages, of which the rules are asked again, and the site's stamp, in one query."""
    rows = _described(*rights(user), OneOf(ids)) if ids else []
    found = {page.pk: page for page in (FoundPage(*values) for _stamp, *values in rows)}
    now = rows[0][0] if rows else SiteRevision.current()
    return [found[pk] for pk in ids if pk in found], now


def _pages(closed, shut, ids: list[int]) -> QuerySet:
    stamp = Subquery(SiteRevision.objects.filter(pk=1).values("number"))
    pages = marked(shut, readable(closed, Page.objects.filter(pk__in=ids))).annotate(stamp=stamp)
    columns = ("stamp", "pk", "title", "slug", "url_path", "search_entry__kind")
    return pages.values_list(*columns, *(["is_closed"] if shut else [])).order_by()


_described = Compiled(_pages)
