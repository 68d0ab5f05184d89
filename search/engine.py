"""The one interface of the search; the engine behind it is chosen by SEARCH_URL."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from wagtail.models import Page

from search.models import SearchEntry
from search.query.ranking import QueryTerm
from wiki.models.pages import IndexPage
from wiki.pages.facets import FacetFilters, FacetValue
from wiki.pages.kinds import all_kinds
from wiki.text import addresses

ENGINES = {
    "embedded": "search.engines.embedded.EmbeddedEngine",
    "postgres": "search.engines.postgres.PostgresEngine",
    "opensearch": "search.engines.elastic.engine.ElasticEngine",
    "opensearchs": "search.engines.elastic.engine.ElasticEngine",
    "elasticsearch": "search.engines.elastic.engine.ElasticEngine",
    "elasticsearchs": "search.engines.elastic.engine.ElasticEngine",
}
PAGE_SIZE = 10
FACETS = ("kind", "topic", "public", "level", "device", "commune", "year")
BY_RELEVANCE, BY_DATE = "", "date"


@dataclass
class FoundPage:
    """The page of an answer, as lists show it: light, for a page object costs as a query."""

    pk: int
    title: str
    slug: str
    url_path: str
    kind: str
    is_closed: bool = False  # that not everybody reads it, for people with an account

    @property
    def address(self) -> str:
        """On this site, such as `/lieux/apeb/`."""
        return addresses.url_of(self.url_path)


@dataclass
class FileHit:
    """A file of the page that holds what the page itself does not.

    `kind`: such as PDF; `size`: in bytes, 0 when it is not known.
    """

    document_id: int
    title: str
    address: str
    extract: SafeString
    kind: str = ""
    size: int = 0


@dataclass
class Hit:
    """One answer: the page, its kind, how well it answers, and an extract with marks.

    `is_promoted`: facilitators chose it for these words. `file`: where the words were found,
    when it is in a file. `names`: the stems of its title and of its other wordings. `commune`:
    where the place is; `day`: that of the meeting.
    """

    page: FoundPage
    kind: str
    score: float
    changed_at: datetime
    extract: SafeString = field(default_factory=SafeString)
    lead: str = ""
    is_promoted: bool = False
    file: FileHit | None = None
    names: str = ""
    commune: str = ""
    day: date | None = None

    @property
    def kind_name(self) -> str:
        return str(all_kinds().get(self.kind, IndexPage).kind_name)


@dataclass
class Results:
    """One page of answers. `total` and `facets` count what this reader may read, only.

    `facets`: for each of FACETS that has something to choose, its values, most answers first;
    the counts of a facet are those of the answers that the other facets leave.
    `corrections`: the words that stand for those that nobody wrote, by these.
    `is_corrected`: nothing was found as it was typed, so they were looked for.
    `degraded`: the cluster does not answer; these are the answers of the database.
    `is_late`: the cluster has not heard of the last changes; it will in a second or two.
    `stamp`: the site's, when the engine asked for it. `asked`: the ways of saying the query,
    each as its words: see `search.engines.certainty`.
    """

    query: str
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    corrections: dict[str, str] = field(default_factory=dict)
    is_corrected: bool = False
    degraded: bool = False
    is_late: bool = False
    stamp: int | None = None
    asked: list[list[QueryTerm]] = field(default_factory=list)

    @property
    def corrected_query(self) -> str:
        """The query with its words mended; empty when there is nothing to mend."""
        from search.query.spelling import mended

        return mended(self.query, self.corrections)


class Engine(Protocol):
    def index(self, page: Page) -> None:
        """Write or rewrite the entry of a published page, in the transaction under way."""

    def remove(self, page_id: int) -> None:
        """Forget a page; one that has no entry is no error."""

    def mend(self) -> None:
        """Put right what would refuse an entry that changes; `reindex` begins with it."""

    def tidy(self) -> None:
        """Put in order what the engine keeps beside the entries; `reindex` ends with it."""

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
        """Answers for this reader, best first. Any text is a valid query; never raises."""

    def related(self, page: Page, user, count: int) -> list[FoundPage]:
        """Published pages that say much the same as this one, likest first."""

    def faults(self) -> list[str]:
        """What the index holds otherwise than the published pages: for `reindex --check`."""


def is_cluster() -> bool:
    return "search" in settings.SEARCH_URL.partition(":")[0]


def related(page: Page, user, count: int) -> list[FoundPage]:
    return get_engine().related(page, user, count)


@cache
def get_engine() -> Engine:
    """The engine of SEARCH_URL; raises ImproperlyConfigured on an unknown scheme."""
    scheme = settings.SEARCH_URL.partition(":")[0]
    if scheme not in ENGINES:
        raise ImproperlyConfigured(
            f"SEARCH_URL must start with one of: {', '.join(f'{name}://' for name in ENGINES)}."
        )
    return import_string(ENGINES[scheme])()


@transaction.atomic
def index_again(page_ids: Iterable[int]) -> None:
    """Rewrite the entries of pages, of those that have one. Each page is locked and read anew:
    what others publish meanwhile is not written over."""
    for pk in sorted(page_ids):
        page = Page.objects.select_for_update(no_key=True).filter(pk=pk).first()
        if page and SearchEntry.objects.filter(pk=pk).exists():
            get_engine().index(page.specific)
