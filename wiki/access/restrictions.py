"""For whom pages that not everybody may read are reserved, in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from wiki.access.closed_paths import closed_to_some
from wiki.access.visibility import paths_to, restrictions_over, visible_to


@dataclass(frozen=True)
class Reserved:
    """`readers`: who may read, in words; `closed_by`: the page that was closed, the last one of
    those above or the page itself."""

    readers: str
    closed_by: Page


def reserved(page: Page, user) -> Reserved | None:
    """For somebody who reads the page; None when everybody may. What anonymous people read is
    open: nothing is asked for them."""
    is_open = not user.is_authenticated or not is_closed(page)
    return None if is_open else among([page]).get(page.pk)


def is_closed(page: Page) -> bool:
    """To somebody: as its list says, or by its place."""
    known = getattr(page, "is_closed", None)
    return closed_to_some().hold(page.path) if known is None else known


def among(pages: list[Page]) -> dict[int | None, Reserved]:
    """Of several pages, by their ids; those that everybody may read are left out."""
    known = defaultdict(list)
    for one in restrictions_over(pages):
        known[one.page.path].append(one)
    above = {page.pk: [r for path in paths_to(page) for r in known.get(path, ())] for page in pages}
    return {pk: Reserved(_readers(rows), rows[-1].page) for pk, rows in above.items() if rows}


def readers_of(page: Page) -> str:
    """Who may read the page, in words; empty when everybody may."""
    found = among([page]).get(page.pk)
    return found.readers if found else ""


def closed_pages(user) -> QuerySet[Page]:
    """The pages closed by themselves that this person may read."""
    closed = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.NONE)
    return visible_to(user).filter(pk__in=closed.values("page")).order_by("path")


def with_readers(pages: Iterable[Page]) -> list[tuple[Page, str]]:
    """Each of these closed pages, and for whom it is reserved."""
    pages = list(pages)
    known = among(pages)
    return [(page, known[page.pk].readers) for page in pages if page.pk in known]


def _readers(restrictions: list[PageViewRestriction]) -> str:
    """One must be among the readers of each restriction; groups are logged in anyway."""
    said = list(dict.fromkeys(_named(r) for r in restrictions if not _is_login(r)))
    if not said:
        return _("people who are logged in")
    first, *others = said
    for other in others:
        first = _("%(readers)s, when they are also among: %(others)s") % {
            "readers": first,
            "others": other,
        }
    return first


def _is_login(restriction: PageViewRestriction) -> bool:
    return restriction.restriction_type == PageViewRestriction.LOGIN


def _named(restriction: PageViewRestriction) -> str:
    if restriction.restriction_type == PageViewRestriction.PASSWORD:
        return _("people who have the password")
    names = sorted(group.name for group in restriction.groups.all())
    return ", ".join(names) or _("nobody")
