"""The admin's forms of images and documents, named in the settings
(WAGTAILIMAGES_IMAGE_FORM_BASE, WAGTAILDOCS_DOCUMENT_FORM_BASE)."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from wiki.photos import cleaned_file
from wiki.settling import readable_title
from wiki.uploads import RefusedFile


class CleanedImageForm(BaseImageForm):
    """A picture that cannot be kept is refused with a sentence; the others are cleaned."""

    def clean_title(self) -> str:
        return readable_title(self.cleaned_data["title"])

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile) or file.image.format_name == "svg":
            return file
        try:
            return cleaned_file(file)
        except RefusedFile as refused:
            raise ValidationError(str(refused)) from None


class TitledDocumentForm(BaseDocumentForm):
    def clean_title(self) -> str:
        return readable_title(self.cleaned_data["title"])
