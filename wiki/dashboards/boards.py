"""What waits for somebody, by sections: `/animer/` and « Mon espace ».

Each room of the site adds the sections of its own business in its `AppConfig.ready`, so that
nothing here imports it. A section shows how many things wait, and the first ones.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.urls import reverse

FIRST = 3  # lines of a section


@dataclass(frozen=True)
class WaitingLine:
    """One thing that waits. `action`: what to press beside it, in words, and its address."""

    words: str
    address: str = ""
    note: str = ""
    action: tuple[str, str] | None = None


@dataclass(frozen=True)
class Waiting:
    """`total`: how many wait for this person; `lines`: the first ones."""

    total: int = 0
    lines: list[WaitingLine] = field(default_factory=list)


@dataclass(frozen=True)
class SectionSource:
    """A section as its room adds it. `look`: of a person, what they may know of it; `route`:
    the screen that shows all; `rank`: its place among the others; `waits`: false when it is only
    shown, and asks for nothing."""

    title: str
    route: str
    look: Callable[[object], Waiting]
    rank: int
    waits: bool = True


@dataclass(frozen=True)
class BoardSection:
    """A section as it is shown."""

    name: str
    title: str
    address: str
    total: int
    lines: list[WaitingLine]
    waits: bool = True

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


class Board:
    def __init__(self):
        self._sources: dict[str, SectionSource] = {}

    def add(self, name: str, source: SectionSource) -> None:
        self._sources[name] = source

    def sections(self, user) -> list[BoardSection]:
        ranked = sorted(self._sources.items(), key=lambda item: item[1].rank)
        return [_shown(name, source, source.look(user)) for name, source in ranked]


def _shown(name: str, source: SectionSource, found: Waiting) -> BoardSection:
    address, lines = reverse(source.route), found.lines[:FIRST]
    return BoardSection(name, str(source.title), address, found.total, lines, source.waits)


def filled(sections: Iterable[BoardSection]) -> list[BoardSection]:
    return [section for section in sections if section.total]


def quiet(sections: Iterable[BoardSection]) -> list[BoardSection]:
    """Those where nothing waits today."""
    return [section for section in sections if not section.total]


facilitators = Board()
own = Board()
