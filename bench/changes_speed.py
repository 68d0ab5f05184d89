"""Latest changes, history and difference: CPU of a whole request at 200, 2,000 and 20,000 pages.

    python bench/changes_speed.py ../shared/bench/corpus.py [-n 200 2000 20000] [--turns 40]

A scratch site is loaded from corpus.py, each page with two versions, one of them with 300.
Each request goes through all the middleware with the page cache emptied; the figure is the
median of `time.process_time` around Django's test client.
"""

import argparse
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus_pages, scratch

LONG = 300
SCREENS = {
    "frame alone": "/connexion/",
    "changes": "/changements/",
    "further back": "/changements/?avant={middle}",
    "no minor": "/changements/?mineures=non",
    "common kind": "/changements/?sorte=article",
    "rare kind": "/changements/?sorte=fiche",
    "common topic": "/changements/?theme=courant",
    "rare topic": "/changements/?theme=rare",
    "author": "/changements/?auteur={author}",
    "unknown author": "/changements/?auteur=personne",
    "feed": "/changements/flux/",
    "home page": "/",
    "contributors": "/contributeurs/",
    "contributor": "/contributeurs/{version}/",
    "history": "{long}historique/",
    "difference": "{long}difference/",
    "old version": "{long}versions/150/",
    "who wrote what": "{long}annoter/",
}


def fill() -> None:
    """Second versions, topics on some pages, spread over two years; one long history."""
    from django.utils import timezone

    from wiki.models import ArticlePage, Topic, TopicLink, Version

    rows = list(Version.objects.filter(number=1, page__slug__startswith="banc-"))
    now = timezone.now()
    for rank, version in enumerate(rows):
        version.created_at = now - timedelta(days=730) * (rank + 1) / len(rows)
    Version.objects.bulk_update(rows, ["created_at"], batch_size=500)
    for rank, version in enumerate(rows):
        version.pk, version.number, version.summary = None, 2, "Un mot de plus"
        version.origin, version.minor = Version.Origin.EDIT, rank % 3 == 0
        version.created_at = now - timedelta(days=365) * (rank + 1) / len(rows)
    Version.objects.bulk_create(rows, batch_size=500)
    common, rare = (Topic.objects.create(name=name) for name in ("Courant", "Rare"))
    ids = list(ArticlePage.objects.filter(slug__startswith="banc-").values_list("pk", flat=True))
    TopicLink.objects.bulk_create(TopicLink(page_id=pk, topic=common) for pk in ids[::2])
    TopicLink.objects.bulk_create(TopicLink(page_id=pk, topic=rare) for pk in ids[:20])


def long_history() -> str:
    """A page of 200 parts with 300 versions; returns its address."""
    from django.utils import timezone
    from wagtail.models import Page

    from wiki.models import ArticlePage, Version
    from wiki.publishing.publishing import Edit, create

    parts = [f"<p>Le paragraphe {rank} et quelques mots de plus.</p>" for rank in range(200)]
    page = ArticlePage(title="Longue histoire", body="\n".join(parts))
    made = create(page, Page.objects.get(slug="collectif"), Edit(author_name="Banc"))
    first = made.version
    first.created_at = timezone.now() - timedelta(days=900)
    first.save()
    rows = []
    for number in range(2, LONG + 1):
        parts[number % 200] = f"<p>Ce que dit la version {number}, et rien d’autre.</p>"
        body = {**first.content, "body": "\n".join(parts)}
        own = {"number": number, "content": body, "author_name": f"Personne {number % 7}"}
        moment = first.created_at + timedelta(hours=number)
        rows.append(Version(page_id=page.pk, title=page.title, size=9000, created_at=moment, **own))
    Version.objects.bulk_create(rows)
    return ArticlePage.objects.get(pk=page.pk).address


def words(address: str) -> dict[str, str]:
    """What the addresses of the screens hold."""
    from wiki.history.changes import VERSION, Moment
    from wiki.models import Version

    rows = Version.objects.order_by("-created_at", "-pk")
    middle = rows[rows.count() // 2]
    signed = Version.objects.exclude(author_name="").order_by("-pk").first()
    return {
        "long": address,
        "middle": str(Moment(middle.created_at, VERSION, middle.pk)),
        "author": signed.author_name,
        "version": str(rows.filter(author_name=signed.author_name).earliest("pk").pk),
    }


def cost(client, address: str, turns: int) -> tuple[float, float]:
    """Median and worst CPU milliseconds of a request, the page cache being empty."""
    from wagtail.models import Site

    times = []
    for _turn in range(turns + 2):
        scratch.forget_pages()
        Site.get_site_root_paths()
        start = time.process_time()
        answer = client.get(address)
        times.append((time.process_time() - start) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
    return statistics.median(times[2:]), max(times[2:])


def run(path: str, number: int, turns: int) -> None:
    folder = scratch.set_up()
    try:
        generator = corpus_pages.generator(path, number)
        corpus_pages.load_in_bulk(generator.pages(), number)
        fill()
        measure(number, words(long_history()), turns)
    finally:
        scratch.clear(folder)


def measure(number: int, named: dict[str, str], turns: int) -> None:
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.core.management import call_command
    from django.test import Client

    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS = ["*"]
    settings.DEBUG = False
    person = get_user_model().objects.create_user("banc")
    person.groups.set(Group.objects.filter(name="Animateurs"))
    known = Client()
    known.force_login(person)
    print(f"\n{number} pages\n{'screen':16} {'anonymous':>10} {'worst':>7} {'facilitator':>12}")
    for name, pattern in SCREENS.items():
        address = pattern.format(**named)
        anonymous = cost(Client(), address, turns)
        facilitator = cost(known, address, turns) if name != "frame alone" else (0, 0)
        print(f"{name:16} {anonymous[0]:10.1f} {anonymous[1]:7.1f} {facilitator[0]:12.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", type=int, nargs="+", default=[200, 2_000, 20_000])
    parser.add_argument("--turns", type=int, default=40)
    options = parser.parse_args()
    for number in options.n:
        scratch.apart(run, options.corpus, number, options.turns)


if __name__ == "__main__":
    main()
