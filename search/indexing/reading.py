"""Reads a file that people sent, so that the search finds the pages that show it.

Whatever the file does to its reader, a state and a text are what comes of it.
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from search.models import FileText
from wiki.media.attachments import MOST_BYTES

SECONDS = 60  # that the reading of a file may last
MOST_OUTPUT = 1024 * 1024  # bytes: more than extraction ever gives
ALPHABET = {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
ROOT = Path(__file__).parents[2]  # where `search` is imported from
State = FileText.State


def digest_of(document) -> str:
    """SHA-256 of the file, in hexadecimal; empty when it is lost."""
    try:
        with document.file.storage.open(document.file.name) as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def outcome(document) -> tuple[str, str]:
    """What became of reading a file, and its text."""
    try:
        if document.file.size > MOST_BYTES:
            return State.UNREADABLE, ""
        with local_path(document) as path:
            return State.READ, text_of(path, document.file_extension, SECONDS)
    except (OSError, ValueError, subprocess.SubprocessError):
        return State.UNREADABLE, ""


@contextmanager
def local_path(document) -> Iterator[str]:
    """Where the file is on this machine; a copy of it when it is kept elsewhere."""
    try:
        path = document.file.path
    except NotImplementedError:
        path = None
    if path:
        yield path
        return
    with document.open_file() as opened, NamedTemporaryFile() as copy:
        shutil.copyfileobj(opened, copy)
        copy.flush()
        yield copy.name


def text_of(path: str, extension: str, seconds: int) -> str:
    """The text of a file, read in a process of its own that knows no secret of the site.

    Raises CalledProcessError on a file that cannot be read, TimeoutExpired after `seconds`.
    """
    done = subprocess.run(
        [sys.executable, "-m", "search.indexing.extraction", path, extension.lower()],
        cwd=ROOT,
        env=ALPHABET,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=seconds,
        check=True,
    )
    return done.stdout[:MOST_OUTPUT].decode("utf-8", "ignore")
