"""Times, days and durations as French people type them: « 14 h 30 », « 12/03/2026 », « 1 h 30 ».

Forms of times and dates: « Lexique des règles typographiques en usage à l’Imprimerie
nationale » (« Heure », « Dates »), and ISO 8601, which the controls of browsers send.
"""

import re
from datetime import date, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wiki.signs import one_line
from wiki.titles import key_of

MONTHS = {
    **{"janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "mar": 3},
    **{"avril": 4, "avr": 4, "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "aout": 8},
    **{"septembre": 9, "sept": 9, "sep": 9, "octobre": 10, "oct": 10},
    **{"novembre": 11, "nov": 11, "decembre": 12, "dec": 12},
}
WEEKDAY = re.compile(r"^(?:le )?(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche),? |^le ")
DAY_FIRST = re.compile(r"(\d{1,2})(?:er)?[ /.-]+(\d{1,2}|[a-z]+)\.?[ /.-]+(\d{4}|\d{2})")
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
SOON = 70  # « 26 » is 2026, « 85 » is 1985

CLOCK = re.compile(
    r"(?:a )?(\d{1,2})\s*(?:h(?:eures?|rs?)?[.:]?|[:.])?\s*"
    r"(?:(?<=[\s.:a-z])(\d{1,2})\s*(?:m(?:in(?:utes?)?)?\.?|:\d{2}(?:\.\d+)?)?)?"
)
FOUR_FIGURES = re.compile(r"(\d{2})(\d{2})")
NAMED_HOURS = {"midi": time(12), "minuit": time(0)}

HOURS = r"(\d{1,3}|une?)\s*(?:h(?:eures?|rs?)?\.?|:)"
MINUTES = r"(\d{1,4})\s*(?:m(?:in(?:utes?)?)?\.?|mn|['’′])?"
HOURS_AND_MINUTES = re.compile(rf"{HOURS}\s*(?:et\s*)?(?:{MINUTES}|(demie?|quart))?")
MINUTES_ONLY = re.compile(MINUTES)
NAMED_DURATIONS = {"une demi-heure": 30, "demi-heure": 30, "une demi heure": 30}
NAMED_DURATIONS |= {"un quart d'heure": 15, "trois quarts d'heure": 45}
PARTS_OF_HOURS = {"demi": 30, "demie": 30, "quart": 15}


def date_of(text: str) -> date:
    """The day that a text says; raises ValidationError with what to type."""
    bare = WEEKDAY.sub("", WEEKDAY.sub("", key_of(text)))
    try:
        if found := YEAR_FIRST.fullmatch(bare):
            return date(*map(int, found.groups()))
        if found := DAY_FIRST.fullmatch(bare):
            day, month, year = found.groups()
            number = MONTHS[month] if month.isalpha() else int(month)
            return date(_full_year(year), number, int(day))
    except (ValueError, KeyError):
        pass
    message = _("“%(typed)s” is not a date. Write for instance: 12/03/2026.")
    raise ValidationError(message, code="invalid", params={"typed": one_line(text)[:60]})


def _full_year(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) < SOON else 1900)


def time_of(text: str) -> time:
    """The time of the day that a text says; raises ValidationError with what to type."""
    bare = key_of(text)
    if bare in NAMED_HOURS:
        return NAMED_HOURS[bare]
    found = FOUR_FIGURES.fullmatch(bare) or CLOCK.fullmatch(bare)
    try:
        if found:
            return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        pass
    message = _("“%(typed)s” is not a time. Write for instance: 14 h 30.")
    raise ValidationError(message, code="invalid", params={"typed": one_line(text)[:60]})


def minutes_of(text: str) -> int:
    """The minutes that a duration lasts; a bare number is minutes; raises ValidationError on
    none, and on what is no duration."""
    if minutes := _minutes_in(key_of(text)):
        return minutes
    message = _("“%(typed)s” is not a duration. Write for instance: 45 min, or 1 h 30.")
    raise ValidationError(message, code="invalid", params={"typed": one_line(text)[:60]})


def _minutes_in(bare: str) -> int | None:
    if bare in NAMED_DURATIONS:
        return NAMED_DURATIONS[bare]
    if found := HOURS_AND_MINUTES.fullmatch(bare):
        hours = int(found[1]) if found[1].isdigit() else 1
        minutes = int(found[2] or PARTS_OF_HOURS.get(found[3], 0))
        return 60 * hours + minutes
    if found := MINUTES_ONLY.fullmatch(bare):
        return int(found[1])
    return None
