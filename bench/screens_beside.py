"""What screens cost beside a former version, in one run: the two take turns.

    python bench/screens_beside.py ../shared/bench/corpus.py --before FOLDER [-n 200]
        [--turns 40] [--calls]

FOLDER holds the former version with its own `.venv`. Each makes a scratch site of its own with the
N pages, versions and topics of `changes_speed.py`. Prints the CPU milliseconds of a whole request
around Django's test client, the page cache being empty: the medians of the two, asked one after
the other and first in turn, as a visitor and as a facilitator, and their ratio. `--calls`: the
calls of functions of a request, which do not depend on the machine, instead of the milliseconds.
"""

import argparse
import cProfile
import json
import pstats
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = ("visitor", "facilitator")
SCREENS = {
    "article": "{page}",
    "article, form": "{page}modifier/",
    "search": "/recherche/?q=num%C3%A9rique",
    "sentence": "/recherche/?q=changer+le+mot+de+passe+de+sa+messagerie",
    "topics": "/themes/",
    "site plan": "/plan-du-site/",
    "practices": "/pratiques/",
    "structures": "/lieux/",
}


def work(corpus: str, number: str) -> None:
    """In the folder of a version: its site, then a figure for each line of questions read."""
    from bench import changes_speed, corpus_pages, scratch

    made = scratch.set_up()
    try:
        corpus_pages.load_in_bulk(corpus_pages.generator(corpus, int(number)).pages(), int(number))
        changes_speed.fill()
        addresses = screens(changes_speed)
        clients = clients_by_person()
        print("ready", flush=True)
        for line in sys.stdin:
            answer = reply(line.split(), addresses, clients)
            print(json.dumps(answer), flush=True)
    finally:
        scratch.clear(made)


def reply(question: list[str], addresses: dict[str, str], clients: dict):
    """The names of the screens; for a measure, a person and the rank of a screen its cost."""
    if not question:
        return list(addresses)
    measure, person, rank = question
    return cost(MEASURES[measure], clients[person], list(addresses.values())[int(rank)])


def screens(changes_speed) -> dict[str, str]:
    from wiki.models import ArticlePage, Version

    named = changes_speed.words(changes_speed.long_history())
    signed = Version.objects.filter(author_name=named["author"])
    named["version"] = signed.earliest("pk").pk  # former versions named another, which redirects
    page = ArticlePage.objects.filter(slug__startswith="banc-").latest("pk")
    patterns = {**SCREENS, **changes_speed.SCREENS}
    return {name: text.format(page=page.address, **named) for name, text in patterns.items()}


def clients_by_person() -> dict:
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.core.management import call_command
    from django.test import Client

    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS, settings.DEBUG = ["*"], False
    person = get_user_model().objects.create_user("banc")
    person.groups.set(Group.objects.filter(name="Animateurs"))
    clients = {name: Client() for name in PEOPLE}
    clients["facilitator"].force_login(person)
    return clients


def cost(measure, client, address: str) -> float | None:
    """What a request costs; None when it is not answered by a page."""
    from django.core.cache import cache
    from wagtail.models import Site

    from bench import scratch

    getattr(scratch, "forget_pages", cache.clear)()  # a former version may have no such name
    Site.get_site_root_paths()
    answer, figure = measure(client, address)
    return figure if answer.status_code == 200 else None


def milliseconds(client, address: str) -> tuple:
    start = time.process_time()
    answer = client.get(address)
    return answer, (time.process_time() - start) * 1000


def calls(client, address: str) -> tuple:
    profile = cProfile.Profile()
    answer = profile.runcall(client.get, address)
    return answer, pstats.Stats(profile).total_calls


MEASURES = {"milliseconds": milliseconds, "calls": calls}


def medians(ask, former, present, question: str, turns: int) -> tuple[float, float] | None:
    """Of the former and of the present version, first in turn; the first two turns warm up."""
    costs = {former: [], present: []}
    for turn in range(turns + 2):
        for process in (former, present) if turn % 2 else (present, former):
            costs[process].append(ask(process, question))
    if None in costs[former] + costs[present]:
        return None
    return tuple(statistics.median(costs[process][2:]) for process in (former, present))


def print_table(ask, former, present, measure: str, turns: int) -> None:
    head = "".join(f"{person:>16} {'now':>8} {'ratio':>6}" for person in PEOPLE)
    print(f"{'':16}{head}")
    for rank, name in enumerate(ask(present)):
        cells = []
        for person in PEOPLE:
            found = medians(ask, former, present, f"{measure} {person} {rank}", turns)
            ratio = found and f"{found[0]:16.1f} {found[1]:8.1f} {found[1] / found[0]:6.3f}"
            cells.append(ratio or f"{'–':>16} {'–':>8} {'–':>6}")
        print(f"{name:16}{''.join(cells)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("--before", type=Path, required=True)
    parser.add_argument("-n", dest="number", type=int, default=200)
    parser.add_argument("--turns", type=int, default=40)
    parser.add_argument("--calls", action="store_true")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from bench import beside

    arguments = (__file__, str(Path(options.corpus).resolve()), str(options.number))
    former = beside.started(options.before.resolve(), *arguments)
    present = beside.started(ROOT, *arguments)
    measure = "calls" if options.calls else "milliseconds"
    print_table(beside.asked, former, present, measure, options.turns)
    beside.ended(former, present)


if __name__ == "__main__":
    main()
