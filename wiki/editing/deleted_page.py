"""What is answered at the address of a page that is in the trash."""

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from wagtail.models import Page

from wiki.access import in_trash
from wiki.editing import drafts
from wiki.editing.conflict_views import fields_but_choices
from wiki.pages.lookup import NoPage, NotThatPage, absent, page_meant
from wiki.trash import deleted_pages


class DeletedPageMiddleware:
    """Answers for pages that are not where a request looks for them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, NotThatPage):
            return without_that_page(request, exception.path)
        return answer(request, exception.url_path) if isinstance(exception, NoPage) else None


def without_that_page(request, path: str):
    """The page that the form was opened on is in the trash, or closed; NoPage when nothing of it
    may be told, and none stands at its address."""
    try:
        return kept_or_refused(request, path)
    except NoPage as nowhere:
        if told := answer(request, nowhere.url_path):
            return told
        raise


def kept_or_refused(request, path: str):
    """What was sent for a page of the trash is kept; else the address says what there is."""
    lost_one = page_asked(request)
    if lost_one and "key" in request.POST:
        return kept_screen(request, lost_one)
    if request.kb_navigation.page is not None:
        raise PermissionDenied
    return absent(request, path)


def answer(request, url_path: str):
    """A text that was on its way to the page is kept; others are told where the page is, or
    that there is none, by the screen of 404."""
    page = deleted_pages.page_at(url_path)
    if page is not None and "key" in request.POST and in_trash.row_for_writer(request.user, page):
        return kept_screen(request, page)
    if page is not None:
        request.kb_trashed = deleted_pages.told(request.user, page)
    else:
        request.kb_off_site = deleted_pages.is_off_site(request.user, url_path)
    return None


def kept_screen(request, page: Page):
    """The text is in the drafts before it is said; it can become a page of its own."""
    kind = page.specific_class.kind
    draft = kept_draft(request, page, kind)
    context = {
        "page": page,
        "draft": draft,
        "said": deleted_pages.sentence(request.user, page),
        "row": in_trash.root_for(request.user, page),
        "kind": drafts.kind_of(draft) if draft else kind,
        "typed": fields_but_choices(drafts.as_form(draft, fresh=True) if draft else request.POST),
    }
    return render(request, "wiki/lost_page.html", context, status=409)


def kept_draft(request, page: Page | None, kind: str):
    """What was sent, in the drafts of who sent it; None when it is too long for them."""
    key = drafts.as_key(request.POST.get("key")) or uuid4()
    try:
        draft = drafts.save(request.user, key, request.POST, page, kind)
    except drafts.TooLong:
        return None
    drafts.forget(request.user, *request.POST.getlist("resumes"))
    return draft


def page_asked(request) -> Page | None:
    """The page that a form says it is about, when it is in the trash and its writer could
    read it."""
    asked = page_meant(request)
    page = Page.objects.filter(pk=asked).first() if asked else None
    return page if in_trash.row_for_writer(request.user, page) else None
