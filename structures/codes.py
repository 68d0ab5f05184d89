"""Codes of places as people type them, with blanks or in small letters.

Postal codes: La Poste, five figures. INSEE codes of communes: « Code officiel géographique »,
two figures or 2A, 2B, then three. SIREN and SIRET: INSEE, 9 and 14 figures. RNA: « Répertoire
national des associations », W and nine characters.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wiki.text.characters import one_line

APART = re.compile(r"[\s.\-_/]+")
POSTAL_CODE = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8])\d{3}")
FIVE = r"\d{2}[\s.-]?\d{3}"
COUNTRY = re.compile(r"^FR?[\s-]?(?=\d)")
CEDEX = re.compile(r"\sCEDEX(?:\s\d{1,2})?$")
# « 37500 Chinon », « 75012 Paris 12e », « Chinon 37500 », « CP : 37500 »; a box is no code.
CODE_AND_TOWN = re.compile(rf"({FIVE})[\s,-]+[^\W\d_]\D*(?:\s\d{{1,2}}\s?(?:ER?|[EÈ]ME)?)?")
TOWN_AND_CODE = re.compile(rf"(?!(?:BP|CS|TSA)\b)[^\W\d_]\D*[\s:,-]({FIVE})")
INSEE_CODE = re.compile(r"(?:[013-9]\d|2[AB1-9])\d{3}")
PIVOT = re.compile(r"\d{9}|\d{14}|W\d[A-Z\d]\d{7}")
LABEL = re.compile(
    r"^(?:(?:SIRET|SIREN|RNA|CODE|INSEE|COMMUNE|NUM[EÉ]RO|N[°º]|(?:DE|NO)\b)[\s.:]*)+"
)
B = " "


def _bare(text: str) -> str:
    return APART.sub("", LABEL.sub("", one_line(text).upper()))


def _five_of(text: str) -> str:
    """The figures of a postal code without what stands around them on an envelope."""
    line = CEDEX.sub("", COUNTRY.sub("", one_line(re.sub(r"[()]", " ", text)).upper()))
    found = CODE_AND_TOWN.fullmatch(line) or TOWN_AND_CODE.fullmatch(line)
    return _bare(found[1] if found else line)


def _refusal(message: str, text: str) -> ValidationError:
    return ValidationError(message, code="invalid", params={"typed": one_line(text)[:60]})


def postal_code_of(text: str) -> str:
    """« 37 500 » is `37500`; raises ValidationError with what to type."""
    bare = _five_of(text)
    if not bare.isascii() or not POSTAL_CODE.fullmatch(bare):
        raise _refusal(
            _("“%(typed)s” is not a postal code. It has 5 figures, for instance: 37500."), text
        )
    return bare


def insee_code_of(text: str) -> str:
    """« 2a 004 » is `2A004`; raises ValidationError with what to type."""
    bare = _bare(text)
    if not bare.isascii() or not INSEE_CODE.fullmatch(bare):
        raise _refusal(
            _(
                "“%(typed)s” is not an INSEE code. It has 5 characters, for instance: 37072 or "
                "2A004."
            ),
            text,
        )
    return bare


def pivot_of(text: str) -> str:
    """A SIRET, a SIREN or an RNA without blanks; raises ValidationError with what to type."""
    bare = _bare(text)
    if bare.isascii() and PIVOT.fullmatch(bare):
        return bare
    raise _refusal(
        _(
            "“%(typed)s” is neither a SIRET (14 figures) nor an RNA (W and 9 figures). "
            "Look at its figures again: one may be missing or wrong."
        ),
        text,
    )


def pivot_in_words(stored: str) -> str:
    """« 123 456 789 00012 »."""
    if not stored.isdigit() or len(stored) not in {9, 14}:
        return stored
    groups = [stored[:3], stored[3:6], stored[6:9], stored[9:]]
    return B.join(group for group in groups if group)
