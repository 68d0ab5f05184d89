"""How long the embedded search takes at 200, 2,000 and 20,000 pages of corpus.py.

    python bench/search_speed.py ../shared/bench/corpus.py [-n 200 2000 20000] [--turns 20]

Prints, for each number and query, the CPU milliseconds of a search of the engine as an
anonymous reader (median and worst), its answers, and the size of the database.
"""

import argparse
import multiprocessing
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus_pages, scratch

QUERIES = {
    "rare word": "zorblinette",
    "common word": "numérique",
    "two common words": "médiation numérique",
    "8-word sentence": "changer le mot de passe d’un usager sur sa messagerie électronique oubliée",
    "8 common words": "numérique personne accueil atelier ligne données sujet démarche",
    "prefix": "accompagn",
    "no answer": "xyzzyqwv",
    "10,000 characters": "médiation numérique données sensibles accueil " * 220,
}


def measure(query: str, turns: int) -> tuple[float, float, int]:
    """Median and worst CPU milliseconds of a search, and how many pages answer."""
    from django.contrib.auth.models import AnonymousUser

    from search.engine import get_engine

    times = []
    for _turn in range(turns):
        start = time.process_time()
        results = get_engine().search(query, AnonymousUser())
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times), max(times), results.total


def run(path: str, number: int, turns: int) -> None:
    folder = scratch.set_up()
    try:
        corpus_pages.load_in_bulk(corpus_pages.generator(path, number).pages(), number)
        size = (folder / "passerelles.sqlite3").stat().st_size / 1e6
        print(f"\n{number} pages, database of {size:.0f} MB")
        print(f"{'query':20} {'median ms':>10} {'worst ms':>10} {'answers':>8}")
        for name, query in QUERIES.items():
            median, worst, total = measure(query, turns)
            print(f"{name:20} {median:10.1f} {worst:10.1f} {total:8}", flush=True)
    finally:
        scratch.clear(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", type=int, nargs="+", default=[200, 2_000, 20_000])
    parser.add_argument("--turns", type=int, default=20)
    options = parser.parse_args()
    for number in options.n:
        process = multiprocessing.get_context("spawn").Process(
            target=run, args=(options.corpus, number, options.turns)
        )
        process.start()
        process.join()


if __name__ == "__main__":
    main()
