"""Addresses of sites and of mail as people type or paste them, one or several.

What an address is: RFC 3986 and RFC 5321, as Django's validators read them.
"""

import re
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _

from wiki.text.characters import one_line

is_site = URLValidator(schemes=["http", "https"])
is_mail = EmailValidator(allowlist=[])
SCHEME = re.compile(r"^(https?)://", re.IGNORECASE)
ALMOST_SCHEME = re.compile(r"^(https?)(?:[:;][/\\]{1,3}|[/\\]{2,3})(?=\w)", re.IGNORECASE)
OTHER_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
AROUND = "<>()[]«»“”\"'’,;.!?"
QUOTED_NAME = re.compile(r'["“«][^"“”«»<>@]*["”»](?=\s?<)')
NAMED_MAIL = re.compile(r"(?<![^\s|,;<>])[^<>|,;@\n]{0,80}<\s*([^<>\s@]+@[^<>\s@]+)\s*>")
# « Accueil : », before an address; a note after it, « (accueil) », that holds none.
LABEL = r"[^\W\d_][\w' ’-]{0,40}:"
MAIL_LABEL = re.compile(rf"(?<![^\s|,;/]){LABEL}\s*(?=[^\s@:]{{1,64}}@)")
SITE_LABEL = re.compile(
    rf"(?<!\S){LABEL}(?:\s+(?=https?[:/]|[\w-]{{1,63}}\.)|(?=https?:|www\.))", re.IGNORECASE
)
NOTE = r"\([^\W\d_](?:[^()@.:/]|\.(?!\w)){0,60}\)"
MAIL_NOTE = re.compile(NOTE)
SITE_NOTE = re.compile(rf"(?<!\S){NOTE}")  # « X_(Y) » is a path
AFTER = ">]»”\"',; \u00a0\u202f"
BULLETS = "•‣▪●◦"
SPELT_AT = re.compile(r"\s*[\[(]\s*(?:at|a|arobase)\s*[\])]\s*|\s+(?:arobase|@)\s+", re.IGNORECASE)
BETWEEN_MAILS = re.compile(rf"[\s|,;/{BULLETS}]+(?:(?:et|ou|and|[&*–—-])[\s|,;/{BULLETS}]+)?")
BETWEEN_SITES = re.compile(
    rf"\s*[|{BULLETS}]\s*|[,;]?\s+(?:(?:et|ou|and|[&/*–—-])\s+)?|[,;](?=(?:https?://|www\.))",
    re.IGNORECASE,
)
BETWEEN_ITEMS = re.compile(r"\s*[|;\n]\s*")


def site_of(text: str) -> str:
    """One address of the web, with https:// when no scheme was typed; raises ValidationError."""
    typed = one_line(text)
    bare = SITE_LABEL.sub("", typed, count=1).lstrip("<([«“\"' \u00a0\u202f").removeprefix("//")
    bare = ALMOST_SCHEME.sub(r"\1://", _without_end(bare))
    if "@" in bare.partition("/")[0] and not SCHEME.match(bare):
        message = _("“%(typed)s” is an e-mail address. Write here the address of a website.")
        raise ValidationError(message, code="invalid", params={"typed": typed[:100]})
    full = SCHEME.sub(lambda scheme: scheme[0].lower(), bare)
    if not SCHEME.match(full) and not OTHER_SCHEME.match(full):
        full = f"https://{full}"
    try:
        is_site(full)
    except ValidationError:
        raise ValidationError(
            _("“%(typed)s” is not the address of a website. Write for instance: www.exemple.fr."),
            code="invalid",
            params={"typed": typed[:100]},
        ) from None
    return full


def _without_end(text: str) -> str:
    """Without the characters of a sentence after it; those of a path (« X_(Y) », « etc. ») stay."""
    has_path = re.search("[/?#]", ALMOST_SCHEME.sub("", text))
    chars = AFTER if has_path else f"{AFTER}."
    more = max(0, text.count(")") - text.count("("))
    end = len(text)
    while end and (text[end - 1] in chars or (more and text[end - 1] == ")")):
        end -= 1
        more -= text[end] == ")"
    return text[:end]


def mailto(mail: str) -> str:
    """The link to write to an address: its local part (« a?cc=b ») adds nobody to it."""
    local, _at, host = mail.rpartition("@")
    return f"mailto:{quote(local, safe='+')}@{host}"


def mail_of(text: str) -> str:
    """One e-mail address; raises ValidationError that names what is none."""
    typed = one_line(text)
    bare = MAIL_LABEL.sub("", typed.strip(AROUND + " "), count=1).strip(AROUND + " ")
    try:
        is_mail(bare)
    except ValidationError:
        raise ValidationError(
            _("“%(typed)s” is not an e-mail address. Write for instance: accueil@exemple.fr."),
            code="invalid",
            params={"typed": typed[:100]},
        ) from None
    return bare


def sites_in(text: str) -> list[str]:
    """The pieces of a text, each to be one site, whatever stands between them."""
    bare = _cut(SITE_NOTE, SITE_LABEL.sub(" ", text), ".").strip()
    pieces = [part for piece in BETWEEN_SITES.split(f" {bare}") for part in _domains(piece)]
    return [piece for piece in pieces if piece.strip(AROUND + " &/")]


def _domains(piece: str) -> list[str]:
    """« a.fr,b.fr » is two; a comma of a path is its own."""
    return [piece] if "/" in SCHEME.sub("", piece) else re.split("[,;]", piece)


def mails_in(text: str) -> list[str]:
    """The pieces of a text, each to be one e-mail address, whatever stands between them."""
    folded = re.sub(r"\s+", lambda run: "\n" if "\n" in run[0] else " ", text)
    plain = NAMED_MAIL.sub(r" \1 ", QUOTED_NAME.sub(" ", SPELT_AT.sub("@", folded)))
    bare = _cut(MAIL_NOTE, MAIL_LABEL.sub(" ", plain), "@").strip()
    return [piece for piece in BETWEEN_MAILS.split(f" {bare}") if piece.strip(AROUND)]


def _cut(note: re.Pattern, text: str, char: str) -> str:
    """Without « (accueil) », but where no address stays, which this character tells."""
    bare = note.sub(" ", text)
    return bare if char in bare else text


def items_in(text: str) -> list[str]:
    """The pieces of a text of free items: they may hold commas and blanks."""
    return [piece for piece in BETWEEN_ITEMS.split(text.strip()) if piece]
