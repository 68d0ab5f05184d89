"""Commands as people run them: `python manage.py …` in a process, on a copy of the test site."""

import os
import re
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.collected import give_static

PATIENCE = 300  # seconds


@dataclass
class Done:
    """What a process said, and whether it went well."""

    code: int
    said: str
    complained: str


@dataclass
class SiteCopy:
    """A folder of data of its own."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "passerelles.sqlite3"

    def environment(self, **more: str) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
        own = {"DJANGO_SETTINGS_MODULE": "kb.settings.dev", "DATA_DIR": str(self.folder)}
        return {**inherited, "DATABASE_URL": "", "SEARCH_URL": "", **own, **more}

    @contextmanager
    def served(self) -> Iterator[str]:
        """The address of this site while a process of its own serves it."""
        give_static(self.folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = ["runserver", "--noreload", f"127.0.0.1:{port}"]
        server = subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=settings.ROOT,
            env=self.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)

    def manage(self, *words: str, **environment: str) -> Done:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.ROOT,
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def python(self, code: str) -> str:
        """Lines of Python that prepare or look at the site; what they print."""
        done = self.manage("shell", "--no-imports", "-c", code)
        assert done.code == 0, done.complained
        return done.said

    def sql(self, *statements: str) -> list[tuple]:
        """The rows of the last one; written past Django, as a restored copy is."""
        with sqlite3.connect(self.database) as database:
            found = [database.execute(statement).fetchall() for statement in statements]
        database.close()
        return found[-1]


def wait_for(port: int) -> None:
    """Until something listens there; raises the refusal when patience ends."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def copied(folder: Path) -> SiteCopy:
    """The test database, whole even while another connection is open, and its files."""
    site = SiteCopy(folder)
    original = sqlite3.connect(connection.settings_dict["NAME"])
    copy = sqlite3.connect(site.database)
    original.backup(copy)
    original.close()
    copy.close()
    shutil.copytree(settings.MEDIA_ROOT, folder / "media", dirs_exist_ok=True)
    return site


def options_of_make_run() -> list[str]:
    """Processes and threads of gunicorn, as scripts/run.sh has them."""
    script = (settings.ROOT / "scripts" / "run.sh").read_text().replace("\\\n", " ")
    command = re.search(r"-m gunicorn kb.wsgi (.*)", script)[1]
    words = shlex.split(command)
    return words[words.index("--workers") :]
