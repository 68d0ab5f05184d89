"""What the search writes down."""

from search.models.entries import Facts, Gone, NamedPage, PageNames, SearchEntry, Word
from search.models.files import FileText
from search.models.outbox import Outgoing
from search.models.vocabularies import Promoted, Synonym, VainSearch

__all__ = [
    "Facts",
    "FileText",
    "Gone",
    "NamedPage",
    "Outgoing",
    "PageNames",
    "Promoted",
    "SearchEntry",
    "Synonym",
    "VainSearch",
    "Word",
]
