"""Figures that say one thing in many ways of writing: telephones and dates.

A telephone of France is one word, its ten figures side by side. The parts of a date are words
as they stand, with the stems that the date in letters has: « 5/2/20 » those of « 5 février 2020 ».
"""

import re
from collections.abc import Iterator

MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
BLANK = "[ .\u00a0\u202f/-]"
DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
NEXT_TO_A_FIGURE = r"(?<=\d[ \u00a0])sept(?![^\W_])|sept(?=\.?[ \u00a0]\d)"  # else it is a number
FIGURE = re.compile(
    rf"""(?<![\w+])(?:
        (?P<iso_year>(?:19|20)\d\d)-(?P<iso_month>0\d|1[0-2])-(?P<iso_day>[0-3]\d)(?!-?\w)
      | (?P<day>{DAY})(?P<sign>[/.-])(?P<month>{MONTH})(?P=sign)(?P<year>(?:19|20)?\d\d)
        (?![\w]|[/.-]\d)
      | (?P<this_day>{DAY})/(?P<this_month>{MONTH})(?![\w/]|[.,]\d)
      | (?P<phone>(?:(?:\+|00)33{BLANK}?(?:\(0\){BLANK}?)?|0)[1-9](?:{BLANK}?\d\d){{4}})(?!\w)
      | (?P<short>(?:janv?|f[ée]vr?|avr|juil|oct|nov|d[ée]c)(?![^\W_])|{NEXT_TO_A_FIGURE})
    )""",
    re.IGNORECASE | re.VERBOSE,
)
Part = tuple[int, int, str, tuple[str, ...]]


def found_in(text: str) -> Iterator[re.Match]:
    return FIGURE.finditer(text)


def read(figure: re.Match) -> Iterator[Part]:
    """Where each word of a figure stands, the word, its stems."""
    if figure["phone"]:
        number = "0" + re.sub(r"\D", "", figure["phone"].replace("(0)", ""))[-9:]
        yield figure.start(), figure.end(), number, (number,)
    elif figure["short"]:
        yield _month_cut_short(figure)
    else:
        parts = [name for name, said in figure.groupdict().items() if said and name != "sign"]
        for name in sorted(parts, key=figure.start):
            written = figure[name]
            yield figure.start(name), figure.end(name), written, _stems(name, written)


def _month_cut_short(figure: re.Match) -> Part:
    word = figure["short"].lower().replace("é", "e")
    month = next(month for month in MONTHS if month.startswith(word))
    return figure.start(), figure.end(), word, (month, word)


def _stems(name: str, written: str) -> tuple[str, ...]:
    """Of a part of a date; the month alone may be no month, as in « 1/2 »."""
    if name.endswith("year"):
        century = "19" if written > "60" else "20"
        return (written,) if len(written) == 4 else (century + written,)
    plain = written.lstrip("0")
    if name.endswith("day"):
        return tuple(dict.fromkeys((plain, written)))
    month = MONTHS[int(plain) - 1]
    return (month, written) if name == "this_month" else (month,)
