"""Links that lead out of the site: paper gives their address after their words."""

import re
from urllib.parse import unquote

OUTSIDE = re.compile(r"(https?://|mailto:|tel:)(.+)", re.IGNORECASE | re.DOTALL)
NUMBER = re.compile(r"[+\d().\-\s/]+")


def say_addresses(root) -> None:
    """`data-paper`: what paper adds to a link whose words do not give its address already."""
    for link in root.iter("a"):
        address = said_on_paper(link.get("href", ""))
        if address and not _gives(link.text_content(), address):
            link.set("data-paper", address)


def said_on_paper(href: str) -> str:
    """A web address as it is; a mail address or a number alone; nothing for pages of the site."""
    found = OUTSIDE.fullmatch(href.strip())
    if not found:
        return ""
    scheme, rest = found[1].lower(), found[2]
    return href.strip() if scheme.startswith("http") else unquote(rest.partition("?")[0])


def _gives(words: str, address: str) -> bool:
    """« cnil.fr » gives https://www.cnil.fr/, « 02 47 00 00 00 » gives +33247000000."""
    if NUMBER.fullmatch(address):
        return _digits(address) in _digits(words)
    return _bare(address) in _bare(words)


def _digits(number: str) -> str:
    national = re.sub(r"(\+|\b00)\s?33", "", number)
    return re.sub(r"\D", "", national).lstrip("0")


def _bare(address: str) -> str:
    folded = "".join(address.split()).casefold()
    return re.sub(r"^(https?://)?(www\.)?", "", folded).rstrip("/")
