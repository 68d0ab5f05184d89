"""The structure of a body as readers see it: a section is one box with its heading, and no
heading stands over nothing.

The stored text keeps the headings and lists that nobody filled: whoever writes next finds them.
"""

import re
import unicodedata
from functools import lru_cache
from html import unescape

from django.utils.translation import ngettext

from wiki.markup import html
from wiki.text.characters import shortened

LEVELS = {"h2": 2, "h3": 3, "h4": 4}
SEEN = {"img", "table"}  # shown even without a word
HOLDERS = {"p", "ul", "ol", "blockquote", "div"}  # not shown when they hold nothing
TOLD = 8  # headings named to the writer
WORDS_OF = {"li", "td", "th"}  # a heading in there is what the item or the cell says
FLOWING = {"div", "blockquote"}  # what they hold stands in paragraphs


def is_blank(text: str | None) -> bool:
    """Whether a text has no character that one sees: blanks and invisible characters are none."""
    return all(unicodedata.category(char)[0] in "ZC" for char in text or "")


def arrange(root) -> list[str]:
    """Give a body its structure, under its lxml root; the words of the headings left out."""
    make_paragraphs(root)
    hollow = leave_out_hollow(root)
    make_sections(root)
    return hollow


def hollow_headings(body: str) -> list[str]:
    """The words of the headings of a stored body that nothing follows, in their order."""
    return list(_arranged(body)[1]) if "<h" in body else []


def said(hollow: list[str]) -> str:
    """What the writer is told of headings that readers do not see; nothing without any."""
    if not hollow:
        return ""
    words = ngettext(
        "One heading without text is not shown to readers: %(titles)s.",
        "%(n)s headings without text are not shown to readers: %(titles)s.",
        len(hollow),
    )
    told = [f"«\u00a0{shortened(title, 60)}\u00a0»" for title in hollow[:TOLD]]
    titles = ", ".join(told) + ("…" if len(hollow) > TOLD else "")
    return words % {"n": len(hollow), "titles": titles}


def shown_text(body: str) -> str:
    """The words of a body that readers see, one block a line, a mark between cells."""
    return html.plain_text(_arranged(body)[0], between_cells=" · ")


@lru_cache(maxsize=4)  # one publication asks for the same body several times
def _arranged(body: str) -> tuple[str, tuple[str, ...]]:
    root = html.fragment(html.clean(body))
    hollow = arrange(root)
    return html.inner(root), tuple(hollow)


def leave_out_hollow(root) -> list[str]:
    """Take away the headings that stand over nothing, and the blocks that hold nothing.

    Only blanks follow a block: paragraphs are made before. Costs one walk, from the last
    element to the first, so that what is inside comes before.
    """
    saying: set = set()
    gone: list[str] = []
    for element in reversed(list(root.iter("*"))):
        words = [_drop(heading) for heading in reversed(_hollow_in(element, saying))]
        gone += [heading for heading in words if heading]
        if _says(element, saying):
            saying.add(element)
        elif element.tag in HOLDERS and element is not root:
            element.getparent().remove(element)
    return gone[::-1]


def _drop(element) -> str:
    words = " ".join(element.text_content().split())
    element.getparent().remove(element)
    return words


def _says(element, saying: set) -> bool:
    inside = (child in saying or not is_blank(child.tail) for child in element)
    return element.tag in SEEN or not is_blank(element.text) or any(inside)


def _hollow_in(parent, saying: set) -> list:
    """The headings among the children of an element that no word or picture follows, down to
    the next heading of their rank or above; those without words are too."""
    if parent.tag in WORDS_OF:
        return []
    hollow, waiting, order = [], [], {}
    for place, child in enumerate(parent):
        order[child] = place
        if child.tag in LEVELS and child in saying:
            rank = LEVELS[child.tag]
            hollow += [heading for heading in waiting if LEVELS[heading.tag] >= rank]
            waiting = [heading for heading in waiting if LEVELS[heading.tag] < rank]
            waiting.append(child)
        elif child.tag in LEVELS:
            hollow.append(child)
        elif child in saying:
            waiting = []
        if not is_blank(child.tail):
            waiting = []
    return sorted([*hollow, *waiting], key=order.get)


def make_paragraphs(root) -> None:
    """Bare words beside blocks become paragraphs, as in the editor."""
    for element in [root, *root.iter("div", "blockquote", "li", "td", "th")]:
        holds_blocks = any(not _is_inline(child) for child in element)
        if holds_blocks or element is root or element.tag in FLOWING:
            _gather_words(element)


def _is_inline(element) -> bool:
    return element.tag == "br" or element.tag not in html.BLOCKS


def _gather_words(holder) -> None:
    run = None
    if not is_blank(holder.text):
        run = _paragraph(holder, holder.text)
        holder.text = None
        holder.insert(0, run)
    for child in list(holder):
        if child is run:
            continue
        if _is_inline(child):
            if run is None:
                run = _paragraph(holder)
                child.addprevious(run)
            run.append(child)
        else:
            run = _words_after(child)


def _words_after(block):
    """The bare words that follow a block, in a paragraph of their own; None without any."""
    if is_blank(block.tail):
        return None
    run = _paragraph(block, block.tail)
    block.tail = None
    block.addnext(run)
    return run


def _paragraph(near, words: str | None = None):
    paragraph = near.makeelement("p")
    paragraph.text = words
    return paragraph


def make_sections(root) -> None:
    """Each h2 in one `<section>` with what follows it, down to the next h2."""
    section = None
    for element in list(root):
        if element.tag == "h2":
            section = root.makeelement("section")
            element.addprevious(section)
        if section is not None:
            section.append(element)


FEW_PARTS, SHORT = 4, 3_500  # of a text that is read without a list of its parts: parts, characters
# A heading stops at the next one, or a text made for it would be read again from each of them.
PART = re.compile(r"<h2\b((?:(?!<h2\b)[^>])*+)>((?:(?!<h2\b).)*?)</h2>", re.DOTALL)
ANCHOR = re.compile(r' id="([^"]+)"')


def parts_of(shown: str) -> list[tuple[str, str]]:
    """The headings of a text as readers get it, with their ids, when it is long; else nothing."""
    headings = ((ANCHOR.search(begun), words) for begun, words in PART.findall(shown))
    found = [(anchor[1], words) for anchor, words in headings if anchor]
    if len(found) < FEW_PARTS or len(html.without_tags(shown)) < SHORT:
        return []
    return [(anchor, unescape(html.without_tags(words))) for anchor, words in found]
