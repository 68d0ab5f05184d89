"""Bodies of requests, received whole before the site is asked: no slow sender holds it.

Every thread of the server answers one request at a time. A body that comes byte by byte would
keep its thread for as long as its sender likes: here it must come at a least rate, and of
those that are slow together only some are waited for, the quickest.
"""

import socket
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from threading import Event, Lock, Thread

from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

LARGEST = 64_000_000  # bytes; files of 25 MB are the largest that are kept
SMALL = 64_000  # of forms that hold no text
IN_MEMORY = 2_500_000
STEP = 16_384  # read at once
PATIENCE = 2  # seconds after which a body is slow
MOST_SLOW = 6  # waited for together in a process
WINDOW, LEAST_RATE = 20, 4_000  # seconds, bytes a second in each of them
MOST_SECONDS, WHOLE_RATE = 60, 32_000  # for the whole: as long, and its size at this rate
TICK = 0.5

SMALL_FORMS = {
    *("login", "admin_login", "logout", "password_reset", "password_reset_confirm"),
    *("password_change", "profile", "close_sessions", "draft_state", "be_present"),
    *("discard_draft", "without_click"),
}
REASONS = {408: "408 Request Timeout", 413: "413 Content Too Large"}
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
]


@dataclass(eq=False)
class Reading:
    """A body on its way: `mark` is what had come when the window began."""

    size: int
    line: socket.socket | None = None
    received: int = 0
    begun: float = field(default_factory=time.monotonic)
    window: float = field(default_factory=time.monotonic)
    mark: int = 0

    def is_too_slow(self, now: float) -> bool:
        if now - self.begun > MOST_SECONDS + self.size / WHOLE_RATE:
            return True
        if now - self.window < WINDOW:
            return False
        came, self.mark, self.window = self.received - self.mark, self.received, now
        return came < WINDOW * LEAST_RATE

    def is_slow(self, now: float) -> bool:
        return now - self.begun > PATIENCE

    def rate(self, now: float) -> float:
        return self.received / (now - self.begun + TICK)

    def stop(self) -> None:
        """Whoever reads is told that nothing more comes; an answer can still be sent."""
        with suppress(OSError):
            self.line and self.line.shutdown(socket.SHUT_RD)


class Watch:
    """Stops the bodies that are too slow; its thread sleeps while there is none."""

    def __init__(self):
        self.readings: set[Reading] = set()
        self.lock, self.awake, self.thread = Lock(), Event(), None

    @contextmanager
    def over(self, reading: Reading):
        with self.lock:
            self.readings.add(reading)
            if self.thread is None:  # one for each process, after it was parted from others
                self.thread = Thread(target=self.run, daemon=True)
                self.thread.start()
        self.awake.set()
        try:
            yield
        finally:
            with self.lock:
                self.readings.discard(reading)

    def run(self) -> None:
        while self.awake.wait():
            time.sleep(TICK)
            with self.lock:
                now = time.monotonic()
                for reading in self.to_stop(now):
                    reading.stop()
                if not self.readings:
                    self.awake.clear()

    def to_stop(self, now: float) -> list[Reading]:
        late = [reading for reading in self.readings if reading.is_too_slow(now)]
        slow = sorted(
            (reading for reading in self.readings if reading.is_slow(now)),
            key=lambda reading: reading.rate(now),
        )
        return late + slow[: max(len(slow) - MOST_SLOW, 0)]


class WholeBodies:
    """A WSGI application, given whole bodies only."""

    def __init__(self, application):
        self.application, self.watch = application, Watch()

    def __call__(self, environ, start_response):
        reading = Reading(int(environ.get("CONTENT_LENGTH") or 0), environ.get("gunicorn.socket"))
        if reading.size and environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            if reading.size > most_for(environ["PATH_INFO"]):
                reading.stop()  # else the server goes on reading for some seconds
                return refused(413, start_response)
            body = self.received(environ["wsgi.input"], reading)
            if body is None:
                return refused(408, start_response)
            environ["wsgi.input"] = body
        return self.application(environ, start_response)

    def received(self, sent, reading: Reading):
        """The body, to be read from its beginning; None when it does not come."""
        body = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when the request is gone
        with self.watch.over(reading), suppress(OSError):
            while part := sent.read(min(STEP, reading.size - reading.received)):
                body.write(part)
                reading.received += len(part)
        body.seek(0)
        return body if reading.received == reading.size else None


def most_for(path: str) -> int:
    try:
        name = resolve(path).url_name
    except Resolver404:
        return SMALL
    return SMALL if name in SMALL_FORMS else LARGEST


def refused(status: int, start_response) -> list[bytes]:
    page = render_to_string(f"{status}.html").encode()
    start_response(REASONS[status], [*HEADERS, ("Content-Length", str(len(page)))])
    return [page]
