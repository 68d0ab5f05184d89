"""Deleting for good: old pages of the trash, their versions, and the files only they used."""

import json
import re
from dataclasses import dataclass, field

from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from wiki.models import Draft, FileUse, TrashedPage

ID = re.compile(r'id=\\?["\']?(\d+)')


@dataclass
class Emptied:
    """How many pages went, and the names of the files that went with them."""

    pages: int = 0
    files: list[str] = field(default_factory=list)


@transaction.atomic
def empty(row: TrashedPage) -> Emptied:
    """Delete a trashed page and those below it for good.

    A document or picture that only they used goes too: one that no page uses would be
    readable by its sender and facilitators. One that a draft or another object names stays.
    """
    if not TrashedPage.objects.select_for_update().filter(pk=row.pk).exists():
        return Emptied()  # taken back meanwhile
    page = Page.objects.get(pk=row.page_id)
    pages = Page.objects.filter(path__startswith=page.path)
    uses = FileUse.objects.filter(version__page__in=pages)
    documents = _files_of(uses, "document_id", get_document_model())
    images = _files_of(uses, "image_id", get_image_model())
    done = Emptied(pages.count())
    page.specific.delete()
    kept = ids_in_drafts()
    done.files += [_deleted(d) for d in documents if not _is_used(d, kept, document_id=d.pk)]
    done.files += [_deleted(i) for i in images if not _is_used(i, kept, image_id=i.pk)]
    return done


def _deleted(file) -> str:
    file.delete()
    return file.title


def _files_of(uses, name: str, model) -> list:
    ids = uses.exclude(**{name: None}).values_list(name, flat=True)
    return list(model.objects.filter(pk__in=set(ids)))


def _is_used(file, drafted: set[int], **use) -> bool:
    if file.pk in drafted or FileUse.objects.filter(**use).exists():
        return True
    return ReferenceIndex.get_references_to(file).exists()


def ids_in_drafts() -> set[int]:
    """Every number that could be a file of a text being written: too many rather than too few."""
    texts = (json.dumps(data) for data in Draft.objects.values_list("data", flat=True).iterator())
    return {int(number) for text in texts for number in ID.findall(text)}
