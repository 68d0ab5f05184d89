"""How long a search cluster takes at 2,000, 20,000 and 200,000 pages of corpus.py.

    python bench/cluster_speed.py ../shared/bench/corpus.py [-n 2000 20000 200000] [--nodes 1]

The documents are those that the outbox would send, written straight into one index that
grows from one number to the next; above 20,000 pages, the same ones under other numbers.
Measured are the two requests of a search with all its facets, as an anonymous reader; what the
site adds (it reads and orders the best answers) is the same on every engine and does not grow
with the pages. Prints the milliseconds (median and 95th percentile), the answers, the size of
the index, and what the growth predicts for ten million pages, on one shard and cut into ten
that work at once.
"""

import argparse
import itertools
import multiprocessing
import os
import statistics
import sys
import time
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus_pages, scratch
from bench.search_speed import QUERIES
from scripts import opensearch

CHUNK = 500
AT_ONCE = 8  # chunks in memory
DIFFERENT = 20_000  # pages; further ones are these again
FORETOLD, SHARDS = 10_000_000, 10
WARMING = 5  # turns that are not counted


def document(item: dict) -> dict:
    """What the outbox would send of a page of the corpus."""
    from django.utils import timezone
    from wagtail.models import Page

    from search.engines.elastic.index import document_of
    from search.language import analysis
    from search.models import EntryMetadata, SearchEntry

    changed_at = timezone.make_aware(datetime.fromisoformat(item["date"][:10]))
    title, text = analysis.tokens(item["title"]), analysis.tokens(item["plain"])
    topics = " ".join(item["tags"])
    entry = SearchEntry(
        page=Page(pk=item["i"] + 1, title=item["title"]),
        kind=item["kind"],
        lead=item["summary"],
        text=item["plain"],
        changed_at=changed_at,
        title_stems=analysis.stems_in(title),
        lead_stems=analysis.stems_of(item["summary"]),
        topic_stems=analysis.stems_of(topics),
        body_stems=analysis.stems_in(text),
        words=analysis.words_in([*title, *analysis.tokens(topics), *text]),
    )
    entry.metadata = EntryMetadata(
        changed_at=changed_at, name_length=len(title), facets=facets_of(item), restrictions=[]
    )
    return document_of(entry)


def facets_of(item: dict) -> dict[str, dict[str, str]]:
    return {
        "kind": {item["kind"]: item["kind"]},
        "topic": {tag: tag for tag in item["tags"]},
        "commune": {item["commune"]: item["commune"]},
        "year": {item["date"][:4]: item["date"][:4]},
    }


def documents(items: list[dict]) -> list[dict]:
    return [document(item) for item in items]


class Filling:
    """Pages made in other processes, kept to be written again under other numbers."""

    def __init__(self, pool, items):
        self.pool, self.items, self.made, self.done = pool, iter(items), [], 0

    def fill(self, number: int) -> float:
        """Index up to this many pages; returns the seconds that it took."""
        from search.engines.elastic import aliases as places
        from search.engines.elastic.client import writing

        start = time.monotonic()
        self.write_new(min(number, DIFFERENT) - len(self.made))
        while self.done < number:
            self.write_again(self.done // DIFFERENT)
        writing().indices.refresh(index=places.alias())
        return time.monotonic() - start

    def write_new(self, number: int) -> None:
        items = itertools.islice(self.items, max(number, 0))
        while block := list(itertools.islice(chunks(items), AT_ONCE)):
            for made in self.pool.imap(documents, block):
                write(made)
                self.made += made
                self.done += len(made)

    def write_again(self, turn: int) -> None:
        for made in chunks(self.made):
            write([{**one, "page_id": one["page_id"] + turn * 1_000_000} for one in made])
            self.done += len(made)


def write(made: list[dict]) -> None:
    from search.engines.elastic import aliases as places
    from search.engines.elastic.client import writing

    about = {"_index": places.alias()}
    actions = [{**about, "_id": one["page_id"], "_source": one} for one in made]
    for taken, outcome in writing().bulk(actions):
        if not taken:
            raise RuntimeError(outcome)


def chunks(items):
    items = iter(items)
    while chunk := list(itertools.islice(items, CHUNK)):
        yield chunk


def measure(query: str, turns: int) -> tuple[float, float, int]:
    """Median and 95th percentile in milliseconds, and how many pages answer."""
    times = []
    for _turn in range(WARMING + turns):
        start = time.perf_counter()
        total = ask(query)
        times.append((time.perf_counter() - start) * 1000)
    times = sorted(times[WARMING:])
    return statistics.median(times), times[int(len(times) * 0.95)], total


def ask(text: str) -> int:
    from django.contrib.auth.models import AnonymousUser

    from search.engines.elastic.engine import Asking
    from search.engines.elastic.queries import Counter
    from search.engines.matching import expansions_matched
    from search.query.queries import understood

    asking, query = Asking(AnonymousUser()), understood(text)
    words = Counter(asking.client, asking.index, asking.readable).words(query)
    ways = expansions_matched(query, words)
    return asking.answer(query, ways, {}, "", 10).hits.total.value if ways else 0


def report(turns: int) -> dict[str, float]:
    """Prints a table; returns the median of each query."""
    from search.engines.elastic import aliases as places
    from search.engines.elastic.client import writing

    statistic = writing().indices.stats(index=places.alias())["_all"]["primaries"]
    megabytes = statistic["store"]["size_in_bytes"] / 1e6
    print(f"\n{statistic['docs']['count']} pages, {megabytes:.0f} MB")
    print(f"{'query':20} {'median ms':>10} {'p95 ms':>10} {'answers':>9}")
    medians = {}
    for name, query in QUERIES.items():
        medians[name], late, total = measure(query, turns)
        print(f"{name:20} {medians[name]:10.1f} {late:10.1f} {total:9}", flush=True)
    return medians


def foretell(numbers: list[int], medians: list[dict[str, float]]) -> None:
    """A line through the last two numbers: what grows with the pages, grows with them all."""
    (few, many), (before, after) = numbers[-2:], medians[-2:]
    print(f"\n{'at ' + f'{FORETOLD:,}':20} {'one shard':>12} {f'{SHARDS} shards':>12}  (seconds)")
    for name in after:
        slope = max(after[name] - before[name], 0.0) / (many - few)
        whole = after[name] + slope * (FORETOLD - many)
        part = after[name] + slope * (FORETOLD / SHARDS - many)
        print(f"{name:20} {whole / 1000:12.2f} {part / 1000:12.2f}")


def run(path: str, numbers: list[int], turns: int, folder: Path) -> None:
    from django.core.management import call_command

    call_command("reindex", verbosity=0)
    items = corpus_pages.generator(path, min(max(numbers), DIFFERENT)).pages()
    medians, done = [], 0
    with multiprocessing.get_context("spawn").Pool(2, scratch.set_up, [str(folder)]) as pool:
        filling = Filling(pool, items)
        for number in numbers:
            seconds = filling.fill(number)
            print(f"{(filling.done - done) / seconds:.0f} pages a second", flush=True)
            done = filling.done
            medians.append(report(turns))
    if len(numbers) > 1:
        foretell(numbers, medians)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", type=int, nargs="+", default=[2_000, 20_000, 200_000])
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--nodes", type=int, default=1, choices=[1, 3])
    options = parser.parse_args()
    with opensearch.cluster(options.nodes) as cluster:
        print(f"OpenSearch {cluster.version}, nodes: {options.nodes}")
        os.environ["SEARCH_URL"] = cluster.url
        folder = scratch.set_up()
        try:
            run(options.corpus, sorted(options.n), options.turns, folder)
        finally:
            scratch.clear(folder)


if __name__ == "__main__":
    main()
