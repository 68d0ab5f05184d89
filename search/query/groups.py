"""The words of a query, each with what answers it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product

from search.language import analysis

MOST_GROUPS = 24  # words asked of the index
MOST_SPELLINGS = 8  # of an expression
BETWEEN = 2  # words that may stand between two of an expression: « mots de passe »


@dataclass(frozen=True)
class Phrase:
    """Words that stand together. `forms`: what pages may write of each, folded; `stems`: those of
    each word that tells. `is_exact`: nothing stands between them, small words are among them;
    otherwise they follow each other with at most BETWEEN words between two of them."""

    forms: tuple[tuple[str, ...], ...]
    stems: tuple[tuple[str, ...], ...] = ()
    is_exact: bool = False

    @classmethod
    def of(cls, words: Iterable[str]) -> "Phrase":
        """The expression that these folded words are, each in the singular or in the plural."""
        found = [token for token in analysis.tokens(" ".join(words)) if not token.is_stop]
        return cls(tuple(map(_forms, found)), tuple(token.stems for token in found))

    @classmethod
    def exactly(cls, words: Iterable[str]) -> "Phrase":
        """These folded words side by side and no other form of them."""
        found = analysis.tokens(" ".join(words))
        stems = tuple(token.stems for token in found if not token.is_stop)
        return cls(tuple((word,) for word in words), stems, is_exact=True)

    def holds_one_of(self, stems: tuple[str, ...]) -> bool:
        """Whether a page cannot hold it without one of these stems."""
        return any(
            all(not set(stems).isdisjoint(analysis.analysed(form)[1]) for form in written)
            for written in self.forms
        )

    @cached_property
    def spellings(self) -> tuple[tuple[str, ...], ...]:
        return tuple(islice(product(*self.forms), MOST_SPELLINGS))


def _forms(token) -> tuple[str, ...]:
    word = token.word
    if not word.isalpha() or word.endswith(("x", "z")):
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
    def keys(self) -> tuple[str, ...]:
        """Its stems; itself, when it is made of small words only."""
        return self.stems or (self.word,)

    @cached_property
    def every_stem(self) -> frozenset[str]:
        """Those of its parts too."""
        return frozenset(self.stems).union(*(part.every_stem for part in self.parts))

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """The stems that answer it, its own and those that mean the same."""
        return self.stems + self.others

    @cached_property
    def phrases_besides(self) -> tuple[Phrase, ...]:
        """Those that find pages which `answers` do not: « boîte mail » adds nothing to « mail »."""
        return tuple(one for one in self.phrases if not one.holds_one_of(self.answers))


def groups_of(text: str) -> list[Group]:
    """The distinct words of a text in order; small words, as they follow each other, only when
    there is nothing else."""
    found = analysis.tokens(text)
    telling = [token for token in found if not token.is_stop and token.stems]
    if found and not telling:
        words = tuple(token.word for token in found)
        return [Group(" ".join(words), phrases=(Phrase.exactly(words),))]
    groups = {token.stems[0]: Group(token.word, token.stems) for token in telling}
    return list(groups.values())[:MOST_GROUPS]
