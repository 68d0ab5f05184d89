"""Addresses of sites and of mail as people type or paste them, one or several.

What an address is: RFC 3986 and RFC 5321, as Django's validators read them.
"""

import re

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _

from wiki.signs import one_line

is_site = URLValidator(schemes=["http", "https"])
is_mail = EmailValidator(allowlist=[])
SCHEME = re.compile(r"^(https?)://", re.IGNORECASE)
OTHER_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
AROUND = "<>()[]«»“”\"'’,;.!?"
NAMED_MAIL = re.compile(r"[^<>|,;]*<\s*([^<>\s]+@[^<>\s]+)\s*>")
SPELT_AT = re.compile(r"\s*[\[(]\s*(?:at|a|arobase)\s*[\])]\s*|\s+(?:arobase|@)\s+", re.IGNORECASE)
BETWEEN_MAILS = re.compile(r"[\s|,;/]+(?:(?:et|ou|and|&)[\s|,;/]+)?")
BETWEEN_SITES = re.compile(
    r"\s*\|\s*|[,;]?\s+(?:(?:et|ou|and|&|/)\s+)?|[,;](?=(?:https?://|www\.))", re.IGNORECASE
)


def site_of(text: str) -> str:
    """One address of the web, with https:// when no scheme was typed; raises ValidationError."""
    typed = one_line(text)
    bare = typed.lstrip("<([«“\"' \u00a0\u202f").rstrip(">]»”\"',; \u00a0\u202f")
    if "@" in bare.partition("/")[0] and not SCHEME.match(bare):
        message = _("“%(typed)s” is an e-mail address. Write here the address of a website.")
        raise ValidationError(message, code="invalid", params={"typed": typed[:100]})
    full = SCHEME.sub(lambda scheme: scheme[0].lower(), bare)
    if not SCHEME.match(full) and not OTHER_SCHEME.match(full):
        full = f"https://{full.removeprefix('//')}"
    try:
        is_site(full)
    except ValidationError:
        raise ValidationError(
            _("“%(typed)s” is not the address of a website. Write for instance: www.exemple.fr."),
            code="invalid",
            params={"typed": typed[:100]},
        ) from None
    return full


def mail_of(text: str) -> str:
    """One e-mail address; raises ValidationError that names what is none."""
    typed = one_line(text)
    bare = re.sub(r"^mailto:", "", typed.strip(AROUND + " "), flags=re.IGNORECASE)
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
    pieces = [part for piece in BETWEEN_SITES.split(text.strip()) for part in _domains(piece)]
    return [piece for piece in pieces if piece.strip(AROUND + " &/")]


def _domains(piece: str) -> list[str]:
    """« a.fr,b.fr » is two; a comma of a path is its own."""
    return [piece] if "/" in SCHEME.sub("", piece) else re.split("[,;]", piece)


def mails_in(text: str) -> list[str]:
    """The pieces of a text, each to be one e-mail address, whatever stands between them."""
    plain = NAMED_MAIL.sub(r" \1 ", SPELT_AT.sub("@", text))
    return [piece for piece in BETWEEN_MAILS.split(plain.strip()) if piece.strip(AROUND)]


def items_in(text: str) -> list[str]:
    """The pieces of a text of free items: they may hold commas and blanks."""
    return [piece for piece in re.split(r"\s*[|;\n]\s*", text.strip()) if piece]
