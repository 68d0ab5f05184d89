"""Tables that the admin gives out: a cell that a spreadsheet would take for a formula is text."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_export(response) -> bool:
    return response.streaming and response.get("Content-Type", "").startswith("text/csv")


def harmless(content: Iterable[bytes]) -> Iterator[bytes]:
    for row in csv.reader(part.decode() for part in content):
        written = StringIO()
        csv.writer(written).writerow([as_text(cell) for cell in row])
        yield written.getvalue().encode()


def as_text(cell: str) -> str:
    """A quote before it is the spreadsheets' own sign for text; numbers stay."""
    return f"'{cell}" if cell.startswith(FORMULAS) and not is_number(cell) else cell


def is_number(cell: str) -> bool:
    return cell.lstrip("+-").replace(".", "", 1).replace(",", "", 1).isdecimal()
