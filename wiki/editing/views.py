"""Writing a page: the form and its publication."""

from dataclasses import replace
from functools import cache

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from wiki.access import permissions
from wiki.editing import conflict_views, deleted_page, drafts, warnings
from wiki.editing.form_context import around_the_form
from wiki.editing.form_data import completed, is_to_publish, reopened, sent_data, with_new_key
from wiki.editing.forms import form_class
from wiki.editing.session_recovery import recovers_text
from wiki.editing.suggestions import suggested_topics
from wiki.internals.compiled import Compiled
from wiki.markup import html, sections
from wiki.media import sent_files, shown_files
from wiki.models import Version, WikiPage
from wiki.pages import kinds, placement, same_titles
from wiki.pages.content import label_of
from wiki.pages.lookup import with_page, writers_only
from wiki.pages.navigation import navigation_of
from wiki.publishing.merging import Choice
from wiki.publishing.merging_before_lock import merging_first
from wiki.publishing.publishing import Edit, EditConflict, InTrash, Publication, create, publish
from wiki.text.addresses import url_of
from wiki.text.characters import one_line
from wiki.text.form_fields import LONGEST_BODY


@recovers_text
@with_page
@writers_only(permissions.can_write)
@merging_first
def edit(request, page):
    """`<page>/modifier/`: opens the live text; publishes, merges, or asks to choose."""
    if not permissions.can_edit(request.user, page):
        return refused(request, page)
    page, form = opened(request, page)
    if conflict_views.is_going_back(request):
        form = conflict_views.form_to_go_on(request, form, page)
    if not is_ready(request, form, page):
        return form_screen(request, form, page, sent_data(request))
    sent = edit_of(form, request)
    try:
        with transaction.atomic():  # new topics are undone with the rest
            done = publish(form.filled(), sent)
            drafts.close_published(request.user, request.POST, page, page.kind)
    except EditConflict as conflict:
        return conflict_views.screen(request, page, conflict)
    except InTrash:
        return deleted_page.kept_screen(request, Page.objects.get(pk=page.pk))
    except ValidationError as error:
        if sent.choices and (asked := conflict_views.asks_again(request, form, page, sent, error)):
            return asked
        form.refuse(error)
        return form_screen(request, form, page, sent_data(request))
    return published(request, done, sent)


def refused(request, page):
    """A locked page is read by everybody; a text on its way is given back."""
    if request.method == "POST" or not page.locked:
        raise PermissionDenied
    return render(request, "wiki/locked.html", {"page": page}, status=403)


def opened(request, page: Page) -> tuple:
    """The page as it is live and its form; made again when somebody publishes meanwhile, or the
    base of a merge would be older than the text and the rows that it stands for, and what came
    between would be written twice."""
    while True:
        page, number = live_text(page)
        form = form_for(request, page, initial={"base": number})
        if request.method == "POST" or newest_number(page.pk) == number:
            return page, form


def live_text(page: Page) -> tuple[Page, int]:
    """The page and the number of the version that it shows, read together."""
    found = _with_number(page.specific_class)(page.pk)
    if not found:
        raise Page.DoesNotExist
    return found[0], found[0].kb_number


@cache
def _with_number(model: type[Page]) -> Compiled:
    number = Coalesce(Subquery(_numbers(OuterRef("pk"))[:1]), 0)
    return Compiled(lambda pk: model.objects.filter(pk=pk).annotate(kb_number=number))


def _numbers(page_id) -> QuerySet:
    newest_first = Version.objects.filter(page_id=page_id).order_by("-number")
    return newest_first.values_list("number", flat=True)


_newest_number = Compiled(lambda page_id: _numbers(page_id)[:1])


def newest_number(page_id: int) -> int:
    return next(iter(_newest_number(page_id)), 0)


def is_ready(request, form, page, parent=None) -> bool:
    """Sent to be published, without a fault, and its writer knows who will read it."""
    is_sound = is_to_publish(sent_data(request)) and form.is_valid()
    return is_sound and not must_be_warned(request, page, parent)


def must_be_warned(request, page, parent=None) -> bool:
    return warnings.is_to_be_told(request.POST, request.user, page, parent)


def form_for(request, page: WikiPage, initial: dict | None = None):
    """The form of a page: empty of edits, as it was sent, or opened again as it was sent."""
    make = form_class(type(page))
    refused = sent_files.take(request)
    if request.method != "POST":
        return make(None, instance=page, initial=initial or {}, user=request.user)
    if "reopen" in request.POST and not conflict_views.is_going_back(request):
        return form_with(request.POST, page, request.user)
    form = make(completed(request.POST, page), instance=page, user=request.user)
    form.refuse_files(refused)
    return form


def form_with(data: QueryDict, page: WikiPage, user):
    """The form opened with a text, which nothing judges yet."""
    return reopened(form_class(type(page))(with_new_key(data, page), instance=page, user=user))


def open_draft(request, page: Page, data: QueryDict):
    """The editor of a page, with what a draft holds."""
    request.kb_navigation = navigation_of(request.user, page.specific.address)
    page, _number = live_text(page)
    return form_screen(request, form_with(data, page, request.user), page, data)


def open_new_draft(request, kind: str, data: QueryDict):
    """The editor of a new page, with what a draft holds."""
    model = kinds.all_kinds()[kind]
    place = placement.place_for(request, model, data)
    form = form_with(data, model(body=model.skeleton), request.user)
    return form_screen(request, form, None, data, place=place, kind=model)


def published(request, done: Publication, sent: Edit):
    version = done.version
    messages.success(request, thanks(done, sent))
    if version.number == 1 and (same := same_titles.told_of(request.user, version)):
        messages.info(request, same)
    if Choice.THEIRS in sent.choices.values():
        messages.info(request, _("Your own text stays in your drafts."))
    if shown_files.left_out(posted_body(request), version, request.user):
        messages.warning(
            request,
            _("A photo or a document stayed behind: it belongs to a page that you do not read."),
        )
    if hollow := sections.said(newly_hollow(version)):
        messages.info(request, hollow)
    return redirect(url_of(_place(version.page_id)[0]))


_place = Compiled(lambda pk: Page.objects.filter(pk=pk).values_list("url_path", flat=True))


def newly_hollow(version: Version) -> list[str]:
    """The headings over nothing that this version brings: of the others its writers were told."""
    found = sections.hollow_headings(version.content.get("body", ""))
    if not found:
        return []
    earlier = Version.objects.filter(page_id=version.page_id, number__lt=version.number)
    before = earlier.order_by("-number").first()
    told = sections.hollow_headings(before.content.get("body", "")) if before else []
    return [words for words in found if words not in told]


def posted_body(request) -> str:
    return html.clean(request.POST.get("body", "")[:LONGEST_BODY])


def thanks(done: Publication, sent: Edit) -> str:
    """What became of the text: published, merged, or nothing new in it."""
    kept_theirs = Choice.THEIRS in sent.choices.values()
    if done.unchanged and (kept_theirs or done.version.number == sent.base):
        return _("Nothing has changed: the page stays as it was.")
    if done.merged:
        if merged_with(done.version, sent) > 1:
            return _("Your texts are together now. Thank you!")
        return _("Your two texts are together now. Thank you!")
    if done.version.number == 1:
        return _("Your page is published. Thank you!")
    return _("It is published. Thank you!")


def merged_with(version: Version, sent: Edit) -> int:
    """How many people published between the opening of the form and its publication."""
    between = Version.objects.filter(
        page_id=version.page_id, number__gt=sent.base or 0, number__lt=version.number
    ).exclude(origin=Version.Origin.OPENING)
    return len({other.signature for other in between.without_content()})


def edit_of(form, request) -> Edit:
    data = form.cleaned_data
    return Edit(
        author=request.user,
        summary=data["edit_summary"],
        minor=data["minor"],
        base=data["base"] or 0,
        key=data["key"],
        choices=conflict_views.choices_of(request.POST, type(form.instance)),
        chosen_on=conflict_views.chosen_on(request.POST),
    )


def form_screen(request, form, page, data, **more):
    """`data`: what was sent, or the draft that the form is opened with; None for neither."""
    bad = is_to_publish(data) and not form.is_valid()
    context = {
        "form": form,
        "bad": bad,
        "page": page,
        "rows": [
            (label_of(type(form.instance), name), formset)
            for name, formset in form.formsets.items()
        ],
        "suggested": suggested_topics(request.user),
        **around_the_form(request, form, page, data, **more),
        **more,
    }
    return render(request, "wiki/edit.html", context, status=422 if bad else 200)


@writers_only(permissions.can_write)
def choose_kind(request):
    """`/nouveau/`: what sort of page?"""
    context = placement.choices_of_kind(request, kinds.all_kinds().values())
    return render(request, "wiki/choose_kind.html", context)


@recovers_text
@writers_only(permissions.can_write)
@merging_first
def new(request, kind):
    """`/nouveau/<type>/?titre=&sous=`: the skeleton of the type, the title prefilled."""
    model = kinds.all_kinds().get(kind)
    if model is None:
        raise Http404
    place = placement.place_for(request, model, sent_data(request))
    if place.is_nowhere and request.method != "POST":
        return kept_for_others(request, model)
    page = model(title=one_line(request.GET.get("titre", ""))[:255], body=model.skeleton)
    form = form_for(request, page)
    if is_to_publish(sent_data(request)) and place.fault:
        form.is_valid()  # its own faults are told with it
        form.refuse(ValidationError(place.fault))
    if not is_ready(request, form, None, place.parent):
        return form_screen(request, form, None, sent_data(request), place=place, kind=model)
    sent = edit_of(form, request)
    told = (placement.place_said(request, request.POST) or "").partition(".")[2]
    sent = replace(sent, place_told=told)
    try:
        with transaction.atomic():
            done = create(form.filled(), place.parent, sent)
            drafts.close_published(request.user, request.POST, page, model.kind)
    except EditConflict as conflict:
        made = Page.objects.get(pk=conflict.current.page_id).specific
        return conflict_views.screen(request, made, conflict)
    except ValidationError as error:
        form.refuse(error)
        place = placement.place_for(request, model, request.POST)  # it may be what has changed
        return form_screen(request, form, None, sent_data(request), place=place, kind=model)
    return published(request, done, sent)


def kept_for_others(request, model):
    """There is no place for this kind that the person may read: the form would lead nowhere."""
    context = {"kind": model, "why": placement.kept_for(model)}
    return render(request, "wiki/kind_reserved.html", context, status=403)
