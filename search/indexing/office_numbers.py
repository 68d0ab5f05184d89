"""A number of a workbook as its format shows it, in French.

Codes of formats: Office Open XML (ISO/IEC 29500-1, 18.8.30 and 18.8.31). What a format says
that is not known here, an exponent for one, gives the plain number.
"""

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import takewhile
from math import isfinite
from typing import NamedTuple

from search.indexing.office_dates import MOMENTS, lasting, moment_shown

BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"},
    **dict.fromkeys((5, 6, 42), '#,##0 "€"'),
    **dict.fromkeys((7, 8, 44), '#,##0.00 "€"'),
    **dict.fromkeys((37, 38, 41), "#,##0"),
    **dict.fromkeys((39, 40, 43), "#,##0.00"),
    **{12: "# ?/?", 13: "# ??/??", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"},
    **dict.fromkeys((14, *range(27, 37), *range(50, 59)), "dd/mm/yyyy"),
    **dict.fromkeys((18, 19, 20, 21), "h:mm"),
    **{22: "dd/mm/yyyy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss"},
}
OF_THE_COMPUTER = {"[$-F800]": "dddd d mmmm yyyy", "[$-F400]": "h:mm:ss"}  # as set in France
LONGEST = 255  # signs of a format: Excel writes no more
PIECE = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _(?P<gap>.) | \*(?P<fill>.)
    | \[\$(?P<money>[^\]-]*)[^\]]*\] | \[(?P<lasting>h+|m+|s+)\]
    | \[(?P<asks>[<>=]+-?[\d.]+)\] | \[(?P<color>[^\]]*)\]
    | (?P<plain>General|Standard|@) | (?P<power>E[+-]) | (?P<half>AM/PM|A/P)
    | (?P<moment>d+|j+|m+|y+|a+|h+|s+) | (?P<place>[0\#?]) | (?P<mark>[.,%/;]) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
WORDS = {"quoted", "escaped", "money", "other"}
PASSED_OVER = {"fill", "color", "half", "asks"}
FRACTION = re.compile(r"(?:([0#?]+)[^0#?/]+)?[0#?]+ ?/ ?([0#?]+|\d+)")
GROUPS = re.compile(r"\d[\d .-]*\d(?:,\d+)?")  # figures parted to be read
ASKED = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}
Piece = tuple[str, str]


class FormatSection(NamedTuple):
    """What a format says for some numbers: which ones, and the pieces it shows in order.
    `is_blank`: it shows none, which one that stands alone cannot say."""

    asks: str
    pieces: tuple[Piece, ...]
    is_blank: bool

    @property
    def kinds(self) -> set[str]:
        return {kind for kind, _text in self.pieces}


def shown(value: str, code: str, first_day: datetime) -> str:
    """Raises ValueError or ArithmeticError on what is no number, or too large a one."""
    if not isfinite(float(value)):
        return value
    number = Decimal(f"{float(value):.15g}")
    section, number = chosen(sections(code), number)
    if section.kinds & MOMENTS:
        days = float(number)
        if "lasting" in section.kinds:
            return lasting(section.pieces, days)
        return moment_shown(section.pieces, days, first_day) or plain(value, number)
    return as_number(section, value, number)


def as_number(section: FormatSection, value: str, number: Decimal) -> str:
    shape = "".join(text for _kind, text in section.pieces)
    if section.is_blank:
        return ""
    if "power" in section.kinds or not section.pieces:
        return plain(value, number)
    if "plain" in section.kinds:
        return "".join(
            plain(value, number) if kind == "plain" else text for kind, text in section.pieces
        )
    if ("mark", "/") in section.pieces and (fraction := FRACTION.search(shape)):
        return as_fraction(number, bool(fraction[1]), fraction[2])
    return findable(in_places(section.pieces, number))


def hides_words(code: str) -> bool:
    """Whether a format shows nothing of a text: its fourth section has no place for one."""
    parts = sections(code)
    return len(parts) == 4 and parts[3].is_blank


def plain(value: str, number: Decimal) -> str:
    """As in a cell without a format; without the ends that binary fractions have."""
    digits = f"{number.normalize():f}" if 1e-9 < abs(number) < 1e15 or not number else value
    return digits.removesuffix(".0").replace(".", ",")


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[FormatSection, ...]:
    """The sections of a format, which a semicolon parts."""
    found: list[list[Piece]] = [[]]
    code = OF_THE_COMPUTER.get(code[:8].upper(), code[:LONGEST])
    for match in PIECE.finditer(code):
        kind, text = match.lastgroup, match[match.lastgroup]
        if (kind, text) == ("mark", ";"):
            found.append([])
        else:
            found[-1].append((kind, text))
    several = len(found) > 1
    return tuple(section_of(pieces, several) for pieces in found)


def section_of(pieces: list[Piece], several: bool) -> FormatSection:
    asks = next((text for kind, text in pieces if kind == "asks"), "")
    kept = [piece_of(*piece) for piece in pieces if piece[0] not in PASSED_OVER]
    return FormatSection(asks, tuple(kept), several and not kept)


def piece_of(kind: str, text: str) -> Piece:
    if kind == "gap":
        return "word", " "
    return ("word" if kind in WORDS else kind), text


def chosen(parts: tuple[FormatSection, ...], number: Decimal) -> tuple[FormatSection, Decimal]:
    """The section for a number, and the number without the sign that the section writes."""
    ranked = parts[:3]
    if any(part.asks for part in ranked):
        part = next((part for part in ranked if answers(part, number)), ranked[-1])
        return part, abs(number) if part.asks in {"<0", "<=0"} else number
    if number < 0 and len(ranked) > 1:
        return ranked[1], -number
    return ranked[2 if not number and len(ranked) > 2 else 0], number


def answers(part: FormatSection, number: Decimal) -> bool:
    sign = "".join(takewhile(lambda one: one in "<>=", part.asks))
    return sign not in ASKED or ASKED[sign](number, Decimal(part.asks[len(sign) :]))


def as_fraction(number: Decimal, has_whole: bool, under: str) -> str:
    exact, fixed = Fraction(abs(number)), int(under) if under.isdigit() else 0
    if not fixed:
        exact = exact.limit_denominator(10 ** min(len(under), 4) - 1)
    whole = int(exact) if has_whole else 0
    below = fixed or exact.denominator
    above = round((exact - whole) * below)
    shown_whole = [str(whole)] if whole or not above else []
    parts = [*shown_whole, *([f"{above}/{below}"] if above else [])]
    return ("-" if number < 0 else "") + " ".join(parts)


def in_places(pieces: tuple[Piece, ...], number: Decimal) -> str:
    """The digits of a number in the places of its format."""
    comma = pieces.index(("mark", ".")) if ("mark", ".") in pieces else len(pieces)
    whole_places, others = pieces[:comma], pieces[comma + 1 :]
    number *= 100 ** pieces.count(("mark", "%"))
    number /= 1000 ** thousands_left_out(whole_places)
    size = sum(kind == "place" for kind, _text in others)
    rounded = abs(number).quantize(Decimal(1).scaleb(-size), ROUND_HALF_UP)
    whole, _comma, part = f"{rounded:f}".partition(".")
    minus = "-" if number < 0 and rounded else ""
    return minus + whole_part(whole_places, whole, bool(size)) + decimals(others, part)


def thousands_left_out(pieces: tuple[Piece, ...]) -> int:
    """Commas after the last place: « 0,, » shows millions."""
    after = takewhile(lambda piece: piece[0] != "place", reversed(pieces))
    has_place = any(kind == "place" for kind, _text in pieces)
    return sum(piece == ("mark", ",") for piece in after) if has_place else 0


def whole_part(pieces: tuple[Piece, ...], whole: str, has_decimals: bool) -> str:
    places = [text for kind, text in pieces if kind == "place"]
    if not places:
        return drawn(pieces, []) + (whole if has_decimals else "")
    least = len(places) - places.index("0") if "0" in places else 0
    whole = whole.lstrip("0").zfill(least)
    if is_grouped(pieces):
        whole = f"{int(whole or 0):,}".replace(",", " ") if whole else ""
        return drawn(pieces, [*[""] * (len(places) - 1), whole])
    spread = [""] * (len(places) - len(whole)) + list(whole)
    first = len(spread) - len(places) + 1
    return drawn(pieces, ["".join(spread[:first]), *spread[first:]])


def is_grouped(pieces: tuple[Piece, ...]) -> bool:
    """A comma between places asks for thousands apart."""
    ranks = [rank for rank, (kind, _text) in enumerate(pieces) if kind == "place"]
    return ("mark", ",") in pieces[ranks[0] : ranks[-1]]


def decimals(pieces: tuple[Piece, ...], part: str) -> str:
    places = [text for kind, text in pieces if kind == "place"]
    least = len(places) - places[::-1].index("0") if "0" in places else 0
    part = part[:least] + part[least:].rstrip("0")
    shown_part = drawn(pieces, list(part.ljust(len(places), "\0")) if places else [])
    return ("," if part else "") + shown_part.replace("\0", "")


def drawn(pieces: tuple[Piece, ...], digits: list[str]) -> str:
    left, found = iter(digits), []
    for kind, text in pieces:
        if kind == "place":
            found.append(next(left, ""))
        elif kind == "word" or text == "%":
            found.append(" %" if kind == "mark" else text)
    return "".join(found)


def findable(text: str) -> str:
    """What is shown, then its figures side by side: « 02 47 93 » is also asked as « 024793 »."""
    joined = [re.sub("[ .-]", "", run) for run in GROUPS.findall(text)]
    return " ".join([text, *(one for one in joined if one not in text)])
