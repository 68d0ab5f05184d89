"""Sentences for what differs between two forms of one block, beyond its words."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wiki.diff import attributes
from wiki.diff.parsing import PassageMark, TextBlock
from wiki.diff.words import Compared, with_passages

MARKED = {
    "bold": (gettext_noop("Set in bold"), gettext_noop("No longer in bold")),
    "italic": (gettext_noop("Set in italic"), gettext_noop("No longer in italic")),
    "sup": (gettext_noop("Set in superscript"), gettext_noop("No longer in superscript")),
    "sub": (gettext_noop("Set in subscript"), gettext_noop("No longer in subscript")),
    "code": (gettext_noop("Set as code"), gettext_noop("No longer set as code")),
    "link": (gettext_noop("Link added"), gettext_noop("Link removed")),
    "wanted": (
        gettext_noop("Link to a page to be written, added"),
        gettext_noop("Link to a page to be written, removed"),
    ),
    "picture": (gettext_noop("Photo added"), gettext_noop("Photo removed")),
}
REPLACED = {
    "link": gettext_noop("Link changed"),
    "wanted": gettext_noop("Link to another page to be written"),
    "picture": gettext_noop("Photo replaced"),
}


class Naming:
    """Notes of the pairs of a text, in order; a fact about a list is told once."""

    def __init__(self):
        self.told: set[tuple] = set()
        self.before: tuple[TextBlock, TextBlock] | None = None

    def notes(self, old: TextBlock, new: TextBlock, compared: Compared, follows: bool) -> list[str]:
        """`follows`: the blocks just before these two are a pair as well."""
        said = [*compared.unseen(), *_about_marks(old, new, compared)]
        said += [*_about_values(old, new), *self._about_facts(old, new)]
        if old.path == new.path and follows and self._parted(old, new):
            said.append(_("Paragraphs, lists or tables joined or parted"))
        self.pass_by(old, new)
        if not said and old.text == new.text and old.key != new.key:
            said = self._otherwise(old, new)
        return said

    def pass_by(self, old: TextBlock, new: TextBlock) -> None:
        """The lists and callouts that these two stand in were there before."""
        self.before = old, new
        for side, block in (("old", old), ("new", new)):
            self.told.update((side, fact.owner, fact.key) for fact in block.facts.values())

    def _about_facts(self, old: TextBlock, new: TextBlock) -> Iterable[str]:
        for name in dict.fromkeys([*old.facts, *new.facts]):
            facts = old.facts.get(name), new.facts.get(name)
            if _key(facts[0]) == _key(facts[1]):
                continue
            owners = (name, *(fact.owner if fact else None for fact in facts))
            if owners not in self.told:
                self.told.add(owners)
                yield from attributes.changed(name, *facts)

    def _parted(self, old: TextBlock, new: TextBlock) -> bool:
        """The same elements around, but not shared with the same blocks before."""
        if self.before is None or self.before[0].path != self.before[1].path:
            return False
        return old.shared != new.shared

    def _otherwise(self, old: TextBlock, new: TextBlock) -> list[str]:
        """What no other sentence names; nothing when a block before told it for this one."""
        told_before = _keys(old) != _keys(new) or (old.path, new.path) in self.told
        if old.source == new.source and told_before:
            return []
        self.told.add((old.path, new.path))
        return [_("Stored in another way, it reads the same")]

    def come_or_gone(self, block: TextBlock, side: str) -> list[str]:
        """What a block is that was added ("new") or removed ("old")."""
        said = attributes.described(block.facts, lambda fact: self._is_first(fact, side))
        for kind, words in _SAID.items():
            passages = [block.text[a:b] for a, b, mark in block.marks if mark.kind == kind]
            if passages:
                said.append(with_passages(_(words), passages))
        return said

    def _is_first(self, fact: attributes.Fact, side: str) -> bool:
        key = side, fact.owner, fact.key
        known = key in self.told
        self.told.add(key)
        return not known


_SAID = {
    "bold": gettext_noop("In bold"),
    "italic": gettext_noop("In italic"),
    "sup": gettext_noop("In superscript"),
    "sub": gettext_noop("In subscript"),
    "code": gettext_noop("As code"),
    "wanted": gettext_noop("Link to a page to be written"),
}


def _key(fact: attributes.Fact | None):
    return fact.key if fact else None


def _keys(block: TextBlock) -> dict:
    return {name: fact.key for name, fact in block.facts.items() if fact.key is not None}


# Marks


def _about_marks(old: TextBlock, new: TextBlock, compared: Compared) -> list[str]:
    """Which words became bold, lead elsewhere, show another picture …"""
    if not (old.marks or new.marks):
        return []
    before, after = _marks_of(old, compared.a), _marks_of(new, compared.b)
    found: dict[tuple, list[tuple[int, int]]] = {}
    for i, j, span in _steps(compared, before, after):
        for kind in {**i, **j}:
            change = kind, i.get(kind), j.get(kind)
            if change[1] != change[2]:
                spans = found.setdefault(change, [])
                if spans and spans[-1][1] == span[0]:
                    span = spans.pop()[0], span[1]
                spans.append(span)
    return [_marked(*change, spans, compared) for change, spans in found.items()]


def _marks_of(block: TextBlock, spans: list[tuple[int, int]]) -> list[dict[str, PassageMark]]:
    """The marks on each word, by kind; one on a part of a word says on which."""
    waiting = sorted(_merged(block.marks), key=lambda item: item[0], reverse=True)
    active: list[tuple[int, int, PassageMark]] = []
    words = []
    for start, end in spans:
        while waiting and waiting[-1][0] < end:
            active.append(waiting.pop())
        active = [item for item in active if item[1] > start]
        words.append({mark.kind: _clipped(a - start, b - end, mark) for a, b, mark in active})
    return words


def _merged(marks: list[tuple[int, int, PassageMark]]) -> Iterable[tuple[int, int, PassageMark]]:
    """One span where two equal marks touch or stand in one another."""
    by_mark: dict[PassageMark, list[list[int]]] = {}
    for start, end, mark in sorted(marks, key=lambda item: item[:2]):
        known = by_mark.setdefault(mark, [])
        if known and start <= known[-1][1]:
            known[-1][1] = max(known[-1][1], end)
        elif start < end:
            known.append([start, end])
    return [(start, end, mark) for mark, found in by_mark.items() for start, end in found]


def _clipped(before: int, after: int, mark: PassageMark) -> PassageMark:
    if before <= 0 <= after:
        return mark
    return replace(mark, key=f"{mark.key} {max(before, 0)} {min(after, 0)}")


def _steps(compared: Compared, before: list, after: list):
    """(old marks, new marks, new words) of each word that is the same or took another's place."""
    for equal, i1, i2, j1, j2 in compared.runs:
        if equal:
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                yield before[i], after[j], (j, j + 1)
        elif j2 > j1:
            around = before[i1:i2] or [_shared(after, j1, j2)]
            yield _union(around), _union(after[j1:j2]), (j1, j2)


def _shared(after: list, start: int, end: int) -> dict[str, PassageMark]:
    """What the words before and after those have both: new words between take it too."""
    if start == 0 or end == len(after):
        return {}
    left, right = after[start - 1], after[end]
    return {kind: mark for kind, mark in left.items() if right.get(kind) == mark}


def _union(words: list[dict[str, PassageMark]]) -> dict[str, PassageMark]:
    return {kind: mark for marks in words for kind, mark in marks.items()}


def _marked(
    kind: str, old: PassageMark | None, new: PassageMark | None, spans: list, compared: Compared
) -> str:
    passages = [compared.new_words(start, end) for start, end in spans]
    if not (old and new):
        return with_passages(_said(kind, bool(new)), passages)
    said = _(REPLACED[kind]) if kind in REPLACED else _said(kind, True)
    if kind == "picture":
        said = _about_picture(old.key, new.key)
        passages = [new.told] if new.told.strip() else []
    elif old.told != new.told:
        said = _("%(said)s (%(old)s → %(new)s)") % {"said": said, "old": old.told, "new": new.told}
    return with_passages(said, passages)


def _about_picture(old: str, new: str) -> str:
    """Of the keys of two pictures: whether it is another one, otherwise described or shown."""
    (old_id, old_words, _old), (new_id, new_words, _new) = old.split("\n", 2), new.split("\n", 2)
    if old_id != new_id:
        return _(REPLACED["picture"])
    if old_words != new_words:
        return _("Description of the photo changed")
    return _("Photo shown in another size")


def _said(kind: str, is_come: bool) -> str:
    come, gone = MARKED.get(kind, MARKED["code"])
    return _(come) if is_come else _(gone)


# Fields of a row


def _about_values(old: TextBlock, new: TextBlock) -> Iterable[str]:
    """The fields of a row whose difference the line of its values does not show."""
    if old.values == new.values:
        return
    known = {label: (stored, told) for label, stored, told in old.values}
    for label, stored, told in new.values:
        before = known.get(label, ("", ""))
        if stored == before[0] or (old.text != new.text and told != before[1]):
            continue
        if told != before[1]:
            words = {"label": label, "old": before[1] or _("empty"), "new": told or _("empty")}
            yield _("%(label)s: %(old)s → %(new)s") % words
        else:
            yield _("%(label)s: another value, that reads the same") % {"label": label}
