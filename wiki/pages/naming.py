"""Pages of one kind that people name: found by their title or by the commune of a place, and
called so that one tells two of the same title apart."""

import re
from collections.abc import Callable, Iterable
from functools import cache, reduce
from operator import and_
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length

from wiki.access.closed_paths import closed_paths
from wiki.access.visibility import readable, visible_to
from wiki.internals.compiled import Compiled, OneOf
from wiki.models import KeptByStamp, PageTitle, WikiPage
from wiki.text.addresses import site_root_path
from wiki.text.titles import folded, key_of

WORD = re.compile(r"\w+")
MOST_WORDS = 8
LONGEST = 255  # characters read of what is typed
SHORTEST = 2  # letters
SHOWN = 8


class Named(NamedTuple):
    """As much of a page as names it among others."""

    pk: int
    title: str
    called: str


def names_of(model: type[WikiPage], ids: Iterable[int], user) -> list[Named]:
    """Of those of these pages that this person may read."""
    rows = _names(model)(closed_paths(user), OneOf(ids))
    return [Named(pk, title, _called(title, *apart)) for pk, title, *apart in rows]


@cache
def _names(model: type[WikiPage]) -> Compiled:
    columns = [name for name in ("pk", "title", model.told_apart_by) if name]
    return Compiled(
        lambda closed, ids: readable(closed, model.objects.filter(pk__in=ids)).values_list(*columns)
    )


def named(page: WikiPage) -> Named:
    return Named(page.pk, page.title, called(page))


def called(page: WikiPage) -> str:
    """Its title, with what tells it from others of this title: « Mairie (Chinon) »."""
    return _called(page.title, getattr(page, page.told_apart_by) if page.told_apart_by else "")


def _called(title: str, apart: str = "") -> str:
    said = not apart or key_of(apart) in key_of(title)
    return title if said else f"{title} ({apart})"


def keys_of_name(typed: str) -> set[str]:
    """The folded titles that a typed name may be of: as it stands, or without what stands in
    brackets after it."""
    title = typed.rpartition("(")[0] if typed.endswith(")") else ""
    return {key for key in (key_of(typed), key_of(title)) if key}


def is_called(page: WikiPage, typed: str) -> bool:
    if typed.startswith("/"):
        return page.address.strip("/") == typed.strip("/")
    return key_of(typed) in (key_of(page.title), key_of(called(page)))


def ids_named(names: Iterable[str]) -> set[int]:
    """The ids of all pages that may be called so, or that stand at these addresses: whoever
    shows them asks who may read them."""
    names = list(names)
    keys = {key for name in names for key in keys_of_name(name)}
    found = PageTitle.objects.filter(key__in=keys) if keys else PageTitle.objects.none()
    root = site_root_path()
    paths = [f"{root}{name.strip('/')}/" for name in names if name.startswith("/")]
    at = PageTitle.objects.filter(page__url_path__in=paths) if paths else PageTitle.objects.none()
    return {*found.values_list("pk", flat=True), *at.values_list("pk", flat=True)}


def completing(model: type[WikiPage], typed: str, user) -> list[WikiPage]:
    """At most SHOWN pages of this type that this person may read, whose title or commune holds
    these words: first those whose title begins so, the shortest first."""
    words = words_of(typed[:LONGEST])[:MOST_WORDS]
    if len("".join(words)) < SHORTEST:
        return []
    pages = visible_to(user, model.objects.filter(holding(model, words)).defer("body"))
    begins = PageTitle.objects.filter(page=OuterRef("pk"), key__startswith=key_of(typed))
    ordered = pages.order_by(Exists(begins).desc(), Length("title"), "title", "pk")
    return list(ordered[:SHOWN])


def holding(model: type[WikiPage], words: list[str]) -> Q:
    """Each word stands in the title, or begins a word of what tells such pages apart."""
    return reduce(and_, (_holding(model, word) for word in words))


def _holding(model: type[WikiPage], word: str) -> Q:
    titled = Q(pk__in=PageTitle.objects.filter(key__contains=word).values("page_id"))
    name = model.told_apart_by
    spellings = _spellings(model, word) if name else []
    return titled | Q(**{f"{name}__in": spellings}) if spellings else titled


def _spellings(model: type[WikiPage], word: str) -> list[str]:
    """The values that hold a word which begins so, as they are written in pages."""
    known = apart_in_memory(model)()
    return [value for value, key in known.items() if f" {word}" in key]


@cache
def apart_in_memory(model: type[WikiPage]) -> KeptByStamp[dict[str, str]]:
    """What tells the pages of this type apart: each value, and its folded words. Those of closed
    pages are among them: they only narrow what a person may read."""
    return KeptByStamp(lambda: _apart(model))


def _apart(model: type[WikiPage]) -> dict[str, str]:
    name = model.told_apart_by
    values = model.objects.exclude(**{name: ""}).values_list(name, flat=True).distinct()
    return {value: "".join(f" {word}" for word in words_of(value)) for value in values}


def words_of(text: str) -> list[str]:
    return WORD.findall(folded(text))


# Set by a room above, which forgives faults of typing: (model, typed, user) → pages.
_finders: list[Callable] = []


def find_named_with(finder: Callable) -> None:
    """Have pages that are called nearly so found by this too, when none is called so."""
    _finders[:] = [finder]


def nearest(model: type[WikiPage], typed: str, user) -> list[WikiPage]:
    """The pages that somebody may have meant, best first."""
    if found := completing(model, typed, user):
        return found
    return next((found for finder in _finders if (found := finder(model, typed, user))), [])


def among(model: type[WikiPage], ids: Iterable[int], user) -> list[WikiPage]:
    """Those of these pages that this person may read."""
    return _among(model)(closed_paths(user), OneOf(ids))


@cache
def _among(model: type[WikiPage]) -> Compiled:
    return Compiled(
        lambda closed, ids: readable(closed, model.objects.filter(pk__in=ids).defer("body"))
    )
