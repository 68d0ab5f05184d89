"""What modelcluster asks of a type of pages, kept: it asks it again of every page that is made,
which costs most of making one; and what it holds of a page."""

from collections.abc import Callable
from functools import cache

from modelcluster import models


def keep() -> None:
    """Once all models are known."""
    for find in (models.get_all_child_relations, models.get_all_child_m2m_relations):
        setattr(models, find.__name__, _by_type(find))


def _by_type(find: Callable[[type], list]) -> Callable[[object], list]:
    kept = cache(find)
    return lambda page: kept(page if isinstance(page, type) else type(page))


def is_held(page, name: str) -> bool:
    """Whether the page holds these child rows in memory, whatever the tables have."""
    return name in getattr(page, "_cluster_related_objects", ())
