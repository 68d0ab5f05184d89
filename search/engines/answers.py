"""From page ids in their order to what a reader is shown of each; the same for every engine."""

from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.models import Page

from search.engine import FoundPage, Hit
from search.indexing.files import file_hits, says_more
from search.query.groups import Group
from search.query.highlight import extract
from wiki.access.visibility import visible_to, with_closed
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


def hits_of(scored: list[tuple[int, float]], groups: list[Group], user) -> list[Hit]:
    """Answers for pages given by id with their scores, in one query that asks the rules again."""
    asked = shown_to(user) if user.is_authenticated else _shown_to_anybody()
    rows = {row[0]: row for row in asked.filter(pk__in=[pk for pk, _score in scored])}
    hits = [_hit(rows[pk], score, groups) for pk, score in scored if pk in rows]
    for hit in hits if user.is_authenticated else ():
        hit.page.is_closed = rows[hit.page.pk][-1]
    name_files([hit for hit in hits if _is_in_file(rows[hit.page.pk], groups)], groups, user)
    return hits


def shown_to(user) -> QuerySet:
    """What is shown of the pages that this person may read; for people with an account, last,
    whether some may not."""
    closed = ["is_closed"] if user.is_authenticated else []
    entry = (f"search_entry__{name}" for name in OF_ENTRY)
    columns = [*COLUMNS, *entry, *day_columns(), *closed]
    return with_closed(user, visible_to(user)).values_list(*columns).order_by()


@cache
def _shown_to_anybody() -> QuerySet:
    """Made once: building it costs as much as running it."""
    return shown_to(AnonymousUser())


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


def _is_in_file(row: tuple, groups: list[Group]) -> bool:
    _pk, title, _slug, _path, _kind, _changed_at, lead, text, file_stems, *_others = row
    return says_more(file_stems, f"{title}\n{lead}\n{text}", groups)


def _hit(row: tuple, score: float, groups: list[Group]) -> Hit:
    pk, title, slug, url_path, kind, changed_at, lead, text, _files, facets, *others = row
    names, days = others[:2], others[2 : 2 + len(day_columns())]
    return Hit(
        page=FoundPage(pk, title, slug, url_path, kind),
        kind=kind,
        score=round(float(score), 4),
        changed_at=changed_at,
        extract=extract(text or lead, groups),
        lead=lead,
        names=" | ".join(names),
        commune=next(iter((facets or {}).get("commune", {}).values()), ""),
        day=next(filter(None, days), None),
    )
