"""Completion of titles: pages that one may read, from a few letters of one of their names."""

from collections.abc import Iterable
from itertools import islice

from wagtail.models import Page

from search.language import analysis
from search.suggest.title_index import names_in_memory
from wiki.access.visibility import visible_to
from wiki.models.pages import IndexPage
from wiki.pages.kinds import all_kinds
from wiki.text import addresses

SHOWN = 8
SHORTEST = 2  # letters
LONGEST = 255  # characters read of a query: no title is longer
MOST_WORDS = 12
ASKED = 40  # candidates whose readers are asked first; each further time four times more


def pages_named(query: str, user) -> list[dict]:
    """At most SHOWN pages, best first; any text is a valid query, an address of the site too.

    Mistakes are forgiven only when nothing that this reader may read is written so: whether
    pages closed to them are, changes nothing.
    """
    if query.startswith("/"):
        return page_at(query, user)
    words = words_asked(query)
    if len("".join(words)) < SHORTEST:
        return []
    return readable(names_in_memory.find(words), user) or mistaken(words, user)


def mistaken(words: list[str], user, kind: str = "") -> list[dict]:
    """Pages, of this kind or of all, with a name that holds these words but for a few letters."""
    return (
        readable(names_in_memory.find_mistaken(words), user, kind)
        or readable(names_in_memory.find_mistaken(words, "begun_near"), user, kind)
        or readable(names_in_memory.find_mistaken(words, "far"), user, kind)
    )


def mistaken_ids(query: str, user, kind: str) -> list[int]:
    words = words_asked(query)
    names_in_memory.brought_up()
    return [page["id"] for page in mistaken(words, user, kind)]


def words_asked(query: str) -> list[str]:
    """The folded words of a query, those that are read of it."""
    return [token.word for token in analysis.tokens(query[:LONGEST])][:MOST_WORDS]


def page_at(address: str, user) -> list[dict]:
    """The page at an address of the site, as `/lieux/`, if this person may read it."""
    path = address.replace("\x00", "").strip("/")
    url_path = addresses.site_root_path() + (f"{path}/" if path else "")
    return readable(Page.objects.filter(url_path=url_path).values_list("pk", flat=True), user)


def readable(ids: Iterable[int], user, kind: str = "") -> list[dict]:
    """The first pages of these, in their order, that this person may read."""
    of_kind = {"search_entry__kind": kind} if kind else {"search_entry__isnull": False}
    found, left, asked = [], iter(ids), ASKED
    while len(found) < SHOWN and (part := list(islice(left, asked))):
        pages = visible_to(user, Page.objects.filter(pk__in=part, **of_kind))
        rows = pages.values_list("pk", "title", "search_entry__kind", "url_path")
        known = {pk: (pk, *rest) for pk, *rest in rows}
        found += [known[pk] for pk in part if pk in known]
        asked *= 4
    return [described(*row) for row in found[:SHOWN]]


def described(pk: int, title: str, kind: str, url_path: str) -> dict:
    """A page as the editor's completion reads it."""
    return {
        "id": pk,
        "title": title,
        "kind": kind,
        "kind_name": str(all_kinds().get(kind, IndexPage).kind_name),
        "address": addresses.url_of(url_path),
    }
