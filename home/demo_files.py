"""The demonstration's files: TOML between two lines of `+++`, then the body in HTML."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone

FOLDER = Path(__file__).parent / "demo"
NAME = re.compile(r"^(?P<slug>[\w-]+?)(?:\.v(?P<rank>\d+))?\.html$")


@dataclass
class DemoVersion:
    """One version of one page, as a file of the demonstration tells it."""

    folder: str
    slug: str
    data: dict
    body: str

    @property
    def written_at(self) -> datetime:
        return timezone.make_aware(datetime.fromisoformat(self.data["date"]))


def read_versions() -> list[DemoVersion]:
    """Every version of every page, oldest first; raises ValueError on a file out of shape."""
    files = FOLDER.glob("*/*.html")
    return sorted((read(path) for path in files), key=lambda version: version.written_at)


def read(path: Path) -> DemoVersion:
    name = NAME.match(path.name)
    parts = path.read_text(encoding="utf-8").split("+++\n", 2)
    if name is None or len(parts) != 3:
        raise ValueError(f"{path.name} is not a page of the demonstration.")
    return DemoVersion(path.parent.name, name["slug"], tomllib.loads(parts[1]), parts[2].strip())
