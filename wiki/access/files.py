"""Who may read a document or an image: who may read a version of a page that shows it.

One that no page shows is read by whoever sent it, and by facilitators.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wiki.access.audiences import is_open_version, is_readable_version, version_rights
from wiki.access.permissions import can_facilitate
from wiki.internals.compiled import NOTHING, Fixed
from wiki.models import FileUse


def can_read_document(user, document_id: int) -> bool:
    documents = get_document_model().objects.filter(pk=document_id)
    return readable_documents(user, documents).exists()


def can_read_image(user, image_id: int) -> bool:
    return readable_images(user, get_image_model().objects.filter(pk=image_id)).exists()


def readable_documents(user, documents: QuerySet) -> QuerySet:
    """Narrow documents to those that this person may read."""
    return _readable(user, documents, _uses_of_documents())


def readable_images(user, images: QuerySet) -> QuerySet:
    """Narrow images to those that this person may read."""
    return _readable(user, images, FileUse.objects.filter(image_id=OuterRef("pk")))


def document_rights(user) -> tuple:
    """For compiled queries: what `documents_open_to` asks."""
    all_unused, sender = _reads_unused(user)
    return *version_rights(user), Fixed(all_unused), NOTHING if sender is None else sender


def documents_open_to(closed, audiences, all_unused, sender, documents: QuerySet) -> QuerySet:
    """Those that a page shows to whom these paths are closed and these audiences open; and of
    those that no page shows, all or those of this sender."""
    is_open = is_open_version(closed, audiences, "version_id")
    return _open(documents, _uses_of_documents(), is_open, all_unused, sender)


def is_shown_to_others(user, file) -> bool:
    """Whether a version that this person may not read shows the file: others count on it as it
    is."""
    name = "document_id" if isinstance(file, get_document_model()) else "image_id"
    uses = FileUse.objects.filter(**{name: file.pk})
    return uses.exclude(is_readable_version(user, "version_id")).exists()


def _uses_of_documents() -> QuerySet:
    return FileUse.objects.filter(document_id=OuterRef("pk"))


def _readable(user, files: QuerySet, uses: QuerySet) -> QuerySet:
    return _open(files, uses, is_readable_version(user, "version_id"), *_reads_unused(user))


def _reads_unused(user) -> tuple[bool, int | None]:
    """Whether this person reads all files that no page shows; else whose they read."""
    if can_facilitate(user):
        return True, None
    return False, user.pk if user.is_authenticated else None


def _open(files: QuerySet, uses: QuerySet, is_open: Exists, all_unused, sender) -> QuerySet:
    readable = Exists(uses.filter(is_open))
    if all_unused:
        return files.filter(readable | ~Exists(uses))
    if sender is not None:
        return files.filter(readable | (Q(uploaded_by_user=sender) & ~Exists(uses)))
    return files.filter(readable)
