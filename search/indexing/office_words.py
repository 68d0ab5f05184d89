"""Targets of an XML parser that gather the text of documents and slides, a line a paragraph.

Elements are known by their local names: the namespaces of the formats have versions.
"""

from collections.abc import Mapping

DEEPEST = 250  # elements in one another
NO = {"0", "false", "off", "none"}
SHUT = {"collapse", "filter"}
STYLES = {"style", "default-style"}
RUNNING = {"p", "h", "span", "a"}  # what holds the text of a line in OpenDocument
NAMING_SHAPES = {"cNvPr": 2, "docPr": 1}  # how far inside a shape of Office its name is
MOST_COLUMNS, MOST_REPEATED = 16_384, 64


class Unreadable(Exception):
    """There is no text to be had from this file."""


def local(name: str) -> str:
    return name.rpartition("}")[2]


def named(attributes: Mapping[str, str]) -> dict[str, str]:
    """Attributes by their local names."""
    return {local(name): value for name, value in attributes.items()}


class Words:
    holders: set[str] | None = None  # elements whose text counts; None: all in a paragraph
    paragraphs: set[str] = set()
    blanks: set[str] = set()
    chars: dict[str, str] = {}  # elements that stand for a character
    passed_over: set[str] = set()

    def __init__(self, hidden_styles: set[str] = frozenset()):
        self.hidden_styles = set(hidden_styles)
        self.open: list[str] = []
        self.hiding: list[int] = []  # depths of the open elements that hide what they hold
        self.within = 0
        self.line: list[str] = []
        self.outer: list[list[str]] = []  # lines begun, around the one being read
        self.lines: list[str] = []

    def start(self, tag: str, attributes) -> None:
        name = local(tag)
        self.open.append(name)
        if len(self.open) > DEEPEST:
            raise Unreadable("too deep")
        if name in self.passed_over or self.hides(name, named(attributes)):
            self.hiding.append(len(self.open))
        if self.is_line(name):
            self.outer.append(self.line)
            self.line = []
        self.within += self.is_holder(name)
        if self.outer and not self.hiding:
            self.line.append(" " if name in self.blanks else self.chars.get(name, ""))

    def end(self, tag: str) -> None:
        name = local(tag)
        while self.hiding and self.hiding[-1] >= len(self.open):
            self.hiding.pop()
        self.within -= self.is_holder(name)
        if self.is_line(name):
            self.lines.append("".join(self.line))
            self.line = self.outer.pop()
        self.open.pop()

    def is_line(self, name: str) -> bool:
        """Whether the innermost open element is a line of its own: around one that stands
        inside it, a box or a note, a paragraph stays whole."""
        return name in self.paragraphs

    def is_holder(self, name: str) -> bool:
        return self.is_line(name) if self.holders is None else name in self.holders

    def hides(self, name: str, attributes: dict[str, str]) -> bool:
        """Whether nobody sees what this element holds."""
        return False

    def hide_open(self, name: str) -> None:
        """What the innermost open element of this name holds from here on is hidden."""
        if name in self.open:
            self.hide_from(len(self.open) - self.open[::-1].index(name))

    def hide_from(self, depth: int) -> None:
        self.hiding = sorted({*self.hiding, depth})

    def data(self, text: str) -> None:
        if self.within and not self.hiding:
            self.line.append(text)

    def doctype(self, name, public, system) -> None:
        raise Unreadable("document type")

    def close(self) -> None:
        self.lines.append("".join(self.line))

    def taken(self) -> list[str]:
        lines, self.lines = self.lines, []
        return lines


class OpenDocumentWords(Words):
    """Text, tables and slides; neither remarks nor what was struck out or hidden."""

    paragraphs = {"p", "h"}
    blanks = {"tab", "s", "line-break", "ruby-text"}
    passed_over = {
        *("annotation", "tracked-changes", "hidden-text", "note-citation"),
        "notes",  # of who shows a slide
    }

    def __init__(self, hidden_styles: set[str] = frozenset()):
        super().__init__(hidden_styles)
        self.style = ""
        self.tables = [Columns()]  # the open ones, after what stands in none

    def is_line(self, name: str) -> bool:
        """What an image is called and shows too; a field called `title` is in its line."""
        if name in {"title", "desc"}:
            return not RUNNING.intersection(self.open[-2:-1])
        return super().is_line(name)

    def hides(self, name: str, attributes: dict[str, str]) -> bool:
        self.heed_style(name, attributes)
        if name == "hidden-paragraph":
            self.hide_open("p")
        shut = attributes.get("visibility") in SHUT or attributes.get("display") in NO
        styled = attributes.get("style-name", "") in self.hidden_styles
        return self.is_in_shut_column(name, attributes) or shut or styled

    def heed_style(self, name: str, attributes: dict[str, str]) -> None:
        if name in STYLES:
            self.style = attributes.get("name", "")
            said = attributes.get("parent-style-name", "") in self.hidden_styles or None
        else:
            said = hiding_said(name, attributes)
        if said and self.style:
            self.hidden_styles.add(self.style)
        elif said is False:
            self.hidden_styles.discard(self.style)

    def is_in_shut_column(self, name: str, attributes: dict[str, str]) -> bool:
        if name == "table":
            self.tables.append(Columns())
        elif name == "table-row":
            self.tables[-1].place = 0
        elif name == "table-column":
            self.tables[-1].declare(attributes)
        elif name in {"table-cell", "covered-table-cell"}:
            is_covered = name.startswith("covered")  # by a cell that spans several
            return self.tables[-1].shuts_next(attributes) or is_covered
        return False

    def start(self, tag: str, attributes) -> None:
        super().start(tag, attributes)
        if self.open[-2:] == ["spreadsheet", "table"] and not self.hiding:
            self.lines.append(named(attributes).get("name", ""))

    def end(self, tag: str) -> None:
        if local(tag) == "table":
            self.tables.pop()
        super().end(tag)


class Columns:
    """The columns of an OpenDocument table, known by their places: which ones are shut."""

    def __init__(self):
        self.shut: set[int] = set()
        self.known = self.place = 0

    def declare(self, attributes: Mapping[str, str]) -> None:
        start, self.known = self.known, self.known + repeated(attributes)
        if attributes.get("visibility") in SHUT:
            self.shut.update(range(start, min(self.known, MOST_COLUMNS)))

    def shuts_next(self, attributes: Mapping[str, str]) -> bool:
        """Of the cells of a row, asked in order; one that is repeated is in several columns."""
        start, self.place = self.place, self.place + repeated(attributes)
        return self.shut.issuperset(range(start, min(self.place, start + MOST_REPEATED)))


def repeated(attributes: Mapping[str, str]) -> int:
    """In how many columns: a number that is none counts for one."""
    number = attributes.get("number-columns-repeated", "")
    return max(int(number), 1) if number.isdecimal() and len(number) < 8 else 1


class OfficeWords(Words):
    """Word and PowerPoint: what people see is in elements named `t`."""

    holders = {"t"}
    paragraphs = {"p"}
    blanks = {"tab", "ptab", "br", "cr"}
    chars = {"noBreakHyphen": "-"}
    passed_over = {"rPh", "moveFrom", "Fallback"}  # the last: a drawing again, for old readers

    def hides(self, name: str, attributes: dict[str, str]) -> bool:
        value = attributes.get("val", "")
        self.heed_shape(name, attributes)
        if name == "vanish" and self.open[-3:-2] == ["r"] and value not in NO:
            self.hide_open("r")
        elif name in {"rStyle", "pStyle"} and value in self.hidden_styles:
            self.hide_open(name[0])
        elif name == "hidden" and "trPr" in self.open[-2:] and value not in NO:
            self.hide_open("tr")
        return name == "sld" and attributes.get("show") in NO

    def heed_shape(self, name: str, attributes: dict[str, str]) -> None:
        """A shape that is not shown says so in what names it, or in what holds that."""
        if name in NAMING_SHAPES and attributes.get("hidden", "0") not in NO:
            self.hide_from(max(len(self.open) - NAMING_SHAPES[name], 1))


class HiddenStyles(Words):
    """Of the part of styles of a document: the names of those that hide, and of those made
    after them that do not say otherwise."""

    def __init__(self):
        super().__init__()
        self.said: dict[str, bool] = {}
        self.made_after: dict[str, list[str]] = {}
        self.style = ""

    def hides(self, name: str, attributes: dict[str, str]) -> bool:
        if name in STYLES:
            self.style = attributes.get("styleId") or attributes.get("name", "")
            self.follow(attributes.get("parent-style-name", ""))
        elif name == "basedOn":
            self.follow(attributes.get("val", ""))
        elif (said := hiding_said(name, attributes)) is not None:
            self.said[self.style] = said
        return False

    def follow(self, parent: str) -> None:
        self.made_after.setdefault(parent, []).append(self.style)

    @property
    def names(self) -> set[str]:
        hidden, found = set(), [style for style, hides in self.said.items() if hides and style]
        while found:
            hidden.add(style := found.pop())
            after = self.made_after.pop(style, [])
            found += [one for one in after if one and one not in self.said]
        return hidden


def hiding_said(name: str, attributes: Mapping[str, str]) -> bool | None:
    """Whether a property of a style hides text, a sheet, a slide; None: it does not say."""
    if name == "vanish":
        return attributes.get("val", "") not in NO
    if not name.endswith("-properties"):
        return None
    said = {attributes.get("display"), attributes.get("visibility")}
    if said & {"none", "false", "hidden"}:
        return True
    return False if said & {"true", "visible"} else None
