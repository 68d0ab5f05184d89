"""Who wrote what: the blocks of a text, each with the version that brought it.

A block belongs to the first version that held its words: one that was moved, or removed
and put back, stays its author's. The second of two equal blocks belongs to the first
version that held both.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, islice

from wiki.markup import blocks, html
from wiki.markup.blocks import Block
from wiki.models import Version
from wiki.text.characters import folded

KINDS = {"h2": "heading", "h3": "heading", "h4": "heading", "li": "item", "tr": "row"}

MOST_VERSIONS = 400
MOST_CHARACTERS = 6_000_000  # of HTML, in all
MOST_TAGS = 400_000  # in all
MOST_NEW = 24_000  # elements of another text than any in the versions after
CHECKS, DONE = f'<ul class="{html.CHECK_LIST}">', f'<li class="{html.DONE}"'


@dataclass(frozen=True)
class Piece:
    """A paragraph, heading, list item, box to tick or table row: its words, and its kind for
    the eye."""

    words: str
    kind: str = ""


@dataclass
class Annotated:
    piece: Piece
    version: Version


class BodyReader:
    """Cuts bodies into pieces; a block met again, byte for byte, is not read again."""

    def __init__(self):
        self.known: dict[str, list[Piece]] = {}

    def pieces(self, body: str) -> list[Piece]:
        return [piece for block in blocks.split(body) for piece in self._of(block)]

    def _of(self, block: Block) -> list[Piece]:
        if block.text not in self.known:
            self.known[block.text] = list(self._read(block))
        return self.known[block.text]

    def _read(self, block: Block) -> Iterable[Piece]:
        if block.tag in blocks.CONTAINERS and block.tag != "li":
            start, held, _end = block.opened()
            for inside in held:
                yield from self._ticks(inside) if start == CHECKS else self._of(inside)
        elif block.tag == "li":
            yield from self._item(block, "item")
        elif words := _words(block.text):
            yield Piece(words, KINDS.get(block.tag, ""))

    def _ticks(self, block: Block) -> Iterable[Piece]:
        """The item of a check-list, done or not; or what stands there and is no item."""
        if block.tag == "li":
            yield from self._item(block, "ticked" if block.text.startswith(DONE) else "tick")
        else:
            yield from self._of(block)

    def _item(self, block: Block, kind: str) -> Iterable[Piece]:
        """The words of the item itself, then those of the lists inside it."""
        for inside in block.opened()[1]:
            if inside.tag in {"ul", "ol"}:
                yield from self._of(inside)
            elif words := _words(inside.text):
                yield Piece(words, kind)
                kind = "inside"  # the box or the bullet stands before the first words


def _words(text: str) -> str:
    return folded(html.plain_text(text))


def annotate(body: str, history: Iterable[tuple[Version, str]]) -> list[Annotated]:
    """The pieces of a body, each with the version that brought it.

    `history`: versions with their bodies, oldest first, the last one holding `body`.
    """
    reader, births = BodyReader(), {}
    for version, text in history:
        for piece in _numbered(reader.pieces(text)):
            births.setdefault(piece, version)
    pieces = reader.pieces(body)
    ranks = _numbered(pieces)
    return [Annotated(p, births[rank]) for p, rank in zip(pieces, ranks, strict=True)]


def newest_of(versions: Iterable[Version]) -> list[tuple[Version, str]]:
    """Some versions given newest first, with their bodies, oldest first: as many as one may
    read in about a second, the newest one always."""
    read, room = [], Room()
    for version in islice(versions, MOST_VERSIONS):
        body = version.content.get("body", "")
        version.content = {}  # a hundred versions of a long text do not stay in memory
        if not room.takes(body) and read:
            break
        read.append((version, body))
    return read[::-1]


class Room:
    """What may still be read: characters and elements cost some time, new elements most of it."""

    def __init__(self):
        self.characters, self.tags = MOST_CHARACTERS, MOST_TAGS
        self.new, self.met = MOST_NEW, set()

    def takes(self, body: str) -> bool:
        ends = set(body.split("</"))
        self.characters -= len(body)
        self.tags -= body.count("<")
        self.new -= len(ends - self.met)
        self.met |= ends
        return min(self.characters, self.tags, self.new) >= 0


def _numbered(pieces: list[Piece]) -> list[tuple[str, int]]:
    """(words, how many times they were met so far): the second of two equals is another."""
    met: Counter[str] = Counter()
    numbered = []
    for piece in pieces:
        met[piece.words] += 1
        numbered.append((piece.words, met[piece.words]))
    return numbered


def by_version(annotated: list[Annotated]) -> list[tuple[Version, list[Annotated]]]:
    """Runs of pieces that one version brought, in the order of the text."""
    runs = groupby(annotated, key=lambda item: item.version.number)
    lists = [list(run) for _number, run in runs]
    return [(run[0].version, run) for run in lists]
