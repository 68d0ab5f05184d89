"""One round: everything that is closed asked of the site, every listing read, the faults kept.

A word is a fault only when nothing that everybody may read holds it: of a closed page called
« Budget », the word « budget » in an open text tells nothing.
"""

import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.utils.html import strip_tags
from django.utils.translation import trans_real
from wagtail.models import Page

from wiki.access.visibility import can_read
from wiki.leaks import reasons
from wiki.leaks.closed import Closed, ClosedAddress, all_that_is_closed, public_versions
from wiki.leaks.fetching import Answer, Silent, Site
from wiki.leaks.listings import listings
from wiki.models import LeakCheck
from wiki.text.titles import folded, key_of

KEPT = 60  # rounds
SHORT = 8  # letters: a shorter name is looked for alone between two tags, or in quotes
MOST_FAULTS = 200
MOST_OF_ONE = 20  # of one name
MOST_UNANSWERED = 20  # one address in so many may get no answer, or an error
QUOTED = re.compile(r"""(?:(?:href|src)=["']|<loc>|<id>|"address": ")([^"'<]+)""")


@dataclass
class Round:
    site: Site
    most: int | None = None  # addresses, drawn by lot when there are more
    seconds: float | None = None
    closed: Closed = field(default_factory=all_that_is_closed)
    asked: int = 0
    unanswered: int = 0
    is_whole: bool = True
    faults: list[dict] = field(default_factory=list)

    def __post_init__(self):
        self.paths = {address.path: address for address in self.closed.addresses}
        self.named = {key_of(words): page for words, page in self.closed.words.items()}
        self.named.pop("", None)
        self.borne: dict[str, bool] = {}
        self.seen: dict[str, int] = {}

    def run(self) -> LeakCheck:
        """Raises Silent when the site does not answer, or with errors; nothing is written then."""
        until = time.monotonic() + self.seconds if self.seconds else None
        for question in self.questions():
            if until and time.monotonic() > until:
                self.is_whole = False
                break
            self.put(question)
        if not self.asked or self.unanswered * MOST_UNANSWERED > self.asked:
            raise Silent
        return self.keep()

    def questions(self) -> list[ClosedAddress | str]:
        """Listings and things in turn, so that a round cut short saw some of each."""
        lists, things = list(dict.fromkeys(listings(self.closed))), list(self.paths.values())
        if self.most and len(lists) + len(things) > self.most:
            self.is_whole = False
            half = self.most // 2
            first = max(half, self.most - len(things))
            lists = [*lists[:first][: first // 2], *drawn(lists[first // 2 :], first - first // 2)]
            things = drawn(things, self.most - len(lists))
        return list(in_turn(lists, things))

    def put(self, question: ClosedAddress | str) -> None:
        path = question.path if isinstance(question, ClosedAddress) else question
        answer = self.site.ask(path)
        if answer is None or answer.status >= 500:
            self.unanswered += 1
            return
        self.asked += 1
        if isinstance(question, ClosedAddress):
            self.look_at_thing(question, answer)
        else:
            self.look_at_listing(path, answer)

    def look_at_thing(self, address: ClosedAddress, answer: Answer) -> None:
        led = urlsplit(answer.location).path
        if answer.status in {200, 206} and not is_open_since(address):
            self.fault(address.path, reasons.GIVEN, address.page)
        elif led in self.paths and led.rstrip("/") != address.path.rstrip("/"):
            self.fault(address.path, reasons.LED, self.paths[led].page)

    def look_at_listing(self, path: str, answer: Answer) -> None:
        asked = said_in(path)
        for linked in self.linked_in(answer.text):
            if not is_open_since(linked):
                self.fault(path, reasons.LINKED, linked.page)
        for words in self.named_in(answer.text):
            if words not in asked and not self.is_borne(words) and self.is_rare(words):
                self.fault(path, reasons.NAMED, self.named[words])

    def is_rare(self, words: str) -> bool:
        """One name that stands everywhere leaves room for the other faults."""
        self.seen[words] = self.seen.get(words, 0) + 1
        return self.seen[words] <= MOST_OF_ONE

    def linked_in(self, text: str) -> list[ClosedAddress]:
        found = {urlsplit(unescape(href)).path for href in QUOTED.findall(text)}
        return [self.paths[path] for path in map(unquote, found) if path in self.paths]

    def named_in(self, text: str) -> Iterator[str]:
        text = unescape(text)
        shown, alone = f"{folded(text)} {folded(strip_tags(text))}", short_pieces(text)
        for words in self.named:
            if words in (shown if len(words) >= SHORT else alone):
                yield words

    def is_borne(self, words: str) -> bool:
        """Whether something that everybody may read holds these words."""
        if words not in self.borne:
            self.borne[words] = any(words in text for text in self.public_texts)
        return self.borne[words]

    @property
    def public_texts(self) -> list[str]:
        if not hasattr(self, "_texts"):
            rows = public_versions().values_list("title", "summary", "author_name", "content")
            self._texts = [folded(unescape(strip_tags(str(row)))) for row in rows.iterator()]
            self._texts.append(words_of_the_screens())
        return self._texts

    def fault(self, address: str, reason: str, page: int | None) -> None:
        row = {"address": address, "reason": reason, "page": page}
        if row not in self.faults and len(self.faults) < MOST_FAULTS:
            self.faults.append(row)

    def keep(self) -> LeakCheck:
        made = LeakCheck.objects.create(
            site=self.site.url[:255],
            asked=self.asked,
            is_whole=self.is_whole,
            faults=self.faults,
        )
        old = LeakCheck.objects.order_by("-pk").values_list("pk", flat=True)[KEPT:]
        LeakCheck.objects.filter(pk__in=list(old)).delete()
        return made


def said_in(path: str) -> str:
    """The words of an address, which an answer may repeat."""
    parts = urlsplit(path)
    asked = " ".join(value for values in parse_qs(parts.query).values() for value in values)
    words = f"{unquote(parts.path)} {asked}"
    return folded(f"{words} {words.replace('-', ' ')}")


def is_open_since(address: ClosedAddress) -> bool:
    """The page was opened while the round went on."""
    page = Page.objects.filter(pk=address.page).first() if address.page else None
    return address.sort == "page" and page is not None and can_read(AnonymousUser(), page)


def drawn(rows: list, count: int) -> list:
    return random.sample(rows, min(max(count, 0), len(rows)))


def in_turn(*families: list) -> Iterator:
    """One of each family in turn, whatever their lengths."""
    longest = max(map(len, families))
    for rank in range(longest):
        yield from (family[rank] for family in families if rank < len(family))


def words_of_the_screens() -> str:
    """What templates and messages say themselves, folded."""
    known = trans_real.translation("fr")._catalog
    return " ".join(folded(said) for _key, said in known.items() if isinstance(said, str))


def short_pieces(text: str) -> set[str]:
    """What stands alone between two tags, or two quotes."""
    pieces = re.findall(r">([^<>]{1,40})<", text) + re.findall(r'"([^"]{1,40})"', text)
    return {key_of(piece) for piece in pieces}
