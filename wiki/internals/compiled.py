"""Queries that every page asks: their SQL is made once, and run again with other values.

To make the SQL of a queryset costs several times what a database needs to answer it.
"""

import copy
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

LEAST_ROOM = 8
MOST_SHAPES = 500  # kept of one query; they are forgotten together
FIRST_NUMBER = 1_987_654_000  # larger than any id of the site, and a column may hold it


class Parted(Protocol):
    """A value of many parts, that the SQL names one by one."""

    def shape(self) -> Any:
        """The same for all values that the same SQL serves."""

    def parts(self) -> list:
        """Numbers and strings."""

    def filled(self, parts: Iterator) -> "Parted":
        """One of the same shape, with other parts."""


class OneOf:
    """Values for `IN`: 8 of them, 32, 128…, the last one being told again, so that few shapes
    serve lists of all lengths: to make the SQL of a shape costs more than to ask for a page."""

    def __init__(self, values):
        values = list(values)
        self.values = values + values[-1:] * (_room_for(len(values)) - len(values))

    def shape(self):
        return len(self.values)

    def parts(self) -> list:
        return self.values

    def filled(self, parts: Iterator) -> list:
        return [next(parts) for _value in self.values]


def _room_for(size: int) -> int:
    room = LEAST_ROOM if size else 0
    while room < size:
        room *= 4
    return room


class Identifier:
    """A UUID: some databases hold its figures, some the number itself."""

    def __init__(self, value: UUID):
        self.value = value

    def shape(self):
        return Identifier

    def parts(self) -> list:
        return [_Figures(self.value.hex)]

    def filled(self, parts: Iterator) -> UUID:
        return UUID(hex=next(parts))


class Day:
    """A date; some databases hold its figures."""

    def __init__(self, value: date):
        self.value = value

    def shape(self):
        return Day

    def parts(self) -> list:
        return [_IsoDate(self.value.isoformat())]

    def filled(self, parts: Iterator) -> date:
        return date.fromisoformat(next(parts))


class _Figures(str):
    """The 32 figures of a UUID."""

    @staticmethod
    def mark(number: int) -> str:
        return f"{FIRST_NUMBER + number:032x}"


class _IsoDate(str):
    """« 2026-03-12 »."""

    @staticmethod
    def mark(number: int) -> str:
        return (date.max - timedelta(days=number)).isoformat()


class Fixed:
    """What the SQL is made with: another value has another SQL."""

    def __init__(self, value):
        self.value = value

    def shape(self):
        return self.value

    def parts(self) -> list:
        return []

    def filled(self, parts: Iterator):
        return self.value


NOTHING = Fixed(None)


class Compiled:
    """The rows of `build(*values)`, a queryset whose shape depends on nothing else.

    Values are numbers, strings, or such as `OneOf`, `Identifier`, `Day` and `Fixed`; each must
    reach the SQL as it is, and none but those `Fixed` may be tested by `build`. Raises ValueError
    when one does not reach it.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        self.build, self.plans = build, {}

    def __call__(self, *values) -> list:
        shape = tuple(v.shape() if hasattr(v, "parts") else type(v) for v in values)
        plan = self.plans.get(shape)
        if plan is None:
            if len(self.plans) >= MOST_SHAPES:
                self.plans.clear()
            plan = self.plans[shape] = _Plan(self.build, values)
        return plan.rows(_flat(values))


def _flat(values) -> list:
    flat = []
    for value in values:
        if hasattr(value, "parts"):
            flat += value.parts()
        else:
            flat.append(value)
    return flat


class _Plan:
    """The SQL of one shape, and at which rank of the values each of its parameters is."""

    def __init__(self, build, values):
        marks = [_mark(n, part) for n, part in zip(count(), _flat(values), strict=False)]
        self.queryset = build(*_filled(values, iter(marks)))
        self.compiler = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            self.sql, parameters = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, parameters = "", marks
        self.converters = self.compiler.get_converters(
            [one[0] for one in self.compiler.select or ()]
        )
        ranks = {mark: rank for rank, mark in enumerate(marks)}
        self.parameters = [(_rank(one, ranks), one) for one in parameters]
        missing = set(ranks.values()) - {rank for rank, _one in self.parameters}
        if missing:
            raise ValueError(f"values that do not reach the SQL as they are: {sorted(missing)}")

    def rows(self, given: list) -> list:
        if not self.sql:
            return []
        parameters = tuple(one if rank is None else given[rank] for rank, one in self.parameters)
        asked = _Asked(self.queryset, self._compiler_with(parameters))
        return list(self.queryset._iterable_class(asked))

    def _compiler_with(self, parameters: tuple):
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *args, **kwargs: (self.sql, parameters)
        compiler.get_converters = lambda fields: self.converters
        return compiler


class _Asked:
    """As much of a queryset, and of its query, as those who read its rows ask for."""

    def __init__(self, queryset: QuerySet, compiler):
        self.db, self.model, self.query = DEFAULT_DB_ALIAS, queryset.model, self
        self._known_related_objects, self._fields = {}, queryset._fields
        self._query, self._compiler = queryset.query, compiler

    def get_compiler(self, *args, **kwargs):
        return self._compiler

    def __getattr__(self, name: str):
        return getattr(self._query, name)


def _mark(number: int, part) -> int | str:
    if hasattr(part, "mark"):
        return part.mark(number)
    return FIRST_NUMBER + number if isinstance(part, int) else f"\x02{number}\x02"


def _filled(values, marks: Iterator) -> list:
    return [value.filled(marks) if hasattr(value, "parts") else next(marks) for value in values]


def _rank(parameter, ranks: dict) -> int | None:
    if isinstance(parameter, UUID):
        parameter = parameter.hex
    elif type(parameter) is date:
        parameter = parameter.isoformat()
    return ranks.get(parameter) if isinstance(parameter, (int, str)) else None
