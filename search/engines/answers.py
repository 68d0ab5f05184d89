"""From page ids in their order to what a reader is shown of each; the same for every engine."""

from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from django.db.models import QuerySet
from wagtail.models import Page

from search.engine import FoundPage, Hit
from search.indexing.files import file_hits, says_more
from search.query.groups import Group
from search.query.highlight import extract
from wiki.access.visibility import marked, readable, rights
from wiki.internals.compiled import Compiled, OneOf
from wiki.pages.kinds import all_kinds

COLUMNS = ("pk", "title", "slug", "url_path")
OF_ENTRY = (
    "kind",
    "changed_at",
    "lead",
    "text",
    "file_stems",
    "metadata__facets",
    "title_stems",
    "wording_stems",
)


class EntryRow(NamedTuple):
    """What is read of a page that answers, and of its entry."""

    pk: int
    title: str
    slug: str
    url_path: str
    kind: str
    changed_at: datetime
    lead: str
    text: str
    file_stems: str
    facets: dict[str, dict[str, str]]
    names: str
    day: date | None
    is_closed: bool


def hits_of(scored: list[tuple[int, float]], groups: list[Group], user) -> list[Hit]:
    """Answers for pages given by id with their scores, in one query that asks the rules again."""
    found = map(_row, _shown(*rights(user), OneOf([pk for pk, _score in scored])))
    rows = {row.pk: row for row in found}
    hits = [_hit(rows[pk], score, groups) for pk, score in scored if pk in rows]
    name_files([hit for hit in hits if _is_in_file(rows[hit.page.pk], groups)], groups, user)
    return hits


def _of_readable_pages(closed, shut, ids) -> QuerySet:
    """What is shown of those pages that this person may read; for people with an account, last,
    whether some may not."""
    entry = (f"search_entry__{name}" for name in OF_ENTRY)
    columns = [*COLUMNS, *entry, *day_columns(), *(["is_closed"] if shut else [])]
    pages = marked(shut, readable(closed, Page.objects.filter(pk__in=ids)))
    return pages.values_list(*columns).order_by()


_shown = Compiled(_of_readable_pages)


@cache
def day_columns() -> tuple[str, ...]:
    """From a page to the day that it is about, one for each kind that has some."""
    dated = (model for model in all_kinds().values() if model.day_field)
    links = ((model._meta.get_ancestor_link(Page), model.day_field) for model in dated)
    return tuple(f"{link.related_query_name()}__{field}" for link, field in links)


def name_files(hits: list[Hit], groups: list[Group], user) -> None:
    """Say on these hits which file of the page holds what the page does not."""
    found = file_hits(hits, groups, user) if hits else {}
    for hit in hits:
        hit.file = found.get(hit.page.pk)


def _row(values: tuple) -> EntryRow:
    """`values`: as `_of_readable_pages` asks for them; whether some may not read the page comes
    last, and for people with an account only."""
    *known, facets, title_stems, wording_stems = values[: len(COLUMNS) + len(OF_ENTRY)]
    days = values[len(COLUMNS) + len(OF_ENTRY) :]
    is_closed = len(days) > len(day_columns()) and days[-1]
    day = next(filter(None, days[: len(day_columns())]), None)
    return EntryRow(*known, facets or {}, f"{title_stems} | {wording_stems}", day, is_closed)


def _is_in_file(row: EntryRow, groups: list[Group]) -> bool:
    return says_more(row.file_stems, f"{row.title}\n{row.lead}\n{row.text}", groups)


def _hit(row: EntryRow, score: float, groups: list[Group]) -> Hit:
    return Hit(
        page=FoundPage(row.pk, row.title, row.slug, row.url_path, row.kind, row.is_closed),
        kind=row.kind,
        score=round(float(score), 4),
        changed_at=row.changed_at,
        extract=extract(row.text or row.lead, groups),
        lead=row.lead,
        names=row.names,
        commune=next(iter(row.facets.get("commune", {}).values()), ""),
        day=row.day,
    )
