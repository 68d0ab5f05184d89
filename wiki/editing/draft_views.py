"""One's own drafts: kept while one types, listed, resumed, thrown away; and who else writes.

What scripts ask for is answered in JSON, with a fresh CSRF token: the login in another tab
changes it.
"""

from functools import wraps

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page

from wiki.access import permissions
from wiki.access.in_trash import shown_to
from wiki.access.visibility import can_read, visible_to
from wiki.editing import deleted_page, newer_versions, presence, session_recovery, views, warnings
from wiki.editing import drafts as own
from wiki.pages import kinds, same_titles
from wiki.pages.lookup import writers_only
from wiki.text.numbers import whole_number
from wiki.trash.deleted_pages import known_among
from wiki.trash.deleted_pages import sentence as lost_sentence

MOST_KEYS = 300


def for_scripts(view):
    """Writers only; the others are told in JSON, not sent to a screen that would be lost.

    A form opened by somebody else is as a session that is lost: nothing goes to the drafts
    of the person who logged in after.
    """

    @never_cache
    @wraps(view)
    def answered(request):
        owner = request.POST.get("person") or request.GET.get("person")
        if not request.user.is_authenticated:
            return JsonResponse({"error": "login"}, status=401)
        if owner not in (None, str(request.user.pk)):
            return JsonResponse({"error": "login", "other": somebody_else(request)}, status=401)
        if not permissions.can_write(request.user):
            return JsonResponse({"error": _("Your account may not write pages.")}, status=403)
        return view(request)

    return answered


def somebody_else(request) -> str:
    said = _(
        "This text was not sent: %(name)s has logged in here since it was begun with another "
        "account. Log out, then log in with the first one."
    )
    return said % {"name": request.user.display_name}


def page_asked(request) -> Page | None:
    """The page that the form is about, when this person may edit it."""
    asked = whole_number(request.POST.get("page"))
    page = Page.objects.filter(pk=asked).first() if asked else None
    return page if page and permissions.can_edit(request.user, page) else None


def page_read(request) -> Page | None:
    """The page that the form is about, locked since it was opened: its draft stays with it."""
    asked = whole_number(request.POST.get("page"))
    return visible_to(request.user).filter(pk=asked, depth__gt=2).first() if asked else None


@require_POST
@for_scripts
def save_draft(request):
    """Keeps the whole form in the person's own draft; says so only once it is done."""
    key, data = own.as_key(request.POST.get("key")), request.POST
    if key is None:
        return JsonResponse({"error": _("This form has no key: load the page again.")}, status=400)
    if number := own.published(request.user, [key]).get(key):
        return JsonResponse({"published": number, "csrf": get_token(request)})
    page = page_asked(request)
    lost = None if page else deleted_page.page_asked(request)
    of = page or lost or page_read(request)
    kind = of.specific_class.kind if of else data.get("kind", "")
    try:
        draft = own.save(request.user, key, data, of, kind[:20])
    except own.TooLong:
        message = _("This text is too long for a draft. Share it between two pages.")
        return JsonResponse({"error": message}, status=413)
    own.forget(request.user, *data.getlist("resumes"))
    kept = _("It cannot be published there. Your text is kept in your drafts.")
    return JsonResponse({**told(draft), **around(request, page), **told_lost(request, lost, kept)})


def told(draft) -> dict:
    moment = timezone.localtime(draft.updated_at)
    return {"saved_at": f"{moment:%H:%M}"}


def told_lost(request, page: Page | None, what_then: str) -> dict:
    """To somebody who writes in a page that was put in the trash meanwhile."""
    if page is None:
        return {}
    return {"lost": f"{lost_sentence(request.user, page)} {what_then}"}


def around(request, page: Page | None) -> dict:
    """Who else is there, what to be careful with, and the token for the next sending."""
    parent = None if page else own.parent_of(request.user, request.POST)
    found = warnings.of_form(request.POST, request.user, page, parent)
    return {
        "csrf": get_token(request),
        "others": signs_of_life(request, page),
        "warnings": found.sentences,
        "advice": found.advice,
        "seen": found.seen,
        **({"news": newer_versions.since(page, request.POST)} if page else {}),
        "same": same_titles.told(request.user, request.POST.get("title", ""), page),
    }


def signs_of_life(request, page: Page | None) -> list[str]:
    if page is None:
        return []
    presence.seen(request.user, page, request.POST.get("key"))
    return presence.others(request.user, page)


@require_POST
@for_scripts
def be_present(request):
    """A sign of life of an open form, or its last one when it `leaves`."""
    if "leaves" in request.POST:
        presence.left(request.user, request.POST.get("key"))
        return JsonResponse({})
    page = page_asked(request)
    lost = None if page else deleted_page.page_asked(request)
    others = signs_of_life(request, page)
    heard = {"others": others, "csrf": get_token(request)}
    if page:
        heard["news"] = newer_versions.since(page, request.POST)
    go_on = _("What you write goes to your drafts.")
    return JsonResponse({**heard, **told_lost(request, lost, go_on)})


@require_POST
@for_scripts
def take_changes(request):
    """`/brouillons/reunir/`: the fields of an open form with what others published put in them."""
    page = page_asked(request)
    if page is None:
        message = _("This page cannot be edited any more. Your text is kept in your drafts.")
        return JsonResponse({"error": message}, status=409)
    page, _number = views.live_text(page)
    found = newer_versions.taken(page, request.POST, request.user)
    if found.fault:
        message = _("Mend first what is missing in your text: its title, a date.")
        return JsonResponse({"error": message}, status=422)
    if found.conflicts:
        return JsonResponse(
            {"conflict": conflict_said(found.conflicts), "csrf": get_token(request)}
        )
    told = {"base": found.base, "fields": found.values, "rows": found.rows}
    return JsonResponse({**told, "csrf": get_token(request)})


def conflict_said(count: int) -> str:
    return ngettext(
        "You both changed the same passage: you will choose when you publish. Nothing is lost.",
        "You both changed %(n)s same passages: you will choose when you publish. Nothing is lost.",
        count,
    ) % {"n": count}


@for_scripts
def draft_state(request):
    """What became of forms, by their keys: published, or kept as a draft and when.

    A draft to `discard` is thrown away first.
    """
    own.forget(request.user, *request.POST.getlist("discard"))
    keys = request.POST.getlist("keys")[:MOST_KEYS]
    known = [key for key in map(own.as_key, keys) if key]
    kept = own.own(request.user).filter(key__in=known) if known else []
    return JsonResponse(
        {
            "csrf": get_token(request),
            "published": [str(key) for key in own.published(request.user, known)],
            "drafts": {str(draft.key): draft.updated_at.isoformat() for draft in kept},
        }
    )


@require_GET
@never_cache
@writers_only(permissions.can_write)
def drafts(request):
    """`/brouillons/`: what one has not published yet."""
    mine = list(own.own(request.user).select_related("page")[:MOST_KEYS])
    pages = visible_to(request.user, Page.objects.filter(pk__in=[d.page_id for d in mine]))
    known = {page.pk: page for page in pages}
    trashed = known_among(request.user, [draft.page for draft in mine if draft.page])
    own_trash = set(shown_to(request.user).filter(pk__in=trashed).values_list("pk", flat=True))
    names = {kind: model.kind_name for kind, model in kinds.all_kinds().items()}
    for draft in mine:
        draft.readable_page = known.get(draft.page_id)
        draft.kind_said = names.get(draft.kind, "")
        draft.trashed_page = draft.page if draft.page_id in trashed else None
        draft.leads_to_trash = draft.page_id in own_trash
    context = {"drafts": mine, "is_back": "retour" in request.GET}
    return render(request, "wiki/drafts.html", context)


@require_GET
@never_cache
@writers_only(permissions.can_write)
def resume_draft(request, key):
    """Opens the editor with the draft; one whose page is gone makes a new page."""
    draft = draft_or_404(request.user, key)
    page = own.page_of(draft, request.user)
    if page is None and draft.page and can_read(request.user, draft.page):
        return session_recovery.not_published(
            request, own.as_form(draft, fresh=False), edit_address(draft.page)
        )
    if page is None and (draft.page_id or draft.base):
        return without_page(request, draft)
    if page:
        return views.open_draft(request, page, own.as_form(draft, fresh=False))
    return views.open_new_draft(request, own.kind_of(draft), own.as_form(draft, fresh=True))


def without_page(request, draft):
    """A text whose page has gone, or is kept for others: to be copied, or made a page anew."""
    data = own.as_form(draft, fresh=True)
    context = {
        "draft": draft,
        "words": session_recovery.words_of(data),
        "typed": session_recovery.fields_to_resend(data),
        "action": reverse("new", args=[own.kind_of(draft)]),
    }
    return render(request, "wiki/draft_alone.html", context)


@never_cache
@writers_only(permissions.can_write)
def discard_draft(request, key):
    """Asks once, then throws the draft away."""
    draft = draft_or_404(request.user, key)
    if request.method != "POST":
        return render(request, "wiki/discard_draft.html", {"draft": draft})
    own.forget(request.user, draft.key)
    messages.success(request, _("The draft is thrown away."))
    return redirect("drafts")


def edit_address(page: Page) -> str:
    return reverse("edit", kwargs={"path": page.specific.address[1:]})


def draft_or_404(person, key):
    draft = own.find(person, key)
    if draft is None:
        raise Http404
    return draft
