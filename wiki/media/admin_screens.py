"""The admin's screens of files that facilitators have. What a page closed to them shows stays."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wiki.access.files import is_shown_to_others
from wiki.admin.door import FACILITATORS, let_in
from wiki.admin.judges import anything, document, form_names_open_pages, image
from wiki.media import tag_admin

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


def let_in_screens() -> None:
    let_in(FACILITATORS, FILES, asked=form_names_open_pages)
    let_in(FACILITATORS, CHANGING_A_FILE, asked=form_names_open_pages, leads_to=kept_for_others)
    let_in(FACILITATORS, {"wagtailadmin_tag_autocomplete": {}}, leads_to=tag_admin.complete)
