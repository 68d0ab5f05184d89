"""What filters, counts and rights need of all entries, kept in each process as arrays.

A shelf is never changed: `shelves.current()` gives the one of the site's stamp, made from
the last one and from what was written since. A place on the shelf is the rank of an entry
in its arrays. What is counted here is true for a reader, because the restrictions above each
page stand beside its facets; pages that are shown are asked of `wiki.access.visibility` again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock

import numpy as np

from search.engine import FACETS, FacetValue
from search.models import Facts, Gone
from wiki.access.visibility import closed_restrictions
from wiki.models import Stamp
from wiki.text.french_order import french_key

LATE = 200  # stamps: a transaction may end after that many others that began later
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ANYBODY = "anybody"
KEPT_MASKS = 64  # different rights whose readable entries are kept
NO_PLACES = np.empty(0, dtype=np.int32)


@dataclass(frozen=True)
class Labels:
    """Which entries have which values, each as its entry spells it: parallel arrays of places,
    of ranks in `ranks` (values) and of ranks in `names` (value, name), both in their order."""

    places: np.ndarray = field(default_factory=lambda: NO_PLACES)
    codes: np.ndarray = field(default_factory=lambda: NO_PLACES)
    spellings: np.ndarray = field(default_factory=lambda: NO_PLACES)
    ranks: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def holding(self, values: Iterable[str], size: int) -> np.ndarray:
        """A mask of the entries with any of these values."""
        mask = np.zeros(size, dtype=bool)
        asked = [self.ranks[value] for value in values if value in self.ranks]
        if asked:
            mask[self.places[np.isin(self.codes, asked)]] = True
        return mask

    def counts(self, mask: np.ndarray) -> list[FacetValue]:
        """How many of the masked entries have each value, most first."""
        counted, names = mask[self.places], self._commonest(mask)
        totals, values = np.bincount(self.codes[counted]), list(self.ranks)
        found = [
            FacetValue(values[rank], names[values[rank]], total)
            for rank, total in enumerate(totals.tolist())
            if total
        ]
        return sorted(found, key=lambda one: (-one.count, french_key(one.name)))

    def _commonest(self, mask: np.ndarray) -> dict[str, str]:
        """Of each value, the name that most of the masked entries give it: no other entry's."""
        totals, names = np.bincount(self.spellings[mask[self.places]]), list(self.names)
        used = sorted((total, names[rank]) for rank, total in enumerate(totals.tolist()) if total)
        return dict(pair for _total, pair in used)

    def without(self, places: Sequence[int]) -> "Labels":
        kept = ~np.isin(self.places, places)
        arrays = (self.places, self.codes, self.spellings)
        return Labels(*(array[kept] for array in arrays), self.ranks, self.names)

    def having(self, rows: Iterable[tuple[int, Mapping[str, str]]]) -> "Labels":
        """With the values of more entries: places and their value → name."""
        ranks, names = dict(self.ranks), dict(self.names)
        held = [
            (place, ranks.setdefault(pair[0], len(ranks)), names.setdefault(pair, len(names)))
            for place, own in rows
            for pair in own.items()
        ]
        more = np.array(held, dtype=np.int32).reshape(-1, 3).T
        arrays = (self.places, self.codes, self.spellings)
        both = [np.concatenate(pair) for pair in zip(arrays, more, strict=True)]
        return Labels(*both, ranks, names)


@dataclass(frozen=True)
class Shelf:
    """`ids`, `changed` (microseconds since 1970), `name_lengths`, `is_there`: one an entry."""

    stamp: int = -1
    ids: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    changed: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    name_lengths: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int16))
    is_there: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=bool))
    order: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    restrictions: Labels = field(default_factory=Labels)
    facets: Mapping[str, Labels] = field(default_factory=dict)
    recent: Mapping[int, tuple] = field(default_factory=dict)  # rows that may come once more
    masks: dict = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.ids)

    def places_of(self, ids: np.ndarray) -> np.ndarray:
        """The places of page ids; those that are not on the shelf are left out."""
        if not len(ids) or not self.size:
            return NO_PLACES
        sorted_ids = self.ids[self.order]
        ranks = np.minimum(np.searchsorted(sorted_ids, ids), self.size - 1)
        return self.order[ranks[sorted_ids[ranks] == ids]]

    def readable(self, user) -> np.ndarray:
        """A mask of what this person may find."""
        known = None if user.is_authenticated else self.masks.get(ANYBODY)
        if known is not None:
            return known
        closed = frozenset(map(str, closed_restrictions(user).values_list("pk", flat=True)))
        mask = self.masks.get(closed)
        if mask is None:
            mask = self.is_there & ~self.restrictions.holding(closed, self.size)
        if len(self.masks) < KEPT_MASKS:
            self.masks[closed if user.is_authenticated else ANYBODY] = mask
        return mask

    def narrowed(self, mask: np.ndarray, filters: Mapping, but: str = "") -> np.ndarray:
        """The masked entries that have the values asked of each facet, but of one."""
        for name, values in filters.items():
            if values and name != but:
                mask = mask & self.facets.get(name, Labels()).holding(values, self.size)
        return mask

    def counted(self, mask: np.ndarray, filters: Mapping) -> dict[str, list[FacetValue]]:
        """The values of each facet with their counts under the other filters."""
        return {
            name: counts
            for name in FACETS
            if name in self.facets
            and (counts := self.facets[name].counts(self.narrowed(mask, filters, but=name)))
        }

    def with_rows(self, stamp: int, rows: list[tuple], gone: list[int]) -> "Shelf":
        """The next shelf: these rows of facts anew, these pages no longer."""
        fresh = [row for row in rows if self.recent.get(row[0]) != row]
        known = self._known([row[0] for row in fresh] + gone)
        new = [row[0] for row in fresh if row[0] not in known]
        places = known | {pk: self.size + rank for rank, pk in enumerate(new)}
        written = {places[row[0]]: row for row in fresh}
        left = [place for pk in gone if (place := known.get(pk)) is not None]
        left = [place for place in left if place not in written and self.is_there[place]]
        shelf = self._grown(len(new))._written(written, left)
        return replace(shelf, stamp=stamp, recent={row[0]: row for row in rows})

    def _known(self, ids: list[int]) -> dict[int, int]:
        places = self.places_of(np.array(ids, dtype=np.int64))
        return dict(zip(self.ids[places].tolist(), places.tolist(), strict=True))

    def _grown(self, more: int) -> "Shelf":
        if not more:
            return self
        return replace(
            self,
            ids=np.append(self.ids, np.zeros(more, dtype=np.int64)),
            changed=np.append(self.changed, np.zeros(more, dtype=np.int64)),
            name_lengths=np.append(self.name_lengths, np.zeros(more, dtype=np.int16)),
            is_there=np.append(self.is_there, np.zeros(more, dtype=bool)),
        )

    def _written(self, rows: dict[int, tuple], left: list[int]) -> "Shelf":
        if not rows and not left:
            return self
        touched = [*rows, *left]
        columns = {
            "ids": [row[0] for row in rows.values()],
            "changed": [microseconds(row[1]) for row in rows.values()],
            "name_lengths": [row[2] for row in rows.values()],
        }
        arrays = {name: put(getattr(self, name), [*rows], new) for name, new in columns.items()}
        there = put(self.is_there, touched, [True] * len(rows) + [False] * len(left))
        closed = [(place, {str(pk): "" for pk in row[4]}) for place, row in rows.items()]
        return replace(
            self,
            **arrays,
            is_there=there,
            order=np.argsort(arrays["ids"], kind="stable"),
            restrictions=self.restrictions.without(touched).having(closed),
            facets={name: self._facet(name, rows, touched) for name in FACETS},
            masks={},
        )

    def _facet(self, name: str, rows: dict[int, tuple], touched: list[int]) -> Labels:
        own = [(place, row[3].get(name) or {}) for place, row in rows.items()]
        return self.facets.get(name, Labels()).without(touched).having(own)


def put(array: np.ndarray, places: list[int], values: list) -> np.ndarray:
    """A copy with other values at these places."""
    copy = array.copy()
    copy[places] = values
    return copy


def microseconds(moment: datetime) -> int:
    gap = moment - EPOCH
    return (gap.days * 86_400 + gap.seconds) * 1_000_000 + gap.microseconds


class Shelves:
    """The newest shelf, shared by the threads of a process."""

    def __init__(self):
        self.lock = Lock()
        self.newest = Shelf()

    def forget(self) -> None:
        self.newest = Shelf()

    def current(self) -> Shelf:
        """As the database is now: what was written since is read; all when the stamp went
        back, as after a restored backup."""
        stamp = Stamp.current()
        if stamp == self.newest.stamp:
            return self.newest
        with self.lock:
            if stamp < self.newest.stamp:  # another thread may have seen a later one meanwhile
                stamp = Stamp.current()
            shelf = self.newest if self.newest.stamp <= stamp else Shelf()
            if shelf.stamp != stamp:
                self.newest = shelf = self._next(shelf, stamp)
            return shelf

    def _next(self, shelf: Shelf, stamp: int) -> Shelf:
        rows, gone = Facts.objects.all(), Gone.objects.all()
        if shelf.stamp >= 0:
            since = shelf.stamp - LATE
            rows, gone = rows.filter(stamp__gte=since), gone.filter(stamp__gte=since)
        columns = ("entry_id", "changed_at", "name_length", "facets", "restrictions")
        left = list(gone.values_list("page_id", flat=True))
        return shelf.with_rows(stamp, list(rows.values_list(*columns)), left)


shelves = Shelves()
