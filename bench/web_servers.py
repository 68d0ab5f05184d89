"""gunicorn beside granian under the same site: CPU of a request, requests a second, memory.

    python bench/web_servers.py [--turns 5] [--readers 1 8]

Both serve one scratch site, the demonstration, with one worker of 16 threads; granian is
installed in the scratch folder, for the project does not need it. Each is asked in turn for a page
that is kept and for the screen of logging in, which never is; « again »: over connections that
stay open, « new »: over one for each request. CPU is that of the worker and of the process that
looks after it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import processes, scratch
from bench.served import free_port

GRANIAN = "granian==2.8.9"
THREADS = "16"
WARM, ASKED = 200, 2000
KEPT, MADE = "/pratiques/fiches/", "/connexion/"
LINE = "{:10}{:>10}{:>9}{:>12}{:>14}{:>10}"


class Served:
    """The site behind one of the servers."""

    def __init__(self, name: str, folder: Path):
        self.name, self.port = name, free_port()
        beside = {"PYTHONPATH": str(folder / "granian"), "DATA_DIR": str(folder)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", name, *getattr(self, name)()],
            cwd=scratch.ROOT,
            env={**os.environ, **beside},
        )

    def gunicorn(self) -> list[str]:
        bind = ["--bind", f"127.0.0.1:{self.port}", "--no-control-socket"]
        return ["kb.wsgi", *bind, "--threads", THREADS, "--log-level", "error"]

    def granian(self) -> list[str]:
        bind = ["--interface", "wsgi", "--port", str(self.port), "--no-ws"]
        return ["kb.wsgi:application", *bind, "--blocking-threads", THREADS, "--log-level", "error"]

    def wait(self) -> None:
        end = time.monotonic() + scratch.PATIENCE
        while time.monotonic() < end:
            try:
                return self.read(KEPT, 1, is_new=True)
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{self.name} does not answer.")

    def read(self, address: str, times: int, is_new: bool) -> None:
        connection = HTTPConnection("127.0.0.1", self.port)
        for _turn in range(times):
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            if answer.status != 200 or not answer.read():
                raise SystemExit(f"{self.name}: {address} gives {answer.status}")
            if is_new:
                connection.close()
        connection.close()

    @property
    def pids(self) -> list[int]:
        return processes.tree(self.process.pid)

    def cost(self, address: str, readers: int, is_new: bool) -> tuple[float, float]:
        """CPU milliseconds a request, and requests a second."""
        before, begun = processes.settled_cpu(self.pids), time.monotonic()
        asked = (address, ASKED // readers, is_new)
        threads = [threading.Thread(target=self.read, args=asked) for _reader in range(readers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        lasted = time.monotonic() - begun
        return (processes.settled_cpu(self.pids) - before) * 1000 / ASKED, ASKED / lasted

    def memory(self) -> float:
        """Megabytes of its own of all its processes."""
        return sum(processes.memory(pid).anonymous for pid in self.pids)


def made() -> Path:
    folder = scratch.set_up()
    from django.core.management import call_command

    call_command("load_demo", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder / "granian")]
    subprocess.run([*pip, GRANIAN], check=True)
    return folder


def report(servers: list[Served], turns: int, readers: list[int]) -> None:
    print(LINE.format("server", "page", "readers", "connection", "CPU ms", "per s"))
    for address, crowd, is_new in product((KEPT, MADE), readers, (False, True)):
        costs: dict[str, list[tuple[float, float]]] = {server.name: [] for server in servers}
        for _turn in range(turns):
            for server in servers:
                server.read(address, WARM, is_new)
                costs[server.name].append(server.cost(address, crowd, is_new))
        for name, those in costs.items():
            spent, rate = (statistics.median(column) for column in zip(*those, strict=True))
            words = "kept" if address == KEPT else "made", crowd, "new" if is_new else "again"
            print(LINE.format(name, *words, f"{spent:.3f}", f"{rate:.0f}"), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--readers", type=int, nargs="+", default=[1, 8])
    options = parser.parse_args()
    folder = made()
    servers = [Served(name, folder) for name in ("gunicorn", "granian")]
    try:
        for server in servers:
            server.wait()
        report(servers, options.turns, options.readers)
        for server in servers:
            print(f"{server.name}: {server.memory():.0f} MB")
    finally:
        for server in servers:
            server.process.terminate()
            server.process.wait(timeout=scratch.PATIENCE)
        scratch.clear(folder)


if __name__ == "__main__":
    main()
