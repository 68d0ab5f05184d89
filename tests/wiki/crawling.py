"""Every form of every screen, found as a reader comes upon it and sent as a browser sends it."""

from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from tests import kept

TOKEN = "csrfmiddlewaretoken"
REFUSED = {400, 403, 404, 405, 500}
MINIMAL = {
    "email": "personne@example.org",
    "date": "2026-12-01",
    "time": "10:00",
    "number": "1",
    "url": "https://example.org/",
}


@dataclass
class Screen:
    """What was answered at an address, and the templates that made it."""

    address: str
    route: str
    status: int
    root: html.HtmlElement
    templates: frozenset[str]


@dataclass
class Sending:
    """A form with the button that is pressed: what goes where."""

    screen: Screen
    method: str
    action: str  # as the form says it; empty when it says nothing
    target: str
    fields: list[tuple[str, str]]
    names: frozenset[str]

    @property
    def goes_to(self) -> str:
        return route_of(self.target)

    @property
    def key(self) -> tuple:
        """Two of one key are one form: a search of every screen is sent once, a form to post
        once from each sort of screen."""
        what = (self.method, self.goes_to, self.names)
        if self.method == "GET":
            return what
        return (*what, self.screen.route, self.screen.status, self.screen.templates)

    def __str__(self):
        return f"{self.screen.route} ({self.screen.address}) → {self.method} {self.target}"


@dataclass
class Crawl:
    """A visit of the site by one client: from some addresses, along the links, bounded."""

    client: Client
    most: int = 2  # screens of each route, beside those one starts from
    under: str = "/"  # addresses that are followed
    passes_over: tuple[str, ...] = ()
    found: list[Sending] = field(default_factory=list)
    sent: set[tuple] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def go(self, addresses: list[str]) -> None:
        waiting, known, counts = deque(addresses), set(addresses), Counter()
        while waiting:
            screen = self.shown(waiting.popleft())
            for address in self.links(screen) if screen is not None else ():
                route = route_of(address)
                if address not in known and counts[route] < self.most:
                    counts[route] += 1
                    known.add(address)
                    waiting.append(address)

    def shown(self, address: str) -> Screen | None:
        """Ask for a screen, and send all its forms."""
        answer = self.client.get(address, follow=True)
        if answer.streaming:
            list(answer)  # a file: read to its end, as browsers do
        return self.look_at(address, answer)

    def look_at(self, address: str, answer) -> Screen | None:
        if getattr(answer, "redirect_chain", None):
            address = urljoin(address, answer.redirect_chain[-1][0])
        screen = screen_of(address, answer)
        for sending in sendings(screen) if screen is not None else ():
            self.send_once(sending)
        return screen

    def links(self, screen: Screen) -> list[str]:
        """Same-site addresses without their fragment, in the order of the screen."""
        found = [urljoin(screen.address, a) for a in screen.root.xpath("//a/@href")]
        local = [a.partition("#")[0] for a in found if not urlsplit(a).netloc]
        return [a for a in local if a.startswith(self.under) and not is_passed(a, self)]

    def send_once(self, sending: Sending) -> None:
        if is_passed(sending.target, self):
            return
        self.found.append(sending)
        if sending.key not in self.sent:
            self.sent.add(sending.key)
            if fault := fault_of(self.client, sending):
                self.faults.append(f"{sending}: {fault}")


def is_passed(address: str, crawl: Crawl) -> bool:
    return bool(crawl.passes_over) and address.startswith(crawl.passes_over)


def route_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def screen_of(address: str, answer) -> Screen | None:
    """None when the answer is no page of HTML."""
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    if answer.streaming or not is_page or not answer.content:
        return None
    names = frozenset(t.name for t in answer.templates if t.name)
    root = html.document_fromstring(answer.content.decode())
    return Screen(address, route_of(address), answer.status_code, root, names)


def sendings(screen: Screen) -> list[Sending]:
    """One for each button of each form; forms inside `<template>` are not there."""
    found = []
    for form in screen.root.xpath("//form[not(ancestor::template)]"):
        if form.get("method", "get").lower() == "dialog":
            continue
        for button in buttons(form):
            found.append(sending_of(screen, form, button))
    return found


def buttons(form) -> list:
    """All that sends the form; Enter sends one without a button."""
    own = form.xpath(".//button[not(@type) or @type='submit'] | .//input[@type='submit']")
    return own or [None]


def sending_of(screen: Screen, form, button) -> Sending:
    pressed = {} if button is None else button.attrib
    action = pressed.get("formaction", form.get("action", ""))
    fields = filled(form)
    if pressed.get("name"):
        fields.append((pressed["name"], pressed.get("value", "")))
    method = pressed.get("formmethod", form.get("method", "get")).upper()
    names = frozenset(name for name, _value in fields)
    target = urljoin(screen.address, action) if action else screen.address
    return Sending(screen, method, action, target, fields, names)


def filled(form) -> list[tuple[str, str]]:
    """What the form holds as it is shown, and as little as can be in what it requires."""
    given = [
        (element.get("name"), minimal(element))
        for element in form.xpath(".//*[@required and @name and not(ancestor::template)]")
        if element.get("type") != "hidden" and is_blank(element)
    ]
    missing = dict(given)
    kept = [(n, v) for n, v in form.form_values() if n not in missing]
    return [*kept, *missing.items()]


def is_blank(element) -> bool:
    if element.get("type") in {"radio", "checkbox"}:
        group = element.xpath("ancestor::form[1]")[0].xpath(".//input[@checked]/@name")
        return element.get("name") not in group
    return not (element.value or "").strip()


def minimal(element) -> str:
    if element.tag == "select":
        return next((o.get("value") for o in element.iter("option") if o.get("value")), "")
    if element.get("type") in {"radio", "checkbox"}:
        return element.get("value", "on")
    return MINIMAL.get(element.get("type", ""), "Essai")


def fault_of(client: Client, sending: Sending) -> str:
    """What is wrong with the answer; empty when nothing is. Nothing is kept of the sending."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = sent_by(client, sending)
        transaction.set_rollback(True)
    client.cookies = cookies
    kept.forget_all()
    if answer.status_code == 403 and "403_csrf.html" in {t.name for t in answer.templates}:
        return "the token is missing"
    return str(answer.status_code) if answer.status_code in REFUSED else ""


def sent_by(client: Client, sending: Sending):
    if sending.method == "GET":
        address = sending.target.partition("?")[0]
        return client.get(f"{address}?{urlencode(sending.fields)}", follow=True)
    data: dict[str, list[str]] = {}
    for name, value in sending.fields:
        data.setdefault(name, []).append(value)
    return client.post(sending.target, data, follow=True)
