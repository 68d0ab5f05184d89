"""From page ids in their order to what a reader is shown of each; the same for every engine."""

from wagtail.models import Page

from search.engine import Found, Hit
from search.files import file_hits, says_more
from search.groups import Group
from search.highlight import extract
from wiki.kinds import all_kinds
from wiki.visibility import visible_to

COLUMNS = ("pk", "title", "slug", "url_path")
OF_ENTRY = (
    "kind",
    "changed_at",
    "lead",
    "text",
    "file_stems",
    "facts__facets",
    "title_stems",
    "wording_stems",
)


def hits_of(scored: list[tuple[int, float]], groups: list[Group], user) -> list[Hit]:
    """Answers for pages given by id with their scores, in one query that asks the rules again."""
    asked = visible_to(user, Page.objects.filter(pk__in=[pk for pk, _score in scored]))
    columns = [*COLUMNS, *(f"search_entry__{name}" for name in OF_ENTRY)]
    rows = {row[0]: row for row in asked.values_list(*columns).order_by()}
    hits = [_hit(rows[pk], score, groups) for pk, score in scored if pk in rows]
    name_files([hit for hit in hits if _is_in_file(rows[hit.page.pk], groups)], groups, user)
    date_hits(hits)
    return hits


def date_hits(hits: list[Hit]) -> None:
    """Say of what day those pages are that are about one: a query for each kind that has some."""
    for kind, model in all_kinds().items():
        own = [hit for hit in hits if hit.kind == kind] if model.day_field else []
        if own:
            pages = model._base_manager.filter(pk__in=[hit.page.pk for hit in own])
            days = dict(pages.values_list("pk", model.day_field))
            for hit in own:
                hit.day = days.get(hit.page.pk)


def name_files(hits: list[Hit], groups: list[Group], user) -> None:
    """Say on these hits which file of the page holds what the page does not."""
    found = file_hits(hits, groups, user) if hits else {}
    for hit in hits:
        hit.file = found.get(hit.page.pk)


def _is_in_file(row: tuple, groups: list[Group]) -> bool:
    _pk, title, *_others, lead, text, file_stems, _facets, _title, _wordings = row
    return says_more(file_stems, f"{title}\n{lead}\n{text}", groups)


def _hit(row: tuple, score: float, groups: list[Group]) -> Hit:
    pk, title, slug, url_path, kind, changed_at, lead, text, _files, facets, *names = row
    return Hit(
        page=Found(pk, title, slug, url_path, kind),
        kind=kind,
        score=round(float(score), 4),
        changed_at=changed_at,
        extract=extract(text or lead, groups),
        lead=lead,
        names=" | ".join(names),
        commune=next(iter((facets or {}).get("commune", {}).values()), ""),
    )
