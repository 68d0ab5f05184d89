"""What every screen of the site costs as the site grows: CPU of a whole request at each size.

    python bench/growth.py ../shared/bench/corpus.py [-n 200 2000 20000] [--turns 5]
        [--warm 3] [--keep FOLDER] [--only WORDS]

Each size is a site of all kinds of pages in a process of its own, with drafts, files, reports, a
trash… in proportion (growth_fill.py). `growth_screens.py` names a screen, at least, for each route;
each is asked of the sizes in turn, around Django's test client, what is kept of whole pages being
forgotten before; what each process keeps in memory stays. Medians of the turns, in milliseconds,
after `--warm` others. « ! »: the last size costs more than 1.5 times the first. `--only`: the
screens whose names hold these words.
"""

import argparse
import json
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOO_MUCH = 1.5


def work(corpus: str, number: str, keep: str = "") -> None:
    """In a process of its own: the site of one size, then a figure for each rank read."""
    from bench import corpus_site, growth_fill, scratch

    folder = corpus_site.made(corpus, int(number), Path(keep) if keep else None)
    try:
        growth_fill.fill()
        from bench.growth_site import GrowthSite

        site = GrowthSite()
        print("ready", flush=True)
        for line in sys.stdin:
            print(json.dumps(site.ask(int(line))), flush=True)
    finally:
        scratch.clear(folder)


def medians(ask, sites: list, rank: int, turns: int, warm: int) -> list[float]:
    """Of each site; they are asked one after the other, and first in turn."""
    costs: list[list[float]] = [[] for _site in sites]
    for turn in range(turns + warm):
        places = range(len(sites)) if turn % 2 else reversed(range(len(sites)))
        for place in places:
            costs[place].append(right(ask(sites[place], str(rank))))
    return [statistics.median(found[warm:]) for found in costs]


def right(answer: float | str) -> float:
    """Raises SystemExit with the sentence that stands for a cost."""
    if isinstance(answer, str):
        raise SystemExit(answer)
    return answer


def line_of(name: str, person: str, costs: list[float]) -> str:
    growth = costs[-1] / costs[0]
    figures = "".join(f"{cost:10.1f}" for cost in costs)
    return f"{name:44}{person:12}{figures}{growth:9.2f}{' !' if growth > TOO_MUCH else ''}"


def print_table(ask, sites: list, options) -> None:
    """Each screen as it is measured; at the end those that grow too much."""
    from bench.growth_screens import asked

    sizes = "".join(f"{size:10}" for size in options.sizes)
    head = f"{'screen':44}{'person':12}{sizes}{'growth':>9}"
    print(head)
    grown = []
    for rank, (_route, screen, person) in enumerate(asked()):
        if options.only not in screen.name:
            continue
        costs = medians(ask, sites, rank, options.turns, options.warm)
        line = line_of(screen.name, person, costs)
        print(line, flush=True)
        if costs[-1] > TOO_MUCH * costs[0]:
            grown.append(line)
    print("\n".join([f"\n{len(grown)} grow more than {TOO_MUCH} times", head, *grown]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", dest="sizes", type=int, nargs="+", default=[200, 2_000, 20_000])
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--warm", type=int, default=3, help="turns that are not counted")
    parser.add_argument("--keep", type=Path, help="folder of the sites that are kept")
    parser.add_argument("--only", default="", help="words of the names of screens")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from bench import beside

    keep = [str(options.keep.resolve())] if options.keep else []
    corpus = str(Path(options.corpus).resolve())
    sites = []
    try:
        for size in options.sizes:
            sites.append(beside.started(ROOT, __file__, corpus, str(size), *keep))
        print_table(beside.asked, sites, options)
    finally:
        beside.ended(*sites)


if __name__ == "__main__":
    main()
