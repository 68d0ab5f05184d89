"""Index pages: CPU and queries of a whole request at 200 and 5,000 pages of each kind.

    python bench/index_speed.py ../shared/bench/corpus.py [-n 200 5000] [--turns 20]

A scratch site is loaded from corpus.py, so many pages under each index, with topics, communes
and the values of their filters. Each request goes through all the middleware with the page cache
emptied; the figure is the median of `time.process_time` around Django's test client.
"""

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus_pages, scratch
from bench.changes_speed import cost

TOPICS = 40
SCREENS = {
    "frame alone": "/connexion/",
    "places": "/lieux/",
    "of a commune": "/lieux/?commune=amboise",
    "sheets": "/pratiques/fiches/",
    "two filters": "/pratiques/fiches/?public=seniors&niveau=debutant",
    "of a topic": "/pratiques/fiches/?theme=theme-3",
    "materials": "/pratiques/supports/",
    "situations": "/pratiques/situations/",
    "meetings": "/collectif/reunions/",
    "section": "/collectif/",
}


def fill(path: str, number: int) -> None:
    """So many pages of each kind under its index, past the publishing door."""
    from django.db import transaction
    from wagtail.models import Page

    from meetings.models import MeetingPage
    from practices.models import GuidelinePage, PracticePage, TrainingMaterialPage
    from structures.models import StructurePage
    from wiki.models import ArticlePage, Topic

    items = list(corpus_pages.generator(path, number).pages())
    topics = [Topic.objects.create(name=f"Thème {rank}") for rank in range(TOPICS)]
    indexes = {
        StructurePage: "lieux",
        PracticePage: "fiches",
        GuidelinePage: "situations",
        TrainingMaterialPage: "supports",
        MeetingPage: "reunions",
        ArticlePage: "collectif",
    }
    for kind, (model, slug) in enumerate(indexes.items()):
        with transaction.atomic():
            load(model, Page.objects.get(slug=slug), items, kind, topics)
    corpus_pages.settle()


def load(model, index, items: list[dict], kind: int, topics: list) -> None:
    """The rows of one kind, and those of their topics."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    from wiki.models import TopicLink

    frame = {
        "content_type": ContentType.objects.get_for_model(model),
        "locale": index.locale,
    }
    first = 1_000_000 * (kind + 1)
    for rank, item in enumerate(items):
        page = made(model, index, item, first + rank, rank, frame)
        Page.objects.bulk_create([Page(**corpus_pages.page_row(page))])
        page.save_base(raw=True, force_insert=True)  # the row of its kind only
    TopicLink.objects.bulk_create(
        TopicLink(page_id=first + rank, topic=topics[(rank * step) % TOPICS])
        for rank in range(len(items))
        for step in (1, 7)
        if step == 1 or (rank * 7) % TOPICS != rank % TOPICS
    )
    Page.objects.filter(pk=index.pk).update(numchild=index.numchild + len(items))


def made(model, index, item: dict, pk: int, rank: int, frame: dict):
    """A page in its place in the tree."""
    from wagtail.models import Page

    return model(
        id=pk,
        page_ptr_id=pk,
        title=item["title"],
        slug=f"banc-{rank}",
        summary=item["summary"],
        search_description=item["summary"],
        body=item["html"],
        path=Page._get_path(index.path, index.depth + 1, 50_000 + rank),
        depth=index.depth + 1,
        url_path=f"{index.url_path}banc-{rank}/",
        **frame,
        **own_fields(model, item, rank),
    )


def own_fields(model, item: dict, rank: int) -> dict:
    """What indexes are narrowed and ordered by."""
    names = {field.name: field for field in model._meta.get_fields()}
    own = {}
    for name in ("level", "family"):
        if name in names:
            values = [value for value, _label in names[name].choices]
            own[name] = values[rank % len(values)]
    for name in ("publics", "devices"):
        if name in names:
            values = [value for value, _label in names[name].choices]
            own[name] = sorted({values[rank % len(values)], values[rank // 3 % len(values)]})
    if "commune" in names:
        own["commune"] = item["commune"]
    if "date" in names:
        own["date"] = date(2030, 1, 1) - timedelta(days=rank)
    return own


def cost_and_queries(client, address: str, turns: int) -> tuple[float, int]:
    """Median CPU milliseconds of a request with an empty page cache, and its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from wagtail.models import Site

    median, _worst = cost(client, address, turns)
    scratch.forget_pages()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return median, len(captured)


def addresses(number: int) -> dict[str, str]:
    """Each screen; of those that list everything, the middle and the last page as well."""
    found = {}
    for name, address in SCREENS.items():
        found[name] = address
        if name != "frame alone" and "?" not in address:
            pages = number // 30
            found[f"{name}, middle"] = f"{address}?page={pages // 2}"
            found[f"{name}, last"] = f"{address}?page={pages}"
    return found


def measure(number: int, turns: int) -> None:
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
    print(f"\n{number} pages\n{'screen':20} {'anonymous':>10} {'queries':>8} {'facilitator':>12}")
    for name, address in addresses(number).items():
        spent, queries = cost_and_queries(Client(), address, turns)
        facilitator = cost(known, address, turns)[0] if name != "frame alone" else 0
        print(f"{name:20} {spent:10.1f} {queries:8} {facilitator:12.1f}", flush=True)


def run(path: str, number: int, turns: int) -> None:
    folder = scratch.set_up()
    try:
        fill(path, number)
        measure(number, turns)
    finally:
        scratch.clear(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", type=int, nargs="+", default=[200, 5_000])
    parser.add_argument("--turns", type=int, default=20)
    options = parser.parse_args()
    for number in options.n:
        scratch.apart(run, options.corpus, number, options.turns)


if __name__ == "__main__":
    main()
