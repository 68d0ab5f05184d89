"""A PostgreSQL server for the time of a test, a bench or a command; nothing of it is left.

    python scripts/postgresql.py COMMAND…

runs a command with DATABASE_URL leading to an empty database of such a server. It is
Debian's package, listens to no network, and keeps its files in a temporary folder.
"""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path("/usr/lib/postgresql")
OWNER = "postgres"  # the server refuses to run as root
EVERYBODY = stat.S_IWOTH | stat.S_IXOTH
LONGEST_SOCKET = 90  # characters of its folder: the system takes 107 with the file's name
# Nothing outlives the server: what a crash of the machine would cost is not paid for.
OPTIONS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class Cluster:
    """A running server; databases are made in it by name."""

    def __init__(self, folder: Path):
        self.folder = folder

    def start(self) -> None:
        """Raises RuntimeError, with the server's log, when it does not start."""
        data, log = self.folder / "data", self.folder / "log"
        run("initdb", "-A", "trust", "-U", OWNER, "--no-sync", "-E", "UTF8", "-D", data)
        options = f"-k {self.folder} {OPTIONS}"
        run("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start", log=log)

    def stop(self) -> None:
        run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database, a copy of `template`, and return its DATABASE_URL."""
        run("createdb", "-h", self.folder, "-U", OWNER, "-T", template, name)
        return self.url(name)

    def drop(self, name: str) -> None:
        run("dropdb", "-h", self.folder, "-U", OWNER, "--force", "--if-exists", name)

    def url(self, name: str) -> str:
        return f"postgres://{OWNER}@{quote(str(self.folder), safe='')}/{name}"


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A new server, stopped and erased at the end; installs PostgreSQL when it is missing."""
    install()
    folder = own_folder()
    server = Cluster(folder)
    try:
        server.start()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def install() -> None:
    """Raises RuntimeError, with what to type, when PostgreSQL is neither here nor installable."""
    command = [ROOT / "scripts" / "system.sh", "postgresql"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def own_folder() -> Path:
    """A folder of the server's owner, where the paths of sockets stay short enough."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=open_folder() if is_root() else None))
    if len(str(folder)) > LONGEST_SOCKET:
        folder.rmdir()
        raise RuntimeError(f"{folder} is too long a path for a socket: give a shorter TMPDIR.")
    if is_root():
        owner = pwd.getpwnam(OWNER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    return folder


def open_folder() -> Path:
    """The temporary folder, or the nearest one above it where the server's owner may write."""
    temporary = Path(tempfile.gettempdir()).resolve()
    for folder in (temporary, *temporary.parents):
        ways = all(above.stat().st_mode & stat.S_IXOTH for above in folder.parents)
        if ways and folder.stat().st_mode & EVERYBODY == EVERYBODY:
            return folder
    raise RuntimeError(f"The user {OWNER} may write in no folder above {temporary}.")


def is_root() -> bool:
    return os.geteuid() == 0


def run(program: str, *words, log: Path | None = None) -> None:
    """Raises RuntimeError with all that the program said."""
    as_owner = ["runuser", "-u", OWNER, "--"] if is_root() else []
    command = [*as_owner, newest(program), *map(str, words)]
    # A file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(command, cwd="/", env=environment(), stdout=said, stderr=said)
        if done.returncode:
            said.seek(0)
            more = log.read_text() if log and log.exists() else ""
            raise RuntimeError(f"{program}: {said.read()}\n{more}")


def environment() -> dict[str, str]:
    """One language, whatever this computer speaks: order and case are those of the code points."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return {**kept, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def newest(program: str) -> str:
    found = sorted(PROGRAMS.glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    path = found[-1] if found else shutil.which(program)
    if path is None:
        raise RuntimeError(f"{program} is not installed: apt-get install postgresql")
    return str(path)


def main() -> int:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the server is stopped then too
    with cluster() as server:
        variables = {**os.environ, "DATABASE_URL": server.create("passerelles")}
        return subprocess.run(sys.argv[1:], env=variables).returncode


if __name__ == "__main__":
    sys.exit(main())
