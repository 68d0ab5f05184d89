"""How deep the elements of a text of HTML stand in each other, before anything parses it.

The parser of HTML walks all open elements at many tags, and opens again in each block the
marks that nobody closed: some thousands of them take minutes. What no page needs is left out;
the words stay.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

DEEPEST = 30  # elements in each other
MOST_MARKS = 10  # bold, links … that are open at once
MARKS = {
    *("a", "b", "strong", "i", "em", "code", "sub", "sup"),
    *("u", "s", "big", "small", "strike", "tt", "font", "nobr"),
}
# They hold nothing, or the next one of their sort closes them.
FLAT = {
    *("br", "hr", "img", "embed", "input", "wbr", "col", "area", "base", "link", "meta"),
    *("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "thead", "tbody", "tfoot"),
}
# What they hold is read by other rules: their tags are left out where some must be.
APART = {
    *("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"),
    *("noscript", "plaintext", "template", "select", "svg", "math", "frameset", "object"),
    *("applet", "marquee", "html", "head", "body"),
}
SCOPES = {"table", "td", "th", "caption"}  # an element around is not closed from inside
COMMENT = re.compile(r"<!--(?:-?>|(?:[^-]|-(?!-!?>))*+(?:--!?>)?)")
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)[^>]*+>?|<(?:[!?]|/[^a-zA-Z>])[^>]*+>?")
FEW = 50  # tags, fewer than which nothing is deep


@lru_cache(maxsize=8)  # one publication asks it of the same few texts, again and again
def is_deep(text: str) -> bool:
    """Whether elements stand deeper in each other than on any page."""
    if text.count("<") <= FEW:
        return False
    walk, tags = _Walk(), list(TAG.finditer(COMMENT.sub(" ", text)))
    walk.never_closes = any(map(_is_apart, tags))
    return not all(map(walk.keeps, tags))


def shallow(text: str) -> str:
    """The same text when it is not deep; else without the tags that are too many."""
    if not is_deep(text):
        return text
    walk = _Walk()
    # A blank stands for what goes: what is around it never becomes another tag.
    bare = COMMENT.sub(" ", text)
    return TAG.sub(lambda tag: tag[0] if walk.keeps(tag) and not _is_apart(tag) else " ", bare)


def _is_apart(tag: re.Match) -> bool:
    return tag[2] is None or tag[2].lower() in APART


@dataclass
class _Walk:
    """The elements that are open; `left_out`: how many of each name were not opened."""

    open: list[str] = field(default_factory=list)
    marks: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    never_closes: bool = False  # a closing tag may stand where it closes nothing

    def keeps(self, tag: re.Match) -> bool:
        name = (tag[2] or "").lower()
        if not name or name in FLAT or name in APART:
            return True
        if tag[1]:
            return self.never_closes or self.closes(name)
        return self.opens(name)

    def opens(self, name: str) -> bool:
        is_mark = name in MARKS
        if len(self.open) >= DEEPEST or (is_mark and self.marks >= MOST_MARKS):
            self.left_out[name] = self.left_out.get(name, 0) + 1
            return False
        self.open.append(name)
        self.marks += is_mark
        return True

    def closes(self, name: str) -> bool:
        """Those inside it that nobody closed stay: marks are opened again after it."""
        if self.left_out.get(name):
            self.left_out[name] -= 1
            return False
        for rank in range(len(self.open) - 1, -1, -1):
            if self.open[rank] == name:
                del self.open[rank]
                self.marks -= name in MARKS
                break
            if self.open[rank] in SCOPES:
                break
        return True
