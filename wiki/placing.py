"""Where a new page goes: under any page for an article, else in the index of its kind."""

from urllib.parse import urlencode

from django.http import Http404
from wagtail.models import Page, get_page_models

from wiki.drafts import number
from wiki.models import WikiPage
from wiki.models.pages import IndexPage
from wiki.signs import one_line
from wiki.visibility import visible_to

ANYWHERE = "article"
MOST_PLACES = 100


def asked_parent(request) -> Page | None:
    """The page that the address or the form says, when this person may read it."""
    asked = number(request.POST.get("sous") or request.GET.get("sous"))
    return visible_to(request.user).filter(pk=asked, depth__gt=1).first() if asked else None


def parent_for(request, model: type[WikiPage]) -> Page:
    """What was asked for an article, else the index of the kind; 404 on an empty site."""
    parent = asked_parent(request) if model.kind == ANYWHERE else None
    parent = parent or index_of(request.user, model)
    if parent is None:
        raise Http404
    return parent


def index_of(user, model: type[WikiPage]) -> Page | None:
    """The last index of a kind that this person may read, else the home page."""
    app, _dot, name = model.parent_model.partition(".")
    pages = visible_to(user)
    index = pages.filter(content_type__app_label=app, content_type__model=name.lower())
    return index.order_by("path").last() or pages.filter(depth=2).first()


def places(user, current: Page) -> list[Page]:
    """Sections and indexes to choose from, in the order of the site, `current` among them."""
    indexes = [model for model in get_page_models() if issubclass(model, IndexPage)]
    found = visible_to(user, Page.objects.type(*indexes))
    rows = list(found.filter(depth__gt=2).order_by("path")[:MOST_PLACES])
    known = {row.pk for row in rows}
    return rows if current.pk in known else sorted([*rows, current], key=lambda page: page.path)


def choices_of_kind(request, models) -> dict:
    """For the choice of a kind: each with where its page goes when a place was asked for."""
    asked = asked_parent(request)
    asked_for = {
        "titre": one_line(request.GET.get("titre", ""))[:255],
        "sous": asked.pk if asked else "",
    }
    query = urlencode({name: value for name, value in asked_for.items() if value})
    return {
        "kinds": [(model, parent_for(request, model) if asked else None) for model in models],
        "query": f"?{query}" if query else "",
        "title": asked_for["titre"],
    }
