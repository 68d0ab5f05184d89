"""The documents and photos that a person sent: what they are, where they are shown, renaming
them, deleting those that nothing shows."""

from dataclasses import dataclass
from operator import attrgetter

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from wiki.emptying import ids_in_drafts
from wiki.files import readable_documents, readable_images
from wiki.models import FileUse, Version
from wiki.visibility import visible_to

DOCUMENTS, PHOTOS = "documents", "photos"
COLUMN = {DOCUMENTS: "document_id", PHOTOS: "image_id"}
THUMBNAIL = "max-160x160|format-webp"


@dataclass
class OwnFile:
    """A file as its sender finds it again; `pages`: those that show it, of those they read."""

    sort: str
    file: object
    pages: list[Page]
    is_shown: bool

    @property
    def address(self) -> str:
        return reverse("photo" if self.sort == PHOTOS else "document", args=[self.file.pk])

    @property
    def thumbnail(self):
        """The rendition to show, None for documents and for a picture whose file is lost."""
        if self.sort == DOCUMENTS:
            return None
        try:
            return self.file.get_rendition(THUMBNAIL)
        except OSError:
            return None

    @property
    def size(self) -> int:
        return self.file.file_size or 0

    @property
    def extension(self) -> str:
        return self.file.filename.rpartition(".")[2].upper()


def sent_by(person, sort: str) -> QuerySet:
    """The files of a sort that this person sent and may read, the newest first."""
    if sort == DOCUMENTS:
        files = readable_documents(person, get_document_model().objects.all())
    else:
        files = readable_images(person, get_image_model().objects.all())
    return files.filter(uploaded_by_user=person).order_by("-created_at", "-pk")


def all_of(person) -> list[tuple[str, object]]:
    """(sort, file) of all that a person sent, the newest first."""
    both = [(sort, file) for sort in COLUMN for file in sent_by(person, sort)]
    return sorted(both, key=lambda found: attrgetter("created_at")(found[1]), reverse=True)


def described(person, found: list[tuple[str, object]]) -> list[OwnFile]:
    """With the pages that show each, in three queries a sort."""
    rows = []
    by_sort = {sort: [file.pk for its, file in found if its == sort] for sort in COLUMN}
    shown = {sort: _pages_showing(person, sort, ids) for sort, ids in by_sort.items()}
    used = {sort: _used(sort, ids) for sort, ids in by_sort.items()}
    for sort, file in found:
        rows.append(OwnFile(sort, file, shown[sort].get(file.pk, []), file.pk in used[sort]))
    return rows


def _used(sort: str, ids: list[int]) -> set[int]:
    uses = FileUse.objects.filter(**{f"{COLUMN[sort]}__in": ids})
    return set(uses.values_list(COLUMN[sort], flat=True))


def _pages_showing(person, sort: str, ids: list[int]) -> dict[int, list[Page]]:
    """The readable pages whose newest version shows each of these files, by its id."""
    uses = FileUse.objects.filter(**{f"{COLUMN[sort]}__in": ids})
    newest = Version.objects.filter(page_id=OuterRef("version__page_id")).order_by("-number")
    rows = uses.filter(version=Subquery(newest.values("pk")[:1])).distinct()
    pairs = list(rows.values_list(COLUMN[sort], F("version__page_id")))
    pages = visible_to(person, Page.objects.filter(pk__in={page for _file, page in pairs}))
    known = pages.in_bulk()
    found: dict[int, list[Page]] = {}
    for file, page in pairs:
        if page in known:
            found.setdefault(file, []).append(known[page])
    return found


def is_needed(file) -> bool:
    """Whether a version of a page, a draft or anything else names the file."""
    name = COLUMN[DOCUMENTS if isinstance(file, get_document_model()) else PHOTOS]
    return (
        FileUse.objects.filter(**{name: file.pk}).exists()
        or ReferenceIndex.get_references_to(file).exists()
        or file.pk in ids_in_drafts()
    )


@transaction.atomic
def delete(file) -> bool:
    """Delete a file that nothing needs; whether it is done."""
    if is_needed(file):
        return False
    file.delete()
    return True
