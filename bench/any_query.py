"""Ten thousand queries of any text: no error, none slow.

    python bench/any_query.py ../shared/bench/corpus.py [-n 2000] [--queries 10000]
        [--engine sqlite|postgresql|opensearch]

Hypothesis makes them: words of the site, faults, operators, any character of Unicode. Prints how
many were asked, the median and the slowest in milliseconds; exits 1 when one is above a second.
"""

import argparse
import statistics
import sys
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus_pages, scratch

SLOW = 1_000  # milliseconds


def ask_all(number: int) -> list[tuple[float, str]]:
    """Milliseconds and text of each query; an error ends the bench."""
    from django.contrib.auth.models import AnonymousUser
    from hypothesis import HealthCheck, Phase, given, settings

    from search.engine import get_engine
    from tests.search.engines.test_any_query import QUERIES

    times: list[tuple[float, str]] = []

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(QUERIES)
    def ask(query):
        start = time.perf_counter()
        get_engine().search(query, AnonymousUser())
        times.append(((time.perf_counter() - start) * 1000, query))

    ask()
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", type=int, default=2_000, help="pages")
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--engine", choices=scratch.ENGINES, default="sqlite")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    with scratch.engine_of(options.engine) as address:
        folder = scratch.set_up(database=address)
        try:
            generator = corpus_pages.generator(options.corpus, options.n)
            corpus_pages.load_in_bulk(generator.pages(), options.n)
            scratch.fill_cluster()
            times = ask_all(options.queries)
        finally:
            scratch.clear(folder)
    slowest, text = max(times)
    median = statistics.median(one for one, _text in times)
    print(f"{options.engine}: {len(times)} queries over {options.n} pages, no error")
    print(f"median {median:.1f} ms, slowest {slowest:.0f} ms: {text[:60]!r}")
    return int(slowest > SLOW)


if __name__ == "__main__":
    sys.exit(main())
