"""The scratch site served by gunicorn, and people who write on it as their browsers do.

The settings are those of the tests: no file to collect, quick passwords; the requests go
through all the site's own middleware, over real connections, to several processes.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from lxml import html

from bench import scratch

SETTINGS = "kb.settings.test"
PATIENCE = 60  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """gunicorn over the site of this process's environment; it can be killed and started again."""

    def __init__(self, folder: Path, workers: int = 4):
        self.port, self.workers = free_port(), workers
        self.log = folder / "server.log"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self.launch()
        self.wait()

    def launch(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "kb.wsgi", "--no-control-socket"]
        options = ["--bind", f"127.0.0.1:{self.port}", "--log-level", "warning"]
        team = ["--workers", str(self.workers), "--threads", "2", "--timeout", str(PATIENCE)]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*command, *options, *team],
                cwd=scratch.ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,  # one group: master and workers are killed together
            )

    def wait(self) -> None:
        """It is launched again when it gives up: those that were killed may hold its port yet."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                self.launch()
            try:
                if ask(self.port, "GET", "/robots.txt")[0] == 200:
                    return
            except (OSError, HTTPException):
                time.sleep(0.05)
        raise RuntimeError(f"The site does not answer.\n{self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """-9 to all its processes at once: nothing is put in order."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)


def ask(port: int, method: str, address: str, body: str = "", **headers) -> tuple[int, str, str]:
    """The status, the address that the answer leads to, and its text."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, address, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()
    finally:
        connection.close()


@dataclass
class Answer:
    status: int
    location: str
    text: str

    @property
    def is_saved(self) -> bool:
        """The site leads to the page: it told the writer that the text is published."""
        return self.status == 302 and "/connexion/" not in self.location


@dataclass
class Form:
    """An open form: where it is sent, and the values of its fields."""

    address: str
    fields: dict[str, list[str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.fields[name][0]

    def __setitem__(self, name: str, value: str) -> None:
        self.fields[name] = [value]


class Editor:
    """A person who is logged in, in a browser of one's own."""

    def __init__(self, server: Server, number: int):
        self.server, self.name = server, f"redac{number}"
        self.cookies = {"csrftoken": "a" * 32, "sessionid": session_of(self.name)}

    def ask(self, method: str, address: str, body: str = "") -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        return Answer(*ask(self.server.port, method, address, body, **headers))

    def open(self, address: str) -> Form:
        """Raises RuntimeError when there is no form to write in."""
        answer = self.ask("GET", address)
        for form in html.fromstring(answer.text).forms if answer.status == 200 else []:
            if "title" in form.fields and "body" in form.fields:
                return Form(address, values_of(form))
        raise RuntimeError(f"{address} has no form: {answer.status}")

    def send(self, form: Form) -> Answer:
        return self.ask("POST", form.address, urlencode(form.fields, doseq=True))


def values_of(form) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return values


def session_of(username: str) -> str:
    """The key of a new session of a contributor, who is made when unknown."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import Group
    from django.contrib.sessions.backends.db import SessionStore

    from wiki.models import User

    person, _made = User.objects.get_or_create(username=username, display_name=username.title())
    person.groups.add(Group.objects.get(name="Contributeurs"))
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key
