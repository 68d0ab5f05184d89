"""Days as French people write them: the first of a month is « 1er »."""

import re
from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language

DAY_THEN_MONTH = re.compile(r"(?<!\\)j(?= [FNMEb])")
FIRST = r"j\e\r"


def format_of(day, format: str | None) -> str:
    """The format to write `day` in: that of `format`, or of the language when there is none."""
    written = formats.get_format(format or "DATE_FORMAT")
    if getattr(day, "day", None) != 1 or not (get_language() or "").startswith("fr"):
        return written
    return DAY_THEN_MONTH.sub(lambda _j: FIRST, written)


def date_format(day, format: str | None = None) -> str:
    return _formatted(day, getattr(day, "tzinfo", None), format, get_language())


@lru_cache(maxsize=8192)  # lists say the same days again and again
def _formatted(day, _zone, format: str | None, _language: str | None) -> str:
    """Two moments are equal in two time zones, and not said alike."""
    return formats.date_format(day, format_of(day, format))
