"""What a page of HTML could do to who opens it: its elements, attributes and addresses."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "ping",
    "srcset",
    "xlink:href",
}
SCHEMES = {"", "http", "https", "mailto", "tel"}
DANGEROUS = {
    *("base", "iframe", "frame", "frameset", "object", "applet", "portal", "math", "style"),
    *("foreignobject", "animate", "set", "video", "audio", "marquee", "isindex", "image"),
}
DATA_SCRIPTS = {"application/json"}


class Markup(HTMLParser):
    """The opening tags of a text, in order, with their attributes decoded."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, {name: value or "" for name, value in attributes}))


def scheme_of(address: str) -> str:
    """As browsers see it: they pass over control characters, tabs and line breaks."""
    bare = "".join(sign for sign in address if sign > " ")
    try:
        return urlsplit(bare).scheme.lower()
    except ValueError:
        return "unreadable"


def faults(text: str) -> list[str]:
    """All that could run, or send elsewhere, in a page of the site; an empty list is wanted."""
    found = []
    for tag, attributes in Markup(text).tags:
        found += [f"<{tag}>"] if tag in DANGEROUS or _runs(tag, attributes) else []
        for name, value in attributes.items():
            if name.startswith("on") or name in {"style", "srcdoc"}:
                found.append(f"<{tag} {name}>")
            if name in ADDRESSES and scheme_of(value) not in SCHEMES:
                found.append(f"<{tag} {name}={value!r}>")
    return found


def _runs(tag: str, attributes: dict[str, str]) -> bool:
    if tag == "script":
        own = attributes.get("src", "").startswith("/static/")
        return not own and attributes.get("type") not in DATA_SCRIPTS
    if tag == "link":
        return not attributes.get("href", "").startswith(("/", "http://testserver/"))
    return tag == "meta" and "http-equiv" in attributes
