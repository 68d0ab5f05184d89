"""The text of a file that somebody sent, read in a process of its own.

`python -m search.extraction FILE EXTENSION` writes it in UTF-8 and ends with 0; a file that
is broken, locked or too heavy ends it otherwise. The process may not write a file, start
another one, nor pass its seconds and its memory; who starts it also watches the clock. It
knows nothing of the site: neither Django nor its settings are imported here (`wiki.signs`
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

from search.office_text import OFFICE, Unreadable, office_parts
from wiki.signs import normal

MEGABYTE = 1024 * 1024
SECONDS = 40  # of processor
ENOUGH = 25  # seconds of processor after which no further page is read
MEMORY = 768 * MEGABYTE
MOST_PAGES = 300  # pages of a PDF, slides, sheets
MOST_CHARACTERS = 200_000

# A word cut at the end of a line, and the halves of compounds that keep their hyphen.
CUT_WORD = re.compile("([^\\W\\d_]+)[-\u2010\xad] ?\n *([^\\W\\d_A-ZÀ-Þ]+)")
BEFORE_HYPHEN = """
    après arrière avant belle celle celles celui ceux demi est grand grande grands haut là non
    nouveau outre peut porte post quasi rendez semi sous sud tiers trop vice vis week wi
"""
AFTER_HYPHEN = "elle elles end être il ils je là lui même mêmes midi nous on t tu vous y"
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
    for page in pages:
        if out_of_time():
            return
        try:
            yield mended_lines(page.extract_text())
        except Exception:
            broken += 1
    if not pages or broken == len(pages):
        raise Unreadable("no page")


def mended_lines(text: str) -> str:
    """Words cut at the end of a line made whole; « rendez-vous » keeps its hyphen."""
    return CUT_WORD.sub(_whole_word, text)


def _whole_word(cut: re.Match) -> str:
    first, second = cut.groups()
    is_compound = first.lower() in BEFORE_HYPHEN.split() or second in AFTER_HYPHEN.split()
    return f"{first}{'-' if is_compound else ''}{second}"


def out_of_time() -> bool:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime > ENOUGH


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
