"""The embedded engine: SQLite's FTS5 in the same database and the same transaction."""

from search.database_engine import DatabaseEngine, rows
from search.queries import Group

STEMS = "{title_stems wording_stems lead_stems topic_stems body_stems}"
WEIGHTS = "10.0, 7.0, 3.0, 3.0, 1.0, 0.0"  # of these columns for FTS5, then of whole words


class EmbeddedEngine(DatabaseEngine):
    def tidy(self) -> None:
        """Write the full-text table again from the entries, whatever became of it."""
        rows("INSERT INTO search_index(search_index) VALUES ('rebuild')", [])

    def holders(self, groups: list[Group]) -> list[tuple[int, int]]:
        one = "SELECT {}, rowid FROM search_index WHERE search_index MATCH %s"
        sql = " UNION ALL ".join(one.format(rank) for rank in range(len(groups)))
        return rows(sql, [expression(group) for group in groups])

    def crowd(self, groups: list[Group]) -> dict[int, float]:
        """FTS5's own BM25 is the lower the better."""
        match = " OR ".join(f"({expression(group)})" for group in groups)
        sql = f"SELECT rowid, -bm25(search_index, {WEIGHTS}) FROM search_index"
        return dict(rows(f"{sql} WHERE search_index MATCH %s", [match]))


def expression(group: Group) -> str:
    """What FTS5 is asked for a word: its stems, or whole words that begin with it."""
    if group.beginning:
        return f"words: {quoted(group.word)}*"
    return f"{STEMS}: ({' OR '.join(quoted(stem) for stem in group.stems)})"


def quoted(term: str) -> str:
    """A term as an FTS5 string: nothing in it is an operator."""
    return '"' + term.replace('"', '""') + '"'
