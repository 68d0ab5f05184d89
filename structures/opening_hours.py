"""Opening hours: what people type, the syntax of OpenStreetMap, and a week that people read.

Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError

from structures import french_hours
from structures.hours_besides import rules_of
from structures.hours_in_words import RULE, by_day, in_words, is_stored, rule_in_words
from wiki.text.characters import one_line
from wiki.text.clock import clock
from wiki.text.days import date_format
from wiki.text.titles import key_of

NOON = time(12, 30)
COUNTRY = "FR"  # whose public holidays are kept
OPEN = {"open", "unknown"}  # what is to be confirmed is said beside the table
EXAMPLE = "lundi 9h-12h et 14h-17h, mercredi 14h-18h"


@dataclass
class Day:
    """One day of the week: its name, and its openings before and after noon; all of them in
    `whole` when one goes on through noon."""

    name: str
    morning: str
    afternoon: str
    whole: str = ""

    @property
    def closed(self) -> bool:
        return not (self.morning or self.afternoon)


def hours_of(text: str) -> str:
    """Hours typed in French, or in the syntax of OpenStreetMap, in that syntax.

    Raises ValidationError that names what is not understood.
    """
    if is_stored(text) and parses(text):
        return one_line(text)
    try:
        return french_hours.in_osm(text)
    except french_hours.NotUnderstood as refused:
        if parses(text):
            return one_line(text)
        raise ValidationError(_refusal(refused, text), code="invalid") from None


def hours_in_words(stored: str) -> str:
    """In French, when that can be read again as the same hours; else as they are stored."""
    words = in_words(stored)
    try:
        return words if by_day(french_hours.in_osm(words)) == by_day(stored) else stored
    except french_hours.NotUnderstood:
        return stored


def _refusal(refused: french_hours.NotUnderstood, text: str) -> str:
    words = {"piece": _as_typed(refused.piece, text), "example": EXAMPLE}
    if refused.lacks == "days":
        return _("On which days? Write for instance: %(example)s.") % words
    if refused.lacks == "order":
        return _("“%(piece)s”: two openings overlap. Write for instance: %(example)s.") % words
    if refused.lacks == "hours" and refused.piece:
        return _("“%(piece)s”: from what time to what time? For instance: %(example)s.") % words
    if refused.lacks == "hours":
        return _("Say when it is open too. Write for instance: %(example)s.") % words
    return (
        _(
            "“%(piece)s” is not understood here. Write for instance: %(example)s. "
            "What hours cannot say goes in “Opening hours, in words”."
        )
        % words
    )


def _as_typed(piece: str, text: str) -> str:
    """A piece of folded text with the accents and capitals that were typed."""
    typed = one_line(text).split()[:60]
    spans = ((a, b) for a in range(len(typed)) for b in range(a + 1, len(typed) + 1))
    said = (" ".join(typed[a:b]).strip(" .,;()") for a, b in spans)
    return next((words for words in said if key_of(words) == piece), piece)


def parses(text: str) -> bool:
    """Whether a text is in the syntax of OpenStreetMap."""
    try:
        return bool(OpeningHours(text))
    except ParserError:
        return False


def validate(text: str) -> None:
    """Raises ValidationError on hours that do not parse."""
    hours_of(text)


def on_holidays(stored: str) -> str:
    """« de 10 h à 12 h », « fermé »; empty when nothing is said of public holidays."""
    rules = (RULE.fullmatch(rule) for rule in rules_of(stored))
    said = [found["hours"] for found in rules if found and found["days"] == "PH"]
    return rule_in_words(said[-1]) if said else ""


def on_day(text: str, day: date) -> Day | None:
    """A day of the year with the public holidays that fall on it; None when the hours do not
    parse. Nobody tells the site when schools are closed: `besides` says what changes then."""
    try:
        return _day(OpeningHours(text, country=COUNTRY), day)
    except ParserError:
        return None


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
    goes_on = any(start.time() < NOON and end > _one_o_clock(start) for start, end in spans)
    return Day(
        name=date_format(day, "l"),
        whole=", ".join(_span(a, b) for a, b in spans) if goes_on else "",
        morning=", ".join(_span(a, b) for a, b in spans if a.time() < NOON),
        afternoon=", ".join(_span(a, b) for a, b in spans if a.time() >= NOON),
    )


def _one_o_clock(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time(13), moment.tzinfo)


def _spans(hours: OpeningHours, day: date) -> list[tuple[datetime, datetime]]:
    begin = datetime.combine(day, time.min)
    found = hours.intervals(begin, begin + timedelta(days=1))
    return [(start, end) for start, end, state, _comments in found if str(state) in OPEN]


def _span(start: datetime, end: datetime) -> str:
    closing = _("midnight") if end.time() == time.min else clock(end)
    return f"{clock(start)} – {closing}"
