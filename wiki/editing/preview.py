"""A page as it would be read, before it is published: nothing is written."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from wagtail.models import Page

from wiki.access import permissions
from wiki.access.visibility import visible_to
from wiki.editing.form_data import completed
from wiki.editing.forms import form_class
from wiki.history import contributors
from wiki.markup import html
from wiki.media import shown_files
from wiki.models import Topic, WikiPage
from wiki.pages import content, kinds, placement
from wiki.pages.lookup import with_page, writers_only
from wiki.pages.navigation import navigation_of
from wiki.publishing.publishing import Edit, newest_version
from wiki.rendering import own_links
from wiki.rendering.context import context_of
from wiki.text import addresses


@never_cache
@with_page
@writers_only(permissions.can_write)
def preview(request, page):
    """`<page>/apercu/`: the page with what is typed in its form."""
    if not permissions.can_edit(request.user, page):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("edit", path=page.address[1:])
    page = Page.objects.get(pk=page.pk).specific
    return screen(request, page, contributors.signature(page, request.user))


@never_cache
@writers_only(permissions.can_write)
def preview_new(request, kind):
    """`/nouveau/<kind>/apercu/`: the page that the form would make."""
    model = kinds.all_kinds().get(kind)
    if model is None:
        raise Http404
    if request.method != "POST":
        return redirect("new", kind=kind)
    place = placement.place_for(request, model, request.POST)
    parent = place.parent or placement.home_page()
    if parent is None:
        raise Http404
    request.kb_navigation = navigation_of(request.user, addresses.url_of(parent.url_path))
    request.kb_navigation.trail.append(parent)
    page = placed(model(), parent, request.POST.get("title", ""))
    signature = {"last_change": None, "version_count": 0, "contributors": []}
    return screen(request, page, signature, place.fault)


def placed(page: WikiPage, parent: Page, title: str) -> WikiPage:
    """A new page in memory, at the address that its publication would give it."""
    page.depth, page.path = parent.depth + 1, parent.path + "ZZZZ"
    page.slug = addresses.free_slug(title, parent)
    page.url_path = f"{parent.url_path}{page.slug}/"
    return page


def screen(request, page: WikiPage, signature: dict, misplaced: str = ""):
    newest = newest_version(page) if page.pk else None
    form = form_class(type(page))(completed(request.POST, page), instance=page, user=request.user)
    faults = [*([("", misplaced)] if misplaced else []), *faults_of(form)]
    fill(form, page)
    known = newest.content.get("body", "") if newest else ""
    page.body = own_links.linked(page.body, known, request.user)
    shown_files.keep_only(page, shown_files.shown(page, newest, Edit(author=request.user)))
    context = {
        **context_of(page, request),
        **signature,
        "preview": True,
        "faults": faults,
    }
    response = render(request, page.template, context)
    response["X-Robots-Tag"] = "noindex"
    return response


def faults_of(form) -> list[tuple[str, str]]:
    """What publishing would refuse: the name of a field and what is wrong with it."""
    form.is_valid()
    own = [(form.fields[n].label if n in form.fields else "", e) for n, e in form.errors.items()]
    below = [
        (content.label_of(type(form.instance), name), error)
        for name, formset in form.formsets.items()
        for row in rows_kept(formset)
        for error in row.errors.values()
    ]
    return [(str(label), " ".join(errors)) for label, errors in [*own, *below]]


def fill(form, page: WikiPage) -> None:
    """Put in the page all that is valid; Django put the valid fields there already."""
    for field in content.written_fields(type(page)):
        if isinstance(field, models.DateField) and not field.null and not getattr(page, field.name):
            setattr(page, field.name, timezone.localdate())  # a day is needed to place the page
    page.title = page.title or form.data.get("title", "")[:255]
    page.body = html.clean(page.body or "")
    page.topics = topics_of(form.cleaned_data.get("topics", []), form.user)
    for name, formset in form.formsets.items():
        setattr(page, name, [row.instance for row in rows_kept(formset) if not row.errors])


def rows_kept(formset) -> list:
    """The rows that would be saved, in their order; blank ones and removed ones are not."""
    filled = [r for r in formset if r.has_changed() or r.instance.pk]
    kept = [row for row in filled if not row.data.get(row.add_prefix("DELETE"))]
    return sorted(kept, key=rank_of)


def rank_of(row) -> int:
    rank = getattr(row, "cleaned_data", {}).get("ORDER")
    return rank if rank is not None else 10**6


def topics_of(names: list[str], user) -> list[Topic]:
    """The topics of these names; in memory only are those that do not exist yet, or that no
    page has which this person may read."""
    return [_known_topic(name, user) or Topic(name=name) for name in names]


def _known_topic(name: str, user) -> Topic | None:
    topic = Topic.objects.called(name)
    pages = Page.objects.filter(topic_links__topic=topic)
    return topic if topic and visible_to(user, pages).exists() else None
