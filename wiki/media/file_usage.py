"""What holds a file: pages that show it today, other objects, old texts, drafts of its sender.

A published page keeps a file from being deleted, and so does an object that is no page. Old
texts and drafts do not: without it they say that it was deleted.
"""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from wiki.access.visibility import published, visible_to
from wiki.media import draft_files
from wiki.models import Draft, FileUse, Version

DOCUMENTS, PHOTOS = "documents", "photos"
COLUMN = {DOCUMENTS: "document_id", PHOTOS: "image_id"}


@dataclass
class FileUsage:
    """`pages`: published, that show the file, of those that its sender reads; `unseen`: how
    many others there are; `elsewhere`: an object that is no page uses it; `drafts`: the
    sender's own; `was_shown`: some version of a page shows it, of today or before."""

    pages: list[Page] = field(default_factory=list)
    unseen: int = 0
    elsewhere: bool = False
    drafts: list[Draft] = field(default_factory=list)
    was_shown: bool = False

    @property
    def keep_it(self) -> bool:
        return bool(self.pages or self.unseen or self.elsewhere)


def model_of(sort: str):
    return get_document_model() if sort == DOCUMENTS else get_image_model()


def sort_of(file) -> str:
    return DOCUMENTS if isinstance(file, get_document_model()) else PHOTOS


def usage_of(person, sort: str, ids: list[int]) -> dict[int, FileUsage]:
    """Of files of a sort, by id, as their sender may know them; in few queries for all."""
    found = {pk: FileUsage() for pk in ids}
    _find_pages(found, person, sort)
    for pk in _uses(sort, ids).values_list(COLUMN[sort], flat=True).distinct():
        found[pk].was_shown = True
    for pk in _named_by_others(sort, ids):
        found[pk].elsewhere = True
    for draft, named in draft_files.drafts_naming(person, sort == DOCUMENTS, ids):
        for pk in named:
            found[pk].drafts.append(draft)
    return found


def is_kept(file) -> bool:
    """Whether a published page, or an object that is no page, needs the file."""
    sort = sort_of(file)
    shown = _shown_today(sort, [file.pk]).exists()
    return shown or bool(_named_by_others(sort, [file.pk]))


def _uses(sort: str, ids: list[int]) -> QuerySet:
    return FileUse.objects.filter(**{f"{COLUMN[sort]}__in": ids})


def _shown_today(sort: str, ids: list[int]) -> QuerySet:
    """Uses by the newest versions of published pages."""
    newest = Version.objects.filter(page_id=OuterRef("version__page_id")).order_by("-number")
    today = _uses(sort, ids).filter(version=Subquery(newest.values("pk")[:1]))
    # Asked of the uses at hand: all published pages would be gathered first.
    return today.filter(Exists(published().filter(pk=OuterRef("version__page_id"))))


def _find_pages(found: dict[int, FileUsage], person, sort: str) -> None:
    rows = _shown_today(sort, list(found)).distinct()
    pairs = list(rows.values_list(COLUMN[sort], F("version__page_id")))
    known = visible_to(person, Page.objects.filter(pk__in={page for _f, page in pairs})).in_bulk()
    for file, page in pairs:
        if page in known:
            found[file].pages.append(known[page])
        else:
            found[file].unseen += 1


def _named_by_others(sort: str, ids: list[int]) -> set[int]:
    """Ids of the files that an object other than a page names: those of pages are in FileUse."""
    types = ContentType.objects.get_for_models(model_of(sort), Page)
    references = ReferenceIndex.objects.filter(
        to_content_type=types[model_of(sort)], to_object_id__in=[str(pk) for pk in ids]
    ).exclude(base_content_type=types[Page])
    return {int(pk) for pk in references.values_list("to_object_id", flat=True)}
