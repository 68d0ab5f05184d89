"""Who may know the pages and the files that an address, a query or a form of the admin names."""

import re

from django.apps import apps
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from wiki.access import in_trash
from wiki.access.files import readable_documents, readable_images
from wiki.admin.known_pages import known_pages
from wiki.models import SitePage, WikiPage
from wiki.models.paths import under

NAMES_A_PAGE = re.compile(r"(?:^|[-_])page$")
ANY_PAGE = {"", "wagtailcore.page"}


# What one may know.


def anything(user, value) -> bool:
    """It names nothing that is written: a type, or one's own upload."""
    return True


def page(user, pk) -> bool:
    return is_among(known_pages(user, Page.objects.all()), pk)


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
    return is_among(readable_images(user, get_image_model().objects.all()), pk)


def document(user, pk) -> bool:
    return is_among(readable_documents(user, get_document_model().objects.all()), pk)


def is_among(rows, pk) -> bool:
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
    below = Page.objects.filter(under(Page.objects.get(pk=pk)))
    return below.count() == known_pages(user, below).count()


def is_page_model(user, name: str) -> bool:
    models = [model for model in apps.get_models() if model._meta.model_name == name.lower()]
    return bool(models) and all(issubclass(model, Page) for model in models)


def only(word: str):
    return lambda user, value: value == word
