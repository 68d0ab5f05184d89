"""Who may read a document or an image: who may read a version of a page that shows it."""

from django.db.models import Exists, OuterRef, QuerySet

from wiki.models import FileUse, Version
from wiki.permissions import can_write


def can_read_document(user, document_id: int) -> bool:
    return _can_read(user, FileUse.objects.filter(document_id=document_id))


def can_read_image(user, image_id: int) -> bool:
    return _can_read(user, FileUse.objects.filter(image_id=image_id))


def _can_read(user, uses) -> bool:
    """One that no page uses may be read by contributors."""
    if not uses.exists():
        return can_write(user)
    return Version.objects.readable_by(user).filter(file_uses__in=uses).exists()


def readable_documents(user, documents: QuerySet) -> QuerySet:
    """Narrow documents to those that a contributor may read."""
    return _readable(user, documents, FileUse.objects.filter(document_id=OuterRef("pk")))


def readable_images(user, images: QuerySet) -> QuerySet:
    """Narrow images to those that a contributor may read."""
    return _readable(user, images, FileUse.objects.filter(image_id=OuterRef("pk")))


def _readable(user, files: QuerySet, uses: QuerySet) -> QuerySet:
    readable = uses.filter(version__in=Version.objects.readable_by(user))
    return files.filter(~Exists(uses) | Exists(readable))


def known_documents(user, documents: QuerySet) -> QuerySet:
    """Narrow documents to those that this person may read."""
    known = readable_documents(user, documents)
    uses = FileUse.objects.filter(document_id=OuterRef("pk"))
    return known if can_write(user) else known.filter(Exists(uses))
