"""The text of a file that somebody sent, read in a process of its own.

`python -m search.indexing.extraction FILE EXTENSION` writes it in UTF-8 and ends with 0; a file
that is broken, locked or too heavy ends it otherwise. The process may not write a file, start
another one, nor pass its seconds and its memory; who starts it also watches the clock. It
knows nothing of the site: neither Django nor its settings are imported here (`wiki.text.characters`
knows none of them either).
"""

import codecs
import logging
import os
import re
import resource
import sys
import warnings
from collections.abc import Callable, Iterator
from itertools import islice

from search.indexing.office_text import OFFICE, Unreadable, office_parts
from wiki.text.characters import normal

MEGABYTE = 1024 * 1024
SECONDS = 40  # of processor
ENOUGH = 25  # seconds of processor after which no further page is read
MEMORY = 768 * MEGABYTE
MOST_PAGES = 300  # pages of a PDF, slides, sheets
MOST_CHARACTERS = 200_000

# A word cut at the end of a line, and the halves of compounds that keep their hyphen.
FIRST = "(?<![^\\W\\d_])"  # no letter before
CUT_WORD = re.compile(f"{FIRST}([^\\W\\d_]+)[-\u2010\xad] ?\n *([^\\W\\d_A-ZÀ-Þ]+)")
CUT_CAPITALS = re.compile(
    f"{FIRST}([A-ZÀ-Þ]{{2,}})[-\u2010\xad] ?\n *([A-ZÀ-Þ]{{2,}})(?![^\\W\\d_])"
)
BEGINNING = re.compile(f"{FIRST}[^\\W\\d_]+[-\u2010\xad]$")
BEFORE_HYPHEN = """
    après arrière avant belle celle celles celui ceux demi est grand grande grands haut là non
    nouveau outre peut porte post quasi rendez semi sous sud tiers trop vice vis week wi
"""
AFTER_HYPHEN = "elle elles end être il ils je là lui même mêmes midi nous on t tu vous y"
MOSTLY = 0.7  # of the letters of a French text: those that Latin-1 has
WINDOWS = re.compile(b"[\x80-\x9f]")
UNIX = re.compile(  # « cœur, œuf, œuvre, œil, 5 € »; not « 1½h »
    b"(?i)[a-z][\xbc\xbd]|(?<![0-9])[\xbc\xbd](?:u[fv]|il|cu|so|d\xe8)|[0-9][ \xa0]?\xa4"
)
BLANKS = re.compile("[ \t\xa0\u202f]+")


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
    cut = ""  # word that the page before ends with
    for page in pages:
        if out_of_time():
            break
        try:
            whole, cut = parted(mended_lines(cut + page.extract_text().strip()))
            yield whole
        except Exception:
            broken += 1
    if not pages or broken == len(pages):
        raise Unreadable("no page")
    yield cut


def parted(text: str) -> tuple[str, str]:
    """The text of a page and the beginning of the word that the next page ends."""
    cut = BEGINNING.search(text)
    return (text[: cut.start()], f"{cut[0]}\n") if cut else (text, "")


def mended_lines(text: str) -> str:
    """Words cut at the end of a line made whole; « rendez-vous » keeps its hyphen.

    Capitals do not tell a word from a compound, « CENTRE-VAL »: both are kept.
    """
    return CUT_CAPITALS.sub(r"\1\2 \g<0>", CUT_WORD.sub(_whole_word, text))


def _whole_word(cut: re.Match) -> str:
    first, second = cut.groups()
    is_compound = first.lower() in BEFORE_HYPHEN.split() or second in AFTER_HYPHEN.split()
    return f"{first}{'-' if is_compound else ''}{second}"


def out_of_time() -> bool:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime > ENOUGH


def plain_parts(path: str, extension: str) -> Iterator[str]:
    """UTF-8, UTF-16, else a Western alphabet."""
    with open(path, "rb") as opened:
        data = opened.read(4 * MOST_CHARACTERS)
    if alphabet := utf_16_of(data):
        yield data.decode(alphabet, "ignore")
        return
    if b"\x00" in data:
        raise Unreadable("no text")
    try:
        yield codecs.getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        yield data.decode(western_of(data), "replace")


def utf_16_of(data: bytes) -> str:
    """The UTF-16 of a text, by its mark or, without one, by the nought that every other byte
    of a Western text then is; empty when it is not in UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = data[::2].count(0), data[1::2].count(0)
    if min(even, odd) or max(even, odd) < MOSTLY * len(data) / 2:
        return ""
    return "utf-16-le" if odd else "utf-16-be" if even else ""


def western_of(data: bytes) -> str:
    """ISO 8859-15, of the Unix of old, when its œ and its € stand where the alphabet of
    Windows has fractions; it has no letter where that one has its own."""
    return "cp1252" if WINDOWS.search(data) or not UNIX.search(data) else "iso8859-15"


READERS: dict[str, Callable[[str, str], Iterator[str]]] = {
    "pdf": pdf_parts,
    **dict.fromkeys(OFFICE, office_parts),
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
