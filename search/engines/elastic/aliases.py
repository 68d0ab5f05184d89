"""Which indexes of the cluster hold the pages: names that lead to them, and changing places.

Readers and writers use an alias. While a new index is made, a second alias leads to it, and
what is published meanwhile is written to both.
"""

from datetime import UTC, datetime

from search.engines.elastic.client import address, writing
from search.engines.elastic.index import definition


class NoIndex(OSError):
    """The cluster has no index yet: `manage.py reindex` makes it."""


def alias() -> str:
    return address().index


def building() -> str:
    return f"{alias()}-building"


def behind(name: str) -> list[str]:
    """The indexes to which an alias leads."""
    found = writing().indices.get_alias(index=f"{alias()}-*")  # never « not found »
    return sorted(index for index, about in found.items() if name in about["aliases"])


def written() -> list[str]:
    """The aliases to write to. Raises NoIndex before the first `reindex`."""
    found = writing().indices.get_alias(index=f"{alias()}-*")
    known = {name for about in found.values() for name in about["aliases"]}
    names = [name for name in (alias(), building()) if name in known]
    if not names:
        raise NoIndex(f"no index is called {alias()}: manage.py reindex makes it")
    return names


def begin() -> str:
    """Make a new, empty index beside the one that serves; returns its name."""
    forget(behind(building()))
    if writing().indices.exists(index=building()):
        forget([building()])  # a late deletion may have made an index of this name
    name = f"{alias()}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"
    body = {**definition(address()), "aliases": {building(): {}}}
    writing().indices.create(index=name, body=body)
    return name


def swap(name: str) -> None:
    """From one request to the next, everybody reads the new index; the old one goes."""
    old = behind(alias())
    actions = [{"remove": {"index": index, "alias": alias()}} for index in old]
    actions += [{"remove": {"index": name, "alias": building()}}]
    actions += [{"add": {"index": name, "alias": alias()}}]
    writing().indices.refresh(index=name)
    writing().indices.update_aliases(body={"actions": actions})
    forget(old)


def forget(names: list[str]) -> None:
    for name in names:
        writing().indices.delete(index=name)
