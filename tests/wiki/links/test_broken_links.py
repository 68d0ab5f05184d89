"""Links to other sites: which are broken, and that this server talks to the public web only."""

import socket
import ssl
import subprocess
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest
import urllib3
from django.core.management import call_command
from django.utils import timezone

from practices.models import GuidelinePage, Source
from tests import factories
from tests.wiki.screens import main_text
from wiki.access.visibility import published
from wiki.links import broken_links
from wiki.links.broken_links import Checker, addresses_of, check, is_public, note
from wiki.models import BrokenLink

pytestmark = pytest.mark.django_db


class Site(BaseHTTPRequestHandler):
    """Answers `/<status>`; some words do more."""

    asked: list = []
    hosts: list = []

    def do_HEAD(self):
        self.answer("HEAD")

    def do_GET(self):
        self.answer("GET")

    def answer(self, method):
        self.asked.append((method, self.path, self.headers["User-Agent"], time.monotonic()))
        self.hosts.append(self.headers["Host"])
        word = self.path.strip("/").partition("?")[0]
        if word == "slow":
            time.sleep(1.5)
        if word == "only-get":
            return self.send(200 if method == "GET" else 405)
        if word.startswith("hop"):
            left = int(word[3:])
            return self.send(302, f"/hop{left - 1}" if left else "/200")
        if word == "inside":
            return self.send(301, "http://intranet.test/secret")
        if word == "file":
            return self.send(301, "file:///etc/passwd")
        if word == "cut":
            return self.connection.close()
        return self.send(int(word or 200))

    def send(self, status, location=""):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def site_of():
    """A function: the port of a local site, with a certificate or none."""
    Site.asked, Site.hosts, opened = [], [], []

    def serve(context: ssl.SSLContext | None = None) -> int:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
        server.handle_error = lambda request, address: None  # the checker hangs up on slow answers
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        opened.append((server, thread))
        return server.server_port

    yield serve
    for server, thread in opened:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def site(site_of):
    """The address of a local site; it stands for a public one."""
    return f"http://vitrine.test:{site_of()}"


NAMES = {"vitrine.test": "203.0.113.5", "intranet.test": "10.0.0.8"}


def names(host: str, port: int) -> list[str]:
    if host not in NAMES:
        raise socket.gaierror("unknown")
    return [NAMES[host]]


@pytest.fixture
def checker(site):
    """Takes the local site for the one public address; everything else is refused."""
    port = int(site.rpartition(":")[2])
    return Checker(
        allowed=lambda address: address == "127.0.0.1",
        resolve=lambda host, port: ["127.0.0.1"] if host == "vitrine.test" else names(host, port),
        ports={port, 80, 443},
        timeout=1.0,
        pause=0,
    )


# Which addresses are public


CLOSED = [
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("192.0.2.1", "198.18.0.1", "203.0.113.9", "192.0.0.1"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "fec0::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    *("2001:db8::1", "2001::1", "2002:a00:1::1", "100::1", "5f00::1"),
]


@pytest.mark.parametrize("address", CLOSED)
def test_addresses_of_other_networks_are_closed(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9", "2002:909:909::1"])
def test_addresses_of_the_public_web_are_open(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/",
        "http://user:pass@127.0.0.1/",
    ],
)
def test_the_network_of_the_server_is_never_asked(url, monkeypatch):
    def connect(*args, **kwargs):
        raise AssertionError("connected")

    monkeypatch.setattr(urllib3.util.connection, "create_connection", connect)
    assert Checker(pause=0).fault(url) == "closed"


@pytest.mark.parametrize(
    "url", ["ftp://vitrine.test/", "file:///etc/passwd", "http://vitrine.test:22/", "gopher://x/"]
)
def test_other_schemes_and_ports_are_not_asked(checker, url):
    assert checker.fault(url) == "closed"


def test_a_name_with_one_private_address_among_others_is_refused(checker):
    checker.resolve = lambda host, port: ["127.0.0.1", "10.0.0.1"]
    assert checker.fault(f"http://vitrine.test:{min(checker.ports - {80, 443})}/200") == "closed"


def test_a_name_that_changes_its_mind_is_connected_to_where_it_was_checked(site, checker):
    """DNS rebinding: the second answer is never asked for."""
    answers = iter([["127.0.0.1"], ["10.0.0.8"], ["10.0.0.8"]])
    checker.resolve = lambda host, port: next(answers)
    assert checker.fault(f"{site}/200") == ""
    assert len(Site.asked) == 1


@pytest.fixture
def secure(site_of, tmp_path, monkeypatch):
    """A site whose certificate is that of `vitrine.test`, and whom the checker trusts."""
    kept = tmp_path / "site.pem"
    subject = ["-subj", "/CN=vitrine.test", "-addext", "subjectAltName=DNS:vitrine.test"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*command, "-keyout", kept, "-out", tmp_path / "ca.pem"], check=True, timeout=60)
    kept.write_text(kept.read_text() + (tmp_path / "ca.pem").read_text())
    monkeypatch.setattr(broken_links.certifi, "where", lambda: str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(kept)
    return site_of(context)


@pytest.mark.parametrize(("host", "fault"), [("vitrine.test", ""), ("autre.test", "tls")])
def test_a_certificate_is_that_of_the_name_not_of_the_address(secure, host, fault):
    checker = Checker(lambda address: True, lambda host, port: ["127.0.0.1"], {secure}, pause=0)
    assert checker.fault(f"https://{host}:{secure}/200") == fault
    assert Site.hosts == ([f"{host}:{secure}"] if not fault else [])


# What is broken


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        *(("200", ""), ("204", ""), ("only-get", ""), ("401", ""), ("403", ""), ("429", "")),
        *(("404", "404"), ("410", "410"), ("500", "500"), ("503", "503")),
        *(("hop1", ""), ("hop4", ""), ("hop5", "loop"), ("hop40", "loop")),
        *(("inside", "closed"), ("file", "closed"), ("slow", "slow"), ("cut", "silent")),
    ],
)
def test_what_an_address_answers(site, checker, path, fault):
    assert checker.fault(f"{site}/{path}") == fault


def test_an_unknown_name_is_broken(checker):
    assert checker.fault("http://nulle-part.test/") == "dns"


@pytest.mark.parametrize(
    "url", ["http://", "http:///x", "http://[::1", "http://a b/", "http://x:y/"]
)
def test_a_badly_written_address_is_no_error(checker, url):
    assert checker.fault(url) in {"bad", "closed", "dns"}


def test_nobody_at_the_door(checker):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    checker.ports = {port}
    assert checker.fault(f"http://vitrine.test:{port}/") == "silent"


def test_the_site_says_who_asks(site, checker):
    checker.fault(f"{site}/200?q=été")
    ((method, path, agent, _when),) = Site.asked
    assert method == "HEAD"
    assert path == "/200?q=%C3%A9t%C3%A9"
    assert "http://testserver" in agent


def test_one_host_is_asked_one_thing_at_a_time_with_a_pause(site, checker):
    checker.pause = 0.2
    factories.page(body=linking(f"{site}/200", f"{site}/204", f"{site}/404"))
    asked = dict(check(checker))
    moments = sorted(when for *_rest, when in Site.asked)
    assert len(asked) >= 3
    assert all(later - sooner >= 0.2 for sooner, later in pairwise(moments))


# The pages


def linking(*urls: str) -> str:
    return "".join(f'<p><a href="{url}">x</a></p>' for url in urls)


def test_addresses_come_from_texts_fields_and_rows():
    page = factories.page(
        GuidelinePage,
        body=linking("https://a.example/x#partie", "/lieux/", "mailto:a@b.example"),
        sources=[Source(title="Une source", url="https://b.example/")],
    )
    assert addresses_of(page) == {"https://a.example/x", "https://b.example/"}


@pytest.fixture
def alone():
    """No other address than those of the test."""
    for page in published().filter(depth__gt=2).order_by("-depth"):
        type(page).objects.filter(pk=page.pk).update(live=False)


def test_the_command_notes_what_is_broken(alone, site, checker, capsys, monkeypatch):
    monkeypatch.setattr("wiki.management.commands.check_links.Checker", lambda: checker)
    page = factories.page(body=linking(f"{site}/200", f"{site}/404"))
    call_command("check_links", verbosity=0)
    row = BrokenLink.objects.get()
    assert (row.page_id, row.url, row.reason) == (page.pk, f"{site}/404", "404")
    assert "1 lien cassé connu" in capsys.readouterr().out


def test_a_mended_link_is_forgotten_and_a_lasting_one_keeps_its_first_day(alone, site, checker):
    page = factories.page(body=linking(f"{site}/404", f"{site}/500"))
    list(check(checker))
    BrokenLink.objects.update(first_seen_at=timezone.now() - timedelta(days=9))
    note(f"{site}/500", "", {page.pk})
    list(check(checker, limit=1))
    row = BrokenLink.objects.get()
    assert row.url == f"{site}/404"
    assert (timezone.now() - row.first_seen_at).days == 9
    assert (timezone.now() - row.checked_at).days == 0


def test_an_address_taken_out_of_the_page_is_no_longer_reported(alone, site, checker):
    page = factories.page(body=linking(f"{site}/404", f"{site}/410"))
    list(check(checker))
    page = factories.edited(page, body=linking(f"{site}/410"))
    assert BrokenLink.objects.get().url == f"{site}/410"
    page.unpublish()
    list(check(checker))
    assert not BrokenLink.objects.exists()


def test_the_limit_is_kept_and_known_broken_links_come_first(alone, site, checker):
    page = factories.page(body=linking(*(f"{site}/200?{n}" for n in range(5)), f"{site}/404"))
    report(page, f"{site}/404")
    assert [url for url, _fault in check(checker, limit=1)] == [f"{site}/404"]
    assert len(list(check(checker, limit=2))) == 2


# The report


def report(page, url="https://mort.example/x", reason="404"):
    return BrokenLink.objects.create(page=page, url=url, reason=reason, checked_at=timezone.now())


def test_facilitators_read_the_report(facilitator, logged_in):
    page = factories.page(title="Page aux liens morts")
    report(page)
    report(page, "https://silence.example/", "503")
    text = main_text(logged_in(facilitator).get("/liens-casses/"))
    assert "Page aux liens morts" in text
    assert "https://mort.example/x" in text
    assert "(503)" in text


def test_nobody_else_reads_it(client, contributor, logged_in):
    report(factories.page())
    assert client.get("/liens-casses/").status_code == 302
    assert logged_in(contributor).get("/liens-casses/").status_code == 403


def test_a_page_closed_to_the_facilitator_is_not_in_the_report(facilitator, logged_in):
    page = factories.page(title="Fermée")
    factories.restricted_to_groups(page, "Bureau")
    report(page)
    assert "mort.example" not in main_text(logged_in(facilitator).get("/liens-casses/"))


@pytest.mark.parametrize("url", ["javascript:alert(1)", '"><script>alert(1)</script>'])
def test_a_hostile_address_is_shown_as_text(facilitator, logged_in, url):
    report(factories.page(), url)
    text = logged_in(facilitator).get("/liens-casses/").content.decode()
    assert 'href="javascript' not in text
    assert "<script>alert" not in text
