"""Writing: CPU of opening the form, autosaving, previewing, publishing, at several sizes.

    python bench/writing_speed.py ../shared/bench/corpus.py [-n 200 2000 20000] [--turns 30]
        [--keep FOLDER]

Each request goes through all the middleware with Django's test client, as a contributor; the
figure is the median of `time.process_time` around it. « Merging » publishes a form that was
opened before somebody else published another paragraph. « Lock »: how long the transactions of
« publishing » held the lock of writers, from BEGIN to the end of COMMIT, by the clock on the wall.
`--keep`: the sites stay in this folder for the next run.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus_site, scratch

PARAGRAPHS = 30


class Writer:
    """A contributor, their page, and what its form holds."""

    def __init__(self):
        from django.contrib.auth import get_user_model
        from django.contrib.auth.models import Group
        from django.test import Client

        person = get_user_model().objects.create_user("banc")
        person.groups.set(Group.objects.filter(name="Contributeurs"))
        self.client = Client()
        self.client.force_login(person)
        self.page = self.made()
        self.turn = 0

    def made(self):
        from wagtail.models import Page

        from wiki.models import ArticlePage
        from wiki.publishing.publishing import Edit, create

        body = "\n".join(
            f"<p>Le paragraphe {n} et ses quelques mots.</p>" for n in range(PARAGRAPHS)
        )
        page = ArticlePage(title="La page du banc", body=body)
        page.set_topics(["Banc", "Vitesse"])
        create(page, Page.objects.get(slug="collectif"), Edit(author_name="Banc"))
        return ArticlePage.objects.get(pk=page.pk)

    def address(self, action: str) -> str:
        return f"{self.page.address}{action}/"

    def form(self, paragraph: int = 0) -> dict:
        """The form of the page as it is now, one of its paragraphs changed."""
        from wiki.publishing.publishing import newest_version

        newest = newest_version(self.page)
        self.turn += 1
        words = f"Le paragraphe {paragraph} et ses quelques mots"
        body = newest.content["body"].replace(words, f"{words}, tour {self.turn}")
        return {
            "title": newest.title,
            "body": body,
            "topics": "Banc, Vitesse",
            "licence": "cc-by-sa-4.0",
            "base": newest.number,
            "key": str(uuid4()),
            "page": self.page.pk,
        }

    def opening(self):
        return lambda: self.client.get(self.address("modifier")), 200

    def autosaving(self):
        form = self.form()
        return lambda: self.client.post("/brouillons/enregistrer/", form), 200

    def previewing(self):
        form = self.form()
        return lambda: self.client.post(self.address("apercu"), form), 200

    def publishing(self):
        form = self.form()
        return lambda: self.client.post(self.address("modifier"), form), 302

    def merging(self):
        late = self.form(paragraph=3)
        self.client.post(self.address("modifier"), self.form(paragraph=4))
        return lambda: self.client.post(self.address("modifier"), late), 302


class Locks:
    """How long each transaction held the lock of writers, in milliseconds."""

    def __init__(self, connection):
        self.connection, self.spans = connection, []

    def __enter__(self) -> "Locks":
        own = self.connection
        begin, commit = own._start_transaction_under_autocommit, own._commit

        def begun():
            begin()
            self.since = time.perf_counter()

        def committed():
            commit()
            self.spans.append((time.perf_counter() - self.since) * 1000)

        own._start_transaction_under_autocommit, own._commit = begun, committed
        return self

    def __exit__(self, *_error) -> None:
        del self.connection._start_transaction_under_autocommit, self.connection._commit

    def told(self) -> str:
        """The longest one of a publication is that of the door."""
        held = statistics.quantiles(self.spans, n=20)
        return f"{'lock, p50':12} {held[9]:8.1f}\n{'lock, p95':12} {held[18]:8.1f}"


def cost(prepare, turns: int) -> tuple[float, float]:
    """Median and worst CPU milliseconds of what `prepare` gives; the first two are not told."""
    times = []
    for _turn in range(turns + 2):
        ask, status = prepare()
        start = time.process_time()
        answer = ask()
        times.append((time.process_time() - start) * 1000)
        if answer.status_code != status:
            raise SystemExit(f"{prepare.__name__}: {answer.status_code}")
    return statistics.median(times[2:]), max(times[2:])


def held(writer: "Writer", turns: int) -> str:
    from django.db import connection

    with Locks(connection) as locks:
        spans = []
        for _turn in range(turns + 2):
            ask, _status = writer.publishing()
            locks.spans = []
            ask()
            spans.append(max(locks.spans))
    locks.spans = spans[2:]
    return locks.told()


def run(path: str, number: int, turns: int, keep: str = "") -> None:
    folder = corpus_site.made(path, number, Path(keep) if keep else None)
    try:
        measure(number, turns)
    finally:
        scratch.clear(folder)


def measure(number: int, turns: int) -> None:
    from django.conf import settings
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS = ["*"]
    settings.DEBUG = False
    writer = Writer()
    print(f"\n{number} pages\n{'':12} {'median':>8} {'worst':>8}")
    for act in ("opening", "autosaving", "previewing", "publishing", "merging"):
        median, worst = cost(getattr(writer, act), turns)
        print(f"{act:12} {median:8.1f} {worst:8.1f}")
    print(held(writer, turns * 3))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", type=int, nargs="+", default=[200, 2_000, 20_000])
    parser.add_argument("--turns", type=int, default=30)
    parser.add_argument("--keep", default="", help="folder of the sites that are kept")
    options = parser.parse_args()
    for number in options.n:
        scratch.apart(run, options.corpus, number, options.turns, options.keep)


if __name__ == "__main__":
    main()
