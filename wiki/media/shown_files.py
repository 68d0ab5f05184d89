"""The documents and images that a page shows, and those that its writer may open by it.

Showing a file opens it to the readers of the page: nobody gives what they may not read, and
an id that nothing bears yet gives nothing, now nor when a file gets it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, get_page_models

from wiki.access.files import readable_documents, readable_images
from wiki.markup import html
from wiki.models import FileUse, Version, WikiPage
from wiki.pages import content

FIELD = "document"  # of a page, or of one of its rows
MAY_NAME = re.compile("linktype|<embed|<im", re.IGNORECASE)
ANYTHING_SHOWN_BEFORE = {Version.Origin.RESTORE, Version.Origin.UNDO}


@dataclass
class Files:
    """Ids."""

    documents: set[int] = field(default_factory=set)
    images: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.documents or self.images)

    def __sub__(self, other: "Files") -> "Files":
        return Files(self.documents - other.documents, self.images - other.images)

    def __and__(self, other: "Files") -> "Files":
        return Files(self.documents & other.documents, self.images & other.images)

    def __or__(self, other: "Files") -> "Files":
        return Files(self.documents | other.documents, self.images | other.images)


def files_used(page: Page) -> Files:
    """What a specific page names, in its body or its fields, whether it exists or not."""
    named = named_in(getattr(page, "body", ""))
    return Files(named.documents | field_documents(page), named.images)


def named_in(body: str) -> Files:
    documents, images = _named_in(body) if MAY_NAME.search(body) else ((), ())
    return Files(set(documents), set(images))


@lru_cache(maxsize=4)  # one publication asks for the same body several times
def _named_in(body: str) -> tuple[frozenset[int], frozenset[int]]:
    root = html.fragment(body)
    linked = (a.get("id") for a in root.iter("a") if a.get("linktype") == "document")
    shown = (image.get("id") for image in root.iter("img"))
    return frozenset(int(pk) for pk in linked if pk), frozenset(int(pk) for pk in shown if pk)


@cache
def holds_documents(model: type[Page]) -> bool:
    """Whether a kind of page has a field for a document, in itself or in its rows."""
    models = [model, *content.child_relations(model).values()]
    return any(field.attname == "document_id" for one in models for field in one._meta.fields)


def field_documents(page: Page) -> set[int]:
    holders = [page]
    for name in content.child_relations(type(page)):
        holders += list(getattr(page, name).all())
    return {holder.document_id for holder in holders if getattr(holder, "document_id", None)}


def words_of_fields(held: dict, documents: set[int]) -> Iterator[str]:
    """What the fields of a version call these documents; empty where they are read by the title
    of the document itself."""
    if held.get(FIELD) in documents:
        yield ""
    for rows in held.values():
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and row.get(FIELD) in documents:
                yield row.get("title", "")


def is_read_by_its_title(document) -> bool:
    """Whether a version of a page, old or new, shows the title of a document."""
    models = [model for model in get_page_models() if holds_documents(model)]
    types = ContentType.objects.get_for_models(*models).values()
    versions = Version.objects.filter(
        file_uses__document_id=document.pk, page__content_type__in=types
    )
    known = versions.values_list("content", flat=True).iterator(chunk_size=10)
    return any("" in words_of_fields(held, {document.pk}) for held in known)


def shown(page: Page, newest: Version | None, edit) -> Files:
    """Of what a specific page in memory names, what readers get from this publication.

    What the newest version shows stays. `edit` (`wiki.publishing.publishing.Edit`) says who
    gives the rest: without author, a command that wrote the files itself.
    """
    used = files_used(page)
    if not used:
        return used
    known = shown_by(newest) & used if newest else Files()
    asked = used - known
    if not asked:
        return _existing(known)
    return _existing(known | _given(page, asked, newest, edit))


def _given(page: Page, asked: Files, newest: Version | None, edit) -> Files:
    if edit.origin == Version.Origin.OPENING:
        return Files()
    if edit.origin in ANYTHING_SHOWN_BEFORE:
        asked = asked & _of_uses(FileUse.objects.filter(version__page_id=page.pk))
    if newest:  # named there without being shown: nothing had these ids yet
        asked = asked - named_in(newest.content.get("body", ""))
    trusted = edit.author is None or edit.brings_files
    return asked if trusted else _readable(asked, edit.author)


def shown_by(version: Version) -> Files:
    return _of_uses(version.file_uses.all())


def _of_uses(uses) -> Files:
    rows = list(uses.values_list("document_id", "image_id"))
    return Files({d for d, _image in rows if d}, {i for _document, i in rows if i})


def _existing(files: Files) -> Files:
    return _narrowed(files, lambda documents: documents, lambda images: images)


def _readable(files: Files, user) -> Files:
    return _narrowed(files, partial(readable_documents, user), partial(readable_images, user))


def _narrowed(files: Files, documents, images) -> Files:
    return Files(
        _ids(files.documents, get_document_model(), documents),
        _ids(files.images, get_image_model(), images),
    )


def _ids(asked: set[int], model, narrow) -> set[int]:
    if not asked:
        return set()
    return set(narrow(model.objects.filter(pk__in=asked)).values_list("pk", flat=True))


def left_out(body: str, version: Version, user) -> Files:
    """What a body as it was sent names, and that its writer could not give to the readers of
    the version that was made of it."""
    if "id=" not in body:
        return Files()
    asked = named_in(body) - named_in(version.content.get("body", ""))
    return _existing(asked) - _readable(asked, user) if asked else asked


def keep_only(page: Page, files: Files) -> None:
    """Other files leave the body, which keeps what it says of them.

    Raises ValidationError for one that a field names: the form offers none.
    """
    others = files_used(page) - files
    if not others:
        return
    if others.documents & field_documents(page):
        raise ValidationError(_("This document is not yours to show. Choose another one."))
    if isinstance(page, WikiPage):
        page.body = html.without_files(page.body, others.documents, others.images)


def record_uses(version: Version, files: Files) -> None:
    """Readers of the version may read these files from now on."""
    FileUse.objects.bulk_create(
        [FileUse(version=version, document_id=pk) for pk in sorted(files.documents)]
        + [FileUse(version=version, image_id=pk) for pk in sorted(files.images)]
    )
