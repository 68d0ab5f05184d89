"""Pages over HTTP at 200, 2,000 and 20,000 pages: CPU a request, requests a second, memory.

    python bench/page_speed.py ../shared/bench/corpus.py [-n 200 2000 20000] [--seconds 8]

One gunicorn worker serves a scratch site loaded from corpus.py; eight readers ask over
loopback. « cold » bypasses the page cache (each address is new), « warm » is served from
it. CPU is the worker's own (utime + stime of its process) by request; then saves and
publications through the door in this process, and the memory of the worker at the end.
"""

import argparse
import itertools
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus_pages, processes, scratch

READERS = 8
TICKS = os.sysconf("SC_CLK_TCK")
SCREENS = {
    "page": "/pages/{slug}/",
    "home": "/",
    "search": "/recherche/?q=num%C3%A9rique",
    "sentence": "/recherche/?q=changer+le+mot+de+passe+de+sa+messagerie",
    "history": "/pages/{slug}/historique/",
    "changes": "/changements/",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One worker of gunicorn over a DATA_DIR."""

    def __init__(self, folder: Path):
        self.port = free_port()
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"],
            cwd=scratch.ROOT,
            check=True,
        )
        options = ["--threads", "4", "--no-control-socket", "--log-level", "error"]
        bind = ["--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "kb.wsgi", *bind, *options],
            cwd=scratch.ROOT,
            env={**os.environ, "DATA_DIR": str(folder)},
        )
        for _try in range(150):
            if get(self.port, "/robots.txt") == 200:
                return
            time.sleep(0.2)
        raise SystemExit("The site does not answer.")

    @property
    def worker(self) -> int:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return int(children.split()[0])

    def cpu(self) -> float:
        """CPU seconds of the worker so far."""
        fields = Path(f"/proc/{self.worker}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> float:
        """Megabytes of its own: the database that it maps is shared by all."""
        return processes.memory(self.worker).anonymous

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def get(port: int, address: str) -> int:
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except OSError:
        return 0


def load(server: Server, addresses, seconds: float) -> tuple[float, float]:
    """CPU milliseconds a request and requests a second, of eight readers."""
    counts, wrong = [0] * READERS, []
    end = time.perf_counter() + seconds

    def reader(rank: int) -> None:
        while time.perf_counter() < end:
            status = get(server.port, next(addresses))
            counts[rank] += 1
            if status != 200:
                wrong.append(status)

    begin, start = server.cpu(), time.perf_counter()
    team = [threading.Thread(target=reader, args=(rank,)) for rank in range(READERS)]
    for thread in team:
        thread.start()
    for thread in team:
        thread.join()
    if wrong:
        raise SystemExit(f"answers other than 200: {sorted(set(wrong))}")
    total, wall = sum(counts), time.perf_counter() - start
    return (server.cpu() - begin) * 1000 / total, total / wall


class Numbered:
    """Addresses for several threads: each is new (cold) or one of a few (warm)."""

    def __init__(self, pattern: str, slugs: list[str], cold: bool):
        self.slugs, self.pattern, self.cold = itertools.cycle(slugs), pattern, cold
        self.rank, self.lock = itertools.count(), threading.Lock()

    def __next__(self) -> str:
        with self.lock:
            address = self.pattern.format(slug=next(self.slugs))
            if not self.cold:
                return address
            return f"{address}{'&' if '?' in address else '?'}n={next(self.rank)}"


def saves(turns: int = 60) -> tuple[float, float]:
    """Median and worst CPU milliseconds of a save and publication through the door."""
    from wiki.models import ArticlePage
    from wiki.publishing.publishing import Edit, newest_version, publish

    pages = list(ArticlePage.objects.filter(slug__startswith="banc-")[:turns])
    times = []
    for page in pages:
        start = time.process_time()
        page.body += "<p>Une phrase de plus.</p>"
        newest = newest_version(page)
        publish(page, Edit(author_name="Banc", base=newest.number if newest else None))
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times), max(times)


def run(path: str, number: int, seconds: float) -> None:
    folder = scratch.set_up()
    try:
        generator = corpus_pages.generator(path, number)
        corpus_pages.load_in_bulk(generator.pages(), number)
        measure(folder, number, seconds)
    finally:
        scratch.clear(folder)


def measure(folder: Path, number: int, seconds: float) -> None:
    from wiki.models import ArticlePage

    pages = ArticlePage.objects.exclude(slug="").order_by("pk")
    slugs = [p.url_path.strip("/").split("/")[-1] for p in pages[20:60]]
    parent = pages[30].url_path.strip("/").split("/")[1:-1]
    prefix = "/" + "/".join(parent)
    server = Server(folder)
    print(f"\n{number} pages, worker of {server.memory():.0f} MB at start")
    print(
        f"{'screen':10} {'cold CPU ms':>12} {'cold req/s':>11}"
        f" {'warm CPU ms':>12} {'warm req/s':>11}"
    )
    for name, pattern in SCREENS.items():
        address = pattern.replace("/pages", prefix)
        cold = load(server, Numbered(address, slugs, cold=True), seconds)
        warm = load(server, Numbered(address, slugs, cold=False), seconds)
        print(
            f"{name:10} {cold[0]:12.1f} {cold[1]:11.0f} {warm[0]:12.2f} {warm[1]:11.0f}", flush=True
        )
    print(f"worker of {server.memory():.0f} MB at the end")
    server.stop()
    median, worst = saves()
    print(f"save and publish: {median:.0f} ms CPU median, {worst:.0f} worst")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", type=int, nargs="+", default=[200, 2_000, 20_000])
    parser.add_argument("--seconds", type=float, default=8)
    options = parser.parse_args()
    for number in options.n:
        scratch.apart(run, options.corpus, number, options.seconds)


if __name__ == "__main__":
    main()
