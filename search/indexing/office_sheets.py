"""The rows of a workbook of Excel as people see them: words, numbers, dates, results.

Office Open XML (ISO/IEC 29500-1, 18.3 and 18.8): words stand apart and cells give their rank;
what a number looks like, its style says.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from search.indexing import office_numbers
from search.indexing.office_words import NO, Words

BESIDE = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
)
COLUMN = re.compile("[A-Z]+")
WRITTEN_SIGN = re.compile("_x([0-9A-Fa-f]{4})_")  # one that XML does not hold
TRUTHS = {"0": "FAUX", "1": "VRAI"}


class Workbook:
    """What the sheets share: words, formats, names, which sheets are hidden."""

    def __init__(self):
        self.words: list[str] = []
        self.formats: dict[int, str] = {}  # codes by id
        self.styles: list[int] = []  # ids of formats by style
        self.shut_ids: set[str] = set()
        self.titles: dict[str, str] = {}  # names of sheets by the id of their relation
        self.files: dict[str, str] = {}  # parts by the id of their relation
        self.first_day = datetime(1899, 12, 30)

    def readers(self) -> Iterator[tuple[str, Words]]:
        kinds = (BookReader, RelationsReader, StylesReader, WordsReader)
        return ((part, kind(self)) for part, kind in zip(BESIDE, kinds, strict=True))

    def hides(self, part: str) -> bool:
        shut = {self.files.get(key, "") for key in self.shut_ids}
        return any(name and part.endswith(name) for name in shut)

    def title_of(self, part: str) -> str:
        shown = (key for key, name in self.files.items() if name and part.endswith(name))
        return next((self.titles[key] for key in shown if key in self.titles), "")

    def shown(self, value: str, style: int) -> str:
        """A number as people read it; as it is held when its format cannot show it."""
        try:
            return office_numbers.shown(value, self.format_of(style), self.first_day)
        except (ValueError, ArithmeticError):
            return value

    def format_of(self, style: int) -> str:
        number = self.styles[style] if style < len(self.styles) else 0
        return self.formats.get(number, "") or office_numbers.BUILT_IN.get(number, "")

    def word(self, rank: str) -> str:
        known = rank.isdecimal() and len(rank) < 10 and int(rank) < len(self.words)
        return self.words[int(rank)] if known else ""


def with_signs(text: str) -> str:
    return WRITTEN_SIGN.sub(lambda char: chr(int(char[1], 16)), text)


class Beside(Words):
    def __init__(self, book: Workbook):
        super().__init__()
        self.book = book

    def hides(self, name: str, attributes: dict[str, str]) -> bool:
        self.note(name, attributes)
        return False

    def note(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError


class BookReader(Beside):
    def note(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            self.book.titles[attributes.get("id", "")] = attributes.get("name", "")
        if name == "sheet" and attributes.get("state") in {"hidden", "veryHidden"}:
            self.book.shut_ids.add(attributes.get("id", ""))
        if name == "workbookPr" and attributes.get("date1904", "0") not in NO:
            self.book.first_day = datetime(1904, 1, 1)


class RelationsReader(Beside):
    def note(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            self.book.files[attributes.get("Id", "")] = attributes.get("Target", "").lstrip("/.")


class StylesReader(Beside):
    def note(self, name: str, attributes: dict[str, str]) -> None:
        number = int(attributes.get("numFmtId") or 0)
        if name == "numFmt":
            self.book.formats[number] = attributes.get("formatCode", "")
        elif name == "xf" and "cellXfs" in self.open:
            self.book.styles.append(number)


class WordsReader(Words):
    holders, paragraphs, passed_over = {"t"}, {"si"}, {"rPh"}

    def __init__(self, book: Workbook):
        super().__init__()
        self.book = book

    def taken(self) -> list[str]:
        self.book.words += map(with_signs, super().taken())
        return []


class SheetRows(Words):
    """A line a row; what is in hidden rows and columns is left out."""

    holders, paragraphs, passed_over = {"v", "t"}, {"row"}, {"f", "rPh"}

    def __init__(self, book: Workbook):
        super().__init__()
        self.book = book
        self.shut: list[range] = []
        self.kind, self.style, self.cell = "", 0, []

    def hides(self, name: str, attributes: dict[str, str]) -> bool:
        is_shut = attributes.get("hidden", "0") not in NO
        if name == "col" and is_shut:
            first, last = int(attributes.get("min", 0)), int(attributes.get("max", 0))
            self.shut.append(range(first, last + 1))
        if name == "c":
            self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s") or 0)
            self.cell = []
            return self.in_shut_column(attributes.get("r", ""))
        return name == "row" and is_shut

    def in_shut_column(self, reference: str) -> bool:
        letters = COLUMN.match(reference)
        number = 0
        for letter in letters[0][:3] if letters else "":
            number = 26 * number + ord(letter) - 64
        return any(number in columns for columns in self.shut)

    def data(self, text: str) -> None:
        if self.within and not self.hiding:
            self.cell.append(text)

    def end(self, tag: str) -> None:
        if tag.endswith("}c") and self.cell and not self.hiding:
            self.line += [" " if any(self.line) else "", self.read("".join(self.cell))]
        super().end(tag)

    def read(self, value: str) -> str:
        if self.kind == "n":
            return self.book.shown(value, self.style)
        if office_numbers.hides_words(self.book.format_of(self.style)):
            return ""
        if self.kind in {"b", "e"}:
            return TRUTHS.get(value, "") if self.kind == "b" else ""
        return self.book.word(value) if self.kind == "s" else with_signs(value)
