"""Pages of corpus.py on a scratch site. Django must be set up before anything is loaded.

corpus.py (given by its path) writes the same French pages for the same number and seed.
"""

import importlib.util
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

SEED = "37"


def module(path: str):
    """corpus.py itself."""
    spec = importlib.util.spec_from_file_location("corpus", path)
    corpus = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(corpus)
    return corpus


def generator(path: str, number: int):
    """corpus.py's generator of `number` pages."""
    return module(path).Gen(number, SEED)


def load_by_the_door(items: list[dict]) -> dict[int, str]:
    """Publish each page as people do; returns the corpus's slug of each page by its id."""
    from django.db import transaction
    from tqdm import tqdm
    from wagtail.models import Page

    from wiki.publishing.publishing import Edit, create

    section, slugs = Page.objects.get(slug="collectif"), {}
    with transaction.atomic():
        for item in tqdm(items, unit="page", disable=None):
            page = typed_page(item)
            page.set_topics([tag.replace("-", " ") for tag in item["tags"]])
            create(page, section, Edit(author_name=item["author"]))
            slugs[page.pk] = item["slug"]
    return slugs


def typed_page(item: dict):
    """The unsaved page of the site's own type that best holds a page of the corpus."""
    from meetings.models import MeetingPage
    from practices.models import GuidelinePage, PracticePage, TrainingMaterialPage
    from structures.models import StructurePage
    from wiki.models import ArticlePage

    kinds = {
        "fiche": (PracticePage, {}),
        "structure": (StructurePage, {"commune": item["commune"]}),
        "compte-rendu": (MeetingPage, {"date": date.fromisoformat(item["date"])}),
        "deontologie": (GuidelinePage, {}),
        "formation": (TrainingMaterialPage, {}),
        "ressource": (TrainingMaterialPage, {}),
    }
    model, own = kinds.get(item["kind"], (ArticlePage, {}))
    text = {"title": item["title"], "summary": item["summary"], "body": item["html"]}
    return model(**text, **own)


def load_in_bulk(items: Iterator[dict], total: int) -> None:
    """Insert the rows of articles and of their search entries, past the publishing door.

    The door takes some 60 ms a page (lock, version, revision, links, index): 20 minutes
    for 20,000. The search reads the same rows either way.
    """
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction
    from tqdm import tqdm
    from wagtail.models import Page

    from search.indexing.documents import facts_of, fields_of, names_of
    from search.indexing.records import write_vocabulary_again
    from search.models import EntryMetadata, PageNames, SearchEntry
    from wiki.models import ArticlePage, SiteRevision, Version

    section = Page.objects.get(slug="collectif")
    frame = {
        "content_type": ContentType.objects.get_for_model(ArticlePage),
        "locale": section.locale,
    }
    with transaction.atomic():
        for number, item in enumerate(tqdm(items, unit="page", total=total, disable=None)):
            page = article(item, section, number, frame)
            Page.objects.bulk_create([Page(**page_row(page))])
            page.save_base(raw=True, force_insert=True)  # the article's own row only
            Version.objects.bulk_create([first_version(page, item["author"])])
            fields = fields_of(page)
            SearchEntry.objects.bulk_create([SearchEntry(page_id=page.pk, **fields)])
            facts = {**facts_of(page, fields), "facets": facets(item)}
            EntryMetadata.objects.bulk_create([EntryMetadata(pk=page.pk, stamp=0, **facts)])
            PageNames.objects.bulk_create([PageNames(pk=page.pk, names=names_of(page), stamp=0)])
        # As if each page had been published after what was there.
        SiteRevision.objects.update(number=SiteRevision.newest() + total)
    write_vocabulary_again()
    settle()


def load_copies(times: int) -> None:
    """Each page of the corpus so many times more, under other numbers and addresses: what is
    searched of them is copied, for analysing it takes the most of the time."""
    from django.db import transaction

    from wiki.models import ArticlePage

    base = list(ArticlePage.objects.filter(slug__startswith="banc-").order_by("pk"))
    for turn in range(1, times + 1):
        with transaction.atomic():
            for start in range(0, len(base), 500):
                copy_pages(base[start : start + 500], turn)


def copy_pages(pages: list, turn: int) -> None:
    from django.db import connection
    from wagtail.models import Page

    from search.models import EntryMetadata, PageNames, SearchEntry

    gap = turn * 1_000_000
    ids = {page.pk: page.pk + gap for page in pages}
    rows = [copied(page, turn, gap) for page in pages]
    Page.objects.bulk_create([Page(**page_row(page)) for page in rows])
    with connection.cursor() as cursor:
        for model, key in (
            (type(pages[0]), "page_ptr_id"),
            (SearchEntry, "page_id"),
            (EntryMetadata, "entry_id"),
            (PageNames, "page_id"),
        ):
            names = [field.column for field in model._meta.local_concrete_fields]
            values = ", ".join(f"{key} + {gap}" if name == key else name for name in names)
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(names)})"
                f" SELECT {values} FROM {model._meta.db_table} WHERE {key} BETWEEN %s AND %s",
                [min(ids), max(ids)],
            )


def copied(page, turn: int, gap: int):
    """The row of a page, elsewhere under the same section."""
    from wagtail.models import Page

    number = turn * 50_000 + page.pk - 1_000_000
    row = Page(**page_row(page))
    row.id, row.slug = page.pk + gap, f"{page.slug}-{turn}"
    row.path = Page._get_path(page.path[:-4], page.depth, 60_000 + number)
    row.url_path = f"{page.url_path[:-1]}-{turn}/"
    row.translation_key = uuid4()
    return row


def facets(item: dict) -> dict[str, dict[str, str]]:
    """Those of the corpus: kinds, tags, communes, years."""
    topics = {tag: tag.replace("-", " ") for tag in item["tags"]}
    year, commune = item["date"][:4], item["commune"]
    place = {"commune": {commune.lower(): commune}} if commune else {}
    return {"kind": {"article": "articles"}, "topic": topics, "year": {year: year}, **place}


def settle() -> None:
    """What a site does in its quiet hours: the log of SQLite goes into its file."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def article(item: dict, section, number: int, frame: dict):
    """An article with its place in the tree, under `section`; its topics are known to the search
    only."""
    from wagtail.models import Page

    from wiki.models import ArticlePage, Topic

    page = ArticlePage(
        id=1_000_000 + number,
        page_ptr_id=1_000_000 + number,
        title=item["title"],
        slug=f"banc-{number}",
        summary=item["summary"],
        body=item["html"],
        path=Page._get_path(section.path, section.depth + 1, 50_000 + number),
        depth=section.depth + 1,
        url_path=f"{section.url_path}banc-{number}/",
        **frame,
    )
    names = [tag.replace("-", " ") for tag in item["tags"]]
    page.topics = [Topic(name=name, slug=name.replace(" ", "-")) for name in names]
    return page


def first_version(page, author: str):
    """The version that the door would have written, which readers see."""
    from wiki.models import Version
    from wiki.pages.content import full_text

    content = {name: getattr(page, name) for name in ("title", "summary", "body", "licence")}
    return Version(
        page_id=page.pk,
        number=1,
        title=page.title,
        content=content,
        size=len(full_text(page)),
        author_name=author,
        origin=Version.Origin.CREATION,
    )


def page_row(page) -> dict:
    """The values of the row that every page has in Wagtail's own table."""
    from wagtail.models import Page

    return {field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields}
