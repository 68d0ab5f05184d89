"""A body as blocks that can be compared: their words, what dresses them, where they stand."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext as _
from lxml import etree

from wiki.diff.attributes import CELLS, HEADINGS, Fact, dress, fact_of
from wiki.markup import html
from wiki.text.titles import key_of

DEEPEST = 40  # elements around a block that are looked at
SOFT_BLANKS = re.compile(r"[ \t\n\r\f]+")
MARKS = {
    **{"strong": "bold", "b": "bold", "em": "italic", "i": "italic"},
    **{"sub": "sub", "sup": "sup", "code": "code"},
}
BLOCKS = html.BLOCKS - {"br"}


@dataclass(frozen=True)
class PassageMark:
    """What a passage is: bold, a link, a picture; `told`: where it leads, what it shows."""

    kind: str
    key: str = ""
    told: str = ""


@dataclass
class TextBlock:
    """`text`: its words; `where`: its place, in words; the rest is what words do not show.

    `marks`: (start, end, mark) over the text; `facts`: what it is, by the name of the fact;
    `path`: the elements around it; `shared`: how many of them the block before it has too;
    `source`: its very HTML; `values`: for a row, (label, stored, readable) of its fields.
    """

    text: str
    where: str = ""
    marks: list[tuple[int, int, PassageMark]] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    shared: int = 0
    source: str = ""
    values: tuple[tuple[str, str, str], ...] = ()

    @cached_property
    def words(self) -> Counter:
        return Counter(self.text.split())

    @cached_property
    def key(self) -> tuple:
        """Equal for blocks that nothing tells apart but their place."""
        facts = tuple((name, fact.key) for name, fact in self.facts.items())
        return self.text, self.path, self.source, facts, self.values


@dataclass
class EnclosingElement:
    """An element around the words that are read; `count`: how many blocks there were before."""

    element: object
    stored: str
    named: tuple[str, Fact] | None
    count: int


@dataclass
class Targets:
    """How pages and documents that links lead to are called for a reader, by id; `deleted`:
    ids of documents that are no more."""

    pages: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)

    def told(self, link) -> str:
        kind, pk = link.get("linktype"), link.get("id", "")
        if kind == "page":
            return self.pages.get(pk) or _("(not available)").strip("()")
        if kind == "document" and pk in self.deleted:
            return _("deleted file")
        if kind == "document":
            title = self.documents.get(pk)
            return _("document “%s”") % title if title else _("document %s") % pk
        return link.get("href", "")


def text_blocks(body: str, targets: Targets | dict | None = None) -> list[TextBlock]:
    """All the text of a body in blocks, with the heading each stands under and its rank.

    Links say where they lead and pictures what they show, so that no change is silent; a link
    to a page that is to be written reads as its words.
    """
    known = targets if isinstance(targets, Targets) else Targets(pages=targets or {})
    reader = _BlockReader(known)
    root = html.fragment(body)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element is not root:
            reader.read(event, element)
        else:
            reader.edge(event, element)
    return reader.blocks


class _Words:
    """A text that grows: its pieces are joined once, at its end."""

    def __init__(self, text: str = ""):
        self.pieces, self.length, self.last = [], 0, ""
        self.add(text)

    def add(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.length, self.last = self.length + len(text), text[-1]

    def strip_end(self) -> None:
        """Without the spaces that it ends with."""
        while self.last == " ":
            piece = self.pieces.pop()
            self.length -= len(piece)
            self.last = self.pieces[-1][-1] if self.pieces else ""
            self.add(piece.rstrip(" "))

    def whole(self) -> str:
        return "".join(self.pieces)


class _BlockReader:
    """Gathers words until a block begins or ends, whatever elements hold them."""

    def __init__(self, targets: Targets):
        self.targets = targets
        self.blocks: list[TextBlock] = []
        self.stack: list[EnclosingElement] = []
        self.columns: dict = {}  # of the cells
        self.met = 0  # elements so far, to tell two lists apart
        self.lowest = 0  # of the depths since the last block
        self.gap = 0  # cells that ended since the last word
        self.heading, self.rank = "", 0
        self.begin()

    def begin(self) -> None:
        self.text, self.source = _Words(), []
        self.marks: list[tuple[int, int, PassageMark]] = []
        self.open: list[list] = [[mark, 0] for mark, _start in getattr(self, "open", [])]

    def edge(self, event: str, root) -> None:
        """The words before any element, then what no element ended."""
        if event == "start":
            self.write(root.text)
        else:
            self.flush()

    def read(self, event: str, element) -> None:
        if not isinstance(element.tag, str):
            self.write(element.tail if event == "end" else "")
        elif element.tag in BLOCKS:
            self.block(event, element)
        elif element.tag in CELLS:
            self.cell(event, element)
        else:
            self.inline(event, element)

    def block(self, event: str, element) -> None:
        if event == "start":
            self.flush()
            self.push(element)
            if element.tag == "hr":
                self.text = _Words(_("[rule]"))
            self.write(element.text)
            return
        self.flush(is_empty=self.stack[-1].count == len(self.blocks))
        self.pop()
        self.write(element.tail)

    def push(self, element) -> None:
        self.met += 1
        column = self.columns.get(element.getprevious(), 0) + 1
        if element.tag in CELLS:
            self.columns[element] = column
        named = fact_of(element, self.met, column)
        self.stack.append(EnclosingElement(element, _tag(element), named, len(self.blocks)))

    def pop(self) -> None:
        self.stack.pop()
        self.lowest = min(self.lowest, len(self.stack))

    def cell(self, event: str, element) -> None:
        """The cells of a row are one block, unless they hold blocks."""
        if event == "start":
            self.gap += element.getprevious() is not None
            self.push(element)
            self.write(element.text)
        else:
            if self.stack[-1].count < len(self.blocks):
                self.flush()
            self.pop()
            self.write(element.tail)

    def inline(self, event: str, element) -> None:
        self.source.append(_tag(element) if event == "start" else "</>")
        if element.tag == "br":
            self.text.add("\n" if event == "start" else "")
        elif element.tag == "img":
            self.picture(event, element)
        elif event == "start":
            self.open.append([self.mark_of(element), self.text.length])
        elif self.open:
            self.close(element)
        self.write(element.text if event == "start" else element.tail)

    def close(self, element) -> None:
        mark, start = self.open.pop()
        self.marks.append((start, self.text.length, mark))
        if mark.kind == "link" and mark.told:
            self.text.add(f" ({mark.told})")

    def picture(self, event: str, element) -> None:
        if event == "end":
            return
        told = element.get("alt", "")
        if self.text.last and not self.text.last.isspace():
            self.text.add(" ")
        start = self.text.length
        self.text.add(_("[photo: %s]") % told)
        key = "\n".join((element.get("id", ""), " ".join(told.split()), _tag(element)))
        self.marks.append((start, self.text.length, PassageMark("picture", key, told)))
        self.text.add(" ")

    def mark_of(self, element) -> PassageMark:
        if element.tag != "a":
            return PassageMark(MARKS.get(element.tag, element.tag))
        if element.get("linktype") == "wanted":
            return PassageMark("wanted", key_of(element.get("title", "")), element.get("title", ""))
        return PassageMark("link", _tag(element), self.targets.told(element))

    def write(self, text: str | None) -> None:
        if not text:
            return
        self.source.append(text)
        words = SOFT_BLANKS.sub(" ", text)
        if self.gap and words.strip(" "):
            self.text.strip_end()
            bars = f"{' |' * self.gap} "
            self.text.add(bars if self.text.last else bars.lstrip(" "))
            self.gap = 0
        if not self.text.last or self.text.last in " \n":
            words = words.lstrip(" ")
        self.text.add(words)

    def flush(self, is_empty: bool = False) -> None:
        """End the block that was being read, if there is one."""
        text = self.text.whole().strip(" \n")
        if not (text or is_empty or "".join(self.source).strip()):
            self.begin()
            return
        self.marks += [(start, self.text.length, mark) for mark, start in self.open]
        is_heading = bool(self.stack) and self.stack[-1].element.tag in HEADINGS
        if is_heading and text:
            self.heading, self.rank = text, 0
        else:
            self.rank += 1
        self.blocks.append(self.made(text, is_heading))
        self.lowest, self.gap = len(self.stack), 0
        self.begin()

    def made(self, text: str, is_heading: bool) -> TextBlock:
        around = self.stack[-DEEPEST:]
        return TextBlock(
            text if text.strip() else _("[empty line]"),
            _("in the headings") if is_heading else place(self.heading, self.rank),
            self.marks,
            dress([outer.named for outer in around if outer.named]),
            tuple(outer.stored for outer in around),
            self.lowest,
            "".join(self.source).strip(" \t\n\r\f"),
        )


def _place(heading: str, rank: int) -> str:
    if not heading:
        return _("in the text · paragraph %s") % rank
    return _("in “%(heading)s” · paragraph %(rank)s") % {"heading": heading, "rank": rank}


place = lazy(_place, str)  # most blocks are not shown


def _tag(element) -> str:
    """An element as it is stored, its attributes in one order."""
    return f"<{element.tag}{''.join(f' {k}={v!r}' for k, v in sorted(element.items()))}>"
