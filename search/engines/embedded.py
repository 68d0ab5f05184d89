"""The embedded engine: SQLite's FTS5 in the same database and the same transaction.

Two tables (migration 0002): the stems of each column, and the words in their order.
"""

import re
from collections.abc import Iterator
from importlib import import_module

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from search.engines.database_engine import DatabaseEngine, rows
from search.query.groups import BETWEEN, Phrase
from search.query.terms import Term, Way

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
        """A damaged full-text table refuses each entry that changes: it is written again first;
        triggers that are missing are made again."""
        if missing_triggers():
            make_triggers()
        if full_text_faults():
            write_full_text_again()

    def tidy(self) -> None:
        """Write the full-text tables again from the entries, whatever became of them."""
        super().tidy()
        write_full_text_again()

    def faults(self) -> list[str]:
        return super().faults() + full_text_faults()

    def postings(self, terms: list[Term]) -> list[tuple[int, str]]:
        asked = [(rank, *one) for rank, term in enumerate(terms) for one in expressions(term)]
        if not asked:
            return []
        one = "SELECT {0}, group_concat(rowid) FROM {1} WHERE {1} MATCH %s"
        sql = " UNION ALL ".join(one.format(rank, table) for rank, table, _text in asked)
        return rows(sql, [text for _rank, _table, text in asked])


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


def expressions(term: Term) -> Iterator[tuple[str, str]]:
    """The tables that are asked and what FTS5 reads: nothing in the words is an operator."""
    if term.way == Way.BEGINNING:
        yield WORDS, f"{quoted(term.words[0])}*"
        return
    if term.way in COLUMNS and (stems := alternatives(term)):
        yield STEMS, f"{COLUMNS[term.way]}({' OR '.join(stems)})"
    if term.together:
        yield WORDS, " OR ".join(one for phrase in term.together for one in together(phrase))


def alternatives(term: Term) -> list[str]:
    """Stems, and in the columns of names all the words of a phrase, in any order."""
    phrases = [] if term.way == Way.ANYWHERE else [p.stems for p in term.phrases if p.stems]
    return [*map(stem_terms, term.words), *(all_of(stems) for stems in phrases)]


def together(phrase: Phrase) -> Iterator[str]:
    for words in phrase.spellings:
        if phrase.is_exact or len(words) == 1:
            yield quoted(" ".join(words))
        else:
            most = BETWEEN * (len(words) - 1) + len(words) - 2
            yield f"NEAR({' '.join(map(quoted, words))}, {most})"


def all_of(stems: tuple[tuple[str, ...], ...]) -> str:
    each = (f"({' OR '.join(map(stem_terms, word))})" for word in stems)
    return f"({' AND '.join(each)})"


def stem_terms(stem: str) -> str:
    """Rare letters fold to several words; their table does not know which follow each other."""
    tokens = TOKEN.findall(stem)
    return f"({' AND '.join(map(quoted, tokens))})" if tokens else quoted("")


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def missing_triggers() -> list[str]:
    """Those that keep the full text equal to the entries, once the table of these is there."""
    if connection.vendor != "sqlite":
        return []
    found = {name for (name,) in rows("SELECT name FROM sqlite_master", [])}
    wanted = [f"search_entry_{act}" for act in ("added", "removed", "changed")]
    return [name for name in wanted if "search_searchentry" in found and name not in found]


def make_triggers() -> None:
    full_text = import_module("search.migrations.0002_full_text")
    with connection.cursor() as cursor:
        for statement in full_text.SQLITE_TRIGGERS:
            cursor.execute(statement)
