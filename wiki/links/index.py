"""The table of links: what each published text links to, and the titles it wants written.

Rows are written with each publication, in its transaction, and only where they change. A row
with a `wanted_key` is a red link; it gets a `target` when the page that it led to takes
another title, so that the link goes on leading there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape, unescape

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from wagtail.models import Page

from wiki.access.visibility import published, restrictions_above, visible_to
from wiki.internals.compiled import Compiled
from wiki.markup import html
from wiki.models import PageLink, PageTitle
from wiki.pages.own_addresses import own_path, pages_at, pages_called
from wiki.text.characters import one_line
from wiki.text.titles import LONGEST, key_of

# A tag as `html.clean` writes it: every value between double quotes.
LINK = re.compile(r'<a((?:\s+[\w-]+="[^"]*")*)\s*>')
_ATTRIBUTE = re.compile(r'(?<![\w-])([\w-]++)="([^"]*)"')


@dataclass
class Links:
    """`pages`: ids; `wanted`: titles by their folded form."""

    pages: set[int] = field(default_factory=set)
    wanted: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What the tables hold of a published page: its folded title; of each of its links the
    target, or the wanted title when it has none."""

    key: str
    links: frozenset[tuple[int | None, str]]


def said_by(page_id: int) -> Said | None:
    """None of a page that is not published."""
    links = frozenset((row.target_id, row.wanted_key) for row in _links_from(page_id))
    return next((Said(row.key, links) for row in _title_of(page_id)), None)


_links_from = Compiled(lambda page_id: PageLink.objects.filter(source=page_id))
_title_of = Compiled(lambda page_id: PageTitle.objects.filter(page_id=page_id))


def links_of(page: Page) -> Links:
    """What a specific page links to: in its text, its typed fields and its child rows."""
    if not hasattr(page, "references"):
        return Links()
    found = links_in(page.body)
    found.pages |= set(page.references())
    found.pages.discard(page.pk)
    found.wanted.pop(key_of(page.title), None)
    return found


def links_in(body: str) -> Links:
    links = Links()
    if "linktype" not in body.lower():  # most often
        return links
    for link in html.fragment(body).iter("a"):
        pk, title = link.get("id", ""), wanted_title(link.get("title", ""))
        if link.get("linktype") == "page" and pk.isascii() and pk.isdigit() and len(pk) <= 18:
            links.pages.add(int(pk))
        elif link.get("linktype") == "wanted" and key_of(title):
            links.wanted.setdefault(key_of(title), title)
    return links


def wanted_title(text: str) -> str:
    """A title as a new page would take it."""
    return one_line(text)[:LONGEST].strip()


# Writing the table


@transaction.atomic
def write(page: Page) -> None:
    """Bring the rows of a published page to what it says; called at every publication."""
    page = page.specific
    _write_title(page)
    _write_links(page)


def _write_title(page: Page) -> None:
    known = next(iter(_title_of(page.pk)), None)
    key = key_of(page.title)
    if known is None or known.key != key:
        if known:
            _hold(page, known.key)
        PageTitle(page_id=page.pk, key=key).save(force_insert=known is None)


def _hold(page: Page, key: str) -> None:
    """Red links that led to the page by the title it leaves go on leading to it."""
    wanting = PageLink.objects.filter(wanted_key=key, target=None).exclude(source=page.pk)
    if not wanting.exists():
        return
    led = wanting if leads_to(key) == page.pk else wanting.filter(pk__in=_beside(page, wanting))
    led.exclude(source__links_out__target=page.pk).update(target=page.pk)


def _beside(page: Page, wanting) -> list[int]:
    """Ids of the links from pages under the very restrictions of this one, when it has some:
    those who read them all read it."""
    closing = set(restrictions_above(page).values_list("pk", flat=True))
    rows = wanting.select_related("source") if closing else ()
    return [
        row.pk
        for row in rows
        if closing == set(restrictions_above(row.source).values_list("pk", flat=True))
    ]


def leads_to(key: str) -> int | None:
    """The page open to everybody to which a red link of this folded title leads."""
    named = PageTitle.objects.filter(key=key).values("page")
    pages = visible_to(AnonymousUser(), Page.objects.filter(pk__in=named))
    return pages.order_by("pk").values_list("pk", flat=True).first()


def _write_links(page: Page) -> None:
    links = links_of(page)
    rows = _links_from(page.pk)
    kept = [row for row in rows if _is_said(row, links)]
    if len(kept) < len(rows):
        PageLink.objects.filter(pk__in={row.pk for row in rows} - {r.pk for r in kept}).delete()
    if missing := _missing(page, links, kept):
        PageLink.objects.bulk_create(missing)


def _is_said(row: PageLink, links: Links) -> bool:
    return row.wanted_key in links.wanted if row.wanted_key else row.target_id in links.pages


def _missing(page: Page, links: Links, kept: list[PageLink]) -> list[PageLink]:
    targets = links.pages - {row.target_id for row in kept}
    keys = links.wanted.keys() - {row.wanted_key for row in kept}
    there = Page.objects.filter(pk__in=targets).values_list("pk", flat=True) if targets else []
    return [
        *(PageLink(source_id=page.pk, target_id=pk) for pk in there),
        *(
            PageLink(source_id=page.pk, wanted=links.wanted[key], wanted_key=key)
            for key in sorted(keys)
        ),
    ]


def forget(page: Page) -> None:
    """A page that is published no more neither links nor answers to its title."""
    PageLink.objects.filter(source=page.pk).delete()
    PageTitle.objects.filter(page=page.pk).delete()


@transaction.atomic
def rewrite(pk: int) -> None:
    """Write the rows of a page as it is now, in a transaction of its own."""
    page = published().filter(pk=pk).first()
    if page is not None:
        write(page)


def rebuild(ids: Iterable[int] | None = None) -> None:
    """The whole table again, from the published pages; people can write meanwhile.

    `ids`: those of all published pages, wrapped to show progress. Held red links stay held.
    """
    PageLink.objects.exclude(source__in=published()).delete()
    PageTitle.objects.exclude(page__in=published()).delete()
    for pk in all_ids() if ids is None else ids:
        rewrite(pk)


def all_ids() -> list[int]:
    return list(published().filter(depth__gt=1).order_by("pk").values_list("pk", flat=True))


def fill_when_empty(**kwargs) -> None:
    """After `migrate`: a site that was there before the table gets it filled."""
    if not PageTitle.objects.exists():
        rebuild()


# Deleting for good: the database drops the rows that lead to a page together with it, but
# those that stand for red links must go back to wanting their title.


def wanting(page: Page) -> list[PageLink]:
    """The red links that this page holds, as they will be once it is deleted."""
    held = PageLink.objects.filter(target=page.pk).exclude(wanted_key="")
    return [
        PageLink(source_id=row.source_id, wanted=row.wanted, wanted_key=row.wanted_key)
        for row in held
    ]


def want_again(rows: list[PageLink]) -> None:
    """After the deletion: only pages that are still there want anything."""
    there = set(
        Page.objects.filter(pk__in={row.source_id for row in rows}).values_list("pk", flat=True)
    )
    PageLink.objects.bulk_create([row for row in rows if row.source_id in there])


# From red links to links, when a page is saved


def resolved(body: str, user=None, page: Page | None = None) -> str:
    """A clean body with its red links turned into page links where the page exists.

    Only pages open to everybody, and to the author when there is one: the others go on
    reading as wanted by those who may not know of them. `page`: the page being saved, whose
    red links may be held by a page that has another title since. All but the tags of the
    links turned keeps its bytes.
    """
    if 'linktype="wanted"' not in body:
        return body
    wanted = links_in(body).wanted
    targets = _targets(wanted, page)
    targets |= _placed({key: title for key, title in wanted.items() if key not in targets})
    return LINK.sub(lambda found: _turned(found, targets), body)


def _targets(keys: Iterable[str], page: Page | None) -> dict[str, int]:
    held = PageLink.objects.filter(wanted_key__in=keys, target__isnull=False)
    named = PageTitle.objects.filter(key__in=keys).order_by("-page_id")
    pairs = list(named.values_list("key", "page_id"))
    if page is not None and page.pk:
        pairs += held.filter(source=page.pk).values_list("wanted_key", "target_id")
    ids = {pk for _key, pk in pairs}
    pages = visible_to(AnonymousUser(), Page.objects.filter(pk__in=ids))
    readable = set(pages.values_list("pk", flat=True))
    return {key: pk for key, pk in pairs if pk in readable}


def _placed(wanted: dict[str, str]) -> dict[str, int]:
    """« [[/lieux/mairie/]] » and « [[mairie]] » lead to what stands at that address."""
    paths = {key: own_path(title) for key, title in wanted.items() if title.startswith("/")}
    pages = pages_at(paths.values())
    called = pages_called({key for key, title in wanted.items() if key == title})
    return called | {key: pages[path] for key, path in paths.items() if path in pages}


def attributes_of(tag: str) -> dict[str, str]:
    """Of a tag as `html.clean` writes it."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}


def _turned(found: re.Match, targets: dict[str, int]) -> str:
    attributes = attributes_of(found[1])
    if attributes.get("linktype") != "wanted":
        return found[0]
    pk = targets.get(key_of(wanted_title(attributes.get("title", ""))))
    return f'<a linktype="page" id="{escape(str(pk))}">' if pk else found[0]
