"""Addresses of the web that pages give: which of them no longer answer.

Only public addresses are asked: the address that a name resolves to is checked, and that very
address is connected to, at each step of a redirect, so that no page can make this server talk
to the network it stands in.
"""

import ipaddress
import random
import re
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import certifi
import urllib3
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiki.access.visibility import is_readable, published
from wiki.internals.compiled import Compiled
from wiki.markup import html
from wiki.models import BrokenLink, WikiPage
from wiki.pages import content
from wiki.text.french_order import french_key

MOST_REDIRECTS = 5
AT_ONCE = 8  # hosts asked at the same time, one request each
PAUSE = 1.0  # seconds between two requests to one host
PORTS = {80, 443}
REDIRECTS = {301, 302, 303, 307, 308}
HEAD_REFUSED = {400, 403, 404, 405, 501}  # servers that answer GET better than HEAD
ALIVE = {401, 402, 403, 407, 429, 451}  # somebody is there, but not for a robot
LONGEST = BrokenLink._meta.get_field("url").max_length
_WEB = re.compile(r"https?://", re.I)

REASONS = {
    "404": _("The page is not there any more."),
    "410": _("The page was taken away for good."),
    "dns": _("No site answers to this name any more."),
    "silent": _("The site does not answer."),
    "slow": _("The site takes too long to answer."),
    "tls": _("The certificate of the site is not valid."),
    "loop": _("The address redirects too many times."),
    "closed": _("The address is not one of the public web."),
    "bad": _("The address is badly written."),
}


def reason_in_words(reason: str) -> str:
    if reason in REASONS:
        return str(REASONS[reason])
    return str(_("The site answers with an error (%(code)s).")) % {"code": reason}


def ids_in_order(user) -> list[int]:
    """Of the broken links of pages that this person may read, in order of title; sorted here, as
    `wiki.links.backlinks.in_order` does."""
    known = BrokenLink.objects.filter(is_readable(user, "page_id"))
    rows = known.values_list("page__title", "page_id", "url", "pk")
    return [row[-1] for row in sorted(rows, key=lambda row: (french_key(row[0]), *row[1:]))]


def listed(user, ids: list[int]) -> list[BrokenLink]:
    """Those of these that are of pages that this person may read, in this order."""
    rows = BrokenLink.objects.filter(is_readable(user, "page_id"), pk__in=ids)
    found = rows.select_related("page").in_bulk()
    return [found[pk] for pk in ids if pk in found]


class AddressRefused(Exception):
    """An address that this server does not talk to."""


# What went wrong, by what was raised; the first that fits.
FAULTS = (
    (AddressRefused, "closed"),
    (socket.gaierror, "dns"),
    (urllib3.exceptions.NewConnectionError, "silent"),
    (urllib3.exceptions.SSLError, "tls"),
    (urllib3.exceptions.TimeoutError, "slow"),
    (urllib3.exceptions.LocationParseError, "bad"),
    (urllib3.exceptions.HTTPError, "silent"),
    (ValueError, "bad"),
    (OSError, "silent"),
)
ANSWERS = tuple(kind for kind, _key in FAULTS)


UNICAST = ipaddress.ip_network("2000::/3")  # the part of IPv6 that is the public Internet


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public Internet, the IPv4 it wraps included."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6:
        wrapped = ip.ipv4_mapped or ip.sixtofour
        if wrapped is None:
            return ip in UNICAST and ip.is_global and ip.teredo is None
        ip = wrapped
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a name; raises OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(entry[4][0] for entry in found))


@dataclass
class Checker:
    """Asks addresses whether they answer. `allowed` and `resolve` are changed by tests only."""

    allowed: Callable[[str], bool] = is_public
    resolve: Callable[[str, int], list[str]] = resolve
    ports: set[int] = field(default_factory=lambda: PORTS)
    timeout: float = 10.0
    pause: float = PAUSE

    def fault(self, url: str) -> str:
        """Why an address is broken, a key of REASONS or a status; empty when it answers."""
        try:
            return self._fault(url)
        except ANSWERS as error:
            return next(key for kind, key in FAULTS if isinstance(error, kind))

    def _fault(self, url: str) -> str:
        for _hop in range(MOST_REDIRECTS + 1):
            status, location = self._ask("HEAD", url)
            if status in HEAD_REFUSED:
                time.sleep(self.pause)
                status, location = self._ask("GET", url)
            if status not in REDIRECTS or not location:
                return "" if status < 400 or status in ALIVE else str(status)
            url = urljoin(url, location)
        return "loop"

    def _ask(self, method: str, url: str) -> tuple[int, str]:
        """The status and the place it redirects to; the body is not read."""
        pool = self._pool(url)
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            answer = pool.urlopen(
                method,
                urllib3.util.parse_url(path).url or "/",
                headers={"Host": host_header(url), "User-Agent": user_agent(), "Accept": "*/*"},
                redirect=False,
                retries=False,
                preload_content=False,
            )
            answer.close()
            return answer.status, answer.headers.get("Location", "")
        finally:
            pool.close()

    def _pool(self, url: str) -> urllib3.HTTPConnectionPool:
        """Connections to the very address that was checked, not to what the name says next."""
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if parts.scheme not in {"http", "https"} or not parts.hostname or port not in self.ports:
            raise AddressRefused(url)
        host = ascii_host(parts.hostname)
        timeout = urllib3.Timeout(total=self.timeout)
        address = self.address_of(host, port)
        if parts.scheme == "http":
            return urllib3.HTTPConnectionPool(address, port, timeout=timeout)
        named = {"server_hostname": host, "assert_hostname": host, "ca_certs": certifi.where()}
        return urllib3.HTTPSConnectionPool(address, port, timeout=timeout, **named)

    def address_of(self, host: str, port: int) -> str:
        """The first address of a name; raises Refused when any of them is not public."""
        addresses = self.resolve(host, port)
        if not addresses or not all(self.allowed(address) for address in addresses):
            raise AddressRefused(host)
        return addresses[0]


def ascii_host(host: str) -> str:
    """As it travels: « médiation.fr » is « xn--mdiation-b1a.fr »."""
    return host if host.isascii() else host.encode("idna").decode()


def host_header(url: str) -> str:
    """The host as the address names it, with its port when it says one (RFC 9110, 7.2)."""
    parts = urlsplit(url)
    host = ascii_host(parts.hostname or "")
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{parts.port}" if parts.port else host


def user_agent() -> str:
    return f"Passerelles link checker (+{settings.SITE_URL})"


# From pages to addresses


def addresses_of(page: WikiPage) -> set[str]:
    """The addresses of other sites that a specific page gives, in its text and its fields."""
    links = html.fragment(page.body).iter("a")
    found = {link.get("href", "") for link in links if not link.get("linktype")}
    holders = [page]
    for name in content.child_relations(type(page)):
        holders += list(getattr(page, name).all())
    found |= {value for holder in holders for value in _written_addresses(holder)}
    return {bare(url) for url in found if _WEB.match(url.strip())}


def forget_mended(page) -> None:
    """At each publication: addresses that the page gives no more are not its broken links."""
    if isinstance(page, WikiPage) and _broken_on(page.pk):
        rows = BrokenLink.objects.filter(page=page.pk)
        rows.exclude(url__in=addresses_of(page)).delete()


_broken_on = Compiled(lambda page_id: BrokenLink.objects.filter(page=page_id).values_list("pk"))


def _written_addresses(holder: models.Model) -> Iterator[str]:
    for one in holder._meta.concrete_fields:
        if isinstance(one, models.URLField):
            yield getattr(holder, one.attname) or ""


def bare(url: str) -> str:
    return url.strip().partition("#")[0][:LONGEST]


def all_addresses() -> dict[str, set[int]]:
    """The ids of the published pages that give each address."""
    found: dict[str, set[int]] = {}
    for page in published().filter(depth__gt=1).specific().iterator():
        for url in addresses_of(page) if isinstance(page, WikiPage) else ():
            found.setdefault(url, set()).add(page.pk)
    return found


# The check of the whole site


def check(checker: Checker, limit: int | None = None) -> Iterator[tuple[str, str]]:
    """Ask the addresses of all pages, note those that are broken; yields (address, fault).

    `limit`: at most so many, those known as broken first, then others at random, so that
    runs that follow each other come round to all of them.
    """
    pages = all_addresses()
    _sweep(pages)
    for url, fault in _ask_all(checker, _chosen(pages, limit)):
        note(url, fault, pages[url])
        yield url, fault


def _sweep(pages: dict[str, set[int]]) -> None:
    """Forget the addresses that no page gives any more."""
    gone = [row.pk for row in BrokenLink.objects.all() if row.page_id not in pages.get(row.url, ())]
    for start in range(0, len(gone), 500):
        BrokenLink.objects.filter(pk__in=gone[start : start + 500]).delete()


def _chosen(pages: dict[str, set[int]], limit: int | None) -> list[str]:
    known = set(BrokenLink.objects.values_list("url", flat=True))
    urls = random.sample(sorted(pages), len(pages))
    urls.sort(key=lambda url: url not in known)
    return urls[:limit]


def _ask_all(checker: Checker, urls: Iterable[str]) -> Iterator[tuple[str, str]]:
    """One host after the other in each thread, with a pause between two requests."""
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(urlsplit(url).netloc.casefold(), []).append(url)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        asked = [threads.submit(_ask_host, checker, queue) for queue in hosts.values()]
        for answers in as_completed(asked):
            yield from answers.result()


def _ask_host(checker: Checker, urls: list[str]) -> list[tuple[str, str]]:
    answers = []
    for rank, url in enumerate(urls):
        if rank:
            time.sleep(checker.pause)
        answers.append((url, checker.fault(url)))
    return answers


@transaction.atomic
def note(url: str, fault: str, page_ids: set[int]) -> None:
    """Write what was found; the day an address was first seen broken is kept."""
    rows = BrokenLink.objects.filter(url=url)
    rows.exclude(page__in=page_ids if fault else []).delete()
    rows.update(reason=fault, checked_at=timezone.now())
    there = published().filter(pk__in=page_ids - set(rows.values_list("page_id", flat=True)))
    if fault:
        BrokenLink.objects.bulk_create(
            BrokenLink(page_id=pk, url=url, reason=fault, checked_at=timezone.now())
            for pk in there.values_list("pk", flat=True)
        )
