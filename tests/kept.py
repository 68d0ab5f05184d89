"""What a process keeps in memory, forgotten: numbers of pages and stamps are used again after a
rollback."""

from django.core.cache import cache

from search.engines.facet_index import facet_indexes
from search.query.spelling import spelling
from search.suggest.title_index import names_in_memory
from wiki.http.kept_pages import kept_pages
from wiki.models import KeptByStamp
from wiki.text.addresses import site_root_path


def forget_all() -> None:
    cache.clear()
    facet_indexes.forget()
    spelling.forget()
    names_in_memory.forget()
    KeptByStamp.forget_all()
    kept_pages.forget()
    site_root_path.forget()
