"""From page ids in their order to what a reader is shown of each; the same for every engine."""

from wagtail.models import Page

from search.engine import Found, Hit
from search.groups import Group
from search.highlight import extract
from wiki.visibility import visible_to

COLUMNS = ("pk", "title", "slug", "url_path")
OF_ENTRY = ("kind", "changed_at", "lead", "text", "file_stems")


def hits_of(scored: list[tuple[int, float]], groups: list[Group], user) -> list[Hit]:
    """Answers for pages given by id with their scores, in one query that asks the rules again."""
    asked = visible_to(user, Page.objects.filter(pk__in=[pk for pk, _score in scored]))
    columns = [*COLUMNS, *(f"search_entry__{name}" for name in OF_ENTRY)]
    rows = {row[0]: row for row in asked.values_list(*columns).order_by()}
    return [_hit(rows[pk], score, groups) for pk, score in scored if pk in rows]


def _hit(row: tuple, score: float, groups: list[Group]) -> Hit:
    pk, title, slug, url_path, kind, changed_at, lead, text, _files = row
    return Hit(
        page=Found(pk, title, slug, url_path, kind),
        kind=kind,
        score=round(float(score), 4),
        changed_at=changed_at,
        extract=extract(text or lead, groups),
        lead=lead,
    )
