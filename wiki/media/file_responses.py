"""Files over HTTP: their kind known by their bytes, their length said, parts of them sent.

No file is ever run as a page of this site. A PDF opens in the browser's own reader; pictures
open too; anything else is downloaded. Who may read a file is asked before coming here.
"""

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date

PICTURES = {"image/jpeg", "image/png", "image/webp", "image/gif", "image/svg+xml"}
PDF = "application/pdf"
UNKNOWN = "application/octet-stream"
BEFORE_PDF = b"\xef\xbb\xbf\x00 \t\r\n"  # what writers of PDF are known to leave before it
HEAD = 64  # bytes read to know a PDF

CLOSED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
# The browser's reader of PDF refuses a sandbox; with no script-src nothing else may run.
FOR_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
RANGE = re.compile(r"bytes=\s*+([0-9]{0,18})\s*+-\s*+([0-9]{0,18})\s*+", re.ASCII | re.IGNORECASE)


@dataclass
class Held:
    """A file of the storage: its name there, how it is called, its size, its last change."""

    name: str
    filename: str
    size: int
    changed: datetime

    @property
    def etag(self) -> str:
        """Says nothing of the content: only that it is still the same file."""
        known = f"{self.name} {self.size} {self.changed.timestamp()}"
        return f'"{hashlib.sha256(known.encode()).hexdigest()[:32]}"'


def held(name: str, filename: str) -> Held:
    """Raises Http404 for a file that is lost."""
    try:
        size, changed = default_storage.size(name), default_storage.get_modified_time(name)
    except OSError:
        raise Http404 from None
    return Held(name, filename, size, changed)


def answer(request, name: str, filename: str, caching: str) -> HttpResponse:
    """The file, a part of it, or that the browser has it already."""
    file = held(name, filename)
    headers = headers_of(file, caching)
    whole = HttpResponse(headers=headers)
    changed = int(file.changed.timestamp())
    known = get_conditional_response(request, file.etag, changed, whole)
    if known is not None and known is not whole:
        # What the browser keeps takes the headers of this answer: the site's own policy would
        # shut its reader of PDF.
        known["Content-Security-Policy"] = headers["Content-Security-Policy"]
        return known
    if request.method != "GET":
        return HttpResponse(headers={**headers, "Content-Length": str(file.size)})
    span = asked_part(request, file)
    if span is None:
        return sent(file, headers, 0, file.size)
    if span[0] >= span[1]:
        headers = {**headers, "Content-Range": f"bytes */{file.size}", "Content-Length": "0"}
        return HttpResponse(status=416, headers=headers)
    return sent(file, headers, *span, status=206)


def headers_of(file: Held, caching: str) -> dict[str, str]:
    kind, filename = kind_of(file)
    return {
        "Content-Type": kind,
        "Content-Disposition": content_disposition_header(kind not in {PDF, *PICTURES}, filename),
        "Content-Security-Policy": FOR_PDF if kind == PDF else CLOSED,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": caching,
        "Vary": "Cookie",
        "Accept-Ranges": "bytes",
        "ETag": file.etag,
        "Last-Modified": http_date(file.changed.timestamp()),
    }


def kind_of(file: Held) -> tuple[str, str]:
    """The kind that the answer says, and the name under which the file is saved.

    Only bytes make a PDF, whatever its name says, and no name makes one.
    """
    if is_pdf(file.name):
        ends_well = file.filename.lower().endswith(".pdf")
        return PDF, file.filename if ends_well else f"{file.filename}.pdf"
    kind = mimetypes.guess_type(file.filename)[0] or UNKNOWN
    return UNKNOWN if kind == PDF else kind, file.filename


def is_pdf(name: str) -> bool:
    with default_storage.open(name) as opened:
        return opened.read(HEAD).lstrip(BEFORE_PDF).startswith(b"%PDF-")


# Parts


def asked_part(request, file: Held) -> tuple[int, int] | None:
    """Where the part that is asked begins and ends; empty when it is outside of the file.

    None for the whole file: nothing asked, several parts, words that are no range, or a file
    that is another one than the part that the browser has (`If-Range`).
    """
    found = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not found or not (found[1] or found[2]) or not is_the_same(request, file):
        return None
    if not found[1]:
        return max(file.size - int(found[2]), 0), file.size if int(found[2]) else 0
    start = int(found[1])
    if found[2] and int(found[2]) < start:
        return None
    return start, min(int(found[2]) + 1, file.size) if found[2] else file.size


def is_the_same(request, file: Held) -> bool:
    known = request.headers.get("If-Range", "").strip()
    return not known or known in {file.etag, http_date(file.changed.timestamp())}


class Part:
    """The bytes of a file from one place to another, read once."""

    def __init__(self, file, start: int, end: int):
        self.file, self.left = file, end - start
        self.close = file.close
        file.seek(start)

    def read(self, size: int = -1) -> bytes:
        asked = self.left if size < 0 else min(size, self.left)
        data = self.file.read(asked)
        self.left -= len(data)
        return data


def sent(file: Held, headers: dict, start: int, end: int, status: int = 200) -> FileResponse:
    opened = default_storage.open(file.name)
    part = opened if status == 200 else Part(opened, start, end)
    response = FileResponse(part, status=status, filename=file.filename)
    for name, value in headers.items():
        response[name] = value
    response["Content-Length"] = str(end - start)
    if status == 206:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    return response
