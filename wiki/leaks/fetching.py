"""Asking the live site, politely: one connection, no cookie, no redirect followed."""

import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import certifi
import urllib3

HEAVIEST = 8 * 1024 * 1024  # bytes of an answer that are read
MOST_SILENT = 5


class Silent(Exception):
    """The site does not answer."""


@dataclass
class Answer:
    status: int
    location: str
    text: str


@dataclass
class Site:
    """`url`: where the site begins; `pause`: seconds between two questions."""

    url: str
    pause: float = 0.1
    timeout: float = 20.0
    silent: int = field(default=0, init=False)

    def __post_init__(self):
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(self.url)
        more = {"ca_certs": certifi.where()} if parts.scheme == "https" else {}
        limit = urllib3.Timeout(total=self.timeout)
        self._pool = urllib3.connection_from_url(self.url, timeout=limit, maxsize=1, **more)

    def ask(self, path: str) -> Answer | None:
        """None when this address got no answer; raises Silent when too many did not."""
        time.sleep(self.pause)
        try:
            return self._asked(path)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            self.silent += 1
            if self.silent > MOST_SILENT:
                raise Silent from error
            return None

    def _asked(self, path: str) -> Answer:
        headers = {"User-Agent": "Passerelles leakcheck", "Accept-Encoding": "gzip"}
        answer = self._pool.urlopen(
            "GET", path, headers=headers, redirect=False, retries=False, preload_content=False
        )
        body = answer.read(HEAVIEST, decode_content=True)
        (answer.release_conn if len(body) < HEAVIEST else answer.close)()
        text = body.decode(errors="replace")
        return Answer(answer.status, answer.headers.get("Location", ""), text)

    def close(self) -> None:
        self._pool.close()
