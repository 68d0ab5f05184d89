"""A whole site of pages of corpus.py, past the publishing door: what the door would have written.

    python bench/corpus_site.py ../shared/bench/corpus.py [-n 200] [--keep FOLDER]

All kinds of pages stand where the site puts them, with their fields and rows, topics, links,
versions, revisions and search entries, signed by a few dozens of accounts: `soundness.py` finds
no fault. It takes a sixth of the time of the door. Run as a command, it makes such a site, keeps it
in FOLDER for the benches that are given the same one, and says what is wrong with it.
"""

import argparse
import re
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus_frame, corpus_history, corpus_kinds, corpus_pages, kept_folders, scratch
from bench.corpus_frame import Index
from bench.corpus_history import Change

FIRST = 1_000_000  # the id of the first page, and of the first revision
BATCH = 250
LINK = re.compile(r'<a href="/([^"/]+)/">')
MADE_BY = (
    "corpus_site.py",
    "corpus_frame.py",
    "corpus_history.py",
    "corpus_kinds.py",
    "corpus_pages.py",
)


def made(corpus: str, number: int, keep: Path | None = None) -> Path:
    """The DATA_DIR of a scratch site of that many pages, on which Django is set up.

    `keep`: a folder where the site stays for other benches, which get a copy of it, brought to
    the tables of today.
    """
    kept = keep and keep / f"site-{number}-{kept_folders.sign(corpus, MADE_BY)}"
    if kept and kept.exists():
        return brought_up(kept_folders.copy_of(kept))
    folder = scratch.set_up()
    load(corpus_pages.generator(corpus, number).pages(), number)
    if kept:
        close()
        kept_folders.keep(folder, kept)
    return folder


def brought_up(folder: Path) -> Path:
    """A site that was made before some migration, as it would be on a server."""
    from django.core.management import call_command

    scratch.set_up(str(folder))
    call_command("migrate", verbosity=0)
    close()
    return folder


def close() -> None:
    """What is copied of the database is whole when nobody has it open."""
    from django.db import connection

    connection.close()


def load(items: Iterable[dict], total: int) -> None:
    """Write the pages with all that goes with them; the stamp last, as the door does."""
    from django.db import transaction
    from django.utils import timezone
    from tqdm import tqdm

    from search.indexing.records import write_vocabulary_again
    from wiki.models import SiteRevision, Version

    with transaction.atomic():
        loader = Loader(list(items), timezone.now())
        corpus_frame.date_back(loader.now)
        with tqdm(total=total, unit="page", disable=None) as progress:
            for batch in loader.batches():
                loader.write(batch)
                progress.update(len(batch))
        loader.count_children()
        SiteRevision.objects.update(number=SiteRevision.newest() + Version.objects.count())
    write_vocabulary_again()
    corpus_pages.settle()


class Loader:
    """Holds what pages name while they load: accounts, topics, places, the indexes above them."""

    def __init__(self, items: list[dict], now: datetime):
        self.items, self.now = items, now
        self.long = corpus_history.long_page(items)
        self.ids = {item["slug"]: FIRST + rank for rank, item in enumerate(items)}
        self.people = corpus_frame.make_people(corpus_history.people(items))
        self.topics = corpus_frame.topics_of({tag for item in items for tag in item["tags"]})
        self.indexes: dict[type, Index] = {}
        self.places: list[int] = []  # ids of those that are written
        self.revisions = FIRST

    def batches(self) -> Iterator[list[tuple[int, dict]]]:
        """Ranks and items; places come first, for the others name them."""
        ranked = list(enumerate(self.items))
        ranked.sort(key=lambda pair: pair[1]["kind"] != corpus_history.PLACES)
        for start in range(0, len(ranked), BATCH):
            yield ranked[start : start + BATCH]

    def write(self, batch: list[tuple[int, dict]]) -> None:
        pages = [self.page(rank, item) for rank, item in batch]
        histories = [self.changes(rank, item) for rank, item in batch]
        for page, changes in zip(pages, histories, strict=True):
            self.date(page, changes)
        write_pages(pages)
        self.write_versions(pages, histories)
        write_links(pages)
        write_entries(pages)
        self.places += [page.pk for page in pages if page.kind == "lieu"]

    def page(self, rank: int, item: dict):
        """The page in memory as the door has it when it writes: all in its one form."""
        from wiki.models import TopicLink
        from wiki.pages.content import number_rows
        from wiki.pages.normalising import normalise_page

        page = corpus_pages.typed_page(item)
        page.pk = page.id = FIRST + rank
        page.body = LINK.sub(lambda link: self.link_to(link[1]), item["html"])
        self.index_of(type(page)).hold(page)
        held = corpus_kinds.fields_of(page, item, rank, self.places)
        rows = corpus_kinds.rows_of(page, item, rank, self.places)
        for name, value in {**held, **rows}.items():
            setattr(page, name, value)
        page.topics = list(dict.fromkeys(self.topics[tag] for tag in item["tags"]))
        page.topic_links = [TopicLink(topic=topic) for topic in page.topics]
        normalise_page(page)
        number_rows(page)
        return page

    def link_to(self, slug: str) -> str:
        return f'<a linktype="page" id="{self.ids[slug]}">'

    def index_of(self, model: type) -> "Index":
        if model not in self.indexes:
            self.indexes[model] = Index(model)
        return self.indexes[model]

    def changes(self, rank: int, item: dict) -> list[Change]:
        is_long = rank == self.long
        return corpus_history.changes(item, rank, is_long, len(self.people), self.now)

    def date(self, page, changes: list[Change]) -> None:
        """What the page's own row says of its publications."""
        page.first_published_at = changes[0].moment
        page.last_published_at = page.latest_revision_created_at = changes[-1].moment
        self.revisions += len(changes)
        page.latest_revision_id = page.live_revision_id = self.revisions - 1

    def write_versions(self, pages: list, histories: list[list[Change]]) -> None:
        from wagtail.models import Revision

        from wiki.models import Version

        versions, revisions = [], []
        for page, changes in zip(pages, histories, strict=True):
            versions += self.versions(page, changes)
            revisions += self.revisions_of(page, changes)
        Version.objects.bulk_create(versions)
        Revision.objects.bulk_create(revisions)

    def versions(self, page, changes: list[Change]) -> Iterator:
        from wiki.models import Version
        from wiki.pages.content import content_of, full_text

        content, size = content_of(page), len(full_text(page))
        for change in changes:
            author = self.people[change.author]
            yield Version(
                page_id=page.pk,
                number=change.number,
                title=page.title,
                content={**content, "body": body_at(page, change)},
                size=size + len(change.sentence),
                author=author,
                author_name=author.public_name,
                created_at=change.moment,
                summary=change.summary,
                minor=change.minor,
                origin=Version.Origin.EDIT if change.number > 1 else Version.Origin.CREATION,
            )

    def revisions_of(self, page, changes: list[Change]) -> Iterator:
        from django.contrib.contenttypes.models import ContentType
        from wagtail.models import Page, Revision

        data, base = page.serializable_data(), ContentType.objects.get_for_model(Page)
        first = page.latest_revision_id + 1 - len(changes)
        for rank, change in enumerate(changes):
            yield Revision(
                pk=first + rank,
                content_type_id=page.content_type_id,
                base_content_type=base,
                object_id=str(page.pk),
                created_at=change.moment,
                user=self.people[change.author],
                object_str=str(page),
                content={**data, "body": body_at(page, change)},
            )

    def count_children(self) -> None:
        for index in self.indexes.values():
            index.count()


def body_at(page, change: Change) -> str:
    return f"{page.body}\n<p>{change.sentence}</p>" if change.sentence else page.body


def write_pages(pages: list) -> None:
    """Their rows in Wagtail's table and in that of their kind, and those of their children."""
    from wagtail.models import Page

    Page.objects.bulk_create([Page(**corpus_pages.page_row(page)) for page in pages])
    for page in pages:
        page.page_ptr_id = page.pk
        page.save_base(raw=True, force_insert=True)  # the row of its kind only
    rows: dict[type, list] = {}
    for page in pages:
        for name, model in relations_of(type(page)).items():
            rows.setdefault(model, []).extend(getattr(page, name).all())
    for model, those in rows.items():
        model.objects.bulk_create(those)


@cache
def relations_of(model: type) -> dict[str, type]:
    from wiki.models import TopicLink
    from wiki.pages.content import child_relations

    return {**child_relations(model), "topic_links": TopicLink}


def write_links(pages: list) -> None:
    """The table of links and titles, and Wagtail's own references."""
    from wagtail.models import ReferenceIndex

    from wiki.links.index import links_of
    from wiki.models import PageLink, PageTitle
    from wiki.text.titles import key_of

    PageTitle.objects.bulk_create([PageTitle(pk=p.pk, key=key_of(p.title)) for p in pages])
    PageLink.objects.bulk_create(
        PageLink(source_id=page.pk, target_id=target)
        for page in pages
        for target in sorted(links_of(page).pages)
    )
    for page in pages:
        ReferenceIndex.create_or_update_for_object(page)


def write_entries(pages: list) -> None:
    """What the search knows of pages whose versions are written."""
    from search.indexing.documents import facts_of, fields_of, names_of
    from search.models import EntryMetadata, NamedPage, PageNames, SearchEntry

    entries, facts, names, named = [], [], [], []
    for page in pages:
        fields = fields_of(page)
        entries.append(SearchEntry(pk=page.pk, **fields))
        facts.append(EntryMetadata(pk=page.pk, stamp=0, **facts_of(page, fields)))
        names.append(PageNames(pk=page.pk, names=names_of(page), stamp=0))
        named += [NamedPage(entry_id=page.pk, named=pk) for pk in set(page.references())]
    SearchEntry.objects.bulk_create(entries)
    EntryMetadata.objects.bulk_create(facts)
    PageNames.objects.bulk_create(names)
    NamedPage.objects.bulk_create(named)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="path of corpus.py")
    parser.add_argument("-n", dest="number", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="folder of the sites that are kept")
    options = parser.parse_args()
    start = time.perf_counter()
    folder = made(options.corpus, options.number, options.keep)
    try:
        print(f"{options.number} pages in {time.perf_counter() - start:.0f} seconds")
        from bench.soundness import faults

        found = faults()
    finally:
        scratch.clear(folder)
    if found:
        raise SystemExit("\n".join(found))
    print("no fault")


if __name__ == "__main__":
    main()
