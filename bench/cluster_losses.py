"""Publications while nodes of the search cluster are killed by -9: nothing lost, nobody waits.

    python bench/cluster_losses.py [--publications 1000] [--nodes 1 3]

People publish without a pause through the door, on SQLite, with the outbox drained behind them.
With three nodes, the elected manager is killed in the middle, and not started again. With one,
the server is killed, started again, stopped (it hangs, its port is open), let go on, killed and
started again; the process that publishes is killed as well, with what it had to send. In the
end the index must be equal to the pages, as `manage.py reindex --check` says. Prints the
figures, with the milliseconds of a publication while the cluster answers and while it does
not; exits 1 when something is lost.
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import scratch
from scripts import opensearch

spawn = multiprocessing.get_context("spawn")


class Site:
    """A scratch site, and a process that publishes on it until it has done enough."""

    def __init__(self, folder: Path, publications: int):
        self.folder, self.publications = folder, publications
        self.done = spawn.Value("i", 0)
        self.is_up = spawn.Value("b", True)
        self.times = spawn.Queue()
        self.seeds = 0
        self.process = None

    def start(self) -> None:
        self.seeds += 1
        words = (str(self.folder), self.publications, self.seeds, self.done, self.is_up, self.times)
        self.process = spawn.Process(target=publish, args=words)
        self.process.start()

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.join()

    def reach(self, part: float) -> None:
        """Wait until this part of the publications is done."""
        while self.done.value < part * self.publications:
            if not self.process.is_alive():
                raise RuntimeError("The process that publishes is dead.")
            time.sleep(0.05)


def publish(folder: str, publications: int, seed: int, done, is_up, times) -> None:
    """New pages, and new texts of those that are there; some are taken back or closed."""
    scratch.set_up(folder)
    draw = random.Random(seed)
    while done.value < publications:
        start, was_up = time.perf_counter(), bool(is_up.value)
        publish_one(draw, f"{seed}x{done.value}")
        times.put((was_up and bool(is_up.value), (time.perf_counter() - start) * 1000))
        done.value += 1


def publish_one(draw: random.Random, name: str) -> None:
    from django.db import transaction
    from wagtail.models import Page, PageViewRestriction

    from wiki.models import ArticlePage
    from wiki.publishing.publishing import Edit, create

    text = {"title": f"Page {name}", "body": f"<p>Le brimborion numéro {name} est rangé.</p>"}
    known = list(ArticlePage.objects.order_by("-pk")[:50])
    chance = draw.random()
    if chance < 0.1 and known:
        with transaction.atomic():
            draw.choice(known).unpublish()
    elif chance < 0.2 and known:
        kinds = {"restriction_type": PageViewRestriction.LOGIN}
        with transaction.atomic():
            PageViewRestriction.objects.get_or_create(page=draw.choice(known).page_ptr, **kinds)
    elif chance < 0.4 and known:
        edit_again(draw.choice(known), name)
    else:
        create(ArticlePage(**text), Page.objects.get(slug="collectif"), Edit(author_name="Banc"))


def edit_again(page, name: str) -> None:
    from wiki.publishing.publishing import Edit, newest_version, publish

    page.body = f"<p>Une autre fois : {name}.</p>"
    publish(page, Edit(author_name="Banc", base=newest_version(page).number))


def kill_the_manager(cluster: opensearch.Cluster, site: Site) -> list[str]:
    """One of three nodes dies in the middle, the one that decides."""
    site.start()
    site.reach(0.4)
    with urlopen(f"http://{cluster.hosts[0]}/_cat/cluster_manager?h=node") as answer:
        name = answer.read().decode().strip()
    cluster.kill([node.name for node in cluster.nodes].index(name))
    site.process.join()
    return [f"{name}, the manager, killed"]


def kill_the_only_one(cluster: opensearch.Cluster, site: Site) -> list[str]:
    [node] = cluster.nodes
    site.start()
    for part, away, back in (
        (0.2, lambda: cluster.kill(0), cluster.start_again),
        (0.4, lambda: node.process.send_signal(signal.SIGSTOP), lambda: go_on(node)),
        (0.7, lambda: cluster.kill(0), cluster.start_again),
    ):
        site.reach(part)
        site.is_up.value = False
        away()
        site.reach(part + 0.1)
        if part == 0.7:
            site.kill()
            site.start()
        back()
        site.is_up.value = True
    site.process.join()
    return ["killed", "stopped", "killed, the process that publishes too"]


def go_on(node: opensearch.Node) -> None:
    node.process.send_signal(signal.SIGCONT)


DRAMAS: dict[int, Callable] = {1: kill_the_only_one, 3: kill_the_manager}


def run(nodes: int, publications: int) -> bool:
    with opensearch.cluster(nodes) as cluster:
        os.environ["SEARCH_URL"] = cluster.url
        folder = scratch.set_up()
        try:
            return judge(cluster, Site(folder, publications))
        finally:
            scratch.clear(folder)


def judge(cluster: opensearch.Cluster, site: Site) -> bool:
    from django.core.management import call_command

    from search.engine import get_engine
    from search.engines.elastic import rebuild
    from search.models import Outgoing, SearchEntry

    call_command("reindex", verbosity=0)
    start = time.monotonic()
    events = DRAMAS[len(cluster.nodes)](cluster, site)
    seconds, waiting = time.monotonic() - start, Outgoing.objects.count()
    start = time.monotonic()
    waited = rebuild.empty_the_outbox()
    caught_up = time.monotonic() - start
    faults = [*map(str, waited), *get_engine().faults()]
    figures = {
        "server": cluster.version,
        "nodes": len(cluster.nodes),
        "events": events,
        "publications": site.done.value,
        "seconds": round(seconds),
        "waiting at the end": waiting,
        "seconds to catch up": round(caught_up, 1),
        "pages": SearchEntry.objects.count(),
        **speed(site.times),
        "lost": len(faults),
    }
    print(json.dumps(figures, ensure_ascii=False), *faults[:20], sep="\n", flush=True)
    return not faults and site.done.value >= site.publications


def speed(times) -> dict[str, float]:
    found: dict[bool, list[float]] = {True: [], False: []}
    while not times.empty():
        is_up, milliseconds = times.get()
        found[is_up].append(milliseconds)
    return {
        f"ms of a publication, cluster {'up' if is_up else 'down'}": round(statistics.median(own))
        for is_up, own in found.items()
        if own
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--publications", type=int, default=1_000)
    parser.add_argument("--nodes", type=int, nargs="+", choices=DRAMAS, default=[1, 3])
    options = parser.parse_args()
    right = True
    for nodes in options.nodes:
        process = spawn.Process(target=exit_with, args=(nodes, options.publications))
        process.start()
        process.join()
        right = process.exitcode == 0 and right
    return not right


def exit_with(nodes: int, publications: int) -> None:
    sys.exit(not run(nodes, publications))


if __name__ == "__main__":
    sys.exit(main())
