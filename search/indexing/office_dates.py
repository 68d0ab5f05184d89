"""A date or a duration of a workbook as its format shows it, in French.

A workbook holds a number of days. Codes of formats: ISO/IEC 29500-1, 18.8.30 and 18.8.31.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

MOMENTS = {"moment", "lasting"}
LAST_DAY = 2_958_465  # 31 December 9999
DAY = 86_400  # seconds
UNITS = {"h": 3600, "m": 60, "s": 1}
FRENCH = {"j": "d", "a": "y"}
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
Piece = tuple[str, str]


def moment_shown(pieces: Sequence[Piece], days: float, first_day: datetime) -> str:
    """Empty when there is no such day. What is all in figures is always written the same
    way, which follows a month or a day written in letters."""
    if not 0 <= days <= LAST_DAY:
        return ""
    when = first_day + timedelta(seconds=round(days * DAY))
    letters = "".join(letter_of(piece) * len(piece[1]) for piece in pieces)
    has_name, has_day = "mmm" in letters or "ddd" in letters, "d" in letters
    if not has_name and (has_day or "h" in letters):
        return moment(when, days)
    said = drawn(pieces, lambda letter, size: part_of(when, letter, size))
    return f"{said} {moment(when, days)}" if has_day else said


def moment(when: datetime, days: float) -> str:
    hour = f"{when:%H:%M}" if days % 1 or days < 1 else ""
    return f"{when:%d/%m/%Y} {hour}".strip() if days >= 1 else hour


def lasting(pieces: Sequence[Piece], days: float) -> str:
    """A duration: hours beyond a day are counted in the unit between brackets.

    Raises ValueError on a format that mixes it with days or years.
    """
    total = round(abs(days) * DAY)
    count = next(letter_of(piece) for piece in pieces if piece[0] == "lasting")

    def part(letter: str, size: int) -> str:
        unit = letter[0]  # of `minute` too
        if unit not in UNITS:
            raise ValueError(letter)
        number = total // UNITS[unit] % (60 if unit != count else total + 1)
        return f"{number:0{min(size, 2)}}"

    return ("-" if days < 0 and total else "") + drawn(pieces, part)


def letter_of(piece: Piece) -> str:
    """The unit of a piece of format, as English codes name it; empty for words and characters."""
    kind, text = piece
    letter = text[0].lower() if kind in MOMENTS else ""
    return FRENCH.get(letter, letter)


def drawn(pieces: Sequence[Piece], value_of: Callable[[str, int], str]) -> str:
    """An `m` after hours or before seconds stands for minutes."""
    units = [letter for piece in pieces if (letter := letter_of(piece))]
    found, rank = [], 0
    for kind, text in pieces:
        if kind in MOMENTS:
            beside = units[max(rank - 1, 0) : rank] == ["h"] or units[rank + 1 : rank + 2] == ["s"]
            is_minute = units[rank] == "m" and beside and len(text) < 3
            found.append(value_of("minute" if is_minute else units[rank], len(text)))
            rank += 1
        elif kind in {"word", "mark"}:
            found.append(text)
    return "".join(found)


def part_of(when: datetime, letter: str, size: int) -> str:
    """Years have their four figures and months their whole names: so people look for them."""
    if letter == "y":
        return str(when.year)
    if size > 2 and letter in "dm":
        return MONTHS[when.month - 1] if letter == "m" else DAYS[when.weekday()]
    parts = {"d": when.day, "m": when.month, "h": when.hour, "minute": when.minute}
    return f"{parts.get(letter, when.second):0{min(size, 2)}}"
