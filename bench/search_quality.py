"""Does the search put the right page first? corpus.py's cases, on a scratch site.

    python bench/search_quality.py ../shared/bench/corpus.py [-n 200 2000 20000]
        [--engine sqlite|postgresql|opensearch]

Publishes corpus.py's pages through the door (above 2,000, as rows of articles), asks its
queries as an anonymous reader and prints a table a number of pages: case, query, rank of the
right page, ok or ko. A case is right when its page is within the first ten, « none » when
nothing answers, and « common » when the total is that of the pages that hold the word. Exits 1
when a case fails.
"""

import argparse
import multiprocessing
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus_pages, scratch

FIRST = 10
MOST_BY_THE_DOOR = 2_000


def right_total(case: dict, items: list[dict]) -> int:
    """How many pages hold the word; in their topics too, which corpus.py does not count."""
    from search.language.analysis import fold

    if not case["total"]:
        return 0
    word = fold(case["query"])
    return sum(word in fold(item["plain"] + " ".join(item["tags"])) for item in items)


def outcome(case: dict, slugs: dict[int, str], items: list[dict]) -> tuple[str, bool]:
    """What was found, as the table shows it, and whether it is right."""
    from django.contrib.auth.models import AnonymousUser

    from search.engine import get_engine

    results = get_engine().search(case["query"], AnonymousUser(), limit=100)
    if case["expect"] is None:
        total = right_total(case, items)
        return f"{results.total} of {total}", results.total == total
    found = [slugs.get(hit.page.pk) for hit in results.hits]
    if case["expect"] not in found:
        return "-", False
    rank = found.index(case["expect"]) + 1
    return str(rank), rank <= FIRST


def run(path: str, number: int, engine: str, failures) -> None:
    with scratch.engine_of(engine) as address:
        folder = scratch.set_up(database=address)
        try:
            generator = corpus_pages.generator(path, number)
            items = list(generator.pages())
            slugs = load(items)
            scratch.fill_cluster()
            print(f"\n{engine}", end="")
            failures.put(print_table(generator.queries(items), slugs, items))
        finally:
            scratch.clear(folder)


def load(items: list[dict]) -> dict[int, str]:
    """The corpus's slug of each page by its id."""
    if len(items) <= MOST_BY_THE_DOOR:
        return corpus_pages.load_by_the_door(items)
    corpus_pages.load_in_bulk(iter(items), len(items))
    return {1_000_000 + number: item["slug"] for number, item in enumerate(items)}


def print_table(cases: list[dict], slugs: dict[int, str], items: list[dict]) -> int:
    """Prints each case; returns how many failed."""
    print(f", {len(items)} pages\n{'case':14}{'query':22}{'rank':>12}")
    failed = 0
    for case in cases:
        shown, right = outcome(case, slugs, items)
        failed += not right
        print(f"{case['id']:14}{case['query']:22}{shown:>12}  {'ok' if right else 'ko'}")
    print(f"{len(cases) - failed} right of {len(cases)}", flush=True)
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", type=int, nargs="+", default=[200, 2_000])
    parser.add_argument("--engine", choices=scratch.ENGINES, default="sqlite")
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    failed = 0
    for number in options.n:
        failures = context.Queue()
        job = (options.corpus, number, options.engine, failures)
        process = context.Process(target=run, args=job)
        process.start()
        process.join()
        failed += process.exitcode or failures.get()
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
