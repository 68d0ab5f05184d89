"""Who wrote the pages of corpus.py, when, and how often: the same for each wiki that holds them.

A page has one to three versions, one page LONG of them. The first is of the day that the corpus
says; somebody changes a page each PACE. Each older version ends with a sentence of its own, which
the next one took out.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

LONG = 65  # versions of the one page with a long history
PEOPLE = 36  # who write, at most
PLACES = "structure"  # the kind of the corpus that other pages name
SUMMARIES = ("Horaires vérifiés par téléphone.", "Une phrase plus claire.", "Lien ajouté.", "")
YEAR, PACE = timedelta(days=365), timedelta(hours=2)


@dataclass(frozen=True)
class Change:
    """One version of a page; `author`: the rank of who wrote it among `people`."""

    number: int
    moment: datetime
    author: int
    summary: str = ""
    minor: bool = False
    is_newest: bool = True

    @property
    def sentence(self) -> str:
        """The words that this version alone ends with."""
        return "" if self.is_newest else f"Ce que disait la version {self.number}."


def people(items: list[dict]) -> list[str]:
    """The names that sign, each once."""
    return list(dict.fromkeys(item["author"] for item in items))[:PEOPLE]


def long_page(items: list[dict]) -> int:
    """The rank of the page with the long history: the first that is about nothing special."""
    special = {"fiche", PLACES, "compte-rendu", "deontologie", "formation", "ressource"}
    ranks = (rank for rank, item in enumerate(items) if item["kind"] not in special)
    return next(ranks, 0)


def changes(item: dict, rank: int, is_long: bool, authors: int, now: datetime) -> list[Change]:
    """The versions of the page of this rank, oldest first; all of them before `now`."""
    total = LONG if is_long else 1 + rank % 2 + (rank % 7 == 0)
    return [
        Change(
            number=number,
            moment=moment,
            author=(rank * 7 + number) % authors,
            summary=SUMMARIES[(rank + number) % len(SUMMARIES)] if number > 1 else "",
            minor=number > 1 and (rank + number) % 5 == 0,
            is_newest=number == total,
        )
        for number, moment in enumerate(moments(item, rank, total, now), start=1)
    ]


def moments(item: dict, rank: int, total: int, now: datetime) -> list[datetime]:
    first = began(item, rank, now)
    whole = max(now - PACE * (rank + 1) - first, (now - first) / 2)
    parts = max(total - 1, 1)
    return [(first + whole * part / parts).replace(microsecond=0) for part in range(total)]


def began(item: dict, rank: int, now: datetime) -> datetime:
    """When the first version was written: on the day that the corpus says, or some years before
    where that is to come."""
    hour = time(8 + rank % 10, rank % 60, rank % 59)
    moment = datetime.combine(date.fromisoformat(item["date"]), hour, UTC)
    while moment >= now:
        moment -= YEAR
    return moment
