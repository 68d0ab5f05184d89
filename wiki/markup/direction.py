"""Direction of the text: blocks whose first letter is written from right to left say so.

What HTML calls `dir="auto"`, decided here: lists and tables turn with what they hold, and a
page in French carries nothing.
"""

from unicodedata import bidirectional

from lxml import etree

BLOCKS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "div"),
    *("table", "caption", "th", "td"),
}
DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def turn(root) -> None:
    """Says the direction of each block that is not the one of what is around it."""
    elements = list(root.iter())  # kept, so that each stays one object
    own = _own_directions(root)
    effective = {root: "ltr"}  # that of the page
    for element in elements[1:]:
        around = effective[element.getparent()]
        effective[element] = own.get(element, around) if element.tag in BLOCKS else around
        if effective[element] != around:
            element.set("dir", effective[element])


def _own_directions(root) -> dict:
    """By element, the direction of its first letter; each is climbed to once."""
    own: dict = {}
    for event, element in etree.iterwalk(root, events=("start", "end")):
        holder, text = (
            (element, element.text) if event == "start" else (element.getparent(), element.tail)
        )
        direction = direction_of(text or "")
        while direction and holder is not None and holder not in own:
            own[holder] = direction
            holder = holder.getparent()
    return own


def direction_of(text: str) -> str:
    """That of its first letter that has one: « ltr », « rtl » or nothing."""
    found = (DIRECTIONS.get(bidirectional(char)) for char in text)
    return next(filter(None, found), "")
