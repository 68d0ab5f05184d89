"""The embedded engine: SQLite's FTS5 in the same database and the same transaction."""

from django.db import DatabaseError

from search.database_engine import DatabaseEngine, rows
from search.finding import Term, Way

COLUMNS = {
    Way.ANYWHERE: "{title_stems wording_stems lead_stems topic_stems body_stems file_stems}",
    Way.NAMES: "{title_stems wording_stems}",
    Way.LEADS: "{lead_stems topic_stems}",
}


class EmbeddedEngine(DatabaseEngine):
    def tidy(self) -> None:
        """Write the full-text table again from the entries, whatever became of it."""
        super().tidy()
        rows("INSERT INTO search_index(search_index) VALUES ('rebuild')", [])

    def faults(self) -> list[str]:
        return super().faults() + full_text_faults()

    def holders(self, terms: list[Term]) -> list[tuple[int, str]]:
        one = "SELECT {}, group_concat(rowid) FROM search_index WHERE search_index MATCH %s"
        sql = " UNION ALL ".join(one.format(rank) for rank in range(len(terms)))
        return rows(sql, [expression(term) for term in terms])


def full_text_faults() -> list[str]:
    """Whether the full-text table is that of the entries, as FTS5 itself checks it."""
    try:
        rows("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)", [])
    except DatabaseError as error:
        return [f"the full-text table is not that of the entries: {error}"]
    return []


def expression(term: Term) -> str:
    """What FTS5 is asked: nothing in the words is an operator."""
    if term.way == Way.BEGINNING:
        return f"words: {quoted(term.words[0])}*"
    if term.way == Way.EXACT:
        return f"words: {quoted(' '.join(term.words))}"
    return f"{COLUMNS[term.way]}: ({' OR '.join(quoted(stem) for stem in term.words)})"


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
