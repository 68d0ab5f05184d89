"""The engine of a cluster.

What is written goes to the site's database, with the page, and from there to the cluster.
What is asked goes to the cluster; the best of its answers are put in order by the same
`search.query.ranking` as on the database engines, over the same entries. When the cluster does not
answer, or is far behind, the database does.
"""

import logging
from collections import Counter as Counts
from collections.abc import Mapping
from dataclasses import replace
from time import monotonic

from django.db import connection
from wagtail.models import Page

from search.engine import (
    BY_DATE,
    BY_RELEVANCE,
    PAGE_SIZE,
    FacetFilters,
    FacetValue,
    FoundPage,
    Results,
)
from search.engines.answers import hits_of
from search.engines.certainty import alternative_terms
from search.engines.database_engine import DatabaseEngine, corrections, matched_words
from search.engines.elastic import aliases, client, outbox, rebuild
from search.engines.elastic.queries import Counter, PageSearch, Readable, answering, part_of_way
from search.engines.embedded import EmbeddedEngine
from search.engines.matching import MOST, MatchedWord, expansions_matched
from search.engines.postgres import PostgresEngine
from search.engines.rerank import RANKED, relevances, worth
from search.models import Outgoing
from search.query.queries import Query, understood
from wiki.access.closed_paths import closed_restrictions
from wiki.access.visibility import visible_to
from wiki.models import SiteRevision
from wiki.text.french_order import french_key

logger = logging.getLogger(__name__)
SHUT = 15  # seconds during which a cluster that failed is not asked again
FAR_BEHIND = 500  # pages: more of them are not told one by one
DEEPEST = 10_000  # answers that a cluster lists of a query


class ElasticEngine:
    def __init__(self):
        own = {"sqlite": EmbeddedEngine, "postgresql": PostgresEngine}
        self.database: DatabaseEngine = own[connection.vendor]()
        self.shut_until = 0.0

    # Writing

    def index(self, page: Page) -> None:
        self.database.index(page)
        outbox.note([page.pk])

    def remove(self, page_id: int) -> None:
        self.database.remove(page_id)
        outbox.note([page_id])

    def mend(self) -> None:
        self.database.mend()

    def tidy(self) -> None:
        self.database.tidy()
        rebuild.rebuild()

    def faults(self) -> list[str]:
        return self.database.faults() + rebuild.faults()

    # Reading

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
        asked = {"filters": filters, "order": order, "offset": offset, "limit": limit}
        if monotonic() >= self.shut_until:
            try:
                return Asking(user).results(query, **asked)
            except (*client.reading().failures, outbox.Unreachable) as failure:
                self.shut_until = monotonic() + SHUT
                logger.warning("The search cluster does not answer: %s", failure)
        return replace(self.database.search(query, user, **asked), degraded=True)

    def related(self, page: Page, user, count: int) -> list[FoundPage]:
        return self.database.related(page, user, count)


class Asking:
    """One question of one reader."""

    def __init__(self, user):
        self.user = user
        self.client, self.index = client.reading(), aliases.alias()
        closed = [one.pk for one in closed_restrictions(user)]
        waiting = waiting_pages()
        self.is_late = bool(waiting)
        self.readable = Readable(closed, self.hidden(waiting))

    def hidden(self, waiting: set[int]) -> list[int]:
        """Those that one may not read now: the cluster may not know it yet."""
        if not waiting:
            return []
        open_pages = visible_to(self.user, Page.objects.filter(pk__in=waiting))
        return sorted(waiting - set(open_pages.values_list("pk", flat=True)))

    def results(self, text: str, *, filters, order: str, offset: int, limit: int) -> Results:
        query = understood(text, SiteRevision.current())
        counter = Counter(self.client, self.index, self.readable)
        query, words = matched_words(counter, query) if query else (query, {})
        ways = expansions_matched(query, words) if words else []
        if not ways:
            return Results(text, is_late=self.is_late)
        answer = self.answer(query, ways, filters or {}, order, offset + limit)
        scored = self.scored(answer, ways, order)[offset : offset + limit]
        return Results(
            text,
            hits=hits_of(scored, [word.group for way in ways for word in way], self.user),
            total=answer.hits.total.value,
            facets=facets_of(answer),
            corrections=corrections(words),
            is_corrected=all(word.group.typed for word in words.values()),
            is_late=self.is_late,
            asked=alternative_terms(query, words, ways, counter.readers_pages),
        )

    def answer(self, query: Query, ways: list, filters: Mapping, order: str, reach: int):
        """Pages that hold most of the query; when none does, those that hold most."""
        question = answering(query, ways, self.readable)
        found = self.ask(question, filters, order, reach)
        if found.aggregations.listed.doc_count:
            return found
        best = self.ask(answering(query, ways, self.readable, 0.0), {}, BY_RELEVANCE, RANKED)
        parts = [matched_part(hit, ways) for hit in best.hits]
        question = answering(query, ways, self.readable, min(MOST, max(parts, default=MOST)))
        return self.ask(question, filters, order, reach)

    def ask(self, question, filters: Mapping, order: str, reach: int):
        search = PageSearch(self.client, self.index, question, filters, order)
        return search[0 : min(max(reach, RANKED), DEEPEST)].execute()

    def scored(self, answer, ways: list[list[MatchedWord]], order: str) -> list[tuple[int, float]]:
        """Page ids with scores, best first, as `search.engines.rerank.ordered` gives rows."""
        hits = list(answer.hits)
        if order == BY_DATE:
            return [(int(hit.meta.id), 0.0) for hit in hits]
        parts = {int(hit.meta.id): matched_part(hit, ways) for hit in hits[:RANKED]}
        found = relevances(list(parts), ways)
        scored = [(pk, worth(relevance, parts[pk])) for pk, relevance in found.items()]
        scored.sort(key=lambda item: (-item[1], item[0]))
        return scored + [(int(hit.meta.id), 0.0) for hit in hits[RANKED:]]


def waiting_pages() -> set[int]:
    """Pages of which the cluster has not heard the last. Raises Unreachable when they are too
    many to be told one by one."""
    pages = Outgoing.objects.order_by().values_list("page_id", flat=True).distinct()
    waiting = set(pages[: FAR_BEHIND + 1])
    if waiting:
        outbox.drainer.wake()
    if len(waiting) > FAR_BEHIND:
        raise outbox.Unreachable("too much waits to be sent")
    return waiting


def matched_part(hit, ways: list[list[MatchedWord]]) -> float:
    """The part of the query that a page holds, counted as the database engines do."""
    names = set(getattr(hit.meta, "matched_queries", ()))
    return round(max(part_of_way(way, rank, names) for rank, way in enumerate(ways)), 6)


def facets_of(answer) -> dict[str, list[FacetValue]]:
    """Most answers first, as on the facet_index; a value that has two names bears the commoner."""
    found = {}
    for name, values in answer.facets.to_dict().items():
        counts, names = Counts(), {}
        for (value, label), count, _chosen in values:  # commonest first
            counts[value] += count
            names.setdefault(value, label)
        if counts:
            counted = [FacetValue(value, names[value], counts[value]) for value in counts]
            found[name] = sorted(counted, key=lambda one: (-one.count, french_key(one.name)))
    return found
