"""The search engine must suit the database: said at start, not at the first query."""

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.engine import is_cluster


def register_all() -> None:
    register(engine_suits_database)
    register(cluster_has_an_address)


NEEDS = {
    "embedded": ("sqlite", "The embedded search needs SQLite.", "search.E001"),
    "postgres": ("postgresql", "The PostgreSQL search needs PostgreSQL.", "search.E002"),
}
HINT = "Leave SEARCH_URL out: the database of DATABASE_URL says it. See docs/settings.md."


def engine_suits_database(app_configs, **kwargs) -> list[Error]:
    scheme = settings.SEARCH_URL.partition(":")[0]
    vendor, message, name = NEEDS.get(scheme, (connection.vendor, "", ""))
    return [] if vendor == connection.vendor else [Error(message, hint=HINT, id=name)]


def cluster_has_an_address(app_configs, **kwargs) -> list[Error]:
    """The address of a cluster is read, the cluster is not asked: the site starts without it."""
    if not is_cluster():
        return []
    from search.engines.elastic.client import address_of

    try:
        address_of(settings.SEARCH_URL)
    except ImproperlyConfigured as refusal:
        return [Error(str(refusal), hint="See docs/search-cluster.md.", id="search.E003")]
    return []
