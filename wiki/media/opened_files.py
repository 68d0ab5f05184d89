"""Files that only pages kept for some people showed, until a page shows them to more."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from wiki.access.audiences import clauses_of
from wiki.access.files import readable_documents, readable_images
from wiki.access.visibility import audience_key, audience_keys, opened, published
from wiki.markup import html
from wiki.media import draft_files
from wiki.media.file_usage import COLUMN, DOCUMENTS, PHOTOS, model_of
from wiki.media.shown_files import Files, named_in
from wiki.models import FileUse, Version
from wiki.text.form_fields import LONGEST_BODY

READABLE = {DOCUMENTS: readable_documents, PHOTOS: readable_images}
SAID = {
    DOCUMENTS: gettext_lazy(
        "Only reserved pages showed this document: “%(title)s”. All who read this one will open it."
    ),
    PHOTOS: gettext_lazy(
        "Only reserved pages showed this photo: “%(title)s”. All who read this one will see it."
    ),
}


def named_anew(data: QueryDict, user, place: Page, base: Callable[[], Version | None]) -> list[str]:
    """A sentence for each file that a form names, that its base version did not, and that the
    readers of the page, or of the place it goes to, could not open until now."""
    if not _numbers(data):
        return []
    version = base()
    known = named_in(version.content.get("body", "")) if version else Files()
    asked = _named(data) - known
    if not asked:
        return []
    return [
        said % {"title": file.title}
        for sort, said in SAID.items()
        for file in _opened(sort, asked, user, place)
    ]


def _numbers(data: QueryDict) -> set[int]:
    chosen = _chosen(data).documents
    return chosen | draft_files.numbers(data.get("body", "")[:LONGEST_BODY])


def _named(data: QueryDict) -> Files:
    return named_in(html.clean(data.get("body", "")[:LONGEST_BODY])) | _chosen(data)


def _chosen(data: QueryDict) -> Files:
    return draft_files.chosen(data.lists())


def _opened(sort: str, asked: Files, user, place: Page) -> QuerySet:
    """Of the files asked for, those that this person may give and that only pages closed to
    some readers of this one show."""
    ids = asked.documents if sort == DOCUMENTS else asked.images
    closed = _closed_to(sort, ids, clauses_of(audience_key(place))) if ids else set()
    rows = model_of(sort).objects.filter(pk__in=closed).order_by("pk")
    return READABLE[sort](user, rows)


def _closed_to(sort: str, ids: set[int], readers: set[str]) -> set[int]:
    column = COLUMN[sort]
    uses = FileUse.objects.filter(**{f"{column}__in": ids}, version__page__in=published())
    rows = list(uses.values_list(column, "version__page_id", "version__audience__key").distinct())
    pages = audience_keys(list(Page.objects.filter(pk__in={page for _f, page, _a in rows})))
    known = {
        file
        for file, page, then in rows
        if not opened(clauses_of(then or "") | clauses_of(pages[page]), readers)
    }
    return {file for file, _page, _then in rows} - known
