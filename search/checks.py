"""The search engine must suit the database: said at start, not at the first query."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.engine import is_cluster
from search.engines.embedded import missing_triggers


def register_all() -> None:
    register(engine_suits_database)
    register(cluster_has_an_address)
    register(triggers_are_there, Tags.database)


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


def triggers_are_there(app_configs, databases=None, **kwargs) -> list[Warning]:
    """On SQLite, what keeps the full text equal to the entries; a table that is made anew loses
    it. Asked by `migrate`, and by `check --database default`."""
    if connection.alias not in (databases or ()) or not (lost := missing_triggers()):
        return []
    message = f"The search does not follow the pages: {', '.join(lost)} missing."
    return [Warning(message, hint="Run manage.py reindex: it makes them again.", id="search.W004")]
