"""Latitudes and longitudes as people type them, or paste them from a map.

In degrees of WGS 84: a decimal point or comma, a sign or a point of the compass
(« 47,17° N »), or degrees, minutes and seconds (« 47°10′12″ N »); ISO 6709.
"""

import re
from math import isfinite

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wiki.numbers import MINUS
from wiki.signs import one_line

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
SIXTIETHS = r"\d{1,2}(?:[.,]\d{1,10})?"
ANGLE = re.compile(
    rf"(?P<before>(?:{WORD})(?![A-Z]))?\s*(?P<sign>[+-]?)\s*(?P<degrees>{DECIMAL})\s*[°º]?\s*"
    rf"(?:(?P<minutes>{SIXTIETHS})\s*['’′]\s*)?(?:(?P<seconds>{SIXTIETHS})\s*(?:[\"”″]|''|’’|′′)\s*)?"
    rf"(?P<after>{WORD})?"
)
BETWEEN = re.compile(r"\s*[;|/\n\t]\s*|,\s+|\s+(?=[+-]?\d)|(?<=[A-Z])[,\s]\s*")
LABELS = re.compile(r"\b(?:LATITUDE|LONGITUDE|LAT|LONG?|LNG|GPS)\b\.?\s*[:=]?|GEO:")
OF_A_MAP = re.compile(
    r"(?:[?&#](?:MLAT=([\d.-]+)&MLON=([\d.-]+))|[@/](-?\d+\.\d+)[,/](-?\d+\.\d+))"
)


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
    plain = _plain(text)
    if len(plain) > LONGEST:
        return None
    if found := OF_A_MAP.search(plain):
        halves = [part for part in found.groups() if part is not None]
    else:
        halves = next((cut for cut in _halves(plain) if all(map(ANGLE.fullmatch, cut))), [])
    if len(halves) != 2:
        return None
    try:
        return coordinate_of(halves[0], LATITUDE), coordinate_of(halves[1], LONGITUDE)
    except ValidationError:
        return None


def _halves(plain: str):
    """Each way to part a text in two; « 47.17,0.24 » has a comma of its own."""
    for found in BETWEEN.finditer(plain):
        yield [plain[: found.start()].strip(", "), plain[found.end() :].strip(", ")]
    if plain.count(",") == 1 and plain.count(".") == 2:
        yield [half.strip() for half in plain.split(",")]


def _plain(text: str) -> str:
    signs = one_line(text).translate(dict.fromkeys(map(ord, MINUS), "-")).upper()
    return LABELS.sub(" ", signs).strip(" ()[],;")


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
