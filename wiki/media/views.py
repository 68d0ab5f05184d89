"""Documents and pictures, sent by those who write, each read after a check of rights."""

from pathlib import PurePosixPath

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wiki.access.files import can_read_document, can_read_image
from wiki.media import attachments, photos
from wiki.media.file_labels import said_of_document
from wiki.media.file_responses import answer
from wiki.media.picture_errors import BOMBS, BROKEN
from wiki.media.renditions import picture_of
from wiki.media.uploads import receiving
from wiki.text.characters import one_line

# A photo that is replaced has another name; a browser keeps the one it has for an hour.
KEPT_AN_HOUR = "private, max-age=3600"


def caching(user) -> str:
    """Whoever keeps a document asks each time whether it is still the same, and still open."""
    return "private, no-cache" if user.is_authenticated else "public, no-cache"


@require_safe
def document(request, pk: int, filename: str = ""):
    found = get_object_or_404(get_document_model(), pk=pk)
    if not can_read_document(request.user, pk):
        raise Http404
    return answer(request, found.file.name, found.filename, caching(request.user))


@receiving(photos.MOST_BYTES)
def send_photo(request, file) -> dict:
    """`POST /photos/` with `file` and `alt`: the photo as the editor puts it in a text.

    `notice`: a sentence for the sender, when not all of it was kept.
    """
    alt = one_line(request.POST.get("alt", ""))
    image = photos.keep(file, alt, request.user)
    return {
        "id": image.pk,
        "alt": alt,
        "src": reverse("photo", args=[image.pk]),
        "width": image.width,
        "height": image.height,
        **({"notice": photos.only_first()} if image.kb_moved else {}),
    }


@require_safe
def photo(request, pk: int):
    """`/photos/<id>/`: the picture as pages show it, for the editor, which knows its id."""
    image = get_object_or_404(get_image_model(), pk=pk)
    if not can_read_image(request.user, pk):
        raise Http404
    try:
        shown = picture_of(image).file.name
    except (*BROKEN, *BOMBS):  # it cannot be drawn
        raise Http404 from None
    return answer(request, shown, PurePosixPath(shown).name, KEPT_AN_HOUR)


@receiving(attachments.MOST_BYTES)
def send_file(request, file) -> dict:
    """`POST /pieces/` with `file`: the document as the editor links to it."""
    document = attachments.keep(file, request.user)
    return {
        "id": document.pk,
        "title": document.title,
        "address": reverse("document", args=[document.pk]),
        "said": said_of_document(document),
    }


@require_safe
def media(request, path: str):
    """Originals and renditions of images; nothing else is served from the media folder."""
    image_id = image_of(path)
    if image_id is None or not can_read_image(request.user, image_id):
        raise Http404
    return answer(request, path, PurePosixPath(path).name, KEPT_AN_HOUR)


def image_of(path: str) -> int | None:
    model = get_image_model()
    rendition = model.get_rendition_model().objects.filter(file=path).first()
    if rendition:
        return rendition.image_id
    return model.objects.filter(file=path).values_list("pk", flat=True).first()
