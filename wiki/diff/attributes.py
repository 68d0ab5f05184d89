"""What a block is, apart from its words, in the words of those who write."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wiki.markup import html

HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
CELLS = {"td", "th"}


@dataclass(frozen=True)
class Fact:
    """`key` is equal for equal facts; `owner`: the element that it is about, by its rank.

    A fact about a list is told once, not at each of its items.
    """

    key: object
    told: str
    owner: int = -1


def fact_of(element, rank: int, column: int) -> tuple[str, Fact] | None:
    """What an element makes of the blocks inside it: the name of a fact, and the fact."""
    if element.tag in CELLS:
        return "column", Fact(column, str(column), rank)
    make = _MAKERS.get(element.tag)
    if make is None:
        return None
    name, key, told = make(element)
    return name, Fact(key, told, rank)


def dress(around: list[tuple[str, Fact]]) -> dict[str, Fact]:
    """The facts about a block from those of the elements around it, the outermost first."""
    facts = dict(around)
    depth = sum(1 for name, _fact in around if name == "list")
    if depth > 1:
        facts["depth"] = Fact(depth, str(depth), facts["list"].owner)
    return facts


def _heading(element):
    return "title", element.tag, _("level %s") % HEADINGS[element.tag]


def _list(element):
    if element.tag == "ol":
        start = element.get("start", "1")
        told = _("numbered list") if start == "1" else _("numbered list from %s") % start
        return "list", ("ol", start), told
    if element.get("class") == html.CHECK_LIST:
        return "list", "check", _("list of boxes to tick")
    return "list", "ul", _("bulleted list")


def _item(element):
    done = element.get("class") == html.DONE
    return "tick", done or None, ""


def _callout(element):
    labels = {"note": _("To remember"), "note warn": _("Beware"), "note eg": _("Example")}
    kind = element.get("class", "")
    return "callout", kind or "div", labels.get(kind, _("plain"))


def _being(name: str) -> Callable:
    return lambda element: (name, True, "")


def _row(element):
    cells = [child for child in element if child.tag in CELLS]
    key = tuple((cell.tag, *sorted(cell.items())) for cell in cells)
    return "cells", key, _spans(cells)


def _spans(cells: list) -> str:
    """Which cells of a row are merged ones: « the 2nd over 3 columns »."""
    told = []
    for rank, cell in enumerate(cells, start=1):
        if cell.get("colspan", "1") != "1":
            words = {"rank": rank, "n": cell.get("colspan")}
            told.append(_("cell %(rank)s over %(n)s columns") % words)
        if cell.get("rowspan", "1") != "1":
            words = {"rank": rank, "n": cell.get("rowspan")}
            told.append(_("cell %(rank)s over %(n)s rows") % words)
    return ", ".join(told)


_MAKERS: dict[str, Callable] = {
    **dict.fromkeys(HEADINGS, _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    "thead": _being("part"),
    "li": _item,
    "div": _callout,
    "blockquote": _being("quote"),
    "table": _being("table"),
    "caption": _being("caption"),
    "tr": _row,
}


# What changed, as a sentence


def changed(name: str, old: Fact | None, new: Fact | None) -> list[str]:
    """Sentences for a fact that differs; None where a block has it not."""
    return _TOLD[name](old, new)


def _arrow(label: str, old: str, new: str) -> str:
    return _("%(label)s: %(old)s → %(new)s") % {"label": label, "old": old, "new": new}


def _with_values(label: str, none: str) -> Callable:
    def told(old: Fact | None, new: Fact | None) -> list[str]:
        return [_arrow(_(label), old.told if old else _(none), new.told if new else _(none))]

    return told


def _about_list(old: Fact | None, new: Fact | None) -> list[str]:
    before, after = (fact.told if fact else _("plain text") for fact in (old, new))
    return [f"{capfirst(before)} → {after}"]


def _about_tick(old: Fact | None, new: Fact | None) -> list[str]:
    was, now = bool(old and old.key), bool(new and new.key)
    if was == now:
        return []
    return [_("Box ticked")] if now else [_("Box no longer ticked")]


def _either(come: str, gone: str) -> Callable:
    return lambda old, new: [_(come) if new else _(gone)]


def _about_cells(old: Fact | None, new: Fact | None) -> list[str]:
    if not (old and new):
        merged = (new or old).told
        return [_("Merged cells: %s") % merged] if merged else []
    said = []
    if old.told != new.told:
        said.append(
            _arrow(_("Merged cells"), old.told or _("none (cells)"), new.told or _("none (cells)"))
        )
    if len(old.key) != len(new.key):
        said.append(_arrow(_("Cells in the row"), str(len(old.key)), str(len(new.key))))
    if _heads(old) != _heads(new):
        said.append(_arrow(_("Heading cells"), _heads(old), _heads(new)))
    return said or [_("Cells of the table set in another way")]


def _about_column(old: Fact | None, new: Fact | None) -> list[str]:
    return [_arrow(_("Column of the table"), old.told, new.told)] if old and new else []


def _heads(fact: Fact) -> str:
    heads = [str(rank) for rank, cell in enumerate(fact.key, start=1) if cell[0] == "th"]
    return ", ".join(heads) or _("none (cells)")


_TOLD: dict[str, Callable] = {
    "title": _with_values(gettext_noop("Title"), gettext_noop("plain text")),
    "list": _about_list,
    "depth": _with_values(gettext_noop("Indent"), gettext_noop("none")),
    "tick": _about_tick,
    "callout": _with_values(gettext_noop("Callout"), gettext_noop("none")),
    "quote": _either(gettext_noop("Set as a quotation"), gettext_noop("No longer a quotation")),
    "table": _either(gettext_noop("Set in a table"), gettext_noop("No longer in a table")),
    "caption": _either(gettext_noop("Caption of the table"), gettext_noop("No longer a caption")),
    "part": _either(
        gettext_noop("Row of headings of the table"), gettext_noop("No longer a row of headings")
    ),
    "cells": _about_cells,
    "column": _about_column,
}


def described(facts: dict[str, Fact], is_first: Callable[[Fact], bool]) -> list[str]:
    """What a block is that came or went: a numbered list, a callout, a ticked box."""
    told = {
        "title": lambda fact: _("Title, %s") % fact.told,
        "list": lambda fact: capfirst(fact.told),
        "tick": lambda fact: _("Box ticked") if fact.key else "",
        "callout": lambda fact: _("Callout: %s") % fact.told,
        "quote": lambda fact: _("Quotation"),
        "table": lambda fact: _("Table"),
        "caption": lambda fact: _("Caption of the table"),
        "cells": lambda fact: _("Merged cells: %s") % fact.told if fact.told else "",
    }
    said = [told[name](fact) for name, fact in facts.items() if name in told and is_first(fact)]
    return [sentence for sentence in said if sentence]
