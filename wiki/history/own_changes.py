"""What others changed lately on the pages that a person wrote in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wiki.access.audiences import open_rows, readable_versions
from wiki.history.changes import Change, written
from wiki.models import Version
from wiki.text import addresses

LATELY = timedelta(days=30)
MOST_ROWS = 200  # publications that are looked at


@dataclass
class Changed:
    """The changes of one page, the newest first."""

    rows: list[Change]
    before: int = 0  # the version that stood there before them; 0 when it is not to be read

    @property
    def newest(self) -> Change:
        return self.rows[0]

    @property
    def title(self) -> str:
        return self.newest.page.title

    @property
    def address(self) -> str:
        return addresses.url_of(self.newest.page.url_path)

    @property
    def difference(self) -> str:
        """The address of what changed, from what one knew to today."""
        since = f"de={self.before}&" if self.before else ""
        return f"{self.address}difference/?{since}a={self.newest.number}"

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(row.signature for row in self.rows))


def by_others(user, now: datetime | None = None) -> list[Changed]:
    """The pages that changed within a month, last changed first."""
    rows = written(user, _versions(user, (now or timezone.now()) - LATELY))
    pages: dict[int, Changed] = {}
    for row in islice(rows, MOST_ROWS):
        pages.setdefault(row.page_id, Changed([])).rows.append(row)
    return list(pages.values())


def _versions(user, since: datetime) -> QuerySet[Version]:
    """Openings are not changes; what one wrote oneself is known."""
    own = Version.objects.filter(author_id=user.pk, page_id=OuterRef("page_id"))
    lately = Version.objects.filter(Exists(own), created_at__gte=since)
    others = lately.exclude(author_id=user.pk).exclude(origin=Version.Origin.OPENING)
    return open_rows(user, others)


def with_before(user, pages: list[Changed]) -> list[Changed]:
    """Each with the version before its changes, when this person may read it: in one query."""
    asked = {page.newest.page_id: page.rows[-1].number - 1 for page in pages}
    if not asked:
        return pages
    wanted = reduce(or_, (Q(page_id=pk, number=number) for pk, number in asked.items()))
    readable = readable_versions(user).filter(wanted)
    known = dict(readable.values_list("page_id", "number"))
    for page in pages:
        page.before = known.get(page.newest.page_id, 0)
    return pages
