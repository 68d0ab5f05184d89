"""Addresses and titles that people just type: « www.caf.fr », « contact@caf.fr », « [[a title]] ».

They become links when a page is published, in the blocks that its writer touched; the editor
makes the same ones sooner (assets/body/addresses.js, the same rules).
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wiki.markup.blocks import INLINE, TAG

# An address begins with « https:// », « http:// » or « www. », or holds « @ ».
BEGINNINGS = re.compile(r"https?://|www\.|@", re.IGNORECASE)
_LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
HOST = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}")
NAMED = re.compile(r"(?:[^.]+\.)+(?:[^\W\d_]{2,}|xn--(?:[^\W_]|-)+)")
PORT = re.compile(r":[0-9]{1,5}(?![0-9])")
# A comma before the beginning of another address, and « — », belong to the sentence.
REST = re.compile(
    r"[/?#](?:(?![,;](?:https?://|www\.))"
    r"[^\s\x00-\x20\x85\xa0\u200b\u2060\ufeff<>\"«»“”„`{}|\\^…—\ufffc])*",
    re.IGNORECASE,
)
LOCAL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_%+-])?$")
NAMED_BEFORE = re.compile(r"(?::[^\s@]*)?@")
STOPS = tuple(".,;:!?'’*")
LONGEST, LONGEST_HOST, LONGEST_LOCAL = 2000, 253, 64

BRACKETS = re.compile(r"\[\[([^\[\]\n\ufffc]{1,120})\]\]")
PART = re.compile(r"([^\s#])#[^\W_].*")  # « Titre#partie »
OBJECT = "\ufffc"  # stands for a picture among words


@dataclass(frozen=True)
class FoundAddress:
    start: int
    end: int
    href: str


def addresses_in(text: str) -> Iterator[FoundAddress]:
    """The web and mail addresses of a plain text, in order."""
    done = 0
    for sign in BEGINNINGS.finditer(text):
        if sign.start() < done:
            continue
        found = _mail(text, sign, done) if sign[0] == "@" else _web(text, sign)
        if found:
            done = found.end
            if found.href:
                yield found


def address_of(text: str) -> str:
    """Where a text leads that is an address and nothing else; empty for any other text."""
    found = next(addresses_in(text), None)
    return found.href if found and (found.start, found.end) == (0, len(text)) else ""


def _web(text: str, sign: re.Match) -> FoundAddress | None:
    bare = sign[0].lower() == "www."
    before = text[sign.start() - 1 : sign.start()]
    if before and (before.isalnum() or before in ("_@./" if bare else "_@")):
        return None
    start = sign.start() if bare else sign.end()
    host = HOST.match(text, start, start + LONGEST_HOST)
    if not host or (bare and not NAMED.fullmatch(host[0][4:])):
        return None
    port = PORT.match(text, host.end())
    end = port.end() if port else host.end()
    rest = REST.match(text, end)
    secret = None if rest else NAMED_BEFORE.match(text, end, end + 80)
    if secret:  # « name:password@host » is no address that one gives
        return FoundAddress(sign.start(), secret.end(), "")
    if not rest and text.startswith(("_", "://"), end):
        return None
    return _ended(text, sign.start(), end, rest[0] if rest else "", "https://" if bare else "")


def _ended(text: str, start: int, end: int, rest: str, scheme: str) -> FoundAddress:
    if len(rest) > LONGEST:
        return FoundAddress(start, end + len(rest), "")
    end += len(_without_stops(rest))
    return FoundAddress(start, end, scheme + text[start:end])


def _without_stops(rest: str) -> str:
    """Without the stops of the sentence, nor what closes a bracket opened before the address."""
    while rest.endswith(STOPS) or _closes_more(rest, "()") or _closes_more(rest, "[]"):
        rest = rest[:-1]
    return rest


def _closes_more(text: str, pair: str) -> bool:
    return text.endswith(pair[1]) and text.count(pair[1]) > text.count(pair[0])


def _mail(text: str, sign: re.Match, done: int) -> FoundAddress | None:
    at = sign.start()
    host = HOST.match(text, at + 1, at + 1 + LONGEST_HOST)
    if not host or not NAMED.fullmatch(host[0]):
        return None
    local = LOCAL.search(text[max(done, at - LONGEST_LOCAL) : at])
    if not local:
        return None
    start = at - len(local[0])
    before = text[start - 1 : start] if start else ""
    if before and (before.isalnum() or before in "_.%+@/-"):
        return None
    if text[host.end() : host.end() + 1] in ("@", "_"):
        return None
    return FoundAddress(start, host.end(), f"mailto:{text[start : host.end()]}")


def with_links(text: str) -> SafeString:
    """A plain text as safe HTML, its addresses made links."""
    out, done = [], 0
    for address in addresses_in(text):
        out += [escape(text[done : address.start]), _link(address, text)]
        done = address.end
    return mark_safe("".join([*out, escape(text[done:])]))


def _link(address: FoundAddress, text: str) -> str:
    return f'<a href="{_value(address.href)}">{_words(text[address.start : address.end])}</a>'


def _words(text: str) -> str:
    """Words as `wiki.markup.html.clean` writes them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _value(text: str) -> str:
    return _words(text).replace('"', "&quot;")


# Bodies


def linked(body: str, known: str = "") -> str:
    """A clean body with the addresses and the « [[titles]] » of its lines made links.

    A line — a paragraph, a title, an item, a cell — that the body `known` has too keeps its
    bytes: nobody touched it. So does all that is a link already, or code.
    """
    if not BEGINNINGS.search(body) and "[[" not in body:
        return body
    lines = touched_lines(body, known)
    return "".join(_linked_line(line) if touched else line for line, touched in lines)


def most_links(body: str) -> int:
    """A bound of the links that a body will have: those that stand, and all that may be one."""
    text = TAG.sub(" ", body)
    typed = sum(1 for _sign in BEGINNINGS.finditer(text)) + text.count("[[")
    return body.count("<a ") + typed


def touched_lines(body: str, known: str) -> Iterator[tuple[str, bool]]:
    """The lines of a body, each with whether the body `known` lacks it."""
    there = {line.strip() for line in _lines(known)}
    return ((line, line.strip() not in there) for line in _lines(body))


def _lines(body: str) -> Iterator[str]:
    """The body cut in lines and in the tags of blocks between them; joined they are the body."""
    begun = 0
    for tag in TAG.finditer(body):
        if tag[2].lower() not in INLINE:
            yield from (body[begun : tag.start()], tag[0])
            begun = tag.end()
    yield body[begun:]


@dataclass
class _Piece:
    """A tag, or words: `text` is what one reads of it, `open` whether links can stand there."""

    html: str
    text: str
    open: bool


def _pieces(line: str) -> Iterator[_Piece]:
    done, inside = 0, 0
    for tag in TAG.finditer(line):
        yield _Piece(words := line[done : tag.start()], unescape(words), not inside)
        name = tag[2].lower()
        if name in ("a", "code"):
            inside += -1 if tag[1] else 1
        yield _Piece(tag[0], {"br": "\n", "embed": OBJECT}.get(name, ""), False)
        done = tag.end()
    yield _Piece(words := line[done:], unescape(words), not inside)


def _linked_line(line: str) -> str:
    pieces = list(_pieces(line))
    found = deque(_links_in("".join(piece.text for piece in pieces)))
    out, start = [], 0
    for piece in pieces:
        end = start + len(piece.text)
        inside = []
        while found and found[0][0] < end:
            link = found.popleft()
            if start <= link[0] and link[1] <= end:  # else it is dressed in part
                inside.append(link)
        out.append(
            _linked_words(piece.text, start, inside) if piece.open and inside else piece.html
        )
        start = end
    return "".join(out)


def _links_in(text: str) -> list[tuple[int, int, str]]:
    """(start, end, HTML) of the links that a line of words calls for, in order."""
    addresses = list(addresses_in(text))
    links = [(one.start, one.end, _link(one, text)) for one in addresses]
    taken = {place for one in addresses for place in range(one.start, one.end)}
    for closed in BRACKETS.finditer(text):
        title, words = bracketed(closed[1])
        if title and taken.isdisjoint(range(*closed.span())):
            html = f'<a linktype="wanted" title="{_value(title)}">{_words(words)}</a>'
            links.append((*closed.span(), html))
    return sorted(links)


def bracketed(inside: str) -> tuple[str, str]:
    """The title and the words of « Titre », « Titre|mots », « Titre#partie »."""
    before, _bar, after = inside.partition("|")
    title = PART.sub(r"\1", before.strip()) or after.strip()
    return " ".join(title.split()), after.strip() or title


def _linked_words(text: str, start: int, links: list[tuple[int, int, str]]) -> str:
    out, done = [], 0
    for begin, end, link in links:
        out += [_words(text[done : begin - start]), link]
        done = end - start
    return "".join([*out, _words(text[done:])])
