"""Reads the files that people send, so that the search finds the pages that show them.

Outside of any transaction and never in the way: whatever a file does to its reader, it was
sent, and the pages that show it are published. What is not read within seconds waits for
`manage.py read_files`.
"""

import hashlib
import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.documents import get_document_model

from search.indexing.files import index_page, pages_showing
from search.models import FileText
from wiki.media.attachments import MOST_BYTES

AT_ONCE, LATER = 5, 60  # seconds that the reading of a file may last
SMALL = 5 * 1024 * 1024  # bytes of a file that is read at the end of its sending
MOST_OUTPUT = 1024 * 1024  # bytes: more than extraction ever gives
ALPHABET = {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
ROOT = Path(__file__).parents[2]  # where `search` is imported from
State = FileText.State
log = logging.getLogger(__name__)


def connect() -> None:
    documents = get_document_model()
    post_save.connect(on_saved, sender=documents, dispatch_uid="search-document-saved")
    post_delete.connect(on_deleted, sender=documents, dispatch_uid="search-document-deleted")


def on_saved(instance, raw=False, **kwargs):
    """A fixture being loaded (`raw`) is read by the command. The text of a file that another
    one replaces is shown no longer, even when the reading of the new one is cut short."""
    row, _made = FileText.objects.get_or_create(document_id=instance.pk)
    if raw:
        return
    if row.digest and row.digest != digest_of(instance):
        FileText.objects.filter(pk=row.pk).update(state=State.WAITING)
    transaction.on_commit(partial(read_at_once, instance.pk), robust=True)


def on_deleted(instance, **kwargs):
    index_pages_showing(instance.pk)


def read_at_once(document_id: int) -> None:
    """At the end of the sending of a file; raises nothing."""
    try:
        document = get_document_model().objects.filter(pk=document_id).first()
        if document:
            read(document, AT_ONCE, SMALL)
    except Exception:
        log.exception("The text of document %s was not read.", document_id)


def read(document, seconds: int = LATER, most: int = MOST_BYTES, again: bool = False) -> str:
    """Read a document, unless its file was read already, and index the pages that show it.

    Returns its state: « waiting » when it is heavier than `most` bytes, or longer to read
    than `seconds`, and more of both may be given later.
    """
    row, _made = FileText.objects.get_or_create(document_id=document.pk)
    digest = digest_of(document)
    if row.digest == digest and row.state != State.WAITING and not again:
        return row.state
    state, text = outcome(document, seconds, most)
    known = FileText.objects.filter(pk=document.pk, document__file=document.file.name)
    known.update(state=state, text=text, digest=digest, read_at=timezone.now())
    if text or row.text:
        index_pages_showing(document.pk)
    return state


def digest_of(document) -> str:
    """SHA-256 of the file, in hexadecimal; empty when it is lost."""
    try:
        with document.file.storage.open(document.file.name) as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def outcome(document, seconds: int, most: int) -> tuple[str, str]:
    """What became of reading a file, and its text."""
    try:
        size = document.file.size
        if size > most:
            return State.WAITING if size <= MOST_BYTES else State.UNREADABLE, ""
        with local_path(document) as path:
            return State.READ, text_of(path, document.file_extension, seconds)
    except subprocess.TimeoutExpired:
        return State.WAITING if seconds < LATER else State.UNREADABLE, ""
    except (OSError, ValueError, subprocess.CalledProcessError):
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


def index_pages_showing(document_id: int) -> None:
    """One transaction a page, so that nobody who publishes waits for long."""
    for page_id in pages_showing([document_id]):
        index_page(page_id)
