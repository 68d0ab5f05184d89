"""The screens of the admin that facilitators and administrators have, and who may know the
pages, the files and the rows that they name. What the site itself does is not among them."""

import re
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site
from wagtail.sites.views import IndexView as SitesList

from wiki.access import in_trash
from wiki.access.admin_door import ADMINISTRATORS, FACILITATORS, let_in
from wiki.access.files import is_shown_to_others, readable_documents, readable_images
from wiki.access.known_pages import known_pages
from wiki.media import tag_admin
from wiki.models import SitePage, Topic, WikiPage
from wiki.pages.redirect_admin import known_redirects
from wiki.pages.topic_admin import known_topics
from wiki.trash import admin

NAMES_A_PAGE = re.compile(r"(?:^|[-_])page$")
ANY_PAGE = {"", "wagtailcore.page"}


# What one may know.


def anything(user, value) -> bool:
    """It names nothing that is written: a type, or one's own upload."""
    return True


def page(user, pk) -> bool:
    return _has(known_pages(user, Page.objects.all()), pk)


def page_or_trashed(user, pk) -> bool:
    """A page of the trash too, for those who see it there: they are led to it."""
    if page(user, pk):
        return True
    found = Page.objects.filter(pk=pk).first() if str(pk).isdecimal() else None
    return found is not None and in_trash.root_for(user, found) is not None


def written_page(user, pk) -> bool:
    return page_or_trashed(user, pk) and issubclass(_class_of(pk), WikiPage)


def edited_page(user, pk) -> bool:
    return page_or_trashed(user, pk) and issubclass(_class_of(pk), SitePage)


def image(user, pk) -> bool:
    return _has(readable_images(user, get_image_model().objects.all()), pk)


def document(user, pk) -> bool:
    return _has(readable_documents(user, get_document_model().objects.all()), pk)


def topic(user, pk) -> bool:
    return _has(known_topics(user, Topic.objects.all()), pk)


def known_redirect(user, pk) -> bool:
    return _has(known_redirects(user), pk)


def _has(rows, pk) -> bool:
    return str(pk).isdecimal() and rows.filter(pk=pk).exists()


def _class_of(pk) -> type:
    return Page.objects.get(pk=pk).specific_class


# What a query or a form names.


def form_names_open_pages(request) -> bool:
    """Every page that is sent as chosen is one that could be chosen."""
    chosen = [value for name, value in request.POST.items() if NAMES_A_PAGE.search(name) and value]
    return all(page(request.user, value) for value in chosen)


def of_any_type(request) -> bool:
    """Asked for one type, the chooser opens where all its pages stand: a closed place, perhaps."""
    return request.GET.get("page_type", "").lower() in ANY_PAGE


def pages_without_closed_ones_below(request) -> bool:
    """The confirmation counts what stands below, and the action reaches it."""
    ids = request.GET.getlist("id")
    return bool(ids) and all(page(request.user, pk) and _all_open(request.user, pk) for pk in ids)


def _all_open(user, pk) -> bool:
    below = Page.objects.descendant_of(Page.objects.get(pk=pk))
    return below.count() == known_pages(user, below).count()


def is_page_model(user, name: str) -> bool:
    models = [model for model in apps.get_models() if model._meta.model_name == name.lower()]
    return bool(models) and all(issubclass(model, Page) for model in models)


# Where the site has its own screen.


def leads_to(action: str):
    def led(request, kwargs):
        pk = next(kwargs[name] for name in ("page_id", "page_to_move_id", "pk") if name in kwargs)
        found = Page.objects.get(pk=pk)
        if in_trash.is_in_trash(found):
            return admin.to_the_trash(request)
        if not found.live:
            return admin.to_be_published(request, found)
        return redirect(f"{found.url}{action}")

    return led


def kept_for_others(request, kwargs):
    """What a page closed to this person shows stays as it is: its readers count on it."""
    found = _file_named(**kwargs)
    if request.method != "POST" or not is_shown_to_others(request.user, found):
        return None
    messages.error(request, _("You cannot replace nor delete this file. Ask an administrator."))
    name = "known_document" if isinstance(found, get_document_model()) else "known_image"
    return redirect(name, found.pk)


def _file_named(image_id=None, document_id=None, doc_id=None):
    if image_id:
        return get_image_model().objects.get(pk=image_id)
    return get_document_model().objects.get(pk=document_id or doc_id)


def site_search(request, kwargs):
    """The field above the menu: the search of the site knows who asks."""
    return redirect(f"{reverse('search')}?{urlencode({'q': request.GET.get('q', '')})}")


OF_THE_SITE = {
    "wagtailadmin_pages:move": "deplacer/",
    "wagtailadmin_pages:move_confirm": "deplacer/",
    "wagtailadmin_pages:unpublish": "supprimer/",
    "wagtailadmin_pages:history": "historique/",
    "wagtailadmin_pages:revisions_index": "historique/",
    "wagtailadmin_pages:revisions_revert": "modifier/",
    "wagtailadmin_pages:view_draft": "",
}
ARGUMENTS = {"page_id": written_page, "page_to_move_id": written_page}
ARGUMENTS |= {"destination_id": anything, "revision_id": anything}

# The lists.

FRAME = (
    *("wagtailadmin_home", "wagtailadmin_sprite", "wagtailadmin_logout"),
    *("wagtailadmin_javascript_catalog", "wagtail_modeladmin:javascript_catalog"),
    "wagtailadmin_dismissibles",
)
TREE = {
    "wagtailadmin_explore_root": {},
    "wagtailadmin_explore": {"parent_page_id": page},
    "wagtailadmin_explore_results": {"parent_page_id": page},
    "set_privacy": {"page_id": page},
    "wagtailadmin_pages:lock": {"page_id": written_page},
    "wagtailadmin_pages:unlock": {"page_id": written_page},
    # Wagtail's hooks of the wiki lead from these to the site.
    "wagtailadmin_pages:add_subpage": {"parent_page_id": page},
    "wagtailadmin_pages:add": {
        "content_type_app_name": anything,
        "content_type_model_name": is_page_model,
        "parent_page_id": page,
    },
    "wagtailadmin_pages:copy": {"page_id": written_page},
    "wagtailadmin_pages:delete": {"page_id": written_page},
}
HOME_PAGE = {
    "wagtailadmin_pages:edit": {"page_id": edited_page},
    "wagtailadmin_pages:preview_on_edit": {"page_id": edited_page},
    "wagtailadmin_editing_sessions:ping": {
        "app_label": anything,
        "model_name": is_page_model,
        "object_id": edited_page,
        "session_id": anything,
    },
    "wagtailadmin_editing_sessions:release": {"session_id": anything},
}
REDIRECTS = {
    "known_redirects": {},
    "known_redirects_results": {},
    "wagtailredirects:add": {},
    "wagtailredirects:edit": {"redirect_id": known_redirect},
    "wagtailredirects:delete": {"redirect_id": known_redirect},
}
TOPICS = {
    "wiki_topic_modeladmin_index": {},
    "wiki_topic_modeladmin_create": {},
    "wiki_topic_modeladmin_edit": {"instance_pk": topic},
    "wiki_topic_modeladmin_delete": {"instance_pk": topic},
    "merge_topic": {"pk": topic},
}
FILES = {
    "known_images": {},
    "known_images_results": {},
    "wagtailimages:add": {},
    "wagtailimages:add_multiple": {},
    "wagtailimages:create_multiple_from_uploaded_image": {"uploaded_file_id": anything},
    "wagtailimages:delete_upload_multiple": {"uploaded_file_id": anything},
    "image_usage": {"image_id": image},
    "known_documents": {},
    "known_documents_results": {},
    "wagtaildocs:add": {},
    "wagtaildocs:add_multiple": {},
    "wagtaildocs:create_multiple_from_uploaded_document": {"uploaded_file_id": anything},
    "wagtaildocs:delete_upload_multiple": {"uploaded_file_id": anything},
    "document_usage": {"document_id": document},
}
CHANGING_A_FILE = {
    "known_image": {"image_id": image},
    "wagtailimages:delete": {"image_id": image},
    "wagtailimages:edit_multiple": {"image_id": image},
    "wagtailimages:delete_multiple": {"image_id": image},
    "known_document": {"document_id": document},
    "wagtaildocs:delete": {"document_id": document},
    "wagtaildocs:edit_multiple": {"doc_id": document},
    "wagtaildocs:delete_multiple": {"doc_id": document},
}
PEOPLE = {
    "wagtailusers_users:index": {},
    "wagtailusers_users:index_results": {},
    "wagtailusers_users:add": {},
    "wagtailusers_users:edit": {"pk": anything},
    "wagtailusers_users:delete": {"pk": anything},
}
SITES = {
    "wagtailsites:index": {},
    "wagtailsites:index_results": {},
    "wagtailsites:edit": {"pk": anything},
}


def name_columns() -> None:
    """Wagtail's list of sites makes two headings of the names of its fields, in English."""
    for column in SitesList.columns:
        if column.name in {"site_name", "root_page", "port"}:
            column.label = capfirst(Site._meta.get_field(column.name).verbose_name)


def connect() -> None:
    name_columns()
    let_in(FACILITATORS, {name: {} for name in FRAME})
    for screens in (TREE, HOME_PAGE, REDIRECTS, TOPICS, FILES):
        let_in(FACILITATORS, screens, asked=form_names_open_pages)
    for screens in (PEOPLE, SITES):
        let_in(ADMINISTRATORS, screens, asked=form_names_open_pages)
    let_in(FACILITATORS, CHANGING_A_FILE, asked=form_names_open_pages, leads_to=kept_for_others)
    choosers = {"wagtailadmin_choose_page_child": {"parent_page_id": page}}
    choosers |= {"wagtailadmin_choose_page": {}, "wagtailadmin_choose_page_search": {}}
    let_in(FACILITATORS, choosers, asked=of_any_type)
    bulk = {"app_label": "wagtailcore", "model_name": "page", "action": "publish"}
    named = {name: _only(word) for name, word in bulk.items()}
    let_in(FACILITATORS, {"wagtail_bulk_action": named}, asked=pages_without_closed_ones_below)
    let_in(FACILITATORS, {"wagtailadmin_pages:search": {}}, leads_to=site_search)
    let_in(FACILITATORS, {"wagtailadmin_tag_autocomplete": {}}, leads_to=tag_admin.complete)
    for name, action in OF_THE_SITE.items():
        let_in(FACILITATORS, {name: ARGUMENTS}, leads_to=leads_to(action))


def _only(word: str):
    return lambda user, value: value == word
