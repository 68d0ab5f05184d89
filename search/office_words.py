"""Targets of an XML parser that gather the text of documents and slides, a line a paragraph.

Elements are known by their local names: the namespaces of the formats have versions.
"""

from collections.abc import Mapping

DEEPEST = 250  # elements in one another
NO = {"0", "false", "off", "none"}


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
    signs: dict[str, str] = {}  # elements that stand for a sign
    passed_over: set[str] = set()

    def __init__(self, hidden_styles: set[str] = frozenset()):
        self.hidden_styles = set(hidden_styles)
        self.open: list[str] = []
        self.hiding: list[int] = []  # depths of the open elements that hide what they hold
        self.within = 0
        self.line: list[str] = []
        self.lines: list[str] = []

    def start(self, tag: str, attributes) -> None:
        name = local(tag)
        self.open.append(name)
        if len(self.open) > DEEPEST:
            raise Unreadable("too deep")
        if name in self.passed_over or self.hides(name, named(attributes)):
            self.hiding.append(len(self.open))
        self.within += name in (self.holders or self.paragraphs)
        if not self.hiding:
            self.line.append(" " if name in self.blanks else self.signs.get(name, ""))

    def end(self, tag: str) -> None:
        name = local(tag)
        while self.hiding and self.hiding[-1] >= len(self.open):
            self.hiding.pop()
        self.open.pop()
        self.within -= name in (self.holders or self.paragraphs)
        if name in self.paragraphs:
            self.lines.append("".join(self.line))
            self.line = []

    def hides(self, name: str, attributes: dict[str, str]) -> bool:
        """Whether nobody sees what this element holds."""
        return False

    def hide_open(self, name: str) -> None:
        """What the innermost open element of this name holds from here on is hidden."""
        if name in self.open:
            depth = len(self.open) - self.open[::-1].index(name)
            self.hiding = sorted([*self.hiding, depth])

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
    blanks = {"tab", "s", "line-break"}
    passed_over = {"annotation", "tracked-changes", "hidden-text"}

    def __init__(self, hidden_styles: set[str] = frozenset()):
        super().__init__(hidden_styles)
        self.style = ""

    def hides(self, name: str, attributes: dict[str, str]) -> bool:
        if name == "style":
            self.style = attributes.get("name", "")
        elif name.endswith("-properties") and is_hiding(attributes):
            self.hidden_styles.add(self.style)
        if name == "hidden-paragraph":
            self.hide_open("p")
        shut = attributes.get("visibility") in {"collapse", "filter"}
        return shut or attributes.get("style-name", "") in self.hidden_styles


def is_hiding(attributes: dict[str, str]) -> bool:
    """Of the properties of an OpenDocument style: text, a sheet, a slide that is not shown."""
    return (
        attributes.get("display") in {"none", "false"} or attributes.get("visibility") == "hidden"
    )


class OfficeWords(Words):
    """Word and PowerPoint: what people see is in elements named `t`."""

    holders = {"t"}
    paragraphs = {"p"}
    blanks = {"tab", "br", "cr"}
    signs = {"noBreakHyphen": "-"}
    passed_over = {"rPh", "moveFrom"}

    def hides(self, name: str, attributes: dict[str, str]) -> bool:
        value = attributes.get("val", "")
        if name == "vanish" and "r" in self.open and value not in NO:
            self.hide_open("r")
        elif name in {"rStyle", "pStyle"} and value in self.hidden_styles:
            self.hide_open(name[0])
        return name == "sld" and attributes.get("show") in NO


class HiddenStyles(Words):
    """Of the part of styles of a document: the names of those that hide."""

    def __init__(self):
        super().__init__()
        self.names: set[str] = set()
        self.style = ""

    def hides(self, name: str, attributes: dict[str, str]) -> bool:
        if name == "style":
            self.style = attributes.get("styleId") or attributes.get("name", "")
        vanishes = name == "vanish" and attributes.get("val", "") not in NO
        if vanishes or (name.endswith("-properties") and is_hiding(attributes)):
            self.names.add(self.style)
        return False
