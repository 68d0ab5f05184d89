"""Where a new page goes: under any page for an article, else in the index of its kind.

Its writer is told the place, and who may read there. The form carries what it told: the id of
the place and a sign of who reads it. When that holds no more the form is shown again: nothing
is published in another place, nor for others, in silence.
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Page, get_page_models

from wiki.access import restrictions
from wiki.access.visibility import can_read, place_sign, place_signs, published, visible_to
from wiki.models import WikiPage
from wiki.models.pages import IndexPage
from wiki.text.characters import one_line
from wiki.text.numbers import whole_number

ANYWHERE = "article"
NOTHING = QueryDict()  # what was sent of a form that is only opened
NOWHERE = "0"  # the place of a new page that has none yet
MOST_PLACES = 100


@dataclass
class Place:
    """`parent`: the page that a new page of this kind goes under; None when it must be chosen,
    or when this person may read none. `has_changed`: it is not what its writer was told."""

    user: object
    model: type[WikiPage]
    parent: Page | None
    has_changed: bool = False

    @property
    def is_chosen(self) -> bool:
        """An article goes wherever its writer wants; the other kinds have their index."""
        return self.model.kind == ANYWHERE

    @cached_property
    def choices(self) -> list["PlaceChoice"]:
        return choices(self.user, self.parent) if self.is_chosen else []

    @property
    def is_nowhere(self) -> bool:
        return self.parent is None and not self.choices

    @cached_property
    def value(self) -> str:
        """What the form carries."""
        return value_of(self.parent, place_sign(self.parent)) if self.parent else NOWHERE

    @cached_property
    def readers(self) -> str:
        """For whom the page will be reserved there; empty when everybody may read it."""
        return restrictions.readers_of(self.parent) if self.parent else ""

    @property
    def fault(self) -> str:
        """Why nothing can be published there now, and what to do; empty when it can."""
        if self.is_nowhere:
            return " ".join([kept_for(self.model), _("Your text is below, nothing is published.")])
        if self.parent is None:
            return missing() if self.has_changed else _("Choose where the page goes.")
        return changed(self.parent, self.readers) if self.has_changed else ""


@dataclass
class PlaceChoice:
    page: Page
    value: str
    readers: str


def missing() -> str:
    return _(
        "The place meant for this page is not open to you, or it is no more there. Your text is "
        "below, nothing is published. Choose another place, or ask the facilitators."
    )


def changed(parent: Page, readers: str) -> str:
    words = {"title": parent.title, "readers": readers}
    if readers:
        said = _(
            "The place of this page has changed: it would be in “%(title)s”. "
            "Those who may read it there: %(readers)s."
        )
    else:
        said = _(
            "The place of this page has changed: it would be in “%(title)s”, "
            "where everybody may read it."
        )
    return " ".join([said % words, _("Nothing is published yet. Publish it if that suits you.")])


def kept_for(model: type[WikiPage]) -> str:
    """To whom pages of a kind are reserved: the kind is named, never the pages that hold them."""
    last = indexes_of(model, published()).last()
    readers = restrictions.readers_of(last) if last else ""
    words = {"kind": model.kind_plural, "readers": readers}
    if readers:
        said = _("Pages of this sort (%(kind)s) are reserved: %(readers)s. Ask the facilitators.")
    else:
        said = _("There is no place for pages of this sort (%(kind)s) now. Ask the facilitators.")
    return said % words


def asked_parent(user, said: str | None) -> Page | None:
    """The page that the address or the form says, when this person may read it."""
    asked = whole_number((said or "").partition(".")[0])
    return visible_to(user).filter(pk=asked, depth__gt=1).first() if asked else None


def place_said(request, data: QueryDict | None) -> str | None:
    """The place that a form carries, or that the address asks for; None when none is said."""
    return (data or NOTHING).get("sous", request.GET.get("sous") or None)


def place_for(request, model: type[WikiPage], data: QueryDict | None) -> Place:
    """Of a new page of a kind: what was asked for an article, else the usual place."""
    said = place_said(request, data)
    if model.kind == ANYWHERE and said is not None:
        asked = asked_parent(request.user, said)
        return Place(request.user, model, asked, bool(said) and not holds(said, asked))
    usual = usual_place(request.user, model)
    carried = (data or NOTHING).get("sous")
    return Place(request.user, model, usual, carried is not None and not holds(carried, usual))


def holds(said: str, place: Page | None) -> bool:
    """Whether the place is the one that was told; one that carries no sign promised nothing."""
    pk, _stop, sign = said.partition(".")
    if place is None or whole_number(pk) != place.pk:
        return False
    return not sign or sign == place_sign(place)


def value_of(place: Page, sign: str) -> str:
    return f"{place.pk}.{sign}"


def usual_place(user, model: type[WikiPage]) -> Page | None:
    """The last index of a kind that this person may read; for an article the last section of
    the site, or none when it is closed to them: they choose."""
    if model.kind == ANYWHERE:
        last = indexes_of(model, published()).last()
        return last if last and can_read(user, last) else None
    return indexes_of(model, visible_to(user)).last()


def home_page() -> Page:
    """Around the preview of a page that has no place yet."""
    return published().filter(depth=2).order_by("path").first()


def indexes_of(model: type[WikiPage], pages: QuerySet) -> QuerySet:
    app, _dot, name = model.parent_model.partition(".")
    found = pages.filter(content_type__app_label=app, content_type__model=name.lower())
    return found.order_by("path")


def choices(user, current: Page | None) -> list[PlaceChoice]:
    """Sections and indexes to choose from, in the order of the site, `current` among them."""
    indexes = [model for model in get_page_models() if issubclass(model, IndexPage)]
    found = visible_to(user, Page.objects.type(*indexes))
    rows = list(found.filter(depth__gt=2).order_by("path")[:MOST_PLACES])
    if current and current.pk not in {row.pk for row in rows}:
        rows = sorted([*rows, current], key=lambda page: page.path)
    signs, kept = place_signs(rows), restrictions.among(rows)
    return [
        PlaceChoice(
            row, value_of(row, signs[row.pk]), kept[row.pk].readers if row.pk in kept else ""
        )
        for row in rows
    ]


def choices_of_kind(request, models) -> dict:
    """For the choice of a kind: each that has a place for this person, and which place when
    one was asked for."""
    said = place_said(request, None)
    asked, wanted = asked_parent(request.user, said), bool(said)
    places = [(model, place_for(request, model, None)) for model in models]
    asked_for = {
        "titre": one_line(request.GET.get("titre", ""))[:255],
        "sous": asked.pk if asked else NOWHERE if wanted else "",
    }
    query = urlencode({name: value for name, value in asked_for.items() if value})
    kinds = [(m, p.parent if asked else None) for m, p in places if not p.is_nowhere]
    return {
        "kinds": kinds,
        "lacks_some": len(kinds) < len(places),
        "is_missing": wanted and asked is None,
        "query": f"?{query}" if query else "",
        "title": asked_for["titre"],
    }
