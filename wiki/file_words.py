"""What sort of document a file is, in the words of an office."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

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
