"""What changed between two versions: field by field, and block by block in the text.

`difference(a, b).changes` is empty if and only if the contents are equal: what words do not
show (a photo, a tick, a kind of callout, a blank) is named in a note.
"""

from wiki.diff.pages import (
    Difference,
    body_changes,
    difference,
    field_changes,
    names_for,
    reader_of,
)
from wiki.diff.parsing import TextBlock, text_blocks
from wiki.diff.rows import BlockChange
from wiki.diff.words import words_changed

__all__ = [
    "BlockChange",
    "Difference",
    "TextBlock",
    "body_changes",
    "difference",
    "field_changes",
    "names_for",
    "reader_of",
    "text_blocks",
    "words_changed",
]
