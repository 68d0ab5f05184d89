"""The words of a query, each with what answers it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice, product

from search import analysis

MOST_GROUPS = 24  # words asked of the index
MOST_SPELLINGS = 12  # of an expression


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other. `spellings`: folded, as pages may write them, small words
    included; `stems`: those of each word that tells, in their order."""

    spellings: tuple[tuple[str, ...], ...]
    stems: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, words: Iterable[str]) -> "Phrase":
        """The expression that these folded words are, each in the singular or in the plural, with
        « de » where two of them stand side by side."""
        found = _between_telling_ones(analysis.tokens(" ".join(words)))
        forms: list[tuple[tuple[str, ...], ...]] = []
        for rank, token in enumerate(found):
            own = tuple((form,) for form in _forms(token))
            is_beside = rank and not (token.is_stop or found[rank - 1].is_stop)
            forms.append(own + tuple(("de", *form) for form in own) if is_beside else own)
        spelt = (tuple(chain.from_iterable(picked)) for picked in product(*forms))
        return cls(tuple(islice(spelt, MOST_SPELLINGS)), _stems_of(found))

    @classmethod
    def exactly(cls, words: Iterable[str]) -> "Phrase":
        """These folded words and no other form of them."""
        found = analysis.tokens(" ".join(words))
        return cls((tuple(words),), _stems_of(found))


def _between_telling_ones(found: list) -> list:
    """Without the small words at both ends."""
    telling = [rank for rank, token in enumerate(found) if not token.is_stop]
    return found[telling[0] : telling[-1] + 1] if telling else found


def _stems_of(found: list) -> tuple[tuple[str, ...], ...]:
    return tuple(token.stems for token in found if not token.is_stop)


def _forms(token) -> tuple[str, ...]:
    word = token.word
    if token.is_stop or not word.isalpha() or word.endswith(("x", "z")):
        return (word,)
    return (word, word[:-1]) if word.endswith("s") else (word, f"{word}s")


@dataclass(frozen=True)
class Group:
    """One word of the query, or one expression: any of its stems will do, any of `others`, which
    mean the same, or any of its phrases.

    `beginning`: no page that the reader may read holds its stems, so that words which
    begin with it are looked for. `typed`: what stood there, when this word was put in its
    place because nobody wrote it. `parts`: the words of an expression that was typed, which
    stand for it when no page holds it.
    """

    word: str
    stems: tuple[str, ...] = ()
    beginning: bool = False
    typed: str = ""
    phrases: tuple[Phrase, ...] = ()
    parts: tuple["Group", ...] = ()
    others: tuple[str, ...] = ()

    @cached_property
    def main(self) -> str:
        """What tells it from another word of the same query."""
        return self.stems[0] if self.stems and not self.parts else self.word

    @cached_property
    def every_stem(self) -> frozenset[str]:
        """Those of its parts too."""
        return frozenset(self.stems).union(*(part.every_stem for part in self.parts))

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """The stems that answer it, its own and those that mean the same."""
        return self.stems + self.others


def groups_of(text: str) -> list[Group]:
    """The distinct words of a text in order; small words, as they follow each other, only when
    there is nothing else."""
    found = analysis.tokens(text)
    telling = [token for token in found if not token.is_stop and token.stems]
    if found and not telling:
        words = tuple(token.word for token in found)
        return [Group(" ".join(words), phrases=(Phrase((words,)),))]
    groups = {token.stems[0]: Group(token.word, token.stems) for token in telling}
    return list(groups.values())[:MOST_GROUPS]
