"""The PostgreSQL engine: indexed `tsvector` columns of the entry itself.

PostgreSQL computes them from the stems and the words that `search.language.analysis` made
(migration 0002), in the `simple` configuration: its own French one stems
otherwise than ours.
A function reads each of them, always by its index: the planner does not count what it costs
to unpack a text, and would read all of them for a common word.
"""

from collections.abc import Iterator
from itertools import islice, product

from search.engines.database_engine import DatabaseEngine, rows
from search.query.groups import BETWEEN, Phrase
from search.query.terms import Term, Way

MOST_GAPS = 27
HOLDING = "search_holding_"  # functions of a tsquery: page ids parted by commas, or NULL
COLUMNS = {
    Way.ANYWHERE: "stemmed",
    Way.NAMES: "named",
    Way.LEADS: "led",
    Way.TOPICS: "about",
}


class PostgresEngine(DatabaseEngine):
    def postings(self, terms: list[Term]) -> list[tuple[int, str]]:
        asked = [(rank, *one) for rank, term in enumerate(terms) for one in expressions(term)]
        if not asked:
            return []
        one = "SELECT {}, {}{}(to_tsquery('simple', %s))"
        sql = " UNION ALL ".join(one.format(rank, HOLDING, column) for rank, column, _text in asked)
        return rows(sql, [text for _rank, _column, text in asked])


def expressions(term: Term) -> Iterator[tuple[str, str]]:
    """The columns that are asked and what a tsquery reads: nothing in the words is an operator."""
    if term.way == Way.BEGINNING:
        yield "begun", f"{quoted(term.words[0])}:*"
        return
    if term.way in COLUMNS and (stems := alternatives(term)):
        yield COLUMNS[term.way], " | ".join(stems)
    if term.together:
        yield (
            "begun",
            " | ".join(f"({one})" for phrase in term.together for one in together(phrase)),
        )


def alternatives(term: Term) -> list[str]:
    """Stems, and in the columns of names all the words of a phrase, in any order."""
    phrases = [] if term.way == Way.ANYWHERE else [p.stems for p in term.phrases if p.stems]
    return [*map(quoted, term.words), *(all_of(stems) for stems in phrases)]


def together(phrase: Phrase) -> Iterator[str]:
    """One expression for each of the distances that may be between its words."""
    first, *others = (f"({' | '.join(map(quoted, forms))})" for forms in phrase.forms)
    steps = (1,) if phrase.is_exact else range(1, BETWEEN + 2)
    for gaps in islice(product(steps, repeat=len(others)), MOST_GAPS):
        yield first + "".join(f" <{gap}> {word}" for gap, word in zip(gaps, others, strict=True))


def all_of(stems: tuple[tuple[str, ...], ...]) -> str:
    each = (f"({' | '.join(map(quoted, word))})" for word in stems)
    return f"({' & '.join(each)})"


def quoted(text: str) -> str:
    """A lexeme of a tsquery."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
