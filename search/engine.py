"""The one interface of the search; the engine behind it is chosen by SEARCH_URL."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from wagtail.models import Page

ENGINES = {
    "embedded": "search.embedded.EmbeddedEngine",
    "postgres": "search.postgres.PostgresEngine",
}
PAGE_SIZE = 20


@dataclass
class Hit:
    """One answer: the page, its kind, how well it answers, and an extract with marks."""

    page: Page
    kind: str
    score: float
    changed_at: datetime
    extract: SafeString = field(default_factory=SafeString)
    lead: str = ""


@dataclass
class Results:
    """One page of answers. `total` and `kinds` count what this reader may read, only.

    `kinds` maps each kind to its count before the filter by kind; `total` is after it.
    """

    query: str
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    kinds: dict[str, int] = field(default_factory=dict)


class Engine(Protocol):
    def index(self, page: Page) -> None:
        """Write or rewrite the entry of a published page, in the transaction under way."""

    def remove(self, page_id: int) -> None:
        """Forget a page; one that has no entry is no error."""

    def tidy(self) -> None:
        """Put in order what the engine keeps beside the entries; `reindex` ends with it."""

    def search(
        self, query: str, user, *, kind: str = "", offset: int = 0, limit: int = PAGE_SIZE
    ) -> Results:
        """Answers for this reader, best first. Any text is a valid query; never raises."""


@cache
def get_engine() -> Engine:
    """The engine of SEARCH_URL; raises ImproperlyConfigured on an unknown scheme."""
    scheme = settings.SEARCH_URL.partition(":")[0]
    if scheme not in ENGINES:
        raise ImproperlyConfigured(
            f"SEARCH_URL must start with one of: {', '.join(f'{name}://' for name in ENGINES)}."
        )
    return import_string(ENGINES[scheme])()
