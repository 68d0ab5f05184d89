"""The PostgreSQL engine: indexed `tsvector` columns of the entry itself.

PostgreSQL computes them from the stems and the words that `search.analysis` made (migrations
0008 and 0014), in the `simple` configuration: its own French one stems otherwise than ours.
A function reads each of them, always by its index: the planner does not count what it costs
to unpack a text, and would read all of them for a common word.
"""

from search.database_engine import DatabaseEngine, rows
from search.finding import Term, Way

HOLDING = "search_holding_"  # functions of a tsquery: page ids parted by commas, or NULL
COLUMNS = {
    Way.ANYWHERE: "stemmed",
    Way.NAMES: "named",
    Way.LEADS: "led",
    Way.TOPICS: "about",
    Way.BEGINNING: "begun",
    Way.EXACT: "begun",
}


class PostgresEngine(DatabaseEngine):
    def holders(self, terms: list[Term]) -> list[tuple[int, str]]:
        one = "SELECT {}, {}{}({}('simple', %s))"
        sql = " UNION ALL ".join(
            one.format(rank, HOLDING, COLUMNS[term.way], reading(term))
            for rank, term in enumerate(terms)
        )
        return rows(sql, [asked(term) for term in terms])


def reading(term: Term) -> str:
    return "phraseto_tsquery" if term.way == Way.EXACT else "to_tsquery"


def asked(term: Term) -> str:
    """What that reads: nothing in the words is an operator."""
    if term.way == Way.EXACT:
        return " ".join(term.words)
    beginning = ":*" if term.way == Way.BEGINNING else ""
    return " | ".join(f"{quoted(word)}{beginning}" for word in term.words)


def quoted(text: str) -> str:
    """A lexeme of a tsquery."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
