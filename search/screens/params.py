"""What the address of the results asks for: words, filters, order, page."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from search.engine import BY_DATE, BY_RELEVANCE, FACETS
from wiki.pages import facets
from wiki.pages.facets import Facet, FacetValue
from wiki.text.characters import one_line

NAMES = {facet: facets.NAMES[facet] for facet in FACETS}  # in addresses
LAST_PAGE = 500
LONGEST = 500  # characters of a query kept in the addresses of the screen
MOST_SHOWN = 8  # values of one facet that are shown, those chosen aside


@dataclass(frozen=True)
class SearchParams:
    """`filters`: facet → values; `page`: from 1."""

    query: str
    filters: dict[str, list[str]] = field(default_factory=dict)
    order: str = BY_RELEVANCE
    page: int = 1

    @classmethod
    def read(cls, values: QueryDict) -> "SearchParams":
        """Any text is a valid query; values that mean nothing are passed over."""
        query = one_line(values.get("q", "").replace("\x00", " "))
        return cls(
            query,
            facets.asked_in(values, FACETS),
            BY_DATE if values.get("tri") == BY_DATE else BY_RELEVANCE,
            page_number(values.get("page", "")),
        )

    def address(self, **changes) -> str:
        """The query string of this search with other `query`, `filters` or `order`; of its
        first page unless `page` says otherwise."""
        wanted = {"query": self.query, "filters": self.filters, "order": self.order} | changes
        pairs = [("q", wanted["query"][:LONGEST])]
        pairs += facets.pairs_of(wanted["filters"])
        pairs += [("tri", wanted["order"])] if wanted["order"] else []
        pairs += [("page", str(changes["page"]))] if changes.get("page", 1) > 1 else []
        return "?" + urlencode(pairs)

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What the form of filters sends along with them."""
        order = [("tri", self.order)] if self.order else []
        return [("q", self.query[:LONGEST]), *order]

    def facets(self, found: dict[str, list[FacetValue]], total: int) -> list[Facet]:
        """The filters of the screen: facets that part the answers, or that are chosen."""
        shown = [self._facet(name, found.get(name, [])) for name in FACETS]
        return [facet for facet in shown if facet.chosen or facet.parts(total)]

    def _facet(self, name: str, values: list[FacetValue]) -> Facet:
        chosen = self.filters.get(name, [])
        shown = values[:MOST_SHOWN] + [v for v in values[MOST_SHOWN:] if v.value in chosen]
        if name == "year":
            shown = sorted(shown, key=lambda value: value.value, reverse=True)
        return facets.facet_of(name, shown, self.filters, lambda f: self.address(filters=f))


def page_number(text: str) -> int:
    return facets.page_number(text, LAST_PAGE)
