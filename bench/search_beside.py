"""What a search costs beside a former version, in one run: the two take turns.

    python bench/search_beside.py --before FOLDER [--corpus ../shared/bench/corpus.py -n 2000]
        [--turns 8]

FOLDER holds the former version with its own `.venv`. Each makes a scratch site of its own, with
the pages of its own `questions_asked.py`, or with N pages of the corpus. Prints the CPU
milliseconds of the engine alone, medians, and their ratio. « Again » and « first »: see
`search_speed.py`.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 5  # searches of a query before the other version has its turn


def work(corpus: str, number: str) -> None:
    """In the folder of a version: its site, then one line of figures for each line read."""
    from bench import scratch

    made = scratch.set_up()
    try:
        fill(corpus, int(number))
        measured()
        print("ready", flush=True)
        for _line in sys.stdin:
            print(json.dumps(measured()), flush=True)
    finally:
        scratch.clear(made)


def fill(corpus: str, number: int) -> None:
    if corpus:
        from bench.search_speed import load

        load(corpus, number)
        return
    import runpy

    here = list(sys.path)
    pages = runpy.run_path("bench/questions_asked.py")  # of the version that is measured
    sys.path[:] = here
    pages["publish_pages"]()


def measured() -> dict[str, list[float]]:
    """By query: the median asked again, and asked first."""
    from bench.search_speed import QUERIES

    return {name: [cost(query, False), cost(query, True)] for name, query in QUERIES.items()}


def cost(query: str, is_first: bool) -> float:
    from django.contrib.auth.models import AnonymousUser

    from search.engine import get_engine

    try:
        from search.engines.matching import Finder
    except ImportError:  # a version before November 2026
        from search.finding import Finder

    times = []
    for _turn in range(AT_ONCE):
        if is_first:
            Finder.kept_of = None
        start = time.process_time()
        get_engine().search(query, AnonymousUser())
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def print_table(turns: list[tuple[dict, dict]]) -> None:
    columns = f"{'before':>14} {'now':>6} {'ratio':>6}"
    print(f"{'again, then first':20} {columns} {columns}")
    for name in turns[0][0]:
        cells = []
        for rank in (0, 1):
            before, now = (statistics.median(turn[v][name][rank] for turn in turns) for v in (0, 1))
            cells.append(f"{before:14.1f} {now:6.1f} {now / before:6.2f}")
        print(f"{name:20}", *cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--before", type=Path, required=True)
    parser.add_argument("--corpus", default="")
    parser.add_argument("-n", dest="number", type=int, default=2_000)
    parser.add_argument("--turns", type=int, default=8)
    options = parser.parse_args()
    corpus = options.corpus and str(Path(options.corpus).resolve())
    sys.path.insert(0, str(ROOT))
    from bench.beside import asked, ended, started

    arguments = (__file__, corpus, str(options.number))
    former = started(options.before.resolve(), *arguments)
    present = started(ROOT, *arguments)
    print_table([(asked(former), asked(present)) for _turn in range(options.turns)])
    ended(former, present)


if __name__ == "__main__":
    main()
