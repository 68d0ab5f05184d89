"""The vocabulary of facilitators: words that mean the same, looked for together.

Read anew when the site's stamp changes: nothing is indexed again.
"""

from search import analysis
from search.kept_by_stamp import KeptByStamp
from search.models import Synonym

Phrase = tuple[str, ...]


def phrases_of(words: str) -> tuple[Phrase, ...]:
    """« mdp, Mot de passe » as phrases of folded words, each once, in the order written."""
    phrases = (tuple(token.word for token in analysis.tokens(part)) for part in words.split(","))
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))


def read() -> list[tuple[Phrase, ...]]:
    rows = Synonym.objects.order_by("pk").values_list("words", flat=True)
    return [phrases for words in rows if len(phrases := phrases_of(words)) > 1]


groups_in_memory = KeptByStamp(read)


def groups(stamp: int | None = None) -> list[tuple[Phrase, ...]]:
    """Each row of the vocabulary as phrases, each a tuple of folded words.

    `stamp`: the site's, when the caller knows it; else one query asks for it.
    """
    return groups_in_memory(stamp)
