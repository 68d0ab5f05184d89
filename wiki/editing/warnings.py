"""What a writer is told before publishing: secrets in the text, and what more people will read.

Told once, never a refusal: the form sends back as `seen` that it was.
"""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from wiki.access import past_restrictions, restrictions
from wiki.access.visibility import audience_key
from wiki.editing import sensitive
from wiki.media import opened_files


@dataclass(frozen=True)
class Cautions:
    """`sentences`: one for each; `seen`: what stands for all of them, empty for none; `advice`:
    who reads the page today, and what to do."""

    sentences: list[str]
    seen: str
    advice: str = ""


def of_form(data: QueryDict, user, page, parent=None) -> Cautions:
    """Of a form as it was typed; `parent`: where a page that does not exist yet would go."""
    base = sensitive.base_of(data, user, page)
    secrets = sensitive.new_findings(data, base)
    others = _opening(data, user, page, parent, base)
    told = [f"{finding.kind}:{finding.value}" for finding in secrets] + others
    if not told:
        return Cautions([], "")
    advice = _advice(
        restrictions.readers_of(page or parent) if page or parent else "", bool(secrets)
    )
    return Cautions(sensitive.warnings(secrets) + others, _sign(told), advice)


def _opening(data: QueryDict, user, page, parent, base) -> list[str]:
    if not (page or parent):
        return []
    files = opened_files.named_anew(data, user, page or parent, base)
    return [*(_opened(data, page) if page else ()), *files]


def _opened(data: QueryDict, page) -> list[str]:
    then = data.get("readers", "")
    readers = past_restrictions.clauses_in_words(then, audience_key(page)) if then else ""
    if not readers:
        return []
    said = _("This page was reserved when you opened it: %(readers)s. More people read it now.")
    return [said % {"readers": readers}]


def _advice(readers: str, has_secrets: bool) -> str:
    """What ends the list of them."""
    words = {"readers": readers}
    if readers and has_secrets:
        said = _(
            "This page is reserved: %(readers)s. Take it away if it is somebody’s secret; "
            "publish if they may know it."
        )
        return said % words
    if has_secrets:
        return _(
            "Everybody may read this page. Take it away if it is somebody’s secret; publish if it "
            "may be known."
        )
    if readers:
        return _("This page is reserved: %(readers)s. Publish if that suits you.") % words
    return _("Everybody may read this page. Publish if that suits you.")


def _sign(told: list[str]) -> str:
    return salted_hmac("wiki.editing.warnings", "\n".join(told)).hexdigest()[:20] if told else ""


def is_to_be_told(data: QueryDict, user, page, parent=None) -> bool:
    """Whether the writer of a form was not told of all of them yet."""
    return of_form(data, user, page, parent).seen not in ("", data.get("seen", ""))
