"""Numbers as French people type them: « 1 200 », « 12,50 € », « 47,17 ».

The comma parts decimals, a blank parts thousands (ISO 80000-1, 7.3; « Lexique des règles
typographiques en usage à l’Imprimerie nationale », « Nombres »).
"""

import re
from math import isfinite

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiki.text.characters import one_line

MINUS = "−‐‑–—"
UNIT = re.compile(
    r"(?:€|euros?|%|ans?|personnes?|places?|participante?s?|inscrite?s?|postes?)\.?$",
    re.IGNORECASE,
)
BEFORE = re.compile(r"^(?:€|(?:depuis|en|ann[ée]e|environ|env\.)\s)\s?", re.IGNORECASE)
EUROS_AND_CENTS = re.compile(r"(\d)\s?(?:€|euros?)\s?(\d{2})$", re.IGNORECASE)  # « 12€50 »
DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")  # not « 1.200 »
# Blanks part groups of three figures, or stand around the sign.
THOUSANDS = re.compile(r"(?<=\d)\s+(?=\d{3}(?:\D|$))")
NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{0,15})?")


def number_of(text: str) -> float:
    """The number that a text says; raises ValidationError with what to type."""
    typed = one_line(text)
    bare = _bare(typed)
    if not NUMBER.fullmatch(bare) or not isfinite(float(bare.replace(",", "."))):
        message = _("“%(typed)s” is not a number. Write it in figures, for instance: 12,5.")
        raise ValidationError(message, code="invalid", params={"typed": typed[:60]})
    return float(bare.replace(",", "."))


def _bare(typed: str) -> str:
    """A sign, figures and a comma or a point, when it is a number."""
    signs = BEFORE.sub("", typed.translate(dict.fromkeys(map(ord, MINUS), "-")))
    bare = UNIT.sub("", EUROS_AND_CENTS.sub(r"\1,\2", signs)).strip()
    bare = THOUSANDS.sub("", re.sub(r"^([+-])\s+", r"\1", bare))
    return bare.replace(".", "") if DOTS.fullmatch(bare.lstrip("+-")) else bare


def whole_of(text: str) -> int:
    """The whole number that a text says; raises ValidationError with what to type."""
    try:
        number = number_of(text)
    except ValidationError:
        number = 0.5
    if not number.is_integer():
        message = _("“%(typed)s” is not a whole number. Write it in figures, for instance: 12.")
        raise ValidationError(message, code="invalid", params={"typed": one_line(text)[:60]})
    return int(number)


def in_french(number: float) -> str:
    """A number as `number_of` reads it again: « 47,17 »."""
    return f"{number:.12f}".rstrip("0").rstrip(".").replace(".", ",") if isfinite(number) else "?"


class Grouped(int):
    """A whole number that is written as the French write it: « 1 384 »."""

    def __str__(self) -> str:
        return number_format(int(self), use_l10n=True, force_grouping=True)


def whole_number(text: str | None) -> int:
    """A whole number that a form gives, 0 when it is none."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def growth_in_words(chars: int) -> str:
    """« 212 characters more », « 1 character less »: how a version changed the length."""
    n = Grouped(abs(chars))
    if chars < 0:
        return ngettext("%(n)s character less", "%(n)s characters less", n) % {"n": n}
    return ngettext("%(n)s character more", "%(n)s characters more", n) % {"n": n}
