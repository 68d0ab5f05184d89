"""The admin's forms of images and documents, named in the settings
(WAGTAILIMAGES_IMAGE_FORM_BASE, WAGTAILDOCS_DOCUMENT_FORM_BASE)."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from wiki.media.photos import cleaned_file, refuse_heavy, unreadable
from wiki.media.picture_errors import BOMBS, BROKEN
from wiki.media.uploads import RefusedFile
from wiki.pages.normalising import readable_title

HEAD = 512


class CleanedImageForm(BaseImageForm):
    """A picture that cannot be kept is refused with a sentence; the others are cleaned.

    An animation is refused too: this form has no place to say that its first image is kept.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):  # absent where several pictures are described
            field.to_python = _refusing(field.to_python)

    def clean_title(self) -> str:
        return readable_title(self.cleaned_data["title"])

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile) or file.image.format_name == "svg":
            return file
        try:
            kept = cleaned_file(file)
        except RefusedFile as refused:
            raise ValidationError(str(refused)) from None
        if kept.kb_moved:
            raise ValidationError(
                _(
                    "This picture is animated, and the site shows still pictures only. Save one of "
                    "its images as a photo, then send that photo."
                )
            )
        return kept


def _refusing(to_python):
    """Wagtail decodes a picture to know its size, and fails on one that was cut on its way."""

    def checked(data):
        if data and _is_markup(data):
            raise ValidationError(unreadable())
        try:
            if data:
                refuse_heavy(data)
            return to_python(data)
        except RefusedFile as refused:
            raise ValidationError(str(refused)) from None
        except (*BROKEN, *BOMBS):
            raise ValidationError(unreadable()) from None

    return checked


def _is_markup(file) -> bool:
    """An SVG, whatever its name: no other kind of picture begins so, and decoding one may
    take seconds."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


class TitledDocumentForm(BaseDocumentForm):
    def clean_title(self) -> str:
        return readable_title(self.cleaned_data["title"])
