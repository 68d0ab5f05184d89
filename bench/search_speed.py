"""How long the search takes at 200, 2,000 and 20,000 pages of corpus.py.

    python bench/search_speed.py ../shared/bench/corpus.py [-n 200 2000 20000] [--turns 20]
        [--database sqlite|postgresql]

Prints, for each number and query, the milliseconds of a search of the engine as an anonymous
reader (median and worst): CPU on SQLite, which works inside the process, elapsed time on
PostgreSQL, which does not; its answers, and the size of the database.
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


def measure(query: str, turns: int, clock) -> tuple[float, float, int]:
    """Median and worst milliseconds of a search, and how many pages answer."""
    from django.contrib.auth.models import AnonymousUser

    from search.engine import get_engine

    times = []
    for _turn in range(turns):
        start = clock()
        results = get_engine().search(query, AnonymousUser())
        times.append((clock() - start) * 1000)
    return statistics.median(times), max(times), results.total


def run(path: str, number: int, turns: int, database: str) -> None:
    clock = time.process_time if database == "sqlite" else time.perf_counter
    with scratch.address_of(database) as address:
        folder = scratch.set_up(database=address)
        try:
            corpus_pages.load_in_bulk(corpus_pages.generator(path, number).pages(), number)
            print(f"\n{number} pages, {database} of {megabytes():.0f} MB")
            print_table(turns, clock)
        finally:
            scratch.clear(folder)


def megabytes() -> float:
    from django.db import connection

    settled = connection.vendor == "sqlite"
    sizes = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with connection.cursor() as cursor:
        if not settled:
            cursor.execute("ANALYZE")
        cursor.execute(sizes if settled else "SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0] / 1e6


def print_table(turns: int, clock) -> None:
    print(f"{'query':20} {'median ms':>10} {'worst ms':>10} {'answers':>8}")
    for name, query in QUERIES.items():
        median, worst, total = measure(query, turns, clock)
        print(f"{name:20} {median:10.1f} {worst:10.1f} {total:8}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", type=int, nargs="+", default=[200, 2_000, 20_000])
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--database", choices=scratch.DATABASES, default="sqlite")
    options = parser.parse_args()
    for number in options.n:
        process = multiprocessing.get_context("spawn").Process(
            target=run, args=(options.corpus, number, options.turns, options.database)
        )
        process.start()
        process.join()


if __name__ == "__main__":
    main()
