"""Who may read a document or an image: who may read a version of a page that shows it.

One that no page shows is read by whoever sent it, and by facilitators.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wiki.access.audiences import is_readable_version
from wiki.access.permissions import can_facilitate
from wiki.models import FileUse


def can_read_document(user, document_id: int) -> bool:
    documents = get_document_model().objects.filter(pk=document_id)
    return readable_documents(user, documents).exists()


def can_read_image(user, image_id: int) -> bool:
    return readable_images(user, get_image_model().objects.filter(pk=image_id)).exists()


def readable_documents(user, documents: QuerySet) -> QuerySet:
    """Narrow documents to those that this person may read."""
    return _readable(user, documents, FileUse.objects.filter(document_id=OuterRef("pk")))


def readable_images(user, images: QuerySet) -> QuerySet:
    """Narrow images to those that this person may read."""
    return _readable(user, images, FileUse.objects.filter(image_id=OuterRef("pk")))


def is_shown_to_others(user, file) -> bool:
    """Whether a version that this person may not read shows the file: others count on it as it
    is."""
    name = "document_id" if isinstance(file, get_document_model()) else "image_id"
    uses = FileUse.objects.filter(**{name: file.pk})
    return uses.exclude(is_readable_version(user, "version_id")).exists()


def _readable(user, files: QuerySet, uses: QuerySet) -> QuerySet:
    readable = Exists(uses.filter(is_readable_version(user, "version_id")))
    if can_facilitate(user):
        return files.filter(readable | ~Exists(uses))
    if user.is_authenticated:
        return files.filter(readable | (Q(uploaded_by_user=user.pk) & ~Exists(uses)))
    return files.filter(readable)
