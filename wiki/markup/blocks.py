"""The HTML of a body cut into blocks, whose bytes put side by side are the body again.

Works on the canonical form that `wiki.markup.html.clean` gives: well nested, attributes quoted.
"""

import re
from dataclasses import dataclass

from django.utils.functional import cached_property

TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:[^<>"']|"[^"]*"|'[^']*')*+)>""")
VOID = {"br", "hr", "embed", "img"}
INLINE = {"a", "strong", "em", "b", "i", "sub", "sup", "code", "br", "embed"}
CONTAINERS = {"ul", "ol", "li", "table", "thead", "tbody", "blockquote", "div"}
TEXT = ""  # the « tag » of words that no element holds


class BadNesting(ValueError):
    """A closing tag without its opening one, or the reverse."""


@dataclass(frozen=True)
class Block:
    """`text`: its HTML; `tag`: its element, or TEXT; `tail`: the blank that follows it."""

    text: str
    tag: str
    tail: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(TAG.sub(" ", self.text).split())

    @property
    def html(self) -> str:
        return self.text + self.tail

    def opened(self) -> tuple[str, list["Block"], str]:
        """The opening tag, the blocks inside and the closing tag of a container."""
        start = TAG.match(self.text).end()
        end = self.text.rfind("</")
        return self.text[:start], split(self.text[start:end]), self.text[end:]


def split(body: str) -> list[Block]:
    """The top-level blocks of a body; neighbouring words and inline elements are one block.

    The `html` of the blocks joined is the body, but for blanks before the first one. A body
    that is not well nested is one block.
    """
    try:
        spans = list(_spans(body))
    except BadNesting:
        return [Block(body, TEXT)]
    ends = [*(start for _tag, start, _end in spans[1:]), len(body)][: len(spans)]
    return [
        Block(body[start:end], tag, body[end:following])
        for (tag, start, end), following in zip(spans, ends, strict=True)
    ]


def _spans(body: str):
    """(tag, start, end) of each top-level block, blanks around left out."""
    pending = None  # where a run of words and inline elements began
    position, depth, start, outer = 0, 0, 0, ""
    for match in TAG.finditer(body):
        closing, name = match[1], match[2].lower()
        if depth == 0:
            if body[position : match.start()].strip() and pending is None:
                pending = position
            if closing:
                raise BadNesting
            if name in INLINE:
                pending = match.start() if pending is None else pending
            elif pending is not None:
                yield _run(body, pending, match.start())
                pending = None
            start, outer = match.start(), name
        if closing:
            depth -= 1
        elif name not in VOID:
            depth += 1
        position = match.end()
        if depth == 0 and outer not in INLINE:
            yield outer, start, position
    if depth:
        raise BadNesting
    if pending is None and body[position:].strip():
        pending = position
    if pending is not None:
        yield _run(body, pending, len(body))


def _run(body: str, start: int, end: int) -> tuple[str, int, int]:
    words = body[start:end]
    return TEXT, start + len(words) - len(words.lstrip()), start + len(words.rstrip())
