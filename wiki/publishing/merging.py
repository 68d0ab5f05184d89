"""Two texts written from one base put together: blocks of the body, lines, rows, fields.

What the same person could not have meant is never guessed: it becomes a `Conflict`, and the
merged content exists once somebody chose.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page

from wiki.diff import three_way
from wiki.diff.similarity import are_alike
from wiki.diff.three_way import Apart, Both, Kept
from wiki.markup import blocks, html
from wiki.markup.blocks import Block
from wiki.pages import content
from wiki.publishing import word_merging
from wiki.text.model_fields import ChoiceListField

MOST_CONFLICTS = 60  # nobody chooses between more, and showing them takes long: they are one
BOTH_CHANGED = object()  # a value that each side changed in its own way


class Choice(StrEnum):
    THEIRS = "leur"
    MINE = "mienne"
    BOTH = "deux"
    TOGETHER = "ensemble"
    OWN = "ecrit"


@dataclass(frozen=True)
class Own:
    """What somebody wrote in the place of both texts; `read` makes the value of it, or raises
    ValidationError."""

    read: Callable[["Conflict"], object]


@dataclass
class Conflict:
    """One thing that two people changed differently since `base`.

    `name` is the field or the child relation. Values are HTML for the body, lists of rows
    (dicts) for child relations, else what the content holds; empty when it was removed.
    """

    name: str
    base: object
    theirs: object
    mine: object
    joined: object = None  # both, one after the other; None where that has no sense
    how: str = "value"

    @cached_property
    def together(self) -> str | None:
        """Both changes in one text, when they lie in different words of one passage."""
        sides = (self.base, self.theirs, self.mine)
        if self.how not in {"body", "lines"} or not all(sides):
            return None
        both = word_merging.together(*map(str, sides))
        whole = both is not None and (self.how == "lines" or html.clean(both) == both)
        return both if whole else None

    def value(self, choice: "Choice | Own"):
        if isinstance(choice, Own):
            return choice.read(self)
        if choice == Choice.TOGETHER and self.together is not None:
            return self.together
        if choice == Choice.BOTH and self.joined is not None:
            return self.joined
        return self.theirs if choice == Choice.THEIRS else self.mine


@dataclass
class Merged:
    """`parts` of each name: values and conflicts; `joins`: how the parts of a name are joined."""

    parts: dict[str, list] = field(default_factory=dict)
    joins: dict[str, object] = field(default_factory=dict)

    @property
    def conflicts(self) -> list[Conflict]:
        return [p for parts in self.parts.values() for p in parts if isinstance(p, Conflict)]

    @property
    def content(self) -> dict:
        """The merged content; raises ValueError while something conflicts."""
        if self.conflicts:
            raise ValueError("Something conflicts: use chosen().")
        return self.chosen({})

    def chosen(self, choices: Mapping[int, Choice | Own]) -> dict:
        """The content once each conflict, by its rank, has its choice; mine where none is given."""
        rank_of = {id(conflict): rank for rank, conflict in enumerate(self.conflicts)}

        def value(part):
            if isinstance(part, Conflict):
                return part.value(choices.get(rank_of[id(part)], Choice.MINE))
            return part

        return {
            name: self.joins[name]([value(part) for part in parts])
            for name, parts in self.parts.items()
        }


def merge(base: dict | None, theirs: dict, mine: dict, model: type[Page]) -> Merged:
    """Merge two contents (see `wiki.pages.content.content_of`) of a page of this type.

    Without a base whatever differs conflicts.
    """
    merged = Merged()
    rows = content.child_relations(model)
    for name in mine:
        values = [(base or {}).get(name), theirs.get(name), mine[name]]
        how = _way(model, name, rows)
        merged.joins[name] = JOINS[how]
        if base is None and values[1] != values[2]:
            merged.parts[name] = [_whole(name, how, *values)]
        else:
            merged.parts[name] = _merged(name, how, *values)
    return merged


def _way(model: type[Page], name: str, rows: dict) -> str:
    """How a field is merged: as a body, rows, lines, a set of names, or as one value."""
    if name in rows:
        return "rows"
    if name == content.TOPICS:
        return "names"
    return _way_of_field(model._meta.get_field(name))


def _way_of_field(db_field: models.Field) -> str:
    if isinstance(db_field, RichTextField):
        return "body"
    if isinstance(db_field, ChoiceListField) or not isinstance(db_field, models.TextField):
        return "value"
    return "lines"


def _merged(name: str, how: str, base, theirs, mine) -> list:
    """One side is taken whole, byte for byte, when only that side changed."""
    if theirs == base or mine == theirs:
        return WHOLE[how](mine)
    if mine == base:
        return WHOLE[how](theirs)
    parts = MERGES[how](name, base, theirs, mine)
    if sum(isinstance(part, Conflict) for part in parts) > MOST_CONFLICTS:
        return [_whole(name, how, base, theirs, mine)]
    return parts


def _whole(name: str, how: str, base, theirs, mine) -> Conflict:
    joined = {"body": _joined_html, "rows": _joined_rows, "lines": _joined_lines}.get(how)
    return Conflict(name, base, theirs, mine, joined(theirs, mine) if joined else None, how)


# Bodies


def _alike_blocks(old: Block, new: Block) -> bool:
    return old.tag == new.tag and are_alike(old.words, new.words)


BLOCKS = three_way.Kind(key=lambda block: block.text, alike=_alike_blocks)


def _merge_bodies(name: str, base: str, theirs: str, mine: str) -> list:
    split = [blocks.split(body or "") for body in (base, theirs, mine)]
    return _merge_blocks(name, *split)


def _merge_blocks(name: str, base: list[Block], theirs: list[Block], mine: list[Block]) -> list:
    parts: list = []
    for piece in three_way.merge(base, theirs, mine, BLOCKS):
        if isinstance(piece, Kept):
            parts.append(piece.item.html)
        elif isinstance(piece, Apart):
            parts.append(_html_conflict(name, piece.base, piece.theirs, piece.mine))
        else:
            parts += _merge_inside(name, piece)
    return parts


def _merge_inside(name: str, piece: Both) -> list:
    """The items of a list and the rows of a table are blocks too."""
    three = (piece.base, piece.theirs, piece.mine)
    whole = _html_conflict(name, *([block] for block in three))
    if len({block.tag for block in three}) > 1 or piece.base.tag not in blocks.CONTAINERS:
        return [whole]
    opened = [block.opened() for block in three]
    tags = _one_value(*(start for start, _inside, _end in opened))
    if tags is BOTH_CHANGED or not _same_shape(*three):
        return [whole]
    inside = _merge_blocks(name, *(items for _start, items, _end in opened))
    if any(isinstance(p, Conflict) for p in inside) and piece.base.tag == "li":
        return [whole]
    return [tags, *inside, opened[0][2] + piece.mine.tail]


def _one_value(base, theirs, mine):
    """What a single value becomes; BOTH_CHANGED when each side changed it in its own way."""
    if theirs in (base, mine):
        return mine
    return theirs if mine == base else BOTH_CHANGED


def _same_shape(*tables: Block) -> bool:
    """Tables whose columns were changed are not merged row by row."""
    return len({_columns(table.text) for table in tables}) == 1


def _columns(table: str) -> frozenset[int]:
    rows = table.split("<tr")[1:]  # what stands before the first one is the head's own tag
    return frozenset(row.count("<td") + row.count("<th") for row in rows)


def _html_conflict(name: str, base: list, theirs: list, mine: list) -> Conflict:
    texts = ["".join(block.html for block in side) for side in (base, theirs, mine)]
    return Conflict(name, *texts, joined=_joined_html(texts[1], texts[2]), how="body")


def _joined_html(theirs: str, mine: str) -> str:
    bare = theirs and mine and not (theirs.startswith("<") and mine.startswith("<"))
    return theirs + ("<br>" if bare else "") + mine


# Lines of plain text


LINES = three_way.Kind(
    key=lambda line: line,
    alike=lambda old, new: are_alike(set(old.split()), set(new.split())),
)


def _merge_lines(name: str, base: str, theirs: str, mine: str) -> list:
    sides = [(text or "").splitlines() for text in (base, theirs, mine)]
    pieces = three_way.merge(*sides, LINES)
    if all(isinstance(piece, Kept) for piece in pieces):
        return ["\n".join(piece.item for piece in pieces)]
    return [Conflict(name, base, theirs, mine, _joined_lines(theirs, mine), "lines")]


def _joined_lines(theirs: str, mine: str) -> str:
    return "\n".join(text for text in (theirs, mine) if text)


# Child rows


def _row_key(row: dict) -> str:
    return json.dumps(row, sort_keys=True)


def _alike_rows(old: dict, new: dict) -> bool:
    """They share a telling value, or most of the words of one."""
    told = [key for key in old if old[key] not in (None, "", [], False)]
    if any(old[key] == new.get(key) for key in told):
        return True
    words = [set(str(list(row.values())).split()) for row in (old, new)]
    return are_alike(*words)


ROWS = three_way.Kind(key=_row_key, alike=_alike_rows)


def _merge_rows(name: str, base: list, theirs: list, mine: list) -> list:
    parts: list = []
    for piece in three_way.merge(base or [], theirs or [], mine or [], ROWS):
        if isinstance(piece, Kept):
            parts.append([piece.item])
        elif isinstance(piece, Apart):
            joined = _joined_rows(piece.theirs, piece.mine)
            parts.append(Conflict(name, piece.base, piece.theirs, piece.mine, joined))
        else:
            parts.append(_merge_row(name, piece))
    return parts


def _merge_row(name: str, row: Both):
    """A row field by field."""
    both = {key: (row.base.get(key), row.theirs.get(key), row.mine[key]) for key in row.mine}
    merged = {key: _one_value(*values) for key, values in both.items()}
    both_changed = [key for key, value in merged.items() if value is BOTH_CHANGED]
    if not both_changed:
        return [merged]
    theirs = [{**merged, **{key: row.theirs.get(key) for key in both_changed}}]
    mine = [{**merged, **{key: row.mine[key] for key in both_changed}}]
    return Conflict(name, [row.base], theirs, mine, _joined_rows(theirs, mine))


def _joined_rows(theirs: list, mine: list) -> list:
    return [*(theirs or []), *(mine or [])]


# Names and single values


def _merge_names(name: str, base: list, theirs: list, mine: list) -> list:
    """Topics are a set: what either removed goes, what either added comes."""
    gone = {item for item in base or [] if item not in theirs or item not in mine}
    return [list(dict.fromkeys(item for item in [*theirs, *mine] if item not in gone))]


def _merge_values(name: str, base, theirs, mine) -> list:
    return [Conflict(name, base, theirs, mine)]


MERGES = {
    "body": _merge_bodies,
    "rows": _merge_rows,
    "lines": _merge_lines,
    "names": _merge_names,
    "value": _merge_values,
}
WHOLE = {
    "body": lambda value: [value],
    "rows": lambda value: [value or []],
    "lines": lambda value: [value],
    "names": lambda value: [value or []],
    "value": lambda value: [value],
}
JOINS = {
    "body": "".join,
    "rows": lambda parts: [row for rows in parts for row in rows],
    "lines": lambda parts: parts[0],
    "names": lambda parts: parts[0],
    "value": lambda parts: parts[0],
}
