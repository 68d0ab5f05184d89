"""Times, days and durations as French people type them: « 14 h 30 », « 12/03/2026 », « 1 h 30 ».

Forms of times and dates: « Lexique des règles typographiques en usage à l’Imprimerie
nationale » (« Heure », « Dates »), and ISO 8601, which the controls of browsers send.
"""

import re
from datetime import date, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wiki.text.characters import one_line
from wiki.text.titles import key_of

MONTHS = {
    **{"janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "mar": 3},
    **{"avril": 4, "avr": 4, "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "aout": 8},
    **{"septembre": 9, "sept": 9, "sep": 9, "octobre": 10, "oct": 10},
    **{"novembre": 11, "nov": 11, "decembre": 12, "dec": 12},
}
WEEKDAY = re.compile(
    r"^(?:le )?(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|(?:lun|mar|mer|jeu|ven|sam|dim)\b\.?),? |^le "
)
DAY_AND_MONTH = r"(\d{1,2}|premier)(?: ?er\b)?[ /.-]+(\d{1,2}|[a-z]+)"
DAY_FIRST = re.compile(rf"{DAY_AND_MONTH}\.?[ ,/.-]+(\d{{4}}|\d{{2}})")
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
YEARLESS = re.compile(rf"{DAY_AND_MONTH}\.?")
YEAR = r"((?:19|20)\d{2})"  # what tells « 12032026 » from « 20260312 »
DAY_FIRST_TOGETHER = re.compile(rf"(\d{{2}})(\d{{2}}){YEAR}")
YEAR_FIRST_TOGETHER = re.compile(rf"{YEAR}(\d{{2}})(\d{{2}})")
LEAP = 2024  # a year that has every day
OLDEST = 1789
SOON = 70  # « 26 » is 2026, « 85 » is 1985

CLOCK = re.compile(
    r"(?:a )?(\d{1,2})\s*(?:h(?:eures?|rs?)?[.:]?|[:.])?\s*"
    r"(?:(?<=[\s.:a-z])(\d{1,2})\s*(?:m(?:n|in(?:utes?)?)?|:\d{2}(?:\.\d+)?)?)?"
)
FIGURES = re.compile(r"(\d{1,2})(\d{2})")
ONE_DECIMAL = re.compile(r"\d{1,2}[.,]\d")  # « 14,5 » may be 14:05 or 14:30
NAMED_HOURS = {"midi": 12 * 60, "minuit": 0, "24h": 0, "24h00": 0, "24:00": 0}
PART_OF_HOUR = re.compile(r" (et demie?|et quart|moins (?:le )?quart)$")
PARTS = {"et demi": 30, "et demie": 30, "et quart": 15, "moins le quart": -15, "moins quart": -15}
FROM_TO = re.compile(r" ?[-/] ?| (?:a|et|jusqu'a) ")

FIRST_WORDS = "un deux trois quatre cinq six sept huit neuf dix onze douze"
IN_FIGURES = {word: str(rank) for rank, word in enumerate(FIRST_WORDS.split(), 1)}
IN_FIGURES |= {"une": "1", "quinze": "15", "vingt": "20", "trente": "30", "quarante": "40"}
IN_FIGURES |= {"quarante-cinq": "45", "quarante cinq": "45", "cinquante": "50"}
IN_FIGURES |= {"soixante": "60", "quatre-vingt-dix": "90"}
WORDS = "|".join(sorted(IN_FIGURES, key=len, reverse=True))
IN_WORDS = re.compile(
    rf"\b(?:{WORDS})(?= (?:heures?|minutes?|h|min)\b)|(?:(?<=heure )|(?<=heures ))(?:{WORDS})$"
)
SIGNS_OF_FRACTIONS = str.maketrans({"½": " 1/2 ", "¼": " 1/4 ", "¾": " 3/4 ", "⁄": "/"})
ABOUT = re.compile(r"^(?:environ|env\.?|a peu pres|[~≈]) ?| environ$")
HOUR = r"(?:h|heures?)\.?"
DECIMAL_HOURS = re.compile(rf"(\d{{1,2}})[.,](\d) ?{HOUR}")  # « 1,30 h » may be 1 h 30
FRACTION = re.compile(rf"(?:(\d{{1,2}}) )?([13])/([24]) ?(?:{HOUR}|d'heure)")
FRACTION_AFTER = re.compile(rf"(\d{{1,2}}) ?{HOUR} ?(?:et )?([13])/([24])")

HOURS = r"(\d{1,3}|une?)\s*(?:h(?:eures?|rs?)?\.?|:)"
MINUTES = r"(\d{1,4})\s*(?:m(?:in(?:utes?)?)?\.?|mn|['’′])?"
HOURS_AND_MINUTES = re.compile(rf"{HOURS}\s*(?:et\s*)?(?:{MINUTES}|(demie?|quart))?")
MINUTES_ONLY = re.compile(MINUTES)
NAMED_DURATIONS = {"une demi-heure": 30, "demi-heure": 30, "une demi heure": 30}
NAMED_DURATIONS |= {"une demie heure": 30, "une demie-heure": 30, "demie heure": 30}
NAMED_DURATIONS |= {"un quart d'heure": 15, "trois quarts d'heure": 45}
PARTS_OF_HOURS = {"demi": 30, "demie": 30, "quart": 15}


def date_of(text: str) -> date:
    """The day that a text says; raises ValidationError with what to type."""
    bare = WEEKDAY.sub("", WEEKDAY.sub("", key_of(text))).rstrip(" .,;")
    found = YEARLESS.fullmatch(bare)
    if day := _day_in(bare):
        return day
    if found and _day(found[1], found[2], str(LEAP)):
        message = _("“%(typed)s”: of which year? Write for instance: 12/03/2026.")
    else:
        message = _("“%(typed)s” is not a date. Write for instance: 12/03/2026.")
    raise ValidationError(message, code="invalid", params={"typed": one_line(text)[:60]})


def _day_in(bare: str) -> date | None:
    if found := YEAR_FIRST.fullmatch(bare) or YEAR_FIRST_TOGETHER.fullmatch(bare):
        return _day(found[3], found[2], found[1])
    if found := DAY_FIRST.fullmatch(bare) or DAY_FIRST_TOGETHER.fullmatch(bare):
        return _day(*found.groups())
    return None


def _day(day: str, month: str, year: str) -> date | None:
    """None when there is no such day or month."""
    number = int(month) if month.isdigit() else MONTHS.get(month, 0)
    try:
        return date(_full_year(year), number, 1 if day == "premier" else int(day))
    except ValueError:
        return None


def _full_year(year: str) -> int:
    """« 26 », which the controls of browsers send as « 0026 », is 2026; raises ValueError on
    a year that nobody means, such as 202."""
    number = int(year)
    if number < 100:
        return number + (2000 if number < SOON else 1900)
    if number < OLDEST:
        raise ValueError(year)
    return number


def time_of(text: str) -> time:
    """The time of the day that a text says; raises ValidationError with what to type."""
    bare = key_of(text).rstrip(" .")
    moment = _moment_in(bare)
    if moment is not None:
        return moment
    ends = FROM_TO.split(bare.removeprefix("de "), maxsplit=1)
    if len(ends) == 2 and None not in map(_moment_in, ends):
        message = _("“%(typed)s” is two times. Write one only here, for instance: 14 h 30.")
    else:
        message = _("“%(typed)s” is not a time. Write for instance: 14 h 30.")
    raise ValidationError(message, code="invalid", params={"typed": one_line(text)[:60]})


def _moment_in(bare: str) -> time | None:
    """« 14 h et demie », « midi moins le quart »."""
    part = PART_OF_HOUR.search(bare)
    minutes = _since_midnight(bare[: part.start()] if part else bare)
    if minutes is None or (part and minutes % 60):
        return None
    return time(*divmod((minutes + (PARTS[part[1]] if part else 0)) % (24 * 60), 60))


def _since_midnight(bare: str) -> int | None:
    named = bare.replace(" ", "")
    if named in NAMED_HOURS:
        return NAMED_HOURS[named]
    found = FIGURES.fullmatch(bare) or CLOCK.fullmatch(bare.replace(",", ".", 1))
    if not found or ONE_DECIMAL.fullmatch(bare):
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    return 60 * hours + minutes if hours < 24 and minutes < 60 else None


def minutes_of(text: str) -> int:
    """The minutes that a duration lasts; a bare number is minutes; raises ValidationError on
    none, and on what is no duration."""
    plain = key_of(text.translate(SIGNS_OF_FRACTIONS))
    bare = IN_WORDS.sub(lambda word: IN_FIGURES[word[0]], ABOUT.sub("", plain))
    if minutes := _minutes_in(bare):
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
    if found := DECIMAL_HOURS.fullmatch(bare):
        return 60 * int(found[1]) + 6 * int(found[2])
    if found := FRACTION.fullmatch(bare) or FRACTION_AFTER.fullmatch(bare):
        return 60 * int(found[1] or 0) + 60 * int(found[2]) // int(found[3])
    if found := MINUTES_ONLY.fullmatch(bare):
        return int(found[1])
    return None
