"""Zero-result searches: what was looked for and not found, or found and not opened.

Words only: no person, no address, no time of day. They are written when they were asked on two
different days, and until then only a keyed digest that cannot be read back. What looks like it
is about somebody is never noted.
"""

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from urllib.parse import unquote_plus

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from search.language import analysis
from search.models import ZeroResultSearch
from wiki.editing import sensitive
from wiki.text.characters import one_line

LONGEST = 200  # characters
KEPT_FOR = timedelta(days=365)
SINGLE_KEPT_FOR = timedelta(days=31)
MOST_A_DAY = 1_000  # different searches noted: robots ask for anything
PATIENCE = 200  # milliseconds that a reader waits for another writer, at most

FIVE_DIGITS = re.compile(r"\d(?:[\W_]*\d){4}")
MAIL = re.compile(
    r"@|(?:\barobase\b|\bchez\b|\bat\b)\W{1,9}\w[\w-]{0,63}\W{0,9}(?:\.|\bpoint\b|\bdot\b)"
    r"\W{0,9}[a-z]{2,}",
    re.IGNORECASE,
)

logger = logging.getLogger(__name__)


def note_without_answer(query: str) -> None:
    """A search found nothing. Never raises, never waits long."""
    note(query, "without_answer")


def note_without_click(query: str) -> None:
    """A search found pages, and none was opened. Never raises, never waits long."""
    note(query, "without_click")


def note(query: str, count: str) -> None:
    words = one_line(query.replace("\x00", " "))
    if not may_be_noted(words):
        return
    try:
        with short_wait():
            write(words, count)
    except DatabaseError:
        logger.warning("A zero-result search was not noted.", exc_info=True)


def may_be_noted(words: str) -> bool:
    """No e-mail address, no phone number, no five digits in a row whatever separates them,
    nothing that `wiki.editing.sensitive` takes for a secret; 200 characters at most, and a word
    among them."""
    if len(words) > LONGEST or not analysis.tokens(words):
        return False
    plain = unicodedata.normalize("NFKC", words)
    texts = {plain, unicodedata.normalize("NFKC", unquote_plus(plain))}
    return not any(
        FIVE_DIGITS.search(text) or MAIL.search(text) or sensitive.found_in(text) for text in texts
    )


def digest_of(words: str) -> str:
    """The same for the same folded words; without the site's key, nobody tells which."""
    folded = " ".join(token.word for token in analysis.tokens(words))
    return salted_hmac("search.screens.zero_results", folded, algorithm="sha256").hexdigest()


def write(words: str, count: str) -> None:
    """One more; the words themselves only when they were asked on another day already."""
    today = timezone.localdate()
    forget_once(today)
    known = ZeroResultSearch.objects.filter(digest=digest_of(words))
    if known.update(**{count: F(count) + 1, "last_on": today}):
        known.filter(words="", first_on__lt=today).update(words=words)
    elif ZeroResultSearch.objects.filter(last_on=today).count() < MOST_A_DAY:
        first = ZeroResultSearch(
            digest=digest_of(words), first_on=today, last_on=today, **{count: 1}
        )
        ZeroResultSearch.objects.bulk_create([first], ignore_conflicts=True)


def forget_once(today: date) -> None:
    """Old ones are forgotten with the first search noted in a day."""
    if cache.add(f"searches-forgotten-{today}", True, 86_400):
        forget(today)


def forget(today: date) -> int:
    """Forget those of which nothing was heard for a year, a month when they came one day only;
    returns how many."""
    old = ZeroResultSearch.objects.filter(last_on__lt=today - KEPT_FOR)
    single = ZeroResultSearch.objects.filter(words="", last_on__lt=today - SINGLE_KEPT_FOR)
    return old.delete()[0] + single.delete()[0]


@contextmanager
def short_wait() -> Iterator[None]:
    """A transaction that gives up soon when somebody else is writing."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
            yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
