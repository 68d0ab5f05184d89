"""What is sent byte by byte holds nobody up: the site is served here as `make run` serves it."""

import io
import socket
import threading
import time
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import urlencode

import pytest
from django.test import Client
from lxml import html as lxml_html

from kb import bodies
from kb.bodies import Reading, Watch, WholeBodies
from tests.browser.conftest import copied_site, served
from tests.project.processes import options_of_make_run

pytestmark = pytest.mark.django_db  # the database that the server is given a copy of

MOST = 12  # seconds that another person waits; 20 where only the rate of a body counts
HEAD = (
    "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {size}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\nbody=a"
)


@pytest.fixture(scope="module")
def port(django_db_setup, tmp_path_factory):
    folder = copied_site(tmp_path_factory.mktemp("site"))
    with served(folder, *options_of_make_run()) as address:
        yield int(address.rpartition(":")[2])


@contextmanager
def dripping(port: int, count: int, path: str):
    """So many connections that each send a byte every half second."""
    with ExitStack() as stack:
        lines = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            for _rank in range(count)
        ]
        for line in lines:
            line.sendall(HEAD.format(path=path, size=2_000_000).encode())
        over = threading.Event()
        thread = threading.Thread(target=drip, args=(lines, over), daemon=True)
        thread.start()
        yield lines
        over.set()
        thread.join()


def drip(lines: list, over: threading.Event) -> None:
    while not over.wait(0.5):
        for line in lines:
            with suppress(OSError):
                line.sendall(b"a")


def waited(port: int) -> float:
    begun = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/themes/?x={begun}", timeout=30):
        return time.monotonic() - begun


@pytest.mark.whole
@pytest.mark.parametrize("path", ["/nouveau/article/", "/connexion/"])
@pytest.mark.parametrize("count", [10, 40])
def test_slow_bodies_do_not_stop_another_reader(port, path, count):
    """More than there are threads, too."""
    with dripping(port, count, path):
        time.sleep(1)
        assert max(waited(port) for _turn in range(3)) < MOST


@pytest.mark.whole
def test_a_body_that_comes_slowly_is_answered_once_it_is_whole(port):
    text = b"body=" + b"x" * 60_000
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(HEAD.format(path="/nouveau/article/", size=len(text) + 6).encode())
        for start in range(0, len(text), 12_000):
            line.sendall(text[start : start + 12_000])
            time.sleep(1)
        answer = line.recv(1000)
    assert answer.startswith(b"HTTP/1.1 403")  # it was read: it had no token


def test_an_address_that_is_too_long_gets_a_page_of_the_site(port):
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.settimeout(20)
        question = "%C3%A9" * 3_000
        line.sendall(f"GET /recherche/?q={question} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65_536), b"")).decode()
    assert answer.startswith("HTTP/1.1 414")
    assert "Votre question est trop longue" in answer and "Request Line" not in answer
    form = lxml_html.fromstring(answer.partition("\r\n\r\n")[2]).forms[-1]
    asked = f"{form.action}?{urlencode({form.inputs['q'].name: 'wifi'})}"
    assert Client().get(asked).status_code == 200


@pytest.mark.whole
def test_those_that_are_too_many_are_told_so(port):
    with dripping(port, 40, "/nouveau/article/") as lines:
        lines[0].settimeout(20)
        told = [line for line in lines if answered(line)]
    assert told


def answered(line) -> bool:
    line.settimeout(0.5)
    try:
        return line.recv(1000).startswith(b"HTTP/1.1 408")
    except OSError:
        return False


# Without a network


def sent(size: int, came: bytes, path: str) -> tuple[str, bytes]:
    """The status and the answer of a site that repeats the bodies it is given."""
    told = []
    site = WholeBodies(lambda environ, start: [environ["wsgi.input"].read(size)])
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(size),
        "wsgi.input": io.BytesIO(came),
    }
    answer = site(environ, lambda status, headers: told.append(status))
    return (told or ["200"])[0], b"".join(answer)


def test_a_whole_body_is_given_as_it_was_sent():
    for size in (1, 100_000, 3_000_000):
        assert sent(size, b"a" * size, "/nouveau/article/") == ("200", b"a" * size)


def test_half_a_body_is_refused_in_plain_words():
    status, page = sent(100, b"a" * 50, "/nouveau/article/")
    assert status.startswith("408")
    assert "Revenez à la page d’avant" in page.decode()


@pytest.mark.parametrize("path", ["/connexion/", "/mot-de-passe/", "/recherche/sans-clic/"])
def test_forms_that_hold_no_text_take_no_long_body(path):
    status, page = sent(70_000, b"", path)
    assert status.startswith("413")
    assert "Revenez à la page d’avant" in page.decode()


def test_nothing_larger_than_any_file_is_read():
    assert sent(bodies.LARGEST + 1, b"", "/photos/")[0].startswith("413")


def test_a_file_of_twenty_megabytes_passes_on_a_weak_line():
    """1 Mbit/s, as the least of the home lines send: never dropped, all along."""
    reading, rate = Reading(20_000_000, begun=0, window=0), 125_000
    for second in range(160):
        reading.received = second * rate
        assert not reading.is_too_slow(second), second


def test_a_body_that_drips_is_stopped_whatever_its_size():
    for size in (1_000, 20_000_000):
        reading = Reading(size, begun=0, window=0, received=20)
        assert reading.is_too_slow(bodies.WINDOW)


def test_of_many_slow_bodies_the_slowest_are_stopped():
    watch = Watch()
    watch.readings = {
        Reading(1_000_000, received=1_000 * rank, begun=0, window=9) for rank in range(10)
    }
    stopped = watch.to_stop(10)
    assert sorted(reading.received for reading in stopped) == [0, 1_000, 2_000, 3_000]
    assert watch.to_stop(1) == []
