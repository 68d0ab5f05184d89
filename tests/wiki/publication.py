"""What a publication writes, and how a test breaks one of its parts."""

from wagtail.models import Page, Revision

from search.models import SearchEntry
from wiki.models import ArticlePage, FileUse, SiteRevision, Version


class Broken(Exception):
    """Raised by the part of the publication that a test breaks."""


def everything(page) -> dict:
    """All that a publication writes, to compare before and after."""
    return {
        "versions": list(Version.objects.filter(page_id=page.pk).values()),
        "revisions": Revision.objects.count(),
        "entries": list(SearchEntry.objects.filter(page_id=page.pk).values()),
        "files": FileUse.objects.count(),
        "stamp": SiteRevision.current(),
        "pages": Page.objects.count(),
        "row": ArticlePage.objects.filter(pk=page.pk).values().get(),
    }


def raises(*args, **kwargs):
    raise Broken
