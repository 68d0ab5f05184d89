"""The text of a file that somebody sent, read in a process of its own.

`python -m search.extraction FILE EXTENSION` writes it in UTF-8 and ends with 0; a file that
is broken, locked or too heavy ends it otherwise. The process may not write a file, start
another one, nor pass its seconds and its memory; who starts it also watches the clock. It
knows nothing of the site: neither Django nor its settings are imported here (`wiki.signs`
knows none of them either).

Office files, ODF (ISO/IEC 26300) and Office Open XML (ISO/IEC 29500), are zip archives of
XML; a document type, the door of entities, is refused: neither format has one.
"""

import codecs
import logging
import os
import re
import resource
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice

from lxml import etree

from wiki.signs import normal

MEGABYTE = 1024 * 1024
SECONDS = 40  # of processor
ENOUGH = 25  # seconds of processor after which no further page is read
MEMORY = 768 * MEGABYTE
MOST_PAGES = 300  # pages of a PDF, slides, sheets
MOST_CHARACTERS = 200_000
MOST_UNZIPPED = 60 * MEGABYTE
MOST_PARTS = 5_000  # files in an archive
DEEPEST = 250  # elements in one another
CHUNK = 65_536

WORD_PARTS = r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml"
OFFICE_PARTS = {
    "odt": r"content\.xml",
    "ods": r"content\.xml",
    "odp": r"content\.xml",
    "docx": WORD_PARTS,
    "pptx": r"ppt/slides/slide\d+\.xml",
    "xlsx": r"xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml",
}
OPEN_DOCUMENTS = {"odt", "ods", "odp"}
NUMBER = re.compile(r"\d+")

BLANKS = re.compile("[ \t\xa0\u202f]+")


class Unreadable(Exception):
    """There is no text to be had from this file."""


def text_of(path: str, extension: str) -> str:
    """The text of a file, at most MOST_CHARACTERS; raises on one that cannot be read.

    To be called in the process of `main` only: any library may hang or eat the memory on a
    file made for it.
    """
    if extension not in READERS:
        raise Unreadable(extension)
    return gathered(READERS[extension](path, extension))


def gathered(parts: Iterator[str]) -> str:
    """Parts of a text, one a line, until there is enough; the rest is not read."""
    found, size = [], 0
    for part in parts:
        part = BLANKS.sub(" ", normal(part)).strip()
        if part:
            found.append(part)
            size += len(part) + 1
        if size >= MOST_CHARACTERS:
            break
    return "\n".join(found)[:MOST_CHARACTERS]


def pdf_parts(path: str, extension: str) -> Iterator[str]:
    """The pages in order; one that is broken is passed over, unless none is left."""
    import pypdf

    reader = pypdf.PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("locked")
    pages = list(islice(reader.pages, MOST_PAGES))
    broken = 0
    for page in pages:
        if out_of_time():
            return
        try:
            yield page.extract_text()
        except Exception:
            broken += 1
    if not pages or broken == len(pages):
        raise Unreadable("no page")


def out_of_time() -> bool:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime > ENOUGH


def office_parts(path: str, extension: str) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        names = parts_to_read(archive, extension)
        for name in names:
            words = OpenDocumentWords() if extension in OPEN_DOCUMENTS else OfficeWords()
            yield from read_xml(archive, name, words)


def parts_to_read(archive: zipfile.ZipFile, extension: str) -> list[str]:
    """The parts that hold text, in order; raises Unreadable on none, or on a bomb.

    An archive cannot give more than the sizes that it declares: zipfile stops there.
    """
    wanted = re.compile(OFFICE_PARTS[extension])
    parts = [info for info in archive.infolist() if wanted.fullmatch(info.filename)]
    if len(archive.infolist()) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNZIPPED:
        raise Unreadable("too heavy")
    if not parts:
        raise Unreadable("no text")
    return sorted((part.filename for part in parts), key=in_order)[:MOST_PAGES]


def in_order(name: str) -> tuple[bool, str, int]:
    """The text of a document before its notes, slide 2 before slide 10."""
    number = NUMBER.search(name)
    return not name.endswith("document.xml"), NUMBER.sub("", name), int(number[0] if number else 0)


class Words:
    """Takes the events of an XML file, and gives its text, a line a paragraph.

    Elements are known by their local names: the namespaces of the formats have versions.
    """

    holders: set[str] | None = None  # elements whose text counts; None: all in a paragraph
    paragraphs: set[str] = set()
    blanks: set[str] = set()
    passed_over: set[str] = set()

    def __init__(self):
        self.open: list[str] = []
        self.within = self.hidden = 0
        self.line: list[str] = []
        self.lines: list[str] = []

    def start(self, tag: str, attributes) -> None:
        name = tag.rpartition("}")[2]
        self.open.append(name)
        if len(self.open) > DEEPEST:
            raise Unreadable("too deep")
        self.hidden += name in self.passed_over
        self.within += name in (self.holders or self.paragraphs)
        if name in self.blanks:
            self.line.append(" ")

    def end(self, tag: str) -> None:
        name = self.open.pop()
        self.hidden -= name in self.passed_over
        self.within -= name in (self.holders or self.paragraphs)
        if name in self.paragraphs:
            self.lines.append("".join(self.line))
            self.line = []

    def data(self, text: str) -> None:
        if self.within and not self.hidden:
            self.line.append(text)

    def doctype(self, name, public, system) -> None:
        raise Unreadable("document type")

    def close(self) -> None:
        self.lines.append("".join(self.line))

    def taken(self) -> list[str]:
        lines, self.lines = self.lines, []
        return lines


class OpenDocumentWords(Words):
    """Text, tables and slides; neither remarks nor what was struck out."""

    paragraphs = {"p", "h"}
    blanks = {"tab", "s", "line-break"}
    passed_over = {"annotation", "tracked-changes"}


class OfficeWords(Words):
    """Word, Excel and PowerPoint: what people see is in elements named `t`."""

    holders = {"t"}
    paragraphs = {"p", "si", "is"}
    blanks = {"tab", "br", "cr"}
    passed_over = {"rPh", "moveFrom"}


def read_xml(archive: zipfile.ZipFile, name: str, words: Words) -> Iterator[str]:
    """Read by pieces, with no tree in memory and no entity."""
    parser = etree.XMLParser(
        target=words, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    with archive.open(name) as part:
        while piece := part.read(CHUNK):
            parser.feed(piece)
            yield from words.taken()
    parser.close()
    yield from words.taken()


def plain_parts(path: str, extension: str) -> Iterator[str]:
    """UTF-8, UTF-16 with its mark, else the Western alphabet of Windows."""
    with open(path, "rb") as opened:
        data = opened.read(4 * MOST_CHARACTERS)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield data.decode("utf-16", "ignore")
        return
    if b"\x00" in data:
        raise Unreadable("no text")
    try:
        yield codecs.getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        yield data.decode("cp1252", "replace")


READERS: dict[str, Callable[[str, str], Iterator[str]]] = {
    "pdf": pdf_parts,
    **dict.fromkeys(OFFICE_PARTS, office_parts),
    "txt": plain_parts,
    "csv": plain_parts,
}


def limit_this_process() -> None:
    """What a file made for it could take of the machine."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for nothing in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        resource.setrlimit(nothing, (0, 0))


def main(path: str, extension: str) -> int:
    limit_this_process()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    try:
        text = text_of(path, extension)
    except Exception:
        return 1
    sys.stdout.buffer.write(text.encode("utf-8", "ignore"))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
