"""The PostgreSQL engine: two indexed `tsvector` columns of the entry itself.

PostgreSQL computes them from the stems and the words that `search.analysis` made (migration
0008), in the `simple` configuration: its own French one stems otherwise than ours. Names have
the weight A in them, summaries and topics B, files C, the text D.
"""

from search.database_engine import DatabaseEngine, rows
from search.finding import Term, Way

WEIGHTS = {Way.ANYWHERE: "", Way.NAMES: ":A", Way.LEADS: ":B", Way.BEGINNING: ":*"}


class PostgresEngine(DatabaseEngine):
    def holders(self, terms: list[Term]) -> list[tuple[int, str]]:
        one = "SELECT {}, string_agg(page_id::text, ',') FROM search_searchentry WHERE {}"
        asked = [condition(term) for term in terms]
        sql = " UNION ALL ".join(one.format(rank, text) for rank, (text, _) in enumerate(asked))
        return rows(sql, [query for _text, query in asked])


def condition(term: Term) -> tuple[str, str]:
    """The condition in SQL and its parameter."""
    if term.way == Way.EXACT:
        return "begun @@ phraseto_tsquery('simple', %s)", " ".join(term.words)
    column = "begun" if term.way == Way.BEGINNING else "stemmed"
    query = " | ".join(f"{quoted(word)}{WEIGHTS[term.way]}" for word in term.words)
    return f"{column} @@ to_tsquery('simple', %s)", query


def quoted(text: str) -> str:
    """A lexeme of a tsquery: nothing in it is an operator."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
