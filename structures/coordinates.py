"""Latitudes and longitudes as people type them, or paste them from a map.

In degrees of WGS 84: a decimal point or comma, a sign or a point of the compass
(« 47,17° N »), or degrees, minutes and seconds (« 47°10′12″ N »); ISO 6709.
"""

import re
from math import isfinite

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wiki.text.characters import one_line
from wiki.text.numbers import MINUS

LATITUDE, LONGITUDE = NAMES = "latitude", "longitude"
LONGEST = 500
MOST = {LATITUDE: 90, LONGITUDE: 180}
SOUTH_OR_WEST = {"S", "O", "W", "SUD", "OUEST", "WEST", "SOUTH"}
COMPASS = {
    **dict.fromkeys(("N", "NORD", "NORTH", "S", "SUD", "SOUTH"), LATITUDE),
    **dict.fromkeys(("E", "EST", "EAST", "O", "OUEST", "W", "WEST"), LONGITUDE),
}
WORD = "|".join(sorted(COMPASS, key=len, reverse=True))
DECIMAL = r"\d{1,3}(?:[.,]\d{1,15})?"
DECIMALS_ALONE = re.compile(r"^([+-]?)([.,]\d{1,15})(?![\d.,])")  # « ,2375 »
SIXTIETHS = r"\d{1,2}(?:[.,]\d{1,10})?"
ANGLE = re.compile(
    rf"(?P<before>(?:{WORD})(?![A-Z]))?\s*+(?P<sign>[+-]?)\s*+(?P<degrees>{DECIMAL})\s*+[°º]?\s*+"
    rf"(?:(?P<minutes>{SIXTIETHS})\s*+['’′]\s*+)?"
    rf"(?:(?P<seconds>{SIXTIETHS})\s*+(?:[\"”″]|''|’’|′′)\s*+)?(?P<after>{WORD})?"
)
BETWEEN = re.compile(r"\s*[;|/\n\t]\s*|,\s+|\s+(?=[+-]?\d|[A-Z])|(?<=[A-Z])[,\s]\s*")
# « 47 10 02 N »: without a point of the compass, they could be anything.
SIXTIETHS_APART = re.compile(
    rf"(?<![\d.,] )(?<![\d.,])(\d{{1,3}}) (\d{{1,2}}) ({SIXTIETHS})(?= ?[A-Z])"
    rf"|(?:(?<=[A-Z] )|(?<=[A-Z]))(\d{{1,3}}) (\d{{1,2}}) ({SIXTIETHS})$"
)
LABELS = re.compile(r"\b(?:LATITUDE|LONGITUDE|LAT|LONG?|LNG|GPS)\b\.?\s*[:=]?|GEO:")
ANY = r"(-?\d{1,3}(?:\.\d{1,20})?)"
COMMA = r"(?:,|%2C)(?:\+|%20| )?"
EXACT = r"(-?\d{1,3}\.\d{1,20})"
# Addresses of maps, and `geo:` (RFC 5870): the place that they mark before the view around it.
OF_A_MAP = [
    re.compile(pattern)
    for pattern in (
        rf"[?&#]M?LAT={ANY}&M?L(?:ON|NG)={ANY}",
        rf"!3D{EXACT}!4D{EXACT}",
        rf"[?&#](?:Q|QUERY|LL|DESTINATION|DADDR)=(?:LOC:)?{ANY}{COMMA}{ANY}(?![\d.])",
        rf"GEO:{ANY},{ANY}(?![\d.])",
        rf"[@/]{EXACT}[,/]{EXACT}",
    )
]


def coordinate_of(text: str, which: str) -> float:
    """The degrees of a latitude or a longitude; raises ValidationError with what to type."""
    found = ANGLE.fullmatch(_plain(text))
    degrees = _degrees(found) if found and _is_about(found, which) else None
    if degrees is None or not abs(degrees) <= MOST[which]:
        raise ValidationError(
            {
                LATITUDE: _("“%(typed)s” is not a latitude. Write for instance: 47,1673."),
                LONGITUDE: _("“%(typed)s” is not a longitude. Write for instance: 0,2375."),
            }[which],
            code="invalid",
            params={"typed": one_line(text)[:60]},
        )
    return degrees


def latitude_of(text: str) -> float:
    return coordinate_of(text, LATITUDE)


def longitude_of(text: str) -> float:
    return coordinate_of(text, LONGITUDE)


def pair_in(text: str) -> tuple[float, float] | None:
    """The latitude and the longitude that one text holds both, if it does."""
    signs = _signs(text)
    if len(signs) > LONGEST:
        return None
    plain = _plain(text)
    if found := next(filter(None, (pattern.search(signs) for pattern in OF_A_MAP)), None):
        return _pair(*found.groups())
    return next(filter(None, (_pair(*cut) for cut in _halves(plain))), None)


def _pair(first: str, second: str) -> tuple[float, float] | None:
    try:
        return coordinate_of(first, LATITUDE), coordinate_of(second, LONGITUDE)
    except ValidationError:
        return None


def _halves(plain: str):
    """Each way to part a text in two; « 47.17,0.24 » has a comma of its own."""
    for found in BETWEEN.finditer(plain):
        yield [plain[: found.start()].strip(", "), plain[found.end() :].strip(", ")]
    if plain.count(",") == 1 and plain.count(".") == 2:
        yield [half.strip() for half in plain.split(",")]


def _signs(text: str) -> str:
    return one_line(text).translate(dict.fromkeys(map(ord, MINUS), "-")).upper()


def _plain(text: str) -> str:
    bare = re.sub(r"\s", " ", LABELS.sub(" ", _signs(text))).strip(" ()[];")
    bare = DECIMALS_ALONE.sub(r"\g<1>0\2", bare).strip(" ()[],;")
    return SIXTIETHS_APART.sub(_with_signs, bare)


def _with_signs(found: re.Match) -> str:
    degrees, minutes, seconds = filter(None, found.groups())
    return f"{degrees}°{minutes}'{seconds}\""


def _is_about(found: re.Match, which: str) -> bool:
    named = {COMPASS[found[part]] for part in ("before", "after") if found[part]}
    return named <= {which}


def _degrees(found: re.Match) -> float | None:
    degrees, minutes, seconds = (
        float((found[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
    )
    if minutes >= 60 or seconds >= 60 or not isfinite(degrees):
        return None
    if (minutes or seconds) and not degrees.is_integer():
        return None
    back = found["sign"] == "-" or SOUTH_OR_WEST & {found["before"], found["after"]}
    whole = round(degrees + minutes / 60 + seconds / 3600, 12)
    return -whole if back else whole
