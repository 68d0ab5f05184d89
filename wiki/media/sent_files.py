"""Files sent with the form of a page, by a browser without script: kept at once, so that a fault
elsewhere in the form loses none of them; the form goes on with their numbers."""

import re

from django.utils.translation import gettext as _

from wiki.media import attachments
from wiki.media.uploads import RefusedFile, check_size

BESIDE = "-file"  # what the name of a field is followed by, in that of its control for a file
SENT = re.compile(r"(?<![a-z_])(?P<field>(?:[a-z_]+-[0-9]{1,4}-)?[a-z_]+)-file")
MOST = 20  # files in one sending


def take(request) -> dict[str, str]:
    """Keep the files beside the fields of documents: `request.POST` names them from then on.

    Gives, by the name of its field, why a file is refused. A second call does nothing more.
    """
    if request.method != "POST" or "reopen" in request.POST:
        return {}
    if not hasattr(request, "kb_refused_files"):
        request.kb_refused_files = _taken(request) if request.FILES else {}
    return request.kb_refused_files


def _taken(request) -> dict[str, str]:
    data, refused = request.POST.copy(), {}
    for rank, (name, file) in enumerate(request.FILES.items()):
        if not (asked := SENT.fullmatch(name)):
            continue
        try:
            data[asked["field"]] = str(_kept(file, request.user, rank).pk)
        except RefusedFile as error:
            refused[asked["field"]] = str(error)
    request.POST = data
    return refused


def _kept(file, user, rank: int):
    if rank >= MOST:
        raise RefusedFile(_("Too many files at once. Send this one afterwards."))
    check_size(file, attachments.MOST_BYTES)
    return attachments.keep(file, user)
