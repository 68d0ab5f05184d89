"""Words that mean the same, looked for together: the vocabulary of facilitators, and that of the
field, which comes with the site (`search/data/words.txt`).

Read anew when the site's stamp changes: nothing is indexed again.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from search.language import analysis
from search.models import Synonym
from search.query.groups import Group, groups_of
from wiki.models.stamp_cache import KeptByStamp

FIELD = Path(__file__).parent.parent / "data" / "words.txt"
Phrase = tuple[str, ...]

Meaning = tuple[tuple[Group, ...], Phrase, tuple[Phrase, ...]]
Vocabulary = dict[str, list[Meaning]]
"""By the stems of its first word, each phrase: its words, itself, those that mean the same."""


class SynonymRow(NamedTuple):
    """`typed`: phrases that may stand in a query; `meant`: those looked for with each."""

    typed: tuple[Phrase, ...]
    meant: tuple[Phrase, ...]


def phrases_of(words: str) -> tuple[Phrase, ...]:
    """« mdp, Mot de passe » as phrases of folded words, each once, in the order written."""
    phrases = (tuple(token.word for token in analysis.tokens(part)) for part in words.split(","))
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))


def read() -> list[tuple[Phrase, ...]]:
    rows = Synonym.objects.order_by("pk").values_list("words", flat=True)
    return [phrases for words in rows if len(phrases := phrases_of(words)) > 1]


groups_in_memory = KeptByStamp(read)


def groups(stamp: int | None = None) -> list[tuple[Phrase, ...]]:
    """Each row of the facilitators as phrases, each a tuple of folded words.

    `stamp`: the site's, when the caller knows it; else one query asks for it.
    """
    return groups_in_memory(stamp)


def vocabulary(stamp: int | None = None) -> Vocabulary:
    """The rows of the facilitators, then those of the field."""
    return vocabulary_in_memory(stamp)


def by_first_stem(rows: Iterable[SynonymRow]) -> Vocabulary:
    found: Vocabulary = {}
    for row in rows:
        for phrase in row.typed:
            words = tuple(groups_of(" ".join(phrase)))
            others = tuple(other for other in row.meant if other != phrase)
            if others or len(words) > 1:
                for stem in words[0].keys:
                    found.setdefault(stem, []).append((words, phrase, others))
    return found


@cache
def field() -> tuple[SynonymRow, ...]:
    """The rows of `words.txt`, whose first lines say how it is written."""
    lines = (line.partition("#")[0].strip() for line in FIELD.read_text().splitlines())
    return tuple(map(row_of, filter(None, lines)))


def row_of(line: str) -> SynonymRow:
    typed, arrow, meant = line.partition(">")
    return SynonymRow(phrases_of(typed), phrases_of(meant if arrow else typed))


vocabulary_in_memory = KeptByStamp(
    lambda: by_first_stem((*(SynonymRow(own, own) for own in read()), *field()))
)
