"""The text that people see of office files, read in the process of `search.indexing.extraction`.

ODF (ISO/IEC 26300) and Office Open XML (ISO/IEC 29500) are zip archives of XML; a document
type, the door of entities, is refused: neither format has one. What their authors hid — text,
rows, sheets, slides — is left out: it is often a name or a note that nobody meant to give.
"""

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from search.indexing import office_sheets
from search.indexing.office_words import (
    HiddenStyles,
    OfficeWords,
    OpenDocumentWords,
    Unreadable,
    Words,
)

MEGABYTE = 1024 * 1024
MOST_UNZIPPED = 60 * MEGABYTE
MOST_PARTS = 5_000  # files in an archive
MOST_PAGES = 300  # slides, sheets
CHUNK = 65_536

OFFICE = {
    "odt": r"(?:content|styles)\.xml",  # headers and footers are in the second
    "ods": r"content\.xml",
    "odp": r"content\.xml",
    "docx": r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml",
    "pptx": r"ppt/slides/slide\d+\.xml",
    "xlsx": r"xl/worksheets/sheet\d+\.xml",
}
DRAWN = r"xl/drawings/drawing\d+\.xml|xl/worksheets/_rels/sheet\d+\.xml\.rels"
STYLES = {"odt": "styles.xml", "ods": "styles.xml", "odp": "styles.xml", "docx": "word/styles.xml"}
OPEN_DOCUMENTS = {"odt", "ods", "odp"}
NUMBER = re.compile(r"\d+")


def office_parts(path: str, extension: str) -> Iterator[str]:
    """Lines of text; raises Unreadable, zipfile's errors or lxml's on a file that is none."""
    with zipfile.ZipFile(path) as archive:
        names = parts_to_read(archive, extension)
        if extension == "xlsx":
            yield from workbook_lines(archive, names)
            return
        hidden = hidden_styles(archive, extension)
        for name in names:
            kind = OpenDocumentWords if extension in OPEN_DOCUMENTS else OfficeWords
            yield from read_xml(archive, name, kind(hidden))


def parts_to_read(archive: zipfile.ZipFile, extension: str) -> list[str]:
    """The parts that hold text, in order; raises Unreadable on none, or on a bomb.

    An archive cannot give more than the sizes that it declares: zipfile stops there.
    """
    wanted = re.compile(OFFICE[extension])
    infos = archive.infolist()
    parts = [info for info in infos if wanted.fullmatch(info.filename)]
    read = parts + [info for info in infos if is_beside(info.filename, extension)]
    if len(infos) > MOST_PARTS or sum(part.file_size for part in read) > MOST_UNZIPPED:
        raise Unreadable("too heavy")
    if not parts:
        raise Unreadable("no text")
    return sorted((part.filename for part in parts), key=in_order)[:MOST_PAGES]


def is_beside(name: str, extension: str) -> bool:
    """Whether a part is read for what it says of those that hold text."""
    others = {STYLES.get(extension), *office_sheets.BESIDE}
    return name in others or bool(re.fullmatch(DRAWN, name))


def in_order(name: str) -> tuple[bool, str, int]:
    """The text of a document before its notes, slide 2 before slide 10."""
    number = NUMBER.search(name)
    return not name.endswith("document.xml"), NUMBER.sub("", name), int(number[0] if number else 0)


def hidden_styles(archive: zipfile.ZipFile, extension: str) -> set[str]:
    """Names of the styles under which nothing is seen."""
    part = STYLES.get(extension)
    if part not in archive.namelist():
        return set()
    reader = HiddenStyles()
    for _line in read_xml(archive, part, reader):
        pass
    return reader.names


def workbook_lines(archive: zipfile.ZipFile, sheets: list[str]) -> Iterator[str]:
    """A line a row, of the sheets that are shown."""
    book = office_sheets.Workbook()
    for part, reader in book.readers():
        if part in archive.namelist():
            for _line in read_xml(archive, part, reader):
                pass
    drawings = dict.fromkeys(n for n in archive.namelist() if n.startswith("xl/drawings/"))
    for name in sheets:
        if not book.hides(name):
            yield book.title_of(name)
            yield from read_xml(archive, name, office_sheets.SheetRows(book))
            yield from drawn_lines(archive, name, drawings)


def drawn_lines(archive: zipfile.ZipFile, sheet: str, drawings: dict[str, None]) -> Iterator[str]:
    """What the boxes drawn over a sheet say; a drawing leaves `drawings` once it is read."""
    relations = sheet.replace("worksheets/", "worksheets/_rels/") + ".rels"
    if relations not in archive.namelist():
        return
    beside = office_sheets.Workbook()
    for _line in read_xml(archive, relations, office_sheets.RelationsReader(beside)):
        pass
    for target in beside.files.values():
        drawing = "xl/" + target.removeprefix("xl/")
        if drawing in drawings and re.fullmatch(DRAWN, drawing):
            del drawings[drawing]
            yield from read_xml(archive, drawing, OfficeWords())


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
