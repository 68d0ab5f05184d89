"""What a process keeps in memory, forgotten: numbers of pages and stamps are used again after a
rollback."""

from django.core.cache import cache

from search.engines.facet_index import facet_indexes
from search.query.spelling import spelling
from search.query.synonyms import groups_in_memory, vocabulary_in_memory
from search.screens.promoted import lines_in_memory
from search.suggest.title_index import names_in_memory


def forget_all() -> None:
    cache.clear()
    facet_indexes.forget()
    spelling.forget()
    for kept in (names_in_memory, groups_in_memory, vocabulary_in_memory, lines_in_memory):
        kept.forget()
