"""What sort of document a file is, in the words of an office, and how heavy it is."""

import re

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from wiki.text.numbers import Grouped

KILO = 1024
SAID = re.compile(r"\b[0-9]+(?:[.,][0-9]+)?\s*[KkMm][oO]\b")  # « 120 Ko »

SORTS = {
    "docx": gettext_noop("Word document"),
    "xlsx": gettext_noop("Excel table"),
    "pptx": gettext_noop("PowerPoint slides"),
    "odt": gettext_noop("LibreOffice document"),
    "ods": gettext_noop("LibreOffice table"),
    "odp": gettext_noop("LibreOffice slides"),
    "txt": gettext_noop("Plain text"),
    "csv": gettext_noop("CSV table"),
}


def sort_of_document(extension: str) -> str:
    """« PDF document », « Excel table »; other kinds are called by their extension."""
    known = SORTS.get(extension.lower())
    return _(known) if known else _("%(kind)s document") % {"kind": extension.upper()}


def weight(size: int) -> str:
    """The size of a file as file managers say it: « 45 Ko », « 1,2 Mo »; nothing of none."""
    if not isinstance(size, int):
        return ""
    if size < KILO:
        return ngettext("%(n)s byte", "%(n)s bytes", size) % {"n": size}
    if round(size / KILO) < KILO:
        return _("%(n)s KB") % {"n": Grouped(round(size / KILO))}
    megabytes = size / KILO**2
    return _("%(n)s MB") % {"n": number_format(megabytes, 1 if megabytes < 9.95 else 0)}


def about_document(document) -> str:
    """« PDF · 120 Ko »: what opens, and how heavy it is."""
    parts = [document.file_extension.upper(), weight(document.file_size)]
    return " · ".join(part for part in parts if part)


def said_of_document(document) -> str:
    """Its name among others, with what it is."""
    about = about_document(document)
    return f"{document.title} ({about})" if about else document.title
