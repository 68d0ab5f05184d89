"""Eight processes save 30 times each on SQLite: no error, no lost version.

    python bench/concurrent_saves.py [--processes 8] [--saves 30]

Each process opens a page's live text, adds its own line and publishes through the door; a
stale form is opened again, as a person would. Half of the saves go to one page that all
share, half to a page of one's own. At the end every line must be in its page, versions
must be numbered without a hole, and the index must hold the last words.
"""

import argparse
import json
import multiprocessing
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import scratch


def make_pages(count: int) -> list[int]:
    from wagtail.models import Page

    from wiki.models import ArticlePage
    from wiki.publishing import Edit, create

    parent = Page.objects.get(slug="collectif")
    made = []
    for number in range(count):
        page = ArticlePage(title=f"Page {number}", body="<p>Début.</p>")
        create(page, parent, Edit(author_name="Banc"))
        made.append(page.pk)
    return made


def save_line(pk: int, line: str) -> int:
    """Publish the page with one more line; returns how often the form was stale."""
    from wiki.models import ArticlePage, Version
    from wiki.publishing import Clashing, Edit, publish

    stale = 0
    while True:
        base = Version.objects.filter(page_id=pk).latest("number").number
        page = ArticlePage.objects.get(pk=pk)
        page.body += f"<p>{line}</p>"
        try:
            publish(page, Edit(author_name=line.split()[0], base=base))
            return stale
        except Clashing:
            stale += 1


def worker(folder: str, number: int, saves: int, pages: list[int], gate, results) -> None:
    scratch.set_up(folder)
    gate.wait()
    errors, stale, times = [], 0, []
    for turn in range(saves):
        pk = pages[0] if turn % 2 else pages[number + 1]
        start = time.perf_counter()
        try:
            stale += save_line(pk, f"ecrivain{number} tour{turn}")
        except Exception as error:
            errors.append(repr(error))
        times.append(time.perf_counter() - start)
    results.put((errors, stale, times))


def check(processes: int, saves: int, pages: list[int]) -> list[str]:
    from search.engine import get_engine
    from wiki.models import ArticlePage, User, Version

    faults = []
    for number in range(processes):
        for turn in range(saves):
            pk = pages[0] if turn % 2 else pages[number + 1]
            line = f"<p>ecrivain{number} tour{turn}</p>"
            if line not in ArticlePage.objects.get(pk=pk).body:
                faults.append(f"lost: {line}")
    for pk in pages:
        numbers = list(
            Version.objects.filter(page_id=pk).order_by("number").values_list("number", flat=True)
        )
        if numbers != list(range(1, len(numbers) + 1)):
            faults.append(f"versions of page {pk}: {numbers}")
    written = Version.objects.filter(page_id__in=pages).count()
    if written != processes * saves + len(pages):
        faults.append(f"{written} versions for {processes * saves} saves")
    reader = User(is_superuser=True)
    found = get_engine().search(f"ecrivain0 tour{saves - 1}", reader)
    if not found.hits:
        faults.append("the index lacks the last words")
    return faults


def write_together(folder: Path, processes: int, saves: int, pages: list[int]) -> list[tuple]:
    """What each process tells: its errors, its stale forms, the seconds of its saves."""
    context = multiprocessing.get_context("spawn")
    gate, results = context.Barrier(processes), context.Queue()
    team = [
        context.Process(target=worker, args=(str(folder), number, saves, pages, gate, results))
        for number in range(processes)
    ]
    for process in team:
        process.start()
    outcomes = [results.get() for _ in team]
    for process in team:
        process.join()
    return outcomes


def report(outcomes: list[tuple], faults: list[str], wall: float) -> None:
    times = sorted(second for outcome in outcomes for second in outcome[2])
    figures = {
        "saves": len(times),
        "errors": sum(len(outcome[0]) for outcome in outcomes),
        "stale_forms": sum(outcome[1] for outcome in outcomes),
        "faults": faults[:5],
        "seconds": round(wall, 1),
        "save_p50_ms": round(1000 * times[len(times) // 2]),
        "save_max_ms": round(1000 * times[-1]),
    }
    print(json.dumps(figures))
    for error in [error for outcome in outcomes for error in outcome[0]][:5]:
        print(error)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--saves", type=int, default=30)
    options = parser.parse_args()
    folder = scratch.set_up()
    pages = make_pages(options.processes + 1)
    from django.db import connections

    connections.close_all()
    start = time.perf_counter()
    outcomes = write_together(folder, options.processes, options.saves, pages)
    wall = time.perf_counter() - start
    faults = check(options.processes, options.saves, pages)
    report(outcomes, faults, wall)
    scratch.clear(folder)
    return bool(faults or any(outcome[0] for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
