"""Does the search put the right page first? Three hundred questions in people's own words.

    python bench/questions_asked.py [--engine sqlite|postgresql|opensearch]
        [--folder FOLDER] [--missed]

The demonstration and the pages of `bench/questions/pages.json` are published on a scratch site,
the questions of `questions.json` asked as an anonymous reader. Questions are parted in two halves
by the first byte of their SHA-256: even, « tuned », which the search was mended with; odd,
« held », whose failures nobody looked at. Prints for each half and kind how many get the right
page first, and among the first three. Slugs parted by « | » are equally right.

`--missed` prints what the tuned half misses, never the other. `--folder`: where the site is
made, to be found there again, indexed anew.
"""

import argparse
import hashlib
import json
import os
import sys
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import scratch

QUESTIONS = Path(__file__).parent / "questions"
HALVES = ("tuned", "held")
ORDINARY = ("title", "summary", "commune", "code_postal", "telephone", "short_answer")


def half_of(question: str) -> str:
    return HALVES[hashlib.sha256(question.encode()).digest()[0] % 2]


def publish_pages() -> None:
    """The demonstration and the pages of the bench, through the door."""
    from django.db import transaction

    from home import demonstration

    demonstration.load(quiet=True)
    with transaction.atomic():
        for item in json.loads((QUESTIONS / "pages.json").read_text()):
            publish_page(item)


def publish_page(item: dict) -> None:
    from wagtail.models import Page

    from wiki.publishing.publishing import Edit, create

    model, parent = kinds()[item["kind"]]
    body = "".join(f"<p>{text}</p>" for text in item["text"])
    page = model(slug=item["slug"], body=body, **{k: item[k] for k in ORDINARY if k in item})
    if "date" in item:
        page.date = date.fromisoformat(item["date"])
    if "other_wordings" in item:
        page.other_wordings = item["other_wordings"]
    create(page, Page.objects.get(slug=parent, depth__in=[3, 4]), Edit(author_name="Banc"))


def kinds() -> dict[str, tuple[type, str]]:
    from meetings.models import MeetingPage
    from practices.models import GuidelinePage, PracticePage, TrainingMaterialPage
    from structures.models import StructurePage
    from wiki.models import ArticlePage

    return {
        "lieu": (StructurePage, "lieux"),
        "reunion": (MeetingPage, "reunions"),
        "fiche": (PracticePage, "fiches"),
        "situation": (GuidelinePage, "situations"),
        "article": (ArticlePage, "collectif"),
        "support": (TrainingMaterialPage, "supports"),
    }


def rank_of(question: str, pages: str) -> tuple[int, list[str], bool]:
    """The rank of the right page among the first three, 0 when it is not; those three; whether
    another engine than the one asked for answered."""
    from django.contrib.auth.models import AnonymousUser

    from search.engine import get_engine

    results = get_engine().search(question, AnonymousUser(), limit=3)
    found = [slug_of(hit.page.url_path) for hit in results.hits]
    right = [rank for rank, slug in enumerate(found, 1) if slug in pages.split("|")]
    return min(right, default=0), found, results.degraded


def slug_of(url_path: str) -> str:
    return url_path.strip("/").rpartition("/")[2]


def ask_all(is_shown: bool) -> dict[tuple[str, str], Counter]:
    """By half and kind: how many were asked, came first, came in three."""
    counted: dict[tuple[str, str], Counter] = {}
    for asked in json.loads((QUESTIONS / "questions.json").read_text()):
        half = half_of(asked["question"])
        rank, found, degraded = rank_of(asked["question"], asked["pages"])
        outcome = Counter(asked=1, first=rank == 1, three=rank > 0, degraded=degraded)
        for kind in (asked["kind"], "all"):
            counted[half, kind] = counted.get((half, kind), Counter()) + outcome
        if is_shown and half == HALVES[0] and rank != 1:
            print(f"{asked['kind']:9} {asked['question']!r}: {asked['pages']}, found {found}")
    return counted


def print_table(counted: dict[tuple[str, str], Counter]) -> None:
    print(f"{'':10}" + "".join(f"{half:>20}" for half in HALVES))
    for kind in sorted({kind for _half, kind in counted}, key=lambda kind: (kind == "all", kind)):
        print(f"{kind:10}" + "".join(told(counted.get((half, kind))) for half in HALVES))
    for half in HALVES:
        whole = counted[half, "all"]
        first, three = (100 * whole[name] / whole["asked"] for name in ("first", "three"))
        print(f"{half}: {first:.1f} % first, {three:.1f} % among the first three")
    degraded = sum(counted[half, "all"]["degraded"] for half in HALVES)
    if degraded:
        print(
            f"NOT OF THIS ENGINE: the database answered {degraded} of these questions in its place"
        )


def told(found: Counter | None) -> str:
    found = found or Counter()
    return f"{found['first']:>8}, {found['three']:>3} of {found['asked']:<3}"


def site(folder: Path | None, database: str) -> Path:
    """The folder of a site that holds the pages."""
    from django.core.management import call_command

    if folder and (folder / "ready").exists():
        scratch.set_up(str(folder), database=database)
        call_command("migrate", verbosity=0)
        call_command("reindex", verbosity=0)
        return folder
    made = scratch.set_up(database=database)
    publish_pages()
    if folder:
        (made / "ready").touch()
        os.rename(made, folder)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", choices=scratch.ENGINES, default="sqlite")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--missed", action="store_true")
    options = parser.parse_args()
    with scratch.engine_of(options.engine) as address:
        made = site(options.folder, address)
        try:
            scratch.fill_cluster()
            print_table(ask_all(options.missed))
        finally:
            if not options.folder:
                scratch.clear(made)


if __name__ == "__main__":
    main()
