"""A new index beside the old one, from the entries of the database, and their comparison.

Nothing stops meanwhile: readers have the old index until the new one is whole, and what is
published goes to both.
"""

import time
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from search.engines.elastic import aliases, outbox
from search.engines.elastic.client import writing
from search.engines.elastic.index import documents_of
from search.models import Outgoing, SearchEntry

BATCH = 500
OLDEST = 0  # a version: all that the outbox sends is newer
PATIENCE = 10  # seconds that the outbox is given to be empty
READ_AT_ONCE = 2_000


def rebuild() -> int:
    """Make the index anew and put it in the place of the old one; returns how many pages."""
    name = aliases.begin()
    try:
        count = sum(fill(batch) for batch in batches(entry_ids()))
    except BaseException:
        aliases.forget([name])
        raise
    # From here the new index may be the one that serves: it is never deleted, even when the
    # answer is lost. What still waits in the outbox goes to it.
    aliases.swap(name)
    return count


def fill(page_ids: list[int]) -> int:
    """Write these pages in the index under way, but where the outbox did so before."""
    about = {"_op_type": "index", "_index": aliases.building(), "version_type": "external_gte"}
    actions = [
        {**about, "_id": pk, "version": OLDEST, "_source": document}
        for pk, document in documents_of(page_ids)
    ]
    for taken, outcome in writing().bulk(actions, require_alias=True):
        if not taken and outcome["index"]["status"] != outbox.CONFLICT:
            raise OSError(f"The cluster refuses a page: {outcome['index']}")
    return len(actions)


def entry_ids() -> list[int]:
    return list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True))


def batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


# Comparing


def faults() -> list[str]:
    """What the index holds otherwise than the entries, once all that waits is sent."""
    try:
        waiting = empty_the_outbox()
        wrong = differing(entry_ids(), digests())
        if wrong:  # what was published meanwhile is no fault
            waiting = empty_the_outbox()
            writing().indices.refresh(index=aliases.alias())
            wrong = wrong & differing(entry_ids(), digests())
    except outbox.Unreachable as failure:
        return [_("the search cluster does not answer: %s") % failure]
    except writing().failures as failure:
        return [_("the search cluster does not answer: %s") % failure]
    late = [_("page %s waits to be sent to the cluster") % pk for pk in sorted(waiting)]
    return late + [_("page %s is otherwise in the cluster") % pk for pk in sorted(wrong - waiting)]


def empty_the_outbox() -> set[int]:
    """The pages that still wait after a while. Raises Unreachable."""
    end = time.monotonic() + PATIENCE
    while True:
        outbox.drain()
        waiting = set(Outgoing.objects.values_list("page_id", flat=True))
        if not waiting or time.monotonic() > end:
            return waiting
        time.sleep(0.2)


def digests() -> dict[int, str]:
    """What the cluster holds of each page."""
    query = {"query": {"match_all": {}}, "_source": ["digest"]}
    found = writing().scan(index=aliases.alias(), query=query, size=READ_AT_ONCE)
    return {int(hit["_id"]): hit["_source"]["digest"] for hit in found}


def differing(ids: Iterable[int], held: dict[int, str]) -> set[int]:
    """Pages that only one side has, or that they have otherwise."""
    ids = list(ids)
    own = {pk: document["digest"] for batch in batches(ids) for pk, document in documents_of(batch)}
    return {pk for pk in own.keys() | held.keys() if own.get(pk) != held.get(pk)}
