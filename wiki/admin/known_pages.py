"""The pages that the admin may name to somebody."""

from django.db.models import QuerySet

from wiki.access.visibility import open_to
from wiki.models import Trash


def known_pages(user, pages: QuerySet) -> QuerySet:
    """Open pages, live or not; those of the trash have their screens on the site, which know
    who could read them."""
    held = Trash.objects.first()
    return open_to(user, pages.exclude(path__startswith=held.path) if held else pages)
