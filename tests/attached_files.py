"""Files that people attach, and their reading, which no test does unless it asks for it."""

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from search.attachments import reading
from tests.search import made_files as made

TEXT = "Le brimborion se range après usage. Un fichier bien utile."


def sent(name: str = "mode-d-emploi.docx", content: bytes | None = None):
    """A document as people send it; its file waits to be read."""
    content = made.docx(TEXT) if content is None else content
    document = get_document_model()(title="Mode d’emploi")
    document.file = ContentFile(content, name=name)
    document._set_document_file_metadata()
    document.save()
    return document


def replaced(document, content: bytes, name: str = "nouveau.docx"):
    """Another file under the same document; it waits to be read."""
    document.file = ContentFile(content, name=name)
    document.save()
    return document


def read_waiting() -> list[str]:
    """Read the files that wait, as the server does once it has answered; their states."""
    return list(reading.drain())


def link_to(document) -> str:
    return f'<p><a linktype="document" id="{document.pk}">lire</a></p>'
