"""Latest changes of the whole site, as a page and as Atom feeds; those of one page too."""

from itertools import islice
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wiki.access import permissions
from wiki.history import contributors
from wiki.history.changes import Change, ChangeFilters, Moment, walk
from wiki.history.changes_by_day import screen
from wiki.markup.feeds import PlainAtomFeed
from wiki.markup.html import strip_control_chars
from wiki.models import KeptByStamp, Topic
from wiki.models.topics import topic_slug
from wiki.pages import kinds
from wiki.pages.lookup import with_page
from wiki.text import addresses
from wiki.text.characters import one_line
from wiki.text.titles import key_of

IN_FEED = 40
NAMES = ("sorte", "theme", "auteur", "mineures")
LONGEST = 100  # characters of a filter


def asked(request) -> dict[str, str]:
    """The filters of the address that hold something, as they were written."""
    values = {name: one_line(request.GET.get(name, ""))[:LONGEST] for name in NAMES}
    return {name: value for name, value in values.items() if value}


def filters_of(values: dict[str, str]) -> ChangeFilters:
    """`sorte`: a kind; `theme`: a topic's name or its address; `auteur`: a signature; of both,
    a part is enough. `mineures=non` leaves small corrections out."""
    model = kinds.all_kinds().get(values.get("sorte"))
    topics = topics_like(values["theme"]) if "theme" in values else ()
    names = contributors.names_like(values["auteur"]) if "auteur" in values else ()
    found = {"sorte": model, "theme": topics, "auteur": names}
    unknown = any(name in values and not known for name, known in found.items())
    return ChangeFilters(
        model=model,
        topics=topics,
        author_names=names,
        without_minor=values.get("mineures") == "non",
        nothing=bool(unknown),
    )


def topics_like(asked: str) -> tuple[Topic, ...]:
    """The topic of this name or address; else those whose name holds these words."""
    same = Topic.objects.filter(Q(name__iexact=asked) | Q(slug=topic_slug(asked)))
    if topic := same.order_by("pk").first():
        return (topic,)
    key = key_of(asked)
    exact = [pk for own, pk in _topic_keys() if own == key][:1]
    ids = exact or [pk for own, pk in _topic_keys() if key and key in own]
    return tuple(Topic.objects.filter(pk__in=ids))


def _read_topic_keys() -> list[tuple[str, int]]:
    rows = Topic.objects.order_by("pk").values_list("name", "pk")
    return [(key_of(name), pk) for name, pk in rows]


# One that is made by hand alone raises no stamp: nothing of it has changed on any page.
_topic_keys = KeptByStamp(_read_topic_keys)


def query_of(values: dict[str, str]) -> str:
    return f"?{urlencode(values)}" if values else ""


def changes(request):
    values = asked(request)
    after = Moment.read(request.GET.get("avant", ""))
    shown = screen(request.user, filters_of(values), after)
    context = {
        "screen": shown,
        "older": query_of({**values, "avant": shown.older}),
        "asked": {name: values.get(name, "") for name in NAMES},
        "filtered": bool(values),
        "query": query_of(values),
        "kinds": kinds.kind_names(),
        "later": after is not None,
        "can_see_trash": request.user.is_authenticated and permissions.can_write(request.user),
    }
    return render(request, "wiki/changes.html", context)


def changes_feed(request):
    """The same changes, with the same filters."""
    values = asked(request)
    rows = list(islice(walk(request.user, filters_of(values)), IN_FEED))
    link = reverse("changes") + query_of(values)
    return feed(request, _("Passerelles: latest changes"), link, rows)


@with_page
def page_feed(request, page):
    rows = list(islice(walk(request.user, ChangeFilters(page=page)), IN_FEED))
    title = _("Passerelles: changes of “%(title)s”") % {"title": page.title}
    return feed(request, title, addresses.url_of(page.url_path), rows)


def feed(request, title: str, link: str, rows: list) -> HttpResponse:
    made = PlainAtomFeed(
        title=strip_control_chars(title),
        link=request.build_absolute_uri(link),
        description="",
        language="fr",
        feed_url=request.build_absolute_uri(),
    )
    for row in rows:
        _add(made, request, row)
    response = HttpResponse(content_type=made.content_type)
    made.write(response, "utf-8")
    return response


def _add(made: PlainAtomFeed, request, row: Change) -> None:
    link = request.build_absolute_uri(_address(row))
    made.add_item(
        title=f"{row.page.title} ({row.label})",
        link=link,
        description=_told(row),
        unique_id=f"{request.build_absolute_uri('/')}#{Moment.of(row)}",
        author_name=row.signature,
        updateddate=row.created_at,
        pubdate=row.created_at,
    )


def _address(row: Change) -> str:
    if row.is_gone:
        return reverse("changes")
    address = addresses.url_of(row.page.url_path)
    return address if row.is_event or row.number == 1 else f"{address}difference/?a={row.number}"


def _told(row: Change) -> str:
    """What was said of it; a move says where from and where to."""
    return row.summary or " → ".join(place for place in (row.from_title, row.to_title) if place)
