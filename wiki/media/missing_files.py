"""Pages that go on showing a file that was deleted: it was deleted in the admin, or while
somebody published a page with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from wiki.access.visibility import is_readable
from wiki.markup import html
from wiki.media.shown_files import Files, shown_by, words_of_fields
from wiki.models import FileUse, KeptByStamp, Version
from wiki.text.french_order import french_key

MOST = 200  # pages listed at once


@dataclass
class Lacking:
    """A page, and the words that its text has where files are missing."""

    page: Page
    words: list[str]


def count(user) -> int:
    return _versions(user).count()


def lacking(user) -> list[Lacking]:
    """The pages that this person may read, in order of title."""
    versions = _versions(user).select_related("page")[:MOST]
    rows = [Lacking(version.page, list(_words(version))) for version in versions]
    return sorted(rows, key=lambda row: (french_key(row.page.title), row.page.pk))


def _read_losing() -> list[int]:
    """Ids of the versions, of today or before, that show a file that is no more."""
    lost = FileUse.objects.filter(_gone("document_id", get_document_model()))
    lost |= FileUse.objects.filter(_gone("image_id", get_image_model()))
    return list(lost.values_list("version", flat=True).distinct())


# Each use of a file is looked at: once for each stamp, which a file that goes raises too.
_losing: KeptByStamp[list[int]] = KeptByStamp(_read_losing)


def _versions(user) -> QuerySet[Version]:
    """The newest versions of these pages that show a file that is no more."""
    newest = Version.objects.filter(page_id=OuterRef("page_id")).order_by("-number")
    today = Version.objects.filter(pk__in=_losing())
    return today.annotate(newest=Subquery(newest.values("pk")[:1])).filter(
        is_readable(user, "page_id"), newest=F("pk")
    )


def _gone(column: str, model) -> Q:
    there = model.objects.filter(pk=OuterRef(column))
    return Q(**{f"{column}__isnull": False}) & ~Exists(there)


def _words(version: Version) -> Iterator[str]:
    """Those of the links and the descriptions of the pictures; empty where there are none."""
    lost = _lost(shown_by(version))
    root = html.fragment(version.content.get("body", ""))
    for element in root.iter("a", "img"):
        pk = int(element.get("id") or 0)
        if element.tag == "img" and pk in lost.images:
            yield element.get("alt", "")
        elif element.get("linktype") == "document" and pk in lost.documents:
            yield element.text_content()
    yield from words_of_fields(version.content, lost.documents)


def _lost(files: Files) -> Files:
    documents = get_document_model().objects.filter(pk__in=files.documents)
    images = get_image_model().objects.filter(pk__in=files.images)
    there = Files(
        set(documents.values_list("pk", flat=True)), set(images.values_list("pk", flat=True))
    )
    return files - there
