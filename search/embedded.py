"""The embedded engine: SQLite's FTS5 in the same database and the same transaction.

Two tables (migration 0014): the stems of each column, and the words in their order.
"""

import re

from django.db import DatabaseError
from django.utils.translation import gettext as _

from search.database_engine import DatabaseEngine, rows
from search.finding import Term, Way

STEMS, WORDS = "search_stems", "search_words"
COLUMNS = {
    Way.ANYWHERE: "",
    Way.NAMES: "{title_stems wording_stems}: ",
    Way.LEADS: "lead_stems: ",
    Way.TOPICS: "topic_stems: ",
}
TOKEN = re.compile(r"[0-9A-Za-z\u0080-\U0010ffff]+")  # to the tokenizer of the stems


class EmbeddedEngine(DatabaseEngine):
    def mend(self) -> None:
        """A damaged full-text table refuses each entry that changes: it is written again first."""
        if full_text_faults():
            write_full_text_again()

    def tidy(self) -> None:
        """Write the full-text tables again from the entries, whatever became of them."""
        super().tidy()
        write_full_text_again()

    def faults(self) -> list[str]:
        return super().faults() + full_text_faults()

    def holders(self, terms: list[Term]) -> list[tuple[int, str]]:
        one = "SELECT {0}, group_concat(rowid) FROM {1} WHERE {1} MATCH %s"
        sql = " UNION ALL ".join(one.format(rank, table(term)) for rank, term in enumerate(terms))
        return rows(sql, [expression(term) for term in terms])


def write_full_text_again() -> None:
    for name in (STEMS, WORDS):
        rows(f"INSERT INTO {name}({name}) VALUES ('rebuild')", [])


def full_text_faults() -> list[str]:
    """Whether the full-text tables are those of the entries, as FTS5 itself checks it."""
    try:
        for name in (STEMS, WORDS):
            rows(f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)", [])
    except DatabaseError as error:
        return [_("the full-text table is not that of the entries: %s") % error]
    return []


def table(term: Term) -> str:
    return STEMS if term.way in COLUMNS else WORDS


def expression(term: Term) -> str:
    """What FTS5 is asked: nothing in the words is an operator."""
    if term.way == Way.BEGINNING:
        return f"{quoted(term.words[0])}*"
    if term.way == Way.EXACT:
        return quoted(" ".join(term.words))
    return f"{COLUMNS[term.way]}({' OR '.join(map(held, term.words))})"


def held(stem: str) -> str:
    """Rare letters fold to several words; their table does not know which follow each other."""
    tokens = TOKEN.findall(stem)
    return f"({' AND '.join(map(quoted, tokens))})" if tokens else quoted("")


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
