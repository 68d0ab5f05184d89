"""A browser for benches: one connection that stays open, cookies, zipped answers, forms."""

import gzip
import html as entities
import time
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from lxml import html

from bench.served import values_of

IDLE = 1  # seconds after which a server may have closed the connection
PATIENCE = 120  # seconds
TYPED = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    status: int
    location: str
    body: bytes
    is_zipped: bool

    @cached_property
    def text(self) -> str:
        return (gzip.decompress(self.body) if self.is_zipped else self.body).decode()

    def says(self, words: str) -> bool:
        return words in entities.unescape(self.text)

    def form(self, field: str) -> dict[str, list[str]]:
        """The values of the form that has this field; SystemExit when there is none."""
        for form in html.fromstring(self.text).forms if self.status == 200 else ():
            if field in form.fields:
                return values_of(form)
        raise SystemExit(f"No form with « {field} »: {self.status}\n{self.text[:2000]}")


class Browser:
    """One person at a site of this machine."""

    def __init__(self, port: int):
        self.cookies: dict[str, str] = {}
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.used = 0.0

    def get(self, address: str) -> Answer:
        return self._ask("GET", address)

    def post(self, address: str, fields: dict[str, list[str]]) -> Answer:
        return self._ask("POST", address, urlencode(fields, doseq=True))

    def close(self) -> None:
        self.connection.close()

    def _ask(self, method: str, address: str, body: str | None = None) -> Answer:
        if time.monotonic() - self.used > IDLE:
            self.close()  # the next request opens it again
        self.connection.request(method, address, body, self._headers(body))
        answer = self.connection.getresponse()
        told = answer.headers
        for cookie in told.get_all("Set-Cookie", ()):
            self._keep(SimpleCookie(cookie))
        is_zipped = told.get("Content-Encoding") == "gzip"
        done = Answer(answer.status, told.get("Location", ""), answer.read(), is_zipped)
        self.used = time.monotonic()
        return done

    def _headers(self, body: str | None) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Accept-Encoding": "gzip", "Cookie": cookies, "Content-Type": TYPED}
        wanted = {"Accept-Encoding"} | ({"Cookie"} if cookies else set())
        wanted |= {"Content-Type"} if body is not None else set()
        return {name: value for name, value in headers.items() if name in wanted}

    def _keep(self, cookies: SimpleCookie) -> None:
        """A cookie that has ended goes away."""
        for name, cookie in cookies.items():
            self.cookies.pop(name, None)
            if cookie.value not in ("", "deleted") and cookie["max-age"] != "0":
                self.cookies[name] = cookie.coded_value
