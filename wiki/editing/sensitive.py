"""Words that look like somebody's secret: a password, a number, a private address.

A gentle warning before publishing, never a refusal. What the base version held already is
not told again.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum import iban, luhn
from stdnum.fr import nir

from wiki.access.audiences import version_rights, versions_open_to
from wiki.editing.document_field import NAMED
from wiki.internals.compiled import Compiled
from wiki.markup import html
from wiki.models import Version
from wiki.text.form_fields import LONGEST_BODY

KINDS = {
    "password": gettext_lazy("a password"),
    "nir": gettext_lazy("a social security number"),
    "iban": gettext_lazy("a bank account number (IBAN)"),
    "card": gettext_lazy("the number of a bank card"),
    "email": gettext_lazy("a private e-mail address"),
}
# What a form carries besides the words that readers will see.
UNREAD = {
    "csrfmiddlewaretoken",
    "base",
    "key",
    "seen",
    "resumes",
    "turn",
    "person",
    "page",
    "licence",
    "readers",
}
UNREAD_END = ("-id", "-ORDER", "-DELETE", "_FORMS", NAMED)


@dataclass(frozen=True)
class Finding:
    kind: str
    value: str

    def __str__(self):
        return f"{KINDS[self.kind]} ({masked(self.value)})"


def masked(value: str) -> str:
    """Enough to find it again in one's text, not enough to use it: « Sol•••• »."""
    shown = 3 if len(value) > 7 else 1
    return value[:shown] + "•" * min(len(value) - shown, 8)


def found_in(text: str) -> set[Finding]:
    """All that looks like a secret in a plain text."""
    return {Finding(kind, value) for kind, finder in FINDERS.items() for value in finder(text)}


def new_findings(data: QueryDict, base: Callable[[], Version | None]) -> list[Finding]:
    """What a form as it was typed holds, and its base version did not, in a steady order.

    `base` gives that version; it is asked for only when there is something to compare.
    """
    found = found_in(typed_text(data))
    version = base() if found else None
    found -= found_in(text_of(version.content if version else {}))
    return sorted(found, key=lambda finding: (finding.kind, finding.value))


def warnings(findings: list[Finding]) -> list[str]:
    """One plain sentence for each finding."""
    return [_("It looks like %(what)s.") % {"what": str(finding)} for finding in findings]


def base_of(data: QueryDict, user, page) -> Callable[[], Version | None]:
    """The version that a form says it was opened on, when this person may read it."""

    def found() -> Version | None:
        number = data.get("base", "")
        if page is None or not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        return next(iter(_numbered(*version_rights(user), page.pk, int(number))), None)

    return found


_numbered = Compiled(
    lambda closed, audiences, page_id, number: versions_open_to(
        closed, audiences, Version.objects.filter(page_id=page_id, number=number)
    )
)


def typed_text(data: QueryDict) -> str:
    """The words of a form, one field a line; the body without its tags."""
    lines = []
    for name, values in data.lists():
        if name not in UNREAD and not name.endswith(UNREAD_END):
            lines += [words_of(values[-1])] if name == "body" else values
    return "\n".join(lines)


def words_of(typed: str) -> str:
    """The words of a body as somebody sent it: cleaned first, since a tag of many attributes
    costs the parser the square of their number. What is past the longest body is refused."""
    return html.plain_text(html.clean(typed[:LONGEST_BODY]))


def text_of(content) -> str:
    """The words of a version's content, whatever its shape."""
    if isinstance(content, dict):
        body = [html.plain_text(content["body"])] if content.get("body") else []
        return "\n".join(body + [text_of(v) for k, v in content.items() if k != "body"])
    if isinstance(content, list):
        return "\n".join(text_of(item) for item in content)
    return content if isinstance(content, str) else ""


# Passwords: a label, a character, and a value that mixes sorts of characters.

PASSWORD = re.compile(
    r"\b(?:mots? de passe|mdp|password|passwd|code (?:secret|confidentiel|pin|d.accès))"
    r"(?: [\w’' ]{1,30}?)?\s*+(?:est|[:=])\s*+[«\"“']?\s*+(?P<value>[^\s»\"”<>]{4,64})",
    re.IGNORECASE,
)
SORTS = (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum())
WEB = re.compile(r"(?:https?:|www\.)", re.IGNORECASE)


def passwords(text: str) -> Iterator[str]:
    for match in PASSWORD.finditer(text):
        value = match["value"].rstrip(".,;:!?)…’'")
        if looks_like_a_password(value):
            yield value


def looks_like_a_password(value: str) -> bool:
    """Four digits (a code), or six characters of two sorts, one of them no letter."""
    if WEB.match(value):
        return False
    if value.isdigit():
        return 4 <= len(value) <= 10
    sorts = sum(any(test(char) for char in value) for test in SORTS)
    odd = any(char.isdigit() or not (char.isalnum() or char in "-’'…/.") for char in value)
    return len(value) >= 6 and sorts >= 2 and odd


# Social security numbers (NIR): décret n° 82-103 du 22 janvier 1982, article 4.

NIR = re.compile(
    r"(?<![\w.,])(?P<sex>[1-478])(?P<b>[ .\u00a0\u202f]?)(?P<year>\d{2})(?P=b)(?P<month>\d{2})"
    r"(?P=b)(?P<county>\d{2}|2[AB])(?P=b)(?P<commune>\d{3})(?P=b)(?P<rank>\d{3})"
    r"(?:[ .\u00a0\u202f]?(?P<key>\d{2}))?(?![\w])",
    re.IGNORECASE,
)


def nirs(text: str) -> Iterator[str]:
    """With a key (15 characters) the key decides; without (13), it must be written in groups."""
    for match in NIR.finditer(text):
        parts = ("sex", "year", "month", "county", "commune", "rank")
        number = "".join(match[part] for part in parts).upper()
        if match["key"] and nir.is_valid(number + match["key"]):
            yield number + match["key"]
        elif not match["key"] and match["b"] and 1 <= int(match["month"]) <= 12:
            yield number


# Bank accounts: ISO 13616, with the lengths of the countries one meets here.

IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0\u202f-]?[A-Z0-9]){11,30}", re.IGNORECASE)
IBAN_LENGTHS = {
    **{"AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18},
    **{"EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28},
    **{"IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27},
    **{"MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19},
    **{"SK": 24, "SM": 27, "TN": 24, "TR": 26},
}


def ibans(text: str) -> Iterator[str]:
    for match in IBAN.finditer(text):
        chars = re.sub(r"[^A-Z0-9]", "", match[0].upper())
        number = chars[: IBAN_LENGTHS.get(chars[:2], 0)]
        if number and iban.is_valid(number, check_country=False):
            yield number


# Bank cards: unbroken or in the groups printed on them. No 14 digits: a SIRET passes Luhn too.

CARD = re.compile(
    r"(?<![\w.,+-])(?:\d{13}|\d{15,19}|\d{4}(?P<b>[ \u00a0\u202f-])\d{4}(?P=b)\d{4}(?P=b)\d{4}"
    r"(?:(?P=b)\d{3})?|\d{4}[ \u00a0\u202f-]\d{6}[ \u00a0\u202f-]\d{5})(?![\w])"
)
CARD_KINDS = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|3[47]\d{13}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]|7[01])\d{12,13}|2720\d{12}"
    r"|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}"
    r"|(?:50|5[6-8]|6[0-9])\d{11}(?:\d{2,6})?"
)


def cards(text: str) -> Iterator[str]:
    for match in CARD.finditer(text):
        number = re.sub(r"\D", "", match[0])
        if CARD_KINDS.fullmatch(number) and luhn.is_valid(number):
            yield number


# Private mail: boxes that providers give to people, not to bodies.

PROVIDERS = (
    r"(?:gmail|googlemail|orange|wanadoo|free|laposte|sfr|neuf|bbox|numericable|aliceadsl|club-internet"
    r"|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|aol|gmx|protonmail|proton|tutanota)"
)
EMAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]+@{PROVIDERS}\.(?:[a-z]{{2,3}})(?:\.[a-z]{{2}})?(?![\w-])", re.IGNORECASE
)


def emails(text: str) -> Iterator[str]:
    for match in EMAIL.finditer(text):
        yield match[0].lower()


FINDERS: dict[str, Callable[[str], Iterator[str]]] = {
    "password": passwords,
    "nir": nirs,
    "iban": ibans,
    "card": cards,
    "email": emails,
}
