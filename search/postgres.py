"""The PostgreSQL engine: two indexed `tsvector` columns of the entry itself.

PostgreSQL computes them from the stems that `search.analysis` made (migration 0006), in the
`simple` configuration: its own French one stems otherwise than ours.
"""

from search.database_engine import DatabaseEngine, rows
from search.queries import Group

BY_LENGTH = 1  # ts_rank divides by the logarithm of the length


class PostgresEngine(DatabaseEngine):
    def holders(self, groups: list[Group]) -> list[tuple[int, int]]:
        one = "SELECT {}, page_id FROM search_searchentry WHERE {} @@ ({})"
        asked = [(column_of(group), *tsquery(group)) for group in groups]
        parts = [one.format(rank, column, sql) for rank, (column, sql, _) in enumerate(asked)]
        return rows(" UNION ALL ".join(parts), [term for *_, terms in asked for term in terms])

    def crowd(self, groups: list[Group]) -> dict[int, float]:
        ranks, params = [], []
        for group in groups:
            sql, terms = tsquery(group)
            ranks.append((column_of(group), sql))
            params += terms
        score = " + ".join(f"ts_rank({column}, {sql}, {BY_LENGTH})" for column, sql in ranks)
        match = " OR ".join(f"{column} @@ ({sql})" for column, sql in ranks)
        sql = f"SELECT page_id, {score} FROM search_searchentry WHERE {match}"
        return dict(rows(sql, params + params))


def column_of(group: Group) -> str:
    return "begun" if group.beginning else "stemmed"


def tsquery(group: Group) -> tuple[str, list[str]]:
    """The expression that makes the query of a word, and its parameters."""
    if group.beginning:
        return "to_tsquery('simple', %s)", [f"{quoted(group.word)}:*"]
    return " || ".join(["plainto_tsquery('simple', %s)"] * len(group.stems)), list(group.stems)


def quoted(term: str) -> str:
    """A term as a tsquery string: nothing in it is an operator."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
