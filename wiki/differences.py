"""What changed between two versions: field by field, and block by block in the text.

Additions and removals are `<ins>` and `<del>`: the style sheet marks them by signs and
lines, never by colour alone.
"""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from lxml import etree
from wagtail.models import Page

from wiki import content, html
from wiki.visibility import visible_to

ALIKE = 0.35  # under this share of common words two blocks are not versions of one another
NEAR = 40  # blocks looked at for the earlier form of a rewritten one
LONGEST = 3000  # words in a block above which it is shown whole instead of word by word
HEADINGS = {"h2", "h3", "h4"}
WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass
class Change:
    """One row of a difference: `kind` is modified, added or removed."""

    where: str
    kind: str
    text: SafeString

    @property
    def kind_label(self) -> str:
        return {"modified": _("modified"), "added": _("added"), "removed": _("removed")}[self.kind]


@dataclass
class Difference:
    changes: list[Change]
    unchanged: int  # blocks of the text that are the same in both versions


@dataclass
class Block:
    text: str
    where: str = ""

    @cached_property
    def words(self) -> Counter:
        return Counter(self.text.split())


def difference(old: Page, new: Page, user) -> Difference:
    """Between two specific pages in memory, as this reader may know them."""
    changes: list[Change] = []
    model, names_of = type(new), names_for(user)
    for name in _compared(model):
        before = [Block(line) for line in content.lines(old, name, names_of)]
        after = [Block(line) for line in content.lines(new, name, names_of)]
        changes += _compare(before, after, content.label_of(model, name))[0]
    changes += _compare(_topics(old), _topics(new), _("Topics"))[0]
    if not hasattr(new, "body"):
        return Difference(changes, 0)
    titles = titles_linked(user, old.body, new.body)
    rows, same = _compare(text_blocks(old.body, titles), text_blocks(new.body, titles), "")
    return Difference(changes + rows, same)


def _topics(page: Page) -> list[Block]:
    names = getattr(page, "topic_names", [])
    return [Block(", ".join(names))] if names else []


def names_for(user):
    """How related rows are called for one reader; pages they may not read stay unnamed."""

    def name(model, pk) -> str:
        rows = model.objects.filter(pk=pk)
        row = (visible_to(user, rows) if issubclass(model, Page) else rows).first()
        return str(row) if row else _("(not available)")

    return name


def _compared(model) -> list[str]:
    fields = [field.name for field in content.written_fields(model) if field.name != "body"]
    return [*fields, *content.child_relations(model)]


def titles_linked(user, *bodies: str) -> dict[str, str]:
    """Titles of the pages that bodies link to, those that this reader may read, by id."""
    links = [a for body in bodies for a in html.fragment(body).iter("a")]
    ids = {int(a.get("id")) for a in links if a.get("linktype") == "page" and a.get("id")}
    pages = visible_to(user, Page.objects.filter(pk__in=ids)) if ids else []
    return {str(page.pk): page.title for page in pages}


def text_blocks(body: str, titles: dict[str, str] | None = None) -> list[Block]:
    """All the text of a body in blocks, with the heading each stands under and its rank.

    Links say where they lead and pictures what they show, so that no change is silent.
    """
    reader = _BlockReader(titles or {})
    for event, element in etree.iterwalk(html.fragment(body), events=("start", "end")):
        reader.read(event, element)
    return reader.blocks


class _BlockReader:
    """Gathers words until a block begins or ends, whatever elements hold them."""

    def __init__(self, titles: dict[str, str]):
        self.titles = titles
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.heading, self.rank = "", 0

    def read(self, event: str, element) -> None:
        if element.tag in html.BLOCKS:
            self.flush(is_heading=event == "end" and element.tag in HEADINGS)
        elif element.tag in {"td", "th"}:
            self.words.append(" ")
        if event == "end" and element.tag == "a":
            self.words.append(f" ({self.target(element)})")
        if event == "start" and element.tag == "img":
            self.words.append(_(" [picture: %s] ") % element.get("alt", ""))
        self.words.append((element.text if event == "start" else element.tail) or "")

    def target(self, link) -> str:
        if link.get("linktype") == "page":
            return self.titles.get(link.get("id", ""), _("(not available)").strip("()"))
        return link.get("href") or _("document %s") % link.get("id", "")

    def flush(self, is_heading: bool) -> None:
        text, self.words = " ".join("".join(self.words).split()), []
        if text and is_heading:
            self.heading, self.rank = text, 0
            self.blocks.append(Block(text, _("heading")))
        elif text:
            self.rank += 1
            self.blocks.append(Block(text, self.place()))

    def place(self) -> str:
        if not self.heading:
            return _("Text, part %s") % self.rank
        return _("%(heading)s, part %(rank)s") % {"heading": self.heading, "rank": self.rank}


def _compare(old: list[Block], new: list[Block], label: str) -> tuple[list[Change], int]:
    matcher = SequenceMatcher(
        None, [block.text for block in old], [block.text for block in new], autojunk=False
    )
    changes, same = [], 0
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            same += i2 - i1
        else:
            changes += _replaced(old[i1:i2], new[j1:j2], label)
    return changes, same


def _replaced(old: list[Block], new: list[Block], label: str) -> list[Change]:
    """Pair what was rewritten in order; the rest was added or removed."""
    changes = []
    old = list(old)
    for block in new:
        twin = next((other for other in old[:NEAR] if _alike(other, block)), None)
        if twin is None:
            changes.append(_change(label or block.where, "added", None, block))
            continue
        for gone in old[: old.index(twin)]:
            changes.append(_change(label or gone.where, "removed", gone, None))
        old = old[old.index(twin) + 1 :]
        changes.append(_change(label or block.where, "modified", twin, block))
    return changes + [_change(label or gone.where, "removed", gone, None) for gone in old]


def _change(where: str, kind: str, old: Block | None, new: Block | None) -> Change:
    return Change(where, kind, words_changed(old.text if old else "", new.text if new else ""))


def _alike(old: Block, new: Block) -> bool:
    """They share enough words, in any order: cheap, as many pairs are looked at."""
    total = old.words.total() + new.words.total()
    return 2 * (old.words & new.words).total() >= ALIKE * total


def _matcher(old: list[str], new: list[str]) -> SequenceMatcher:
    return SequenceMatcher(None, old, new, autojunk=False)


def words_changed(old: str, new: str) -> SafeString:
    """Both texts in one, with `<del>` and `<ins>` around the words that differ."""
    a, b = WORD.findall(old), WORD.findall(new)
    if max(len(a), len(b)) > LONGEST or not (a and b):
        return _marked("del", old) + _marked("ins", new)
    parts = []
    for tag, i1, i2, j1, j2 in _smoothed(_matcher(a, b).get_opcodes(), a):
        if tag == "equal":
            parts.append(conditional_escape("".join(a[i1:i2])))
        else:
            parts.append(_marked("del", "".join(a[i1:i2])) + _marked("ins", "".join(b[j1:j2])))
    return mark_safe("".join(parts))


def _smoothed(opcodes, words: list[str]):
    """Join changes parted by a blank only, so that a rewritten phrase reads as one."""
    joined: list[tuple] = []
    for tag, i1, i2, j1, j2 in opcodes:
        blank = tag == "equal" and not "".join(words[i1:i2]).strip()
        if joined and joined[-1][0] != "equal" and (blank or tag != "equal"):
            _tag, start_i, _end_i, start_j, _end_j = joined[-1]
            joined[-1] = ("replace", start_i, i2, start_j, j2)
        else:
            joined.append((tag, i1, i2, j1, j2))
    return joined


def _marked(tag: str, text: str) -> SafeString:
    if not text:
        return SafeString("")
    head = text[: len(text) - len(text.lstrip())]
    tail = text[len(text.rstrip()) :] if text.strip() else ""
    return format_html(
        "{}<{}>{}</{}>{}", head, SafeString(tag), text.strip(), SafeString(tag), tail
    )
