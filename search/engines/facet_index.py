"""What filters, counts and rights need of all entries, kept in each process as arrays.

A facet index is never changed: `facet_indexes.current()` gives the one of the site's stamp, made
from the last one and from what was written since. The row of an entry is its rank in the arrays.
What is counted here is true for a reader, because the restrictions above each
page stand beside its facets; pages that are shown are asked of `wiki.access.visibility` again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from threading import Lock
from typing import NamedTuple

import numpy as np

from search.engine import FACETS, FacetValue
from search.models import EntryMetadata, Tombstone
from wiki.access.closed_paths import closed_restrictions
from wiki.models import SiteRevision
from wiki.text.french_order import french_key

COLUMNS = ("entry_id", "changed_at", "name_length", "facets", "restrictions", "stamp")
BATCH = 500
LATE = 200  # stamps: a transaction may end after that many others that began later
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ANYBODY = "anybody"
KEPT_MASKS = 64  # different rights whose readable entries are kept
NO_ROWS = np.empty(0, dtype=np.int32)


class Metadata(NamedTuple):
    """What an `EntryMetadata` says, as it is read."""

    pk: int
    changed_at: datetime
    name_length: int
    facets: Mapping[str, Mapping[str, str]]
    restrictions: Sequence[int]
    stamp: int


@dataclass(frozen=True)
class Labels:
    """Which entries have which values, each as its entry spells it: parallel arrays of rows,
    of ranks in `ranks` (values) and of ranks in `names` (value, name), both in their order."""

    rows: np.ndarray = field(default_factory=lambda: NO_ROWS)
    codes: np.ndarray = field(default_factory=lambda: NO_ROWS)
    spellings: np.ndarray = field(default_factory=lambda: NO_ROWS)
    ranks: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def holding(self, values: Iterable[str], size: int) -> np.ndarray:
        """A mask of the entries with any of these values."""
        mask = np.zeros(size, dtype=bool)
        asked = [self.ranks[value] for value in values if value in self.ranks]
        if asked:
            is_asked = np.zeros(len(self.ranks), dtype=bool)  # looked up: `isin` compares each
            is_asked[asked] = True
            mask[self.rows[is_asked[self.codes]]] = True
        return mask

    def counts(self, mask: np.ndarray) -> list[FacetValue]:
        """How many of the masked entries have each value, most first."""
        counted = mask[self.rows]
        names = self._commonest(counted)
        totals, values = np.bincount(self.codes[counted]), list(self.ranks)
        found = [
            FacetValue(values[rank], names[values[rank]], total)
            for rank, total in enumerate(totals.tolist())
            if total
        ]
        return sorted(found, key=lambda one: (-one.count, french_key(one.name)))

    def _commonest(self, counted: np.ndarray) -> dict[str, str]:
        """Of each value, the name that most of the counted entries give it: no other entry's."""
        totals, names = np.bincount(self.spellings[counted]), list(self.names)
        used = sorted((total, names[rank]) for rank, total in enumerate(totals.tolist()) if total)
        return dict(pair for _total, pair in used)

    def without(self, rows: Sequence[int]) -> "Labels":
        kept = ~np.isin(self.rows, rows)
        arrays = (self.rows, self.codes, self.spellings)
        return Labels(*(array[kept] for array in arrays), self.ranks, self.names)

    def having(self, entries: Iterable[tuple[int, Mapping[str, str]]]) -> "Labels":
        """With the values of more entries: their rows, with value → name."""
        ranks, names = dict(self.ranks), dict(self.names)
        held = [
            (row, ranks.setdefault(pair[0], len(ranks)), names.setdefault(pair, len(names)))
            for row, own in entries
            for pair in own.items()
        ]
        more = np.array(held, dtype=np.int32).reshape(-1, 3).T
        arrays = (self.rows, self.codes, self.spellings)
        both = [np.concatenate(pair) for pair in zip(arrays, more, strict=True)]
        return Labels(*both, ranks, names)


@dataclass(frozen=True)
class FacetIndex:
    """`ids`, `changed` (microseconds since 1970), `name_lengths`, `is_there`: one an entry."""

    stamp: int = -1
    ids: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    changed: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    name_lengths: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int16))
    is_there: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=bool))
    order: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    restrictions: Labels = field(default_factory=Labels)
    facets: Mapping[str, Labels] = field(default_factory=dict)
    recent: Mapping[int, Metadata] = field(default_factory=dict)  # entries that may come once more
    masks: dict = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.ids)

    def rows_of(self, ids: np.ndarray) -> np.ndarray:
        """The rows of page ids; those that have no entry are left out."""
        if not len(ids) or not self.size:
            return NO_ROWS
        sorted_ids = self.ids[self.order]
        ranks = np.minimum(np.searchsorted(sorted_ids, ids), self.size - 1)
        return self.order[ranks[sorted_ids[ranks] == ids]]

    def readable(self, user) -> np.ndarray:
        """A mask of what this person may find."""
        known = None if user.is_authenticated else self.masks.get(ANYBODY)
        if known is not None:
            return known
        closed = frozenset(str(one.pk) for one in closed_restrictions(user))
        mask = self.masks.get(closed)
        if mask is None:
            mask = self.is_there & ~self.restrictions.holding(closed, self.size)
        if len(self.masks) < KEPT_MASKS:
            self.masks[closed if user.is_authenticated else ANYBODY] = mask
        return mask

    def having(self, facet: str, value: str) -> np.ndarray:
        """A mask of the entries with this value, kept: pages ask for the same one."""
        key = (facet, value)
        if key not in self.masks:
            self.masks[key] = self.facets.get(facet, Labels()).holding([value], self.size)
        return self.masks[key]

    def narrowed(self, mask: np.ndarray, filters: Mapping, but: str = "") -> np.ndarray:
        """The masked entries that have the values asked of each facet, but of one."""
        for name, values in filters.items():
            if values and name != but:
                mask = mask & self.facets.get(name, Labels()).holding(values, self.size)
        return mask

    def counted(self, mask: np.ndarray, filters: Mapping) -> dict[str, list[FacetValue]]:
        """The values of each facet with their counts under the other filters."""
        whole, found = self.narrowed(mask, filters), {}
        for name in (name for name in FACETS if name in self.facets):
            # A facet that filters nothing is counted among the answers themselves.
            left = self.narrowed(mask, filters, but=name) if filters.get(name) else whole
            if counts := self.facets[name].counts(left):
                found[name] = counts
        return found

    def with_entries(self, stamp: int, entries: list[Metadata], gone: list[int]) -> "FacetIndex":
        """The next facet index: these entries anew, these pages no longer."""
        fresh = [entry for entry in entries if self.recent.get(entry.pk) != entry]
        known = self._known([entry.pk for entry in fresh] + gone)
        new = [entry.pk for entry in fresh if entry.pk not in known]
        rows = known | {pk: self.size + rank for rank, pk in enumerate(new)}
        written = {rows[entry.pk]: entry for entry in fresh}
        left = [row for pk in gone if (row := known.get(pk)) is not None]
        left = [row for row in left if row not in written and self.is_there[row]]
        facet_index = self._grown(len(new))._written(written, left)
        again = {entry.pk: entry for entry in entries if entry.stamp >= stamp - LATE}
        return replace(facet_index, stamp=stamp, recent=again)

    def with_batches(self, stamp: int, batches: Iterable[Iterable[Metadata]]) -> "FacetIndex":
        """As `with_entries`, of more than should be in memory together."""
        facet_index, again = self, {}
        for batch in batches:
            facet_index = facet_index.with_entries(stamp, list(batch), [])
            again |= facet_index.recent
        return replace(facet_index, stamp=stamp, recent=again)

    def _known(self, ids: list[int]) -> dict[int, int]:
        rows = self.rows_of(np.array(ids, dtype=np.int64))
        return dict(zip(self.ids[rows].tolist(), rows.tolist(), strict=True))

    def _grown(self, more: int) -> "FacetIndex":
        if not more:
            return self
        return replace(
            self,
            ids=np.append(self.ids, np.zeros(more, dtype=np.int64)),
            changed=np.append(self.changed, np.zeros(more, dtype=np.int64)),
            name_lengths=np.append(self.name_lengths, np.zeros(more, dtype=np.int16)),
            is_there=np.append(self.is_there, np.zeros(more, dtype=bool)),
        )

    def _written(self, entries: dict[int, Metadata], left: list[int]) -> "FacetIndex":
        if not entries and not left:
            return self
        touched = [*entries, *left]
        columns = {
            "ids": [entry.pk for entry in entries.values()],
            "changed": [microseconds(entry.changed_at) for entry in entries.values()],
            "name_lengths": [entry.name_length for entry in entries.values()],
        }
        arrays = {name: put(getattr(self, name), [*entries], new) for name, new in columns.items()}
        there = put(self.is_there, touched, [True] * len(entries) + [False] * len(left))
        closed = [
            (row, {str(pk): "" for pk in entry.restrictions}) for row, entry in entries.items()
        ]
        return replace(
            self,
            **arrays,
            is_there=there,
            order=np.argsort(arrays["ids"], kind="stable"),
            restrictions=self.restrictions.without(touched).having(closed),
            facets={name: self._facet(name, entries, touched) for name in FACETS},
            masks={},
        )

    def _facet(self, name: str, entries: dict[int, Metadata], touched: list[int]) -> Labels:
        own = [(row, entry.facets.get(name) or {}) for row, entry in entries.items()]
        return self.facets.get(name, Labels()).without(touched).having(own)


def put(array: np.ndarray, rows: list[int], values: list) -> np.ndarray:
    """A copy with other values at these rows."""
    copy = array.copy()
    copy[rows] = values
    return copy


def microseconds(moment: datetime) -> int:
    gap = moment - EPOCH
    return (gap.days * 86_400 + gap.seconds) * 1_000_000 + gap.microseconds


class FacetIndexes:
    """The newest facet index, shared by the threads of a process."""

    def __init__(self):
        self.lock = Lock()
        self.newest = FacetIndex()

    def forget(self) -> None:
        self.newest = FacetIndex()

    def current(self) -> FacetIndex:
        """As the database is now: what was written since is read; all when the stamp went
        back, as after a restored backup."""
        stamp = SiteRevision.current()
        if stamp == self.newest.stamp:
            return self.newest
        with self.lock:
            if stamp < self.newest.stamp:  # another thread may have seen a later one meanwhile
                stamp = SiteRevision.current()
            facet_index = self.newest if self.newest.stamp <= stamp else FacetIndex()
            if facet_index.stamp != stamp:
                self.newest = facet_index = self._next(facet_index, stamp)
            return facet_index

    def _next(self, facet_index: FacetIndex, stamp: int) -> FacetIndex:
        if facet_index.stamp < 0:
            return facet_index.with_batches(stamp, self._whole())
        since = facet_index.stamp - LATE
        gone = Tombstone.objects.filter(stamp__gte=since).values_list("page_id", flat=True)
        left, entries = list(gone), EntryMetadata.objects.filter(stamp__gte=since)
        return facet_index.with_entries(stamp, [*map(read, entries.values_list(*COLUMNS))], left)

    def _whole(self) -> Iterator[list[Metadata]]:
        """All entries, some at a time: what they say would weigh fifty times their arrays."""
        rows = EntryMetadata.objects.values_list(*COLUMNS).order_by("pk")
        found = map(read, rows.iterator(chunk_size=BATCH))
        while batch := list(islice(found, BATCH)):
            yield batch


def read(values: tuple) -> Metadata:
    return Metadata(*values)


facet_indexes = FacetIndexes()
