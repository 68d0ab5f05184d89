"""Documents and pictures, sent by those who write, each read after a check of rights."""

import mimetypes
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wiki import attachments, photos
from wiki.files import can_read_document, can_read_image
from wiki.rendering import picture_of
from wiki.signs import one_line
from wiki.uploads import receiving

PICTURES = {"image/jpeg", "image/png", "image/webp", "image/gif", "image/svg+xml"}


def document(request, pk: int, filename: str = ""):
    found = get_object_or_404(get_document_model(), pk=pk)
    if not can_read_document(request.user, pk):
        raise Http404
    return answer(found.file.name, found.filename)


@receiving(photos.MOST_BYTES)
def send_photo(request, file) -> dict:
    """`POST /photos/` with `file` and `alt`: the photo as the editor puts it in a text."""
    alt = one_line(request.POST.get("alt", ""))
    image = photos.keep(file, alt, request.user)
    return {
        "id": image.pk,
        "alt": alt,
        "src": reverse("photo", args=[image.pk]),
        "width": image.width,
        "height": image.height,
    }


def photo(request, pk: int):
    """`/photos/<id>/`: the picture as pages show it, for the editor, which knows its id."""
    image = get_object_or_404(get_image_model(), pk=pk)
    if not can_read_image(request.user, pk):
        raise Http404
    shown = picture_of(image).file.name
    return answer(shown, PurePosixPath(shown).name)


@receiving(attachments.MOST_BYTES)
def send_file(request, file) -> dict:
    """`POST /pieces/` with `file`: the document as the editor links to it."""
    document = attachments.keep(file, request.user)
    return {
        "id": document.pk,
        "title": document.title,
        "address": reverse("document", args=[document.pk]),
    }


def media(request, path: str):
    """Originals and renditions of images; nothing else is served from the media folder."""
    image_id = image_of(path)
    if image_id is None or not can_read_image(request.user, image_id):
        raise Http404
    return answer(path, PurePosixPath(path).name)


def image_of(path: str) -> int | None:
    model = get_image_model()
    rendition = model.get_rendition_model().objects.filter(file=path).first()
    if rendition:
        return rendition.image_id
    return model.objects.filter(file=path).values_list("pk", flat=True).first()


def answer(name: str, filename: str) -> FileResponse:
    """The file, never run as a page of this site; only pictures open in the browser."""
    if not default_storage.exists(name):
        raise Http404
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    response = FileResponse(
        default_storage.open(name),
        as_attachment=kind not in PICTURES,
        filename=filename,
        content_type=kind,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
