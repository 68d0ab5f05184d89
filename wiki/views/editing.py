"""Writing a page: the form, publication, and what to do when it came too late."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki import kinds, permissions
from wiki.content import child_relations, label_of, page_with
from wiki.differences import difference
from wiki.forms import form_class, suggested_topics
from wiki.models import Version, WikiPage
from wiki.publishing import (
    Edit,
    StalePage,
    already_published,
    create,
    newest_version,
    publish,
)
from wiki.views.lookup import with_page, writers_only
from wiki.visibility import visible_to

MOST_ROWS = 1000


@with_page
@writers_only(permissions.can_write)
def edit(request, page):
    """`<page>/modifier/`: opens the live text; publishes, or gives the text back."""
    if not permissions.can_edit(request.user, page):
        raise PermissionDenied
    page = Page.objects.get(pk=page.pk).specific
    newest = newest_version(page)
    initial = {"base": newest.number if newest else 0}
    if done := already_published(request.POST.get("key"), request.user, page):
        return published(request, done)
    if request.method == "POST" and newest and request.POST.get("base") != str(newest.number):
        return stale_screen(request, page, newest)
    data = completed(request.POST.copy(), type(page)) if request.method == "POST" else None
    form = form_class(type(page))(data, instance=page, initial=initial, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return form_screen(request, form, page)
    try:
        with transaction.atomic():  # new topics are undone with the rest
            version = publish(form.filled(), edit_of(form, request.user))
    except StalePage as stale:  # published in this very moment
        return stale_screen(request, page, stale.current)
    except ValidationError as error:
        form.refuse(error)
        return form_screen(request, form, page)
    return published(request, version)


def published(request, version: Version):
    messages.success(request, _("It is published. Thank you!"))
    return redirect(Page.objects.get(pk=version.page_id).url)


def edit_of(form, user) -> Edit:
    data = form.cleaned_data
    return Edit(
        author=user,
        summary=data["edit_summary"],
        minor=data["minor"],
        base=data["base"] or 0,  # a form without base is stale
        key=data["key"],
    )


def form_screen(request, form, page, **more):
    bad = form.is_bound and not form.is_valid()
    context = {
        "form": form,
        "bad": bad and "stale" not in more,
        "page": page,
        "rows": [
            (label_of(type(form.instance), name), formset)
            for name, formset in form.formsets.items()
        ],
        "suggested_topics": suggested_topics(request.user),
        **more,
    }
    return render(request, "wiki/edit.html", context, status=422 if bad else 200)


def stale_screen(request, page, newest: Version):
    """Somebody published meanwhile: their change, and the text typed, ready to go on."""
    page = Page.objects.get(pk=page.pk).specific
    base = based_on(request, page)
    data = rebased(request.POST, page, newest)
    form = form_class(type(page))(data, instance=page, initial={}, user=request.user)
    theirs = None
    if base:
        then, now = page_with(page, base.content), page_with(page, newest.content)
        theirs = difference(then, now, request.user)
    response = form_screen(request, form, page, stale=newest, theirs=theirs)
    response.status_code = 409
    return response


def based_on(request, page) -> Version | None:
    """The readable version that the form says it was opened on."""
    number = request.POST.get("base", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    versions = Version.objects.filter(page=page).readable_by(request.user)
    return versions.filter(number=int(number)).first()


def completed(data, model):
    """A form cut on its way still is one: rows without their hidden id are new rows."""
    for name in child_relations(model):
        total = data.get(f"{name}-TOTAL_FORMS", "0")
        rows = min(int(total), MOST_ROWS) if total.isascii() and total.isdigit() else 0
        for rank in range(rows):
            data.setdefault(f"{name}-{rank}-id", "")
    return data


def rebased(posted, page, newest: Version):
    """The form's data on the newest version; rows removed meanwhile become new ones."""
    data = completed(posted.copy(), type(page))
    data["base"] = newest.number
    for name in child_relations(type(page)):
        known = {str(row.pk) for row in getattr(page, name).all()}
        for key in [key for key in data if key.startswith(f"{name}-") and key.endswith("-id")]:
            if data[key] not in known:
                data[key] = ""
    return data


@writers_only(permissions.can_write)
def choose_kind(request):
    """`/nouveau/`: what sort of page?"""
    context = {"kinds": kinds.all_kinds().values(), "title": request.GET.get("titre", "")}
    return render(request, "wiki/choose_kind.html", context)


@writers_only(permissions.can_write)
def new(request, kind):
    """`/nouveau/<type>/?titre=&sous=`: the skeleton of the type, the title prefilled."""
    model = kinds.all_kinds().get(kind)
    if model is None:
        raise Http404
    if done := already_published(request.POST.get("key"), request.user):
        return published(request, done)
    parent = parent_for(request, model)
    page = model(title=request.GET.get("titre", "")[:255], body=model.skeleton)
    data = completed(request.POST.copy(), model) if request.method == "POST" else None
    form = form_class(model)(data, instance=page, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return form_screen(request, form, None, parent=parent, kind=model)
    try:
        with transaction.atomic():
            version = create(form.filled(), parent, edit_of(form, request.user))
    except ValidationError as error:
        form.refuse(error)
        return form_screen(request, form, None, parent=parent, kind=model)
    messages.success(request, _("Your page is published. Thank you!"))
    return redirect(Page.objects.get(pk=version.page_id).url)


def parent_for(request, model: type[WikiPage]) -> Page:
    """Where the page goes: what `sous` says for an article, else the index of its type."""
    asked = request.GET.get("sous", "")
    pages = visible_to(request.user)
    if model.kind == "article" and asked.isascii() and asked.isdigit():
        parent = pages.filter(pk=int(asked[:12]), depth__gt=1).first()
        if parent:
            return parent
    index = pages.filter(content_type__app_label=app_of(model), content_type__model=index_of(model))
    parent = index.order_by("path").last() or pages.filter(depth=2).first()
    if parent is None:
        raise Http404
    return parent


def app_of(model: type[WikiPage]) -> str:
    return model.parent_model.partition(".")[0]


def index_of(model: type[WikiPage]) -> str:
    return model.parent_model.partition(".")[2].lower()
