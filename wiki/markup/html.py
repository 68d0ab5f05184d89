"""The HTML of bodies: what is allowed in, and what it says as plain text."""

import re
from functools import lru_cache

import nh3
from django.utils.html import escape
from lxml import html as lxml_html

from wiki.markup.nesting import shallow
from wiki.text.characters import folded, normal

CALLOUTS = {"note", "note warn", "note eg"}
CHECK_LIST, DONE = "check", "done"
TAGS = {
    *("h2", "h3", "h4", "p", "ul", "ol", "li", "blockquote", "hr", "br", "div"),
    *("strong", "em", "b", "i", "a", "embed", "sub", "sup", "code"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "linktype", "id", "title"},
    "embed": {"embedtype", "id", "alt", "format", "url"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start", "type"},
    "div": {"class"},
    "ul": {"class"},
    "li": {"class"},
}
BLOCKS = {
    *("h2", "h3", "h4", "p", "li", "blockquote", "tr", "caption", "div", "hr", "br"),
    *("table", "ul", "ol", "thead", "tbody"),
}


NUMBERINGS = {"a", "A", "i", "I"}  # letters and Roman figures; figures without any
_TAG = re.compile(r"""<(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>""")
CLASSES = {"div": CALLOUTS, "ul": {CHECK_LIST}, "li": {DONE}}


def _allowed_value(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return value if value in CLASSES.get(tag, ()) else None
    if attribute in {"id", "colspan", "rowspan", "start"}:
        return value if value.isascii() and value.isdigit() and len(value) <= 18 else None
    if attribute == "type":
        return value if value in NUMBERINGS else None
    if attribute == "linktype":
        return value if value in {"page", "document", "wanted"} else None
    if attribute == "embedtype":
        return value if value == "image" else None
    return value


EMBED = re.compile(r"<embed\b")
POINTER = re.compile(r'<(?:a|embed) (?:[^<>"]|"[^"]*")*+>')
QUOTED = re.compile(r'="[^"]*')
NOWHERE = re.compile(r' (?:linktype="(?:page|document)"|embedtype="image")')
_PARSER = lxml_html.HTMLParser(huge_tree=True, encoding="utf-8")

_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={**ATTRIBUTES, "*": set()},
    attribute_filter=_allowed_value,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)


@lru_cache(maxsize=4)  # one request asks for the same body several times
def clean(text: str) -> str:
    """Only the allowed elements, attributes and schemes; what they hold is kept."""
    cleaned = _cleaned(shallow(strip_control_chars(text)))
    if strip_control_chars(cleaned) != cleaned:  # they were written as references: &#1; &shy;
        cleaned = _cleaned(strip_control_chars(cleaned))
    return POINTER.sub(_pointing_at_something, cleaned.replace("&nbsp;", "\u00a0"))


def _cleaned(text: str) -> str:
    """As the cleaner does, without showing it what may be there by the hundred thousand: it
    reads references in a time that grows with the square of their number."""
    for hidden in (AND, MORE):
        text = text.replace(hidden, "")
    if len(text) > SHORT:
        text = PIECE.sub(r"\1\3\4", text)
    cleaned = _CLEANER.clean(BARE_AND.sub(AND, text).replace("&gt;", MORE))
    return cleaned.replace(AND, "&amp;").replace(MORE, "&gt;")


def clean_until_stable(text: str) -> str:
    """A text cleaned until cleaning changes nothing: an element that is taken away may leave
    those around it in each other, and what is stored must be what is read again."""
    for _turn in range(5):
        cleaned = clean(text)
        if cleaned == text:
            break
        text = cleaned
    return text


# « & » that is no other reference.
BARE_AND = re.compile(
    "&(?:amp;|(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});))"
)
# What a parser reads as one piece, so that nothing is read twice: a comment, an element of text
# only, a tag. A tag keeps thirty attributes: their cost is the square of their number.
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|))?+"""
_FEW, _OTHERS = f"(?:{_ATTRIBUTE}){{0,30}}+", f"(?:{_ATTRIBUTE})*+"
_TEXT_ONLY = "script|style|title|textarea|xmp|iframe|noembed|noframes"
PIECE = re.compile(
    r"<!--[\s\S]*?(?:--!?>|\Z)"
    rf"|(<({_TEXT_ONLY})(?=[\s/>]){_FEW}){_OTHERS}([\s/]*+>[\s\S]*?(?:</\2|\Z))"
    rf"|(</?[a-z][^\s/>]*+{_FEW}){_OTHERS}",
    re.IGNORECASE,
)
SHORT = 20_000  # characters, in which there is no room for too many
AND, MORE = "\ufdd0", "\ufdd1"  # never characters (Unicode 23.7): no text holds them
REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def strip_control_chars(text: str) -> str:
    """A text in its one form (`wiki.text.characters`), with nothing that XML cannot hold."""
    return normal(REFERENCE.sub(_sayable, text) if "&#" in text else text)


def _sayable(reference: re.Match) -> str:
    """The reference to a character, unless XML has no such character."""
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    number = int(digits, base) if len(digits) < 9 else 0
    return "" if number > 0x10FFFF or NOT_XML.match(chr(number)) else reference[0]


def _pointing_at_something(tag: re.Match) -> str:
    """A link or image of the site that lost its id points nowhere: Wagtail fails on it."""
    if ' id="' in QUOTED.sub('="', tag[0]):
        return tag[0]
    return NOWHERE.sub("", tag[0])


def fragment(text: str):
    """The body parsed under one lxml element, in a <div> of our own.

    Wagtail's `<embed>` comes out as `<img>`: libxml2 does not know that it is void.
    """
    known = EMBED.sub("<img", shallow(strip_control_chars(text or "")))
    return lxml_html.fragment_fromstring(known, create_parent="div", parser=_PARSER)


def without_tags(shown: str) -> str:
    """What templates and `inner` wrote, without its tags: in both « < » is no character of a
    value. Text from elsewhere goes through a parser."""
    return _TAG.sub("", shown)


@lru_cache(maxsize=4)  # likewise
def plain_text(text: str, between_cells: str = " ") -> str:
    """The words of a body, one block a line, without blank lines."""
    root = fragment(text)
    for element in root.iter():
        if element.tag in BLOCKS:
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
        elif element.tag in {"td", "th"}:
            last = element.getnext() is None
            element.tail = (" " if last else between_cells) + (element.tail or "")
    lines = (folded(line) for line in root.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def without_files(text: str, documents: set[int], images: set[int]) -> str:
    """The body without links to these documents nor these images; what they say is kept."""
    root = fragment(text)
    for link in list(root.iter("a")):
        if link.get("linktype") == "document" and int(link.get("id") or 0) in documents:
            link.drop_tag()
    for image in list(root.iter("img")):
        if int(image.get("id") or 0) in images:
            _leave_description(image)
    return clean(inner(root).replace("<img ", "<embed "))


def _leave_description(image) -> None:
    """What a picture shows, in words, in its place: a paragraph where it stood between blocks."""
    words = folded(image.get("alt") or "")
    if not words:
        image.drop_tree()
        return
    image.attrib.clear()
    image.tag, image.text = "p", words
    if image.getparent().tag not in {"div", "blockquote"}:
        image.drop_tag()


def inner(element) -> str:
    """What an lxml element holds, as HTML."""
    parts = [lxml_html.tostring(child, encoding="unicode") for child in element]
    return escape(element.text or "") + "".join(parts)
