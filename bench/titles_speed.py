"""How long the completion of titles takes at 200, 2,000 and 20,000 pages of corpus.py.

    python bench/titles_speed.py ../shared/bench/corpus.py [-n 200 2000 20000] [--turns 50]

Prints, for each number of pages and query, the CPU milliseconds of a completion as the editor
asks it (median and worst: lookup and rights, as an anonymous reader), of the propositions under
a search field, and how many titles they give; then those of the first reading of all names,
and of the first completion after a publication, with a new title and without.
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
    "two letters": "de",
    "three letters": "num",
    "a word": "numérique",
    "half a word": "accompagn",
    "three words": "mot de passe",
    "inside a word": "rique",
    "mistake": "palimspeste",
    "mistake, half": "déontlog",
    "two mistakes": "mediasion numerrique",
    "no title": "xyzzyqwv",
}


def cpu(action) -> float:
    """CPU milliseconds of a call."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def complete(query: str) -> list[dict]:
    from django.contrib.auth.models import AnonymousUser

    from search.suggest.titles import pages_named

    return pages_named(query, AnonymousUser())


def propose(query: str) -> list[dict]:
    from django.contrib.auth.models import AnonymousUser

    from search.suggest.completion import propositions

    return propositions(query, AnonymousUser())


def measure_queries(turns: int) -> None:
    print(f"{'query':22} {'median ms':>10} {'worst ms':>10} {'proposed':>10} {'titles':>8}")
    for name, query in QUERIES.items():
        times = [cpu(lambda query=query: complete(query)) for _turn in range(turns)]
        proposed = [cpu(lambda query=query: propose(query)) for _turn in range(turns)]
        figures = (statistics.median(times), max(times), statistics.median(proposed))
        shown = " ".join(f"{figure:10.1f}" for figure in figures)
        print(f"{name:22} {shown} {len(complete(query)):8}", flush=True)


def measure_after_publications(turns: int) -> None:
    """The first completion after a publication reads what is new, and nothing else."""
    from wiki.models import ArticlePage
    from wiki.publishing.publishing import Edit, publish

    times: dict[str, list[float]] = {"same title": [], "new title": []}
    for number, page in enumerate(ArticlePage.objects.filter(slug__startswith="banc-")[:turns]):
        for kind in times:
            page.body += "<p>Une phrase de plus.</p>"
            if kind == "new title":
                page.title = page.draft_title = f"Zorblinette {number}"
            publish(page, Edit(author_name="Banc"))
            times[kind].append(cpu(lambda: complete("zorbline")))
    for kind, taken in times.items():
        print(f"{'after ' + kind:22} {statistics.median(taken):10.1f} {max(taken):10.1f}")


def run(path: str, number: int, turns: int) -> None:
    folder = scratch.set_up()
    try:
        corpus_pages.load_in_bulk(corpus_pages.generator(path, number).pages(), number)
        print(f"\n{number} pages")
        print(f"{'first reading':22} {cpu(lambda: complete('zorbline')):10.1f}")
        measure_queries(turns)
        measure_after_publications(min(turns, 20))
    finally:
        scratch.clear(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", type=int, nargs="+", default=[200, 2_000, 20_000])
    parser.add_argument("--turns", type=int, default=50)
    options = parser.parse_args()
    for number in options.n:
        process = multiprocessing.get_context("spawn").Process(
            target=run, args=(options.corpus, number, options.turns)
        )
        process.start()
        process.join()


if __name__ == "__main__":
    main()
