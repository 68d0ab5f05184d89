"""Receiving files: no more of them is kept than what is accepted, and refusals are sentences."""

from functools import wraps

from django.core.files.uploadhandler import FileUploadHandler
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from wiki.access.permissions import can_write

MEGABYTE = 1024 * 1024


class RefusedFile(Exception):
    """A file that is not kept; the message says to its sender what to do."""


class BoundedUpload(FileUploadHandler):
    """Lets the first `most` bytes of each file through, and one more to tell that it is longer."""

    def __init__(self, request, most: int):
        super().__init__(request)
        self.most = most

    def receive_data_chunk(self, raw_data, start):
        return raw_data[: max(self.most + 1 - start, 0)] or None

    def file_complete(self, file_size):
        return None


def check_size(file, most: int) -> None:
    """Raises RefusedFile for a file of more than `most` bytes, or of none."""
    if file.size > most:
        message = _("This file is too big: %(most)s MB at most. Send a smaller one.")
        raise RefusedFile(message % {"most": most // MEGABYTE})
    if not file.size:
        raise RefusedFile(_("This file is empty. Choose another one."))


def receiving(most: int):
    """A view that is given a sent file of at most `most` bytes and answers in JSON.

    Anonymous people and readers get 403, what is not a file 400, a file refused by the view 422
    (413 when it is too big), always with {"error": sentence}.
    """

    def decorate(view):
        @csrf_protect
        @wraps(view)
        def checked(request):
            if refusal := _not_allowed(request):
                return refusal
            file = request.FILES.get("file")
            if file is None:
                return error(_("No file came. Choose one and send it again."), 400)
            try:
                check_size(file, most)
                return JsonResponse(view(request, file), status=201)
            except RefusedFile as refused:
                return error(str(refused), 413 if file.size > most else 422)

        @csrf_exempt  # `checked` asks for the token, once the upload handler is in place
        @wraps(view)
        def received(request):
            request.upload_handlers.insert(0, BoundedUpload(request, most))
            return checked(request)

        return received

    return decorate


def _not_allowed(request) -> JsonResponse | None:
    if request.method != "POST":
        return error(_("Files are sent from the editor of a page."), 405)
    if not request.user.is_authenticated:
        return error(_("You are no longer logged in. Log in again, then send the file again."), 403)
    if not can_write(request.user):
        return error(_("Your account may read but not send files. Ask the facilitators."), 403)
    return None


def error(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
