"""Opening hours in the syntax of OpenStreetMap, and as a week that people read.

Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError

from wiki.clock import clock

NOON = time(12, 30)


@dataclass
class Day:
    """One day of the week: its name, and its openings before and after noon."""

    name: str
    morning: str
    afternoon: str

    @property
    def closed(self) -> bool:
        return not (self.morning or self.afternoon)


def validate(text: str) -> None:
    """Raises ValidationError on hours that do not parse."""
    try:
        OpeningHours(text)
    except ParserError:
        raise ValidationError(
            _("These hours are not understood. Write for instance: Mo-Fr 09:00-12:00,14:00-17:00.")
        ) from None


def week(text: str, monday: date | None = None) -> list[Day]:
    """The seven days of an ordinary week, Monday first; empty when the hours do not parse."""
    try:
        hours = OpeningHours(text)
    except ParserError:
        return []
    start = monday or _this_monday()
    return [_day(hours, start + timedelta(days=rank)) for rank in range(7)]


def _this_monday() -> date:
    today = date.today()
    return today - timedelta(days=today.weekday())


def _day(hours: OpeningHours, day: date) -> Day:
    spans = _spans(hours, day)
    return Day(
        name=date_format(day, "l"),
        morning=", ".join(_span(a, b) for a, b in spans if a.time() < NOON),
        afternoon=", ".join(_span(a, b) for a, b in spans if a.time() >= NOON),
    )


def _spans(hours: OpeningHours, day: date) -> list[tuple[datetime, datetime]]:
    begin = datetime.combine(day, time.min)
    found = hours.intervals(begin, begin + timedelta(days=1))
    return [(start, end) for start, end, state, _comments in found if str(state) == "open"]


def _span(start: datetime, end: datetime) -> str:
    closing = _("midnight") if end.time() == time.min else clock(end)
    return f"{clock(start)} – {closing}"
