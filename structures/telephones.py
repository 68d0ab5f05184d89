"""Telephone numbers as French people type and read them.

Stored in the international form of ITU-T E.164, which the national standard asks for; short
numbers (« 3949 », « 17 »), which have none, as they are dialled. Which numbers exist is what
`phonenumbers` knows: the plans of the Arcep for France and its territories overseas.
"""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, shortnumberinfo

from wiki.text.characters import one_line

HOME = "FR"
ISLANDS_OF_0508 = "0508"  # Saint-Pierre-et-Miquelon, which the plan of France holds too
OVERSEAS = ("GP", "GF", "MQ", "RE", "YT", "PM", "NC", "PF", "WF", "BL", "MF")
B = " "
SHORT = re.compile(r"\d{2,6}")
SEVERAL = re.compile(r"\s*(?:[,;|/\n]|\bou\b|\bet\b)\s*", re.IGNORECASE)
# « Tél. portable », « Standard », and whatever stands before a colon; a fax is no telephone.
LABEL = re.compile(
    r"^(?!fax|t[ée]l[ée]cop)(?:[^\W\d_][^\d:+()]{0,40}:\s*|(?:(?:t[ée]l(?:[ée]phone)?|port(?:able)?"
    r"|mobile|fixe|standard|accueil|num[ée]ro|n°)(?![^\W\d_])[\s.:,]*)+)",
    re.IGNORECASE,
)
NOTE = re.compile(r"\s?\((?!fax|t[ée]l[ée]cop)[^\W\d_][^\d()@]{1,60}\)$", re.IGNORECASE)
LETTER_O = re.compile(r"(?<![^\W\d_])O{1,2}(?![^\W\d_])", re.IGNORECASE)  # typed for a zero
EXTENSION = re.compile(r"\b(?:poste|ext(?:ension)?)\b\W{0,3}\d{1,6}\)?$", re.IGNORECASE)
EXAMPLES = {"examples": "02 47 93 77 88, 3949"}


def telephone_of(text: str) -> str:
    """The stored form of a number; raises ValidationError that names what is none."""
    typed = one_line(text)
    bare = _bare(typed)
    if number := _known(bare):
        return number
    _refuse_extension(bare)
    pieces = [_bare(piece) for piece in SEVERAL.split(bare) if piece]
    if len(pieces) > 1 and all(_known(piece) for piece in pieces):
        message = _(
            "Write one number only here: %(first)s, for instance. "
            "Write the others in the text of the page."
        )
        raise ValidationError(message, code="several", params={"first": pieces[0]})
    message = _("“%(typed)s” is not a telephone number. Write for instance: %(examples)s.")
    raise ValidationError(message, code="invalid", params={"typed": typed[:60], **EXAMPLES})


def _bare(text: str) -> str:
    """Without its label, nor a note after it; the letter O as the zero that it was typed for."""
    bare = NOTE.sub("", LABEL.sub("", re.sub(r"\s", " ", text)))
    return LETTER_O.sub(lambda found: "0" * len(found[0]), bare)


def _refuse_extension(bare: str) -> None:
    """Raises ValidationError on « 02 47 93 77 88 poste 12 », which has no stored form."""
    found = EXTENSION.search(bare)
    number = bare[: found.start()].rstrip(" ,;(-") if found else ""
    if number and _known(number):
        message = _(
            "An extension cannot be kept here. Write %(number)s here, "
            "and “%(extension)s” in the text of the page."
        )
        words = {"number": number, "extension": found[0].strip("() ")}
        raise ValidationError(message, code="extension", params=words)


def telephone_in_words(stored: str) -> str:
    """As people say it: « 02 47 93 77 88 », « 36 46 », « 116 006 », « +32 2 234 56 78 »."""
    if SHORT.fullmatch(stored):
        return _in_groups(stored, 3 if len(stored) == 6 else 2)
    try:
        number = phonenumbers.parse(stored, None)
    except NumberParseException:
        return stored
    region = phonenumbers.region_code_for_number(number) or HOME
    if number.country_code == phonenumbers.country_code_for_region(HOME):
        return _in_french(number)
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    if region in OVERSEAS and national.startswith("0"):
        return national
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _in_french(number: PhoneNumber) -> str:
    """Ten figures by two; « 0 800 12 34 56 » for numbers of services."""
    national = str(number.national_number)
    if len(national) == 9 and national[0] == "8":
        return f"0{B}{national[:3]}{B}{_in_groups(national[3:], 2)}"
    return _in_groups(f"0{national}", 2)


def _in_groups(digits: str, size: int) -> str:
    if len(digits) % size:
        return digits
    return B.join(digits[place : place + size] for place in range(0, len(digits), size))


def _known(text: str) -> str:
    """The stored form of a number of France, of its territories or of the world; else empty."""
    if re.search(r"[^\W\d_]", text) or len(re.sub(r"\D", "", text)) > 18:
        return ""
    is_island = re.sub(r"\D", "", text).startswith(ISLANDS_OF_0508)
    regions = ("PM", HOME, *OVERSEAS) if is_island else (HOME, *OVERSEAS)
    return _short(text) or next(filter(None, (_long(text, region) for region in regions)), "")


def _short(text: str) -> str:
    digits = re.sub(r"[\s.\-]", "", text)
    if not digits.isascii() or not SHORT.fullmatch(digits):
        return ""
    number = PhoneNumber(country_code=33, national_number=int(digits))
    valid = shortnumberinfo.is_valid_short_number_for_region(number, HOME)
    return digits if valid and digits[0] != "0" else ""


def _long(text: str, region: str) -> str:
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return ""
    valid = phonenumbers.is_valid_number(number) and not number.extension
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if valid else ""
