"""Beside DokuWiki, in one run: CPU milliseconds a request of each screen, over HTTP.

    python bench/peers.py ../shared/bench/corpus.py [-n 2000 20000] [--turns 5] [--keep FOLDER]

Both hold the same pages. One worker serves this site as `make run` does; one worker of PHP-FPM,
behind nginx, serves Debian's DokuWiki with its caches on. One browser asks each in turn, over a
connection that stays open; what is counted is the CPU of all the processes of the server, until
it is quiet again. Medians of the turns, of which the first warms up. « Cold »: pages of which
nothing is kept, asked once of a worker that knows other pages; DokuWiki's once more with what it
parsed of them. Memory is that of the worker alone. `--keep`: both wikis stay in this folder for the
next run.
"""

import argparse
import re
import statistics
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus_history, corpus_pages, corpus_site, dokuwiki, peer_memory, scratch
from bench.peer import Wiki
from bench.peer_sites import DokuWiki, OwnSite
from bench.processes import Memory

ASKED = 100  # pages of a turn
AGAIN = 5  # times that each is asked once it is warm
REPEATED = 20  # times that a screen is asked in a turn
OPENED = 10  # forms of a kind in a turn
SAVES = 5  # of a turn
SAVED = 25  # pages that people write in
KINDS = {
    "fiche": "practice",
    "structure": "place",
    "compte-rendu": "meeting",
    "deontologie": "guideline",
    "formation": "material",
    "ressource": "material",
}
MEMORY = 150  # megabytes of a worker
FORM = 4  # the goal of each
LINE = "{:30}{:>9}{:>22}{:>9}{:>9}  {}"


@dataclass
class Sample:
    """Ranks of pages. `asked`: those that are measured; `others`: some of each kind, that warm a
    worker up; `saved`: that people write in, in turn; `by_kind`: whose forms are opened."""

    asked: list[int]
    others: list[int]
    saved: list[int]
    by_kind: dict[str, list[int]]
    long: int


@dataclass
class Row:
    """A line of the table; `measure`: milliseconds, parted where a browser asks several times."""

    screen: str
    measure: Callable[[Wiki, Sample], list[float]]
    goal: float


def sample(items: list[dict]) -> Sample:
    long = corpus_history.long_page(items)
    ranks = [rank for rank in range(len(items)) if rank != long]
    asked = ranks[:: max(2, len(ranks) // ASKED)][:ASKED]
    rest = sorted(set(ranks) - set(asked))
    by_kind: dict[str, list[int]] = {}
    for rank in rest:
        by_kind.setdefault(KINDS.get(items[rank]["kind"], "article"), []).append(rank)
    others = [rank for those in by_kind.values() for rank in those[:2]]
    forms = {kind: those[:OPENED] for kind, those in sorted(by_kind.items())}
    return Sample(asked, others, rest[-SAVED:], forms, long)


def pages(wiki: Wiki, ranks: list[int]) -> list:
    return [wiki.page(rank) for rank in ranks]


def asked_before(wiki: Wiki, chosen: Sample) -> list[float]:
    wiki.visit(wiki.reader, pages(wiki, chosen.asked))
    return [wiki.cost(wiki.reader, pages(wiki, chosen.asked * AGAIN))]


def asked_first(wiki: Wiki, chosen: Sample, is_parsed_kept: bool) -> list[float]:
    wiki.forget(is_parsed_kept)
    wiki.visit(wiki.reader, pages(wiki, chosen.others))
    return [wiki.cost(wiki.reader, pages(wiki, chosen.asked))]


def after_a_save(wiki: Wiki, chosen: Sample) -> list[float]:
    wiki.visit(wiki.reader, pages(wiki, chosen.asked))
    wiki.save(wiki.next_of(chosen.saved))
    return [wiki.cost(wiki.reader, pages(wiki, chosen.asked))]


def logged_in(wiki: Wiki, chosen: Sample) -> list[float]:
    return [wiki.cost(wiki.writer, pages(wiki, chosen.asked))]


def form(wiki: Wiki, chosen: Sample, kind: str) -> list[float]:
    ranks = chosen.by_kind[kind]
    asks = [wiki.form(rank) for rank in islice(cycle(ranks), OPENED)]
    return [wiki.cost(wiki.writer, asks)]


def section_form(wiki: Wiki, chosen: Sample) -> list[float]:
    return [wiki.cost(wiki.writer, [wiki.section_form()] * OPENED)]


def history(wiki: Wiki, chosen: Sample) -> list[float]:
    return [wiki.cost(wiki.writer, [wiki.history(chosen.long)] * REPEATED)]


def recent(wiki: Wiki, chosen: Sample) -> list[float]:
    return [wiki.cost(wiki.writer, [wiki.recent()] * REPEATED)]


def save(wiki: Wiki, chosen: Sample) -> list[float]:
    costs = [wiki.save(wiki.next_of(chosen.saved)) for _turn in range(SAVES)]
    return [statistics.mean(parts) for parts in zip(*costs, strict=True)]


def rows(chosen: Sample) -> list[Row]:
    forms = [Row(f"form, {k}", partial(form, kind=k), FORM) for k in chosen.by_kind]
    return [
        Row("anonymous, warm", asked_before, 0.10),
        Row("anonymous, cold", partial(asked_first, is_parsed_kept=False), 1.2),
        Row("cold, parsed text kept", partial(asked_first, is_parsed_kept=True), 1.2),
        Row("other pages after a save", after_a_save, 1.0),
        Row("logged in", logged_in, 3),
        *forms,
        Row("form, section", section_form, FORM),
        Row(f"history of {corpus_history.LONG} versions", history, 3),
        Row("recent changes, logged in", recent, 2),
        Row("save", save, 1.5),
    ]


def medians(
    row: Row, own: Wiki, other: Wiki, chosen: Sample, turns: int
) -> tuple[float, list[float]]:
    """Of this site, and of the parts of the other; they are asked one after the other, and first
    in turn."""
    costs: dict[Wiki, list[list[float]]] = {own: [], other: []}
    for turn in range(turns + 1):
        for wiki in (own, other) if turn % 2 else (other, own):
            costs[wiki].append(row.measure(wiki, chosen))
    mine, theirs = (map(statistics.median, zip(*costs[w][1:], strict=True)) for w in (own, other))
    return sum(mine), list(theirs)


def print_row(screen: str, own: float, theirs: list[float], goal: float) -> None:
    ratio = own / sum(theirs)
    parts = " + ".join(f"{part:.2f}" for part in theirs) + " later" * (len(theirs) > 1)
    cells = (screen, f"{own:.2f}", parts, f"{ratio:.3f}", f"≤ {goal}", said(ratio <= goal))
    print(LINE.format(*cells), flush=True)


def print_memory(screen: str, memory: Memory) -> None:
    size, is_met = f"{memory.anonymous:.0f} MB", said(memory.anonymous <= MEMORY)
    print(LINE.format(screen, size, "", "", f"≤ {MEMORY}", is_met))
    mapped = f"PSS {memory.proportional:.0f} MB, RSS {memory.resident:.0f} MB"
    print(f"    with the files that it maps: {mapped}", flush=True)


def said(is_met: bool) -> str:
    return "met" if is_met else "NOT MET"


def lines(wiki: Wiki, chosen: Sample) -> str:
    """How long the lists are whose cost is compared."""
    asks = {wiki.line_of_history: wiki.history(chosen.long), wiki.line_of_recent: wiki.recent()}
    found = [(line, wiki.writer.get(ask.address).text) for line, ask in asks.items()]
    counts = [len(re.findall(line, text)) for line, text in found]
    return f"{wiki.name}: {counts[0]} lines of history, {counts[1]} of recent changes"


def measure(own: OwnSite, other: DokuWiki, chosen: Sample, turns: int) -> None:
    for wiki in (own, other):
        wiki.serve()
        wiki.log_in()
    print(LINE.format("CPU ms a request", own.name, other.name, "ratio", "goal", ""))
    for row in rows(chosen):
        print_row(row.screen, *medians(row, own, other, chosen, turns), row.goal)
    for screen, memory in peer_memory.read(own, chosen.asked, chosen.by_kind):
        print_memory(screen, memory)
    for wiki in (own, other):
        print(lines(wiki, chosen))


def run(corpus: str, number: int, turns: int, keep: Path | None) -> None:
    items = list(corpus_pages.generator(corpus, number).pages())
    chosen = sample(items)
    with ExitStack() as after:
        folder = corpus_site.made(corpus, number, keep)
        after.callback(scratch.clear, folder)
        beside = dokuwiki.made(corpus, number, keep)
        after.callback(scratch.clear, beside)
        own, other = OwnSite(folder), DokuWiki(beside, items)
        del items
        after.callback(own.stop)
        after.callback(other.stop)
        print(f"\n{number} pages, {turns} turns")
        measure(own, other, chosen, turns)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="folder of the wikis that are kept")
    options = parser.parse_args()
    dokuwiki.install()
    for number in options.n:
        scratch.apart(run, options.corpus, number, options.turns, options.keep)


if __name__ == "__main__":
    main()
