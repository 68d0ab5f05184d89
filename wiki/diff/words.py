"""Two texts in one, word by word, and what their words do not show: blanks, hidden characters."""

import re
import unicodedata
from itertools import islice

from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wiki.diff.alignment import aligned

WORD = re.compile(r"\w+|[^\w\s]")
SHOWN = 25  # words kept on each side of a change when the rest of a block is long
AROUND = 12  # words of a passage quoted in a note
LONGEST_PASSAGE = 150  # characters
QUOTED = 5  # passages quoted in a note
CUT = " […] "
SOFT_HYPHEN, FIRST_FORMLESS = "\xad", "\u0600"  # characters without form; none between
HARD_BLANKS = "\u00a0\u202f"


def words_changed(old: str, new: str) -> SafeString:
    """Both texts in one, with `<del>` and `<ins>` around the words that differ."""
    return Compared(old, new).marked()


class Compared:
    """Two texts and the runs of words that are the same in both."""

    def __init__(self, old: str, new: str):
        self.old, self.new = old, new
        self.a = [found.span() for found in WORD.finditer(old)]
        self.b = [found.span() for found in WORD.finditer(new)]

    @cached_property
    def runs(self) -> list[tuple]:
        return aligned(
            [self.old[start:end] for start, end in self.a],
            [self.new[start:end] for start, end in self.b],
        )

    def marked(self, cut: bool = False) -> SafeString:
        """`cut`: long passages that are the same in both are cut."""
        parts = []
        for rank, (equal, i1, i2, j1, j2) in enumerate(self.runs):
            if equal:
                last = rank == len(self.runs) - 1
                parts.append(conditional_escape(self._same(j1, j2, rank == 0, last, cut)))
            else:
                parts.append(self._lead(i1, j1, j2))
                parts.append(_tagged("del", self.old_words(i1, i2)))
                parts.append(_tagged("ins", self.new_words(j1, j2)))
        return mark_safe("".join(parts))

    def _same(self, start: int, end: int, is_first: bool, is_last: bool, cut: bool) -> str:
        begin = self.b[start - 1][1] if start else 0
        stop = self.b[end - 1][1]
        if not cut or end - start <= 3 * SHOWN:
            return self.new[begin:stop]
        head, tail = self.b[start + SHOWN - 1][1], self.b[end - SHOWN][0]
        if is_first and is_last:
            return self.new[begin:head] + CUT.rstrip()
        before = "" if is_first else self.new[begin:head]
        return before + CUT + ("" if is_last else self.new[tail:stop])

    def _lead(self, i1: int, j1: int, j2: int) -> str:
        return lead(self.new, self.b, j1) if j2 > j1 else lead(self.old, self.a, i1)

    def old_words(self, start: int, end: int) -> str:
        return self.old[self.a[start][0] : self.a[end - 1][1]] if end > start else ""

    def new_words(self, start: int, end: int) -> str:
        return self.new[self.b[start][0] : self.b[end - 1][1]] if end > start else ""

    # Notes

    def unseen(self) -> list[str]:
        """A sentence for each kind of difference that the eye does not see in the words."""
        if self.old == self.new:
            return []
        found: dict[tuple[str, str], list[str]] = {}
        for before, after, around in [*self._blanks(), *self._look_alikes()]:
            found.setdefault((before, after), []).append(around)
        return [
            _sentence(before, after, [text for text in around if text.strip()])
            for (before, after), around in found.items()
        ]

    def _blanks(self):
        """(name of the old blank, name of the new one, words around) where words are the same."""
        replaces = True  # the run before is the same in both, or took the place of another
        for equal, i1, i2, j1, j2 in self.runs:
            last = i2 if equal else min(i1 + 1, i2)
            for i, j in zip(range(i1, last), range(j1, j2), strict=False):
                if replaces or i > i1:
                    yield from self._blank(i, j)
            replaces = equal or (i2 > i1 and j2 > j1)
        ends = [text[spans[-1][1] if spans else 0 :] for text, spans in self._sides]
        if ends[0] != ends[1]:
            yield *_difference_of_blanks(*ends), ""

    @property
    def _sides(self):
        return (self.old, self.a), (self.new, self.b)

    def _blank(self, i: int, j: int):
        before, after = lead(self.old, self.a, i), lead(self.new, self.b, j)
        if before != after:
            around = self.new[self.b[max(j - 1, 0)][0] : self.b[j][1]]
            yield *_difference_of_blanks(before, after), around

    def _look_alikes(self):
        """Words that differ and look the same: hidden characters, a blank inside, other letters."""
        for equal, i1, i2, j1, j2 in self.runs:
            gone, come = self.old_words(i1, i2), self.new_words(j1, j2)
            if equal or seen(gone) != seen(come):
                continue
            blanks = ["".join(re.findall(r"\s", text)) for text in (gone, come)]
            if blanks[0] != blanks[1]:
                yield *_difference_of_blanks(*blanks), come
            if "".join(gone.split()) != "".join(come.split()):
                yield "", _("hidden characters, or letters written in another way"), come or gone


def lead(text: str, spans: list[tuple[int, int]], rank: int) -> str:
    """The blank before a word."""
    return text[spans[rank - 1][1] if rank else 0 : spans[rank][0]]


def seen(text: str) -> str:
    """What the eye sees of a text: no blank, no character without form, one form of each letter."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    if not bare or max(bare) < FIRST_FORMLESS:
        return bare.replace(SOFT_HYPHEN, "")
    return "".join(char for char in bare if unicodedata.category(char) != "Cf")


def _difference_of_blanks(before: str, after: str) -> tuple[str, str]:
    names = _blank_name(before), _blank_name(after)
    return names if names[0] != names[1] else ("", _("number of blanks"))


def _blank_name(blank: str) -> str:
    if not blank:
        return _("no space")
    if "\n" in blank:
        return _("line break")
    if any(char in HARD_BLANKS for char in blank):
        return _("non-breaking space")
    return _("space") if blank.isspace() and blank.strip(" ") == "" else _("special space")


def _sentence(before: str, after: str, around: list[str]) -> str:
    change = f"{before} → {after}" if before else after
    return with_passages(capfirst(change), around)


def with_passages(said: str, passages: list[str]) -> str:
    """« Set in bold: “one”, “two” »: some of the passages that a note is about."""
    told = [_("“%s”") % shortened(text) for text in passages[:QUOTED]]
    if not told:
        return said
    more = ["…"] if len(passages) > QUOTED else []
    return _("%(said)s: %(passages)s") % {"said": said, "passages": ", ".join([*told, *more])}


def shortened(text: str) -> str:
    """The first words of a passage."""
    text = text.strip()
    ends = [found.end() for found in islice(WORD.finditer(text), AROUND + 1)]
    end = min(ends[-2] if len(ends) > AROUND else len(text), LONGEST_PASSAGE)
    return text if end >= len(text) else f"{text[:end]} […]"


def _tagged(tag: str, text: str) -> SafeString:
    return format_html("<{}>{}</{}>", SafeString(tag), text, SafeString(tag)) if text else ""
