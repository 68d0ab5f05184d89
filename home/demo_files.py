"""The demonstration's files: TOML between two lines of `+++`, then the body in HTML."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

FOLDER = Path(__file__).parent / "demo"
NAME = re.compile(r"^(?P<slug>[\w-]+?)(?:\.v\d+)?\.html$")
RANKS_OF_OLD = ["", *map(str, range(1, 10))]  # signs of the keys before November 2026


@dataclass
class DemoVersion:
    """One version of one page, as a file of the demonstration tells it."""

    folder: str
    slug: str
    data: dict
    body: str

    @property
    def key(self) -> UUID:
        """By it a version that is loaded already is recognised.

        Made of the date, not of the rank: the newest file takes a rank once it has a follower.
        """
        return _key(self.slug, self.data["date"])

    @property
    def written_at(self) -> datetime:
        return timezone.make_aware(datetime.fromisoformat(self.data["date"]))


def keys_of(versions: list[DemoVersion]) -> dict[UUID, str]:
    """The slug behind every key that a version of these pages has, or had when ranks made keys."""
    keys = {version.key: version.slug for version in versions}
    for slug in {version.slug for version in versions}:
        keys |= {_key(slug, rank): slug for rank in RANKS_OF_OLD}
    return keys


def _key(slug: str, sign: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"passerelles-demonstration/{slug}/{sign}")


def read_versions() -> list[DemoVersion]:
    """Every version of every page, oldest first; raises ValueError on a file out of shape."""
    files = FOLDER.glob("*/*.html")
    return sorted((read(path) for path in files), key=lambda version: version.written_at)


def read(path: Path) -> DemoVersion:
    name = NAME.match(path.name)
    parts = path.read_text(encoding="utf-8").split("+++\n", 2)
    if name is None or len(parts) != 3:
        raise ValueError(f"{path.name} is not a page of the demonstration.")
    data, body = tomllib.loads(parts[1]), parts[2].strip()
    return DemoVersion(path.parent.name, name["slug"], data, body)
