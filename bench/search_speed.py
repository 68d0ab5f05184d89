"""How long a search takes, from the request to the whole page, on pages of corpus.py.

    python bench/search_speed.py ../shared/bench/corpus.py [-n 200 2000 20000] [--turns 20]
        [--database sqlite|postgresql]

Prints, for each number and query, the milliseconds of an anonymous reader's request through all
the middleware with the page cache emptied: CPU on SQLite, which works inside the process,
elapsed time on PostgreSQL, which does not. « first »: nothing of the query is in memory, as
after a publication; « again »: as when one turns the page or chooses a filter. Above 20,000
pages, the same ones under other numbers.
"""

import argparse
import multiprocessing
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus_pages, scratch

DIFFERENT = 20_000  # pages; further ones are these again
QUERIES = {
    "rare word": "zorblinette",
    "common word": "numérique",
    "two common words": "médiation numérique",
    "8-word sentence": "changer le mot de passe d’un usager sur sa messagerie électronique oubliée",
    "8 common words": "numérique personne accueil atelier ligne données sujet démarche",
    "beginning of a word": "accompagn",
    "fault of spelling": "ornithorinque",
    "exact words": "« mot de passe »",
    "without a word": "numérique -atelier",
    "no answer": "xyzzyqwv",
    "10,000 characters": "médiation numérique données sensibles accueil " * 220,
}


def cost(client, address: str, turns: int, clock, *, is_first: bool) -> tuple[float, float]:
    """Median and worst milliseconds of a request."""
    from wagtail.models import Site

    from search.engines.matching import Finder

    times = []
    for _turn in range(turns + 2):
        scratch.forget_pages()
        Site.get_site_root_paths()
        if is_first:
            Finder.kept_of = None
        start = clock()
        answer = client.get(address)
        times.append((clock() - start) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
    return statistics.median(times[2:]), max(times[2:])


def run(path: str, number: int, turns: int, database: str) -> None:
    clock = time.process_time if database == "sqlite" else time.perf_counter
    with scratch.address_of(database) as address:
        folder = scratch.set_up(database=address)
        try:
            load(path, number)
            print(f"\n{number} pages, {database} of {megabytes():.0f} MB")
            print_table(turns, clock)
        finally:
            scratch.clear(folder)


def load(path: str, number: int) -> None:
    from django.core.management import call_command

    different = min(number, DIFFERENT)
    corpus_pages.load_in_bulk(corpus_pages.generator(path, different).pages(), different)
    corpus_pages.load_copies(number // different - 1)
    corpus_pages.settle()
    call_command("collectstatic", interactive=False, verbosity=0)


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
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    start = time.perf_counter()
    client.get("/recherche/?q=mot")
    print(f"first search of a process: {time.perf_counter() - start:.1f} s")
    empty = cost(client, "/recherche/", turns, clock, is_first=False)[0]
    print(f"empty page: {empty:.1f} ms; what follows is above it")
    print(f"{'query':20} {'again':>7} {'worst':>7} {'first':>7} {'worst':>7} {'answers':>9}")
    for name, query in QUERIES.items():
        print_row(client, name, query, turns, clock, empty)
    filtered = "/recherche/?" + urlencode({"q": QUERIES["common word"], "tri": "date"})
    median, worst = cost(client, filtered, turns, clock, is_first=True)
    print(f"{'common word by date':20} {'':15} {median - empty:7.1f} {worst - empty:7.1f}")


def print_row(client, name: str, query: str, turns: int, clock, empty: float) -> None:
    from django.contrib.auth.models import AnonymousUser

    from search.engine import get_engine

    address = "/recherche/?" + urlencode({"q": query})
    again = cost(client, address, turns, clock, is_first=False)
    first = cost(client, address, turns, clock, is_first=True)
    figures = " ".join(f"{one - empty:7.1f}" for one in (*again, *first))
    total = get_engine().search(query, AnonymousUser()).total
    print(f"{name:20} {figures} {total:9}", flush=True)


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
