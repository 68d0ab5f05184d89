"""What a screen offers: links, forms, buttons and the addresses that its scripts ask for."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from wagtail.models import Page

from tests import kept
from tests.wiki.crawling import Screen, screen_of, sendings, sent_by
from wiki.text.addresses import site_path

IN_A_SCRIPT = re.compile(r"/(?:admin|nouveau|corbeille)/[^\s\"'<>\\]*")
PAGES = ("page_id", "parent_page_id", "page_to_move_id")
SAID = ("aria-label", "title", "placeholder", "alt", "data-w-tooltip-content-value")
DEAD = {403, 404, 500}
ENDS_THE_SESSION = ("/admin/logout/", "/deconnexion/")


def addresses(screen: Screen) -> list[str]:
    """All that leads or is asked for from a screen of the admin, hidden panels included."""
    found = dict.fromkeys(urljoin(screen.address, a) for a in screen.root.xpath("//a/@href"))
    for attribute in screen.root.xpath("//@*[name()!='href' and contains(., '/admin/')]"):
        found |= dict.fromkeys(IN_A_SCRIPT.findall(unescape(attribute)))
    for script in screen.root.xpath("//script/text()"):
        found |= dict.fromkeys(IN_A_SCRIPT.findall(script))
    local = [address.partition("#")[0] for address in found if not urlsplit(address).netloc]
    return [a for a in local if a.startswith("/") and not a.startswith(ENDS_THE_SESSION)]


def words_of(root) -> list[str]:
    """What one reads or hears of a screen, each piece of text for itself."""
    texts = root.xpath("//text()[not(ancestor::script) and not(ancestor::style)]")
    said = [value for name in SAID for value in root.xpath(f"//@{name}")]
    return [" ".join(piece.split()) for piece in [*texts, *said] if piece.strip()]


@dataclass
class Visit:
    """One person, from some addresses along all that leads somewhere under `/admin/`."""

    client: Client
    never_asked: tuple[str, ...] = ()
    most: int = 1  # addresses of each sort
    asked: dict[str, int] = field(default_factory=dict)
    sent: set[tuple] = field(default_factory=set)
    dead: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)  # what is read in the admin, and where

    def go(self, starts: list[str]) -> None:
        waiting, counts = deque((start, "") for start in starts), Counter()
        while waiting:
            address, source = waiting.popleft()
            kind = self.sort_of(address)
            if address in self.asked or counts[kind] >= self.most:
                continue
            counts[kind] += 1
            screen = self.ask(address, source)
            if screen is not None and screen.address.startswith(("/admin/", "/animer/")):
                self.send_all(screen)
                waiting.extend((one, address) for one in self.offered(screen))

    def offered(self, screen: Screen) -> list[str]:
        return [a for a in addresses(screen) if not a.startswith(self.never_asked)]

    def ask(self, address: str, source: str) -> Screen | None:
        answer = self.client.get(address, follow=True)
        if answer.streaming:
            list(answer)
        if answer.status_code == 405:  # what is pressed, and sent
            answer = self.undone(lambda: self.client.post(address, follow=True))
        self.note(address, source, answer.status_code)
        landed = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        screen = screen_of(urljoin(address, landed), answer)
        if screen is not None and screen.address.startswith("/admin/"):
            self.words |= dict.fromkeys(words_of(screen.root), screen.address)
        return screen

    def send_all(self, screen: Screen) -> None:
        for sending in sendings(screen):
            key = (sending.method, self.sort_of(sending.target), sending.names)
            if key in self.sent or sending.target.startswith(ENDS_THE_SESSION):
                continue
            self.sent.add(key)
            answer = self.undone(lambda each=sending: sent_by(self.client, each))
            self.note(f"{sending.method} {sending.target}", screen.address, answer.status_code)

    def undone(self, act):
        cookies = self.client.cookies.copy()
        with transaction.atomic():
            answer = act()
            transaction.set_rollback(True)
        self.client.cookies = cookies
        kept.forget_all()
        return answer

    def note(self, address: str, source: str, status: int) -> None:
        self.asked[address] = status
        if status in DEAD:
            self.dead.append(f"{status} {address} ← {source}")

    def sort_of(self, address: str) -> tuple:
        """Addresses of one sort are the same button, on several pages of one type."""
        parts = urlsplit(address)
        try:
            match = resolve(parts.path)
        except Resolver404:
            return address, False
        named = [match.kwargs[name] for name in PAGES if name in match.kwargs]
        key = named[0] if named else site_path(match.kwargs.get("path", ""))
        return match.view_name, self.types.get(key, ""), bool(parts.query)

    @cached_property
    def types(self) -> dict:
        """The type of each page, by its number and by where it stands."""
        rows = Page.objects.values_list("pk", "url_path", "content_type")
        return {key: kind for pk, place, kind in rows for key in (pk, place)}
