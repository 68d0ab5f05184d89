"""Files that people attach to pages: kinds, sizes, and whether they are what they claim."""

import zipfile
from pathlib import PurePosixPath

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model

from wiki.media.photos import title_from
from wiki.media.uploads import MEGABYTE, RefusedFile
from wiki.text.addresses import shortened, slug_of

MOST_BYTES = 20 * MEGABYTE
OPEN_DOCUMENTS = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
TEXTS = {"txt", "csv"}
HEAD = 4096
MOST_DIRECTORY = MEGABYTE  # of the names of what an office file holds: some ten thousand


def keep(file, user):
    """A row of the documents of the site for a sent file; raises RefusedFile."""
    extension = extension_of(file.name)
    if not is_what_it_claims(file, extension):
        raise RefusedFile(
            _(
                "The content of this file is not that of a .%(extension)s file. Open it, save it "
                "again under this format, then send it."
            )
            % {"extension": extension}
        )
    model = get_document_model()
    title, file.name = title_from(file.name, _("Document")), file_name(file.name)
    document = model(title=title, file=file, uploaded_by_user=user)
    document._set_document_file_metadata()
    document.file.save(file.name, file, save=False)  # before, for others wait for their turn
    with transaction.atomic():  # with what is written of it elsewhere: that it is to be read
        document.save()
    return document


def file_name(name: str) -> str:
    """How a sent file is kept and given back: « Relevé d’impôts.PDF » is `releve-d-impots.pdf`."""
    path = PurePosixPath(name.replace("\\", "/"))
    return f"{shortened(slug_of(path.stem)) or 'document'}{path.suffix.lower()}"


def extension_of(filename: str) -> str:
    """Raises RefusedFile, naming those that are accepted, for any other."""
    extension = PurePosixPath(filename).suffix.lstrip(".").lower()
    accepted = settings.WAGTAILDOCS_EXTENSIONS
    if extension not in accepted:
        message = _("This kind of file is not accepted. Send one of these: %(kinds)s.")
        raise RefusedFile(message % {"kinds": ", ".join(accepted)})
    return extension


def is_what_it_claims(file, extension: str) -> bool:
    """Whether the bytes of a file are of the kind that its name says."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if extension == "pdf":
        return b"%PDF-" in head[:1024]
    if extension in TEXTS:
        return _is_text(head)
    return _is_office(file, extension)


def _is_text(head: bytes) -> bool:
    """Text of any encoding: UTF-16 of Windows begins with a mark, the others hold no NUL."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in head


def _is_office(file, extension: str) -> bool:
    try:
        if _directory_size(file) > MOST_DIRECTORY:
            return False
        with zipfile.ZipFile(file) as archive:
            if extension in OPEN_DOCUMENTS:
                return _mime_type(archive) == OPEN_DOCUMENTS[extension]
            names = archive.namelist()
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError):
        return False
    finally:
        file.seek(0)
    folder = OFFICE_FOLDERS.get(extension)
    return folder is None or (
        "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)
    )


def _directory_size(file) -> int:
    """The bytes of names that opening an archive reads, as its last record says."""
    end = zipfile._EndRecData(file)  # the very reading of ZipFile, which has no limit of its own
    return end[zipfile._ECD_SIZE] if end else 0


def _mime_type(archive: zipfile.ZipFile) -> str:
    """What an OpenDocument says that it is; only its first bytes are read."""
    with archive.open("mimetype") as held:
        return held.read(80).decode("ascii", "replace").strip()
