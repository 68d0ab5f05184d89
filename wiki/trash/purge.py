"""Deleting for good: old pages of the trash, their versions, and the files only they used."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from wiki.access.visibility import open_to
from wiki.media import draft_files
from wiki.models import FileUse, TrashedPage
from wiki.models.paths import from_page


@dataclass
class Emptied:
    """How many pages went, and the names of the files that went with them."""

    pages: int = 0
    files: list[str] = field(default_factory=list)


@transaction.atomic
def empty(row: TrashedPage) -> Emptied:
    """Delete a trashed page and those below it for good.

    A document or picture that only they used goes too: one that no page uses would be
    readable by its sender and facilitators. One that another object names stays; so does one
    that a draft names, if everybody could read it.
    """
    if not TrashedPage.objects.select_for_update().filter(pk=row.pk).exists():
        return Emptied()  # taken back meanwhile
    page = Page.objects.get(pk=row.page_id)
    pages = Page.objects.filter(from_page(page))
    uses = FileUse.objects.filter(version__page__in=pages)
    documents = _files_of(uses, "document_id", get_document_model())
    images = _files_of(uses, "image_id", get_image_model())
    open_uses = _open_to_all(row, pages, uses)
    kept_documents = _drafted(open_uses, "document_id")
    kept_images = _drafted(open_uses, "image_id")
    done = Emptied(pages.count())
    page.specific.delete()
    done.files += [
        _deleted(d) for d in documents if not _is_used(d, kept_documents, document_id=d.pk)
    ]
    done.files += [_deleted(i) for i in images if not _is_used(i, kept_images, image_id=i.pk)]
    return done


def _open_to_all(row: TrashedPage, pages: QuerySet, uses: QuerySet) -> QuerySet:
    """Of uses of files by pages of the trash, those that everybody could read before."""
    if row.event.audience_id:
        return uses.none()
    everybody = open_to(AnonymousUser(), pages).values_list("pk", flat=True)
    return uses.filter(version__audience=None, version__page__in=list(everybody))


def _drafted(uses: QuerySet, name: str) -> set[int]:
    return draft_files.numbers_in_all() & set(uses.values_list(name, flat=True))


def _deleted(file) -> str:
    file.delete()
    return file.title


def _files_of(uses, name: str, model) -> list:
    ids = uses.exclude(**{name: None}).values_list(name, flat=True)
    return list(model.objects.filter(pk__in=set(ids)))


def _is_used(file, drafted: set[int], **use) -> bool:
    """`drafted`: ids of those that drafts keep; `use`: the file, by its name in `FileUse`."""
    if file.pk in drafted or FileUse.objects.filter(**use).exists():
        return True
    return ReferenceIndex.get_references_to(file).exists()
