"""Links written with an address of this very site lead to the page itself, whatever its address.

« https://<the site>/lieux/mairie/ » becomes `linktype="page"`, « /fichiers/12/ » a link to the
document: they follow renamed pages, and count among the links of the page.
"""

import re

from wagtail.models import Page

from wiki.access.visibility import visible_to
from wiki.links.index import LINK, attributes_of
from wiki.pages.own_addresses import files_at, own_path, pages_at
from wiki.rendering import autolinks

CLOSING = re.compile("(?<=</a>)")  # links do not stand in each other


def linked(body: str, known: str = "", author=None, is_import: bool = False) -> str:
    """A clean body as it is stored: typed addresses and titles are links, in touched lines.

    `known`: the body before, whose lines keep their bytes; `author`: only what they may read
    is linked to so. An import knows pages that are not published yet.
    """
    body = autolinks.linked(body, known)
    body = body if is_import else _without_unknown(body, known, author)
    if "<a href=" not in body:
        return body
    lines = list(autolinks.touched_lines(body, known))
    paths = {path for line, touched in lines if touched for path in _paths(line)}
    targets = _targets(paths, author)
    if not targets:
        return body
    return "".join(_named(line, targets) if touched else line for line, touched in lines)


def _without_unknown(body: str, known: str, author) -> str:
    """Links to pages that the author may not read, or that never were, become plain words: what
    such a link looks like would tell which pages there are. Those of `known` stay."""
    new = _pages_of(body) - _pages_of(known) if author else set()
    if not new:
        return body
    pages = visible_to(author, Page.objects.filter(pk__in=new))
    gone = new - set(pages.values_list("pk", flat=True))
    return "".join(_unlinked(piece, gone) for piece in CLOSING.split(body))


def _unlinked(piece: str, gone: set[int]) -> str:
    """What ends with a link, without its tags when it leads to one of these pages."""
    opening = next((tag for tag in LINK.finditer(piece) if _page_of(tag) in gone), None)
    if opening is None:
        return piece
    return piece[: opening.start()] + piece[opening.end() :].removesuffix("</a>")


def _pages_of(body: str) -> set[int]:
    return {page for tag in LINK.finditer(body) if (page := _page_of(tag))}


def _page_of(tag) -> int | None:
    attributes = attributes_of(tag[1])
    number = attributes.get("id", "") if attributes.get("linktype") == "page" else ""
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None


def _paths(line: str) -> set[str]:
    found = (own_path(attributes_of(tag[1]).get("href", "")) for tag in LINK.finditer(line))
    return set(found) - {""}


def _targets(paths: set[str], author) -> dict[str, tuple[str, int]]:
    pages = pages_at(paths, author) if paths else {}
    files = files_at(paths - pages.keys(), author)
    return {
        **{path: ("page", pk) for path, pk in pages.items()},
        **{path: ("document", pk) for path, pk in files.items()},
    }


def _named(line: str, targets: dict[str, tuple[str, int]]) -> str:
    def turned(tag):
        target = targets.get(own_path(attributes_of(tag[1]).get("href", "")))
        return f'<a linktype="{target[0]}" id="{target[1]}">' if target else tag[0]

    return LINK.sub(turned, line)
