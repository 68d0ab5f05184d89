"""How many pages stand below each page, for one reader: counted in one pass over the paths.

Read again only when pages come, go, move or open.
"""

from collections import Counter

from django.db.models import QuerySet
from wagtail.models import Page

from wiki.access.kept_for_readers import KeptForReaders
from wiki.access.visibility import visible_to
from wiki.models import KeptBesideTexts

STEP = Page.steplen

_counts: KeptForReaders[Counter] = KeptForReaders(KeptBesideTexts)


def counts_below(user) -> Counter:
    """By path, of the pages that have any below them that this person may read."""
    return _counts.of(user, lambda: _count(visible_to(user)))


def _count(pages: QuerySet) -> Counter:
    """Right below each first: that is where most pages have their only one."""
    paths = pages.order_by().values_list("path", flat=True)
    counts: Counter = Counter()
    for parent, total in Counter(path[:-STEP] for path in paths.iterator()).items():
        for end in range(STEP, len(parent) + 1, STEP):
            counts[parent[:end]] += total
    return counts


def counted_below(user, pages: list[Page]) -> list[Page]:
    """Pages that say with `below` how many under each this person may read."""
    counts = counts_below(user)
    for page in pages:
        page.below = counts[page.path]
    return pages
