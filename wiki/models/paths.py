"""The part of the tree below a page, as a range of the index of paths.

A range goes by any of them (`wiki.models.db_indexes`), those of the published pages alone too;
Wagtail's own way, « path LIKE », goes by one of its own on SQLite.
"""

from django.db.models import Q

LAST_PATH = "Z" * 60  # sorts after the path of any page below


def under(page, name: str = "path") -> Q:
    """The pages below one; `name`: of the field that holds the path."""
    return Q(**{f"{name}__gt": page.path, f"{name}__lte": page.path + LAST_PATH})


def from_page(page, name: str = "path") -> Q:
    """The page and those below it."""
    return Q(**{f"{name}__gte": page.path, f"{name}__lte": page.path + LAST_PATH})
