"""The order of French words: accents and capitals count last, punctuation before words not at all.

« Œuvre » is among the « o », « l’École » where « l'ecole » would be, « Fiche 2 » before
« Fiche 10 ». Rules: « Norme NF Z44-001, classement alphabétique »; levels of comparison:
Unicode Technical Standard 10 (UCA), which ICU follows for PostgreSQL.

The database orders by `in_french(field)`, Python by `french_key(text)`; SQLite learns the
order from this module, PostgreSQL from the collation of a migration.
"""

import re
import unicodedata
from functools import lru_cache

from django.db.models import CharField, Func

from wiki.text.characters import normal, without_accents

COLLATION = "french"
NUMBER = re.compile(r"(\d+)")
WORDLESS = re.compile(r"[\W_]+")
SPELT_OUT = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
MOST_DIGITS = 0xD000  # counted of a number: below what is no character


@lru_cache(maxsize=32_768)
def french_key(text: str) -> bytes:
    """What to order texts by, a third as large as their levels; thousands of them are kept."""
    words, plain, whole = levels(text)
    parts = (
        f"\x02{part}" if is_text else f"\x01{chr(min(length, MOST_DIGITS))}{part}"
        for is_text, length, part in words
    )
    return "\0".join(["".join(parts), plain, whole]).encode("utf-8", "surrogatepass")


def levels(text: str) -> tuple[tuple, str, str]:
    """The bare words, then accents, then capitals and punctuation."""
    plain = unicodedata.normalize("NFD", normal(text).lower().translate(SPELT_OUT))
    bare = without_accents(plain)
    words = WORDLESS.sub(" ", bare).strip()
    return _by_numbers(words), WORDLESS.sub(" ", plain), text.swapcase()


def _by_numbers(words: str) -> tuple:
    """Texts and numbers in turn, so that 2 comes before 10; numbers before letters."""
    parts = (part for part in NUMBER.split(words) if part)
    return tuple(
        (0, len(part.lstrip("0")), part.lstrip("0")) if part.isdecimal() else (1, 0, part)
        for part in parts
    )


def compared(one: str, other: str) -> int:
    """-1, 0 or 1, as SQLite asks."""
    first, second = french_key(one), french_key(other)
    return (first > second) - (first < second)


def teach_sqlite(sender, connection, **kwargs) -> None:
    """Each new connection to SQLite knows the order."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, compared)


class InFrench(Func):
    """A text to order by. PostgreSQL's collation does not pass over punctuation: it goes."""

    arity = 1
    output_field = CharField()

    def as_sqlite(self, compiler, connection, **more):
        return self.as_sql(compiler, connection, template=f"(%(expressions)s COLLATE {COLLATION})")

    def as_postgresql(self, compiler, connection, **more):
        bare = r"regexp_replace(%(expressions)s COLLATE {0}, '[^[:alnum:]]+', ' ', 'g')"
        template = "ltrim(" + bare.format(COLLATION) + f") COLLATE {COLLATION}"
        return self.as_sql(compiler, connection, template=template)


def in_french(field) -> InFrench:
    """To give to `order_by`."""
    return InFrench(field)
