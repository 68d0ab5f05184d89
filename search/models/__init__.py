"""What the search writes down."""

from search.models.entries import (
    EntryMetadata,
    NamedPage,
    PageNames,
    SearchEntry,
    Tombstone,
    VocabularyWord,
)
from search.models.files import FileText
from search.models.outbox import Outgoing
from search.models.vocabularies import Promoted, Synonym, ZeroResultSearch

__all__ = [
    "EntryMetadata",
    "FileText",
    "NamedPage",
    "Outgoing",
    "PageNames",
    "Promoted",
    "SearchEntry",
    "Synonym",
    "Tombstone",
    "VocabularyWord",
    "ZeroResultSearch",
]
