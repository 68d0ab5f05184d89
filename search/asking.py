"""One search of the screen of results: what the engine answers, for one reader."""

from search.asked import Asked
from search.engine import PAGE_SIZE, Results, get_engine


def answers_to(asked: Asked, user) -> Results:
    offset = (asked.page - 1) * PAGE_SIZE
    return get_engine().search(
        asked.query, user, filters=asked.filters, order=asked.order, offset=offset
    )
