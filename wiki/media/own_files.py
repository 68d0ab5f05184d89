"""The documents and photos that a person sent: what they are, what holds them, renaming and
deleting them."""

from dataclasses import dataclass
from operator import attrgetter

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from wiki.access.files import readable_documents, readable_images
from wiki.media.file_usage import COLUMN, DOCUMENTS, PHOTOS, FileUsage, is_kept, model_of, usage_of

THUMBNAIL = "max-160x160|format-webp"


@dataclass
class OwnFile:
    """A file as its sender finds it again."""

    sort: str
    file: object
    held: FileUsage

    @property
    def address(self) -> str:
        return address_of(self.sort, self.file)

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
    def is_photo(self) -> bool:
        return self.sort == PHOTOS

    @property
    def extension(self) -> str:
        return self.file.filename.rpartition(".")[2].upper()


def address_of(sort: str, file) -> str:
    return reverse("photo" if sort == PHOTOS else "document", args=[file.pk])


def sent_by(person, sort: str) -> QuerySet:
    """The files of a sort that this person sent and may read, the newest first."""
    readable = readable_documents if sort == DOCUMENTS else readable_images
    files = readable(person, model_of(sort).objects.all())
    return files.filter(uploaded_by_user=person).order_by("-created_at", "-pk")


def all_of(person) -> list[tuple[str, object]]:
    """(sort, file) of all that a person sent, the newest first."""
    both = [(sort, file) for sort in COLUMN for file in sent_by(person, sort)]
    return sorted(both, key=lambda found: attrgetter("created_at")(found[1]), reverse=True)


def described(person, found: list[tuple[str, object]]) -> list[OwnFile]:
    """With what holds each, in few queries a sort."""
    by_sort = {sort: [file.pk for its, file in found if its == sort] for sort in COLUMN}
    held = {sort: usage_of(person, sort, ids) for sort, ids in by_sort.items()}
    return [OwnFile(sort, file, held[sort][file.pk]) for sort, file in found]


@transaction.atomic
def delete(file) -> bool:
    """Delete for good a file that no page shows today; whether it is done.

    Old texts and drafts that name it say that it was deleted: docs/decisions/0018.
    """
    if is_kept(file):
        return False
    file.delete()
    return True
