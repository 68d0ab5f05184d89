"""What the engines that live in the site's own database share.

A query goes in three steps, all inside the reader's rights. 1. For each word, the pages
that hold it (`search.engines.matching`). 2. Pages that hold all the words, or most of them
weighted by rarity; what the filters leave of them is counted in the facet index
(`search.engines.facet_index`). 3. `search.engines.rerank` puts them in order. An engine says how
its database finds words, no more.
"""

import numpy as np
from django.db import connection
from wagtail.models import Page

from search.engine import BY_DATE, BY_RELEVANCE, PAGE_SIZE, FacetFilters, FoundPage, Results
from search.engines.answers import hits_of
from search.engines.certainty import alternative_terms
from search.engines.facet_index import facet_indexes
from search.engines.matching import Finder, MatchedWord, expansions_matched
from search.engines.related import related
from search.engines.rerank import by_date, ordered
from search.indexing import records
from search.query.groups import Group
from search.query.queries import Query, understood
from search.query.spelling import same_word, spelling
from search.query.terms import Term


class DatabaseEngine:
    def index(self, page: Page) -> None:
        records.write(page)

    def remove(self, page_id: int) -> None:
        records.remove(page_id)

    def mend(self) -> None:
        """Nothing stands in the way of an entry, but in an engine with a table of its own."""

    def tidy(self) -> None:
        """The vocabulary too; an engine that keeps a table of its own writes it again."""
        records.write_vocabulary_again()

    def faults(self) -> list[str]:
        return records.faults()

    def postings(self, terms: list[Term]) -> list[tuple[int, str]]:
        """See `search.engines.matching.Postings`."""
        raise NotImplementedError

    def search(
        self,
        query: str,
        user,
        *,
        filters: FacetFilters | None = None,
        order: str = BY_RELEVANCE,
        offset: int = 0,
        limit: int = PAGE_SIZE,
    ) -> Results:
        facet_index = facet_indexes.current()
        asked = understood(query, facet_index.stamp)
        if not asked:
            return Results(query, stamp=facet_index.stamp)
        finder = Finder(self.postings, facet_index, facet_index.readable(user))
        asked, words = matched_words(finder, asked)
        ways = expansions_matched(asked, words)
        parts = finder.parts(asked, ways)
        listed = parts > 0
        chosen = np.flatnonzero(facet_index.narrowed(listed, filters or {}))
        reach = offset + limit
        if not len(chosen):
            scored = []
        elif order == BY_DATE:
            scored = by_date(finder, chosen, reach)
        else:
            scored = ordered(finder, chosen, parts, ways, reach)
        shown = [(int(facet_index.ids[row]), score) for row, score in scored[offset:reach]]
        return Results(
            query,
            stamp=facet_index.stamp,
            hits=hits_of(shown, [word.group for way in ways for word in way], user),
            total=len(chosen),
            facets=facet_index.counted(listed, filters or {}),
            corrections=corrections(words),
            is_corrected=bool(words) and all(word.group.typed for word in words.values()),
            asked=alternative_terms(asked, words, ways, finder.readers_pages),
        )

    def related(self, page: Page, user, count: int) -> list[FoundPage]:
        return related(page, user, count)


def matched_words(finder, asked: Query) -> tuple[Query, dict[Group, MatchedWord]]:
    """The query, its faults mended when nobody wrote some of its words, and what is held of
    it. `finder`: what has `words(query)`."""
    words = finder.words(asked)
    mended = asked.mended({group: word.group for group, word in words.items()})
    return (asked, words) if mended is asked else (mended, finder.words(mended))


def corrections(words: dict[Group, MatchedWord]) -> dict[str, str]:
    """The words that stand for those that nobody wrote, with their accents; with them, as nobody
    wrote them either, those that are found by their stems only."""
    groups = [one for word in words.values() for one in (word.group, *word.group.parts)]
    mended = {group.typed: group.word for group in groups if group.typed}
    if mended:
        alike = {group.word: same_word(group) for group in groups if not group.typed}
        mended |= {typed: word for typed, word in alike.items() if word}
    return {typed: spelling.with_accents(word) for typed, word in mended.items()}


def rows(sql: str, params: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
