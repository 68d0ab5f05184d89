"""The part of a text that answers a query, its found words marked.

Words are found by comparing stems over the original text, so accents, plurals and
elisions are marked as they are written.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search import analysis

LENGTH = 220  # characters of an extract
READ = 20_000  # characters of a text looked at


def extract(text: str, stems: set[str], words: list[str]) -> SafeString:
    """The densest part of the text, escaped, with `<mark>` around the found words."""
    text = text[:READ]
    found = [token for token in analysis.tokens(text) if _matches(token, stems, words)]
    start, end = _window(text, found)
    parts, place = [], start
    for token in found:
        if start <= token.start and token.end <= end:
            word = escape(text[token.start : token.end])
            parts += [escape(text[place : token.start]), f"<mark>{word}</mark>"]
            place = token.end
    parts.append(escape(text[place:end]))
    return mark_safe(_ellipsis(text, start, end, _flat("".join(parts))))


def _matches(token: analysis.Token, stems: set[str], words: list[str]) -> bool:
    if token.is_stop and token.word not in words:
        return False
    prefixes = [word for word in words if len(word) > 2]
    return bool(stems.intersection(token.stems)) or any(
        token.word.startswith(word) for word in prefixes
    )


def _window(text: str, found: list[analysis.Token]) -> tuple[int, int]:
    """Where to cut: around the place that holds the most different found words."""
    if not found:
        return 0, _word_end(text, LENGTH)
    best, most = found[0], 0
    for token in found:
        inside = {t.stems[0] for t in found if token.start <= t.start <= token.start + LENGTH}
        if len(inside) > most:
            best, most = token, len(inside)
    start = _sentence_start(text, best.start)
    return start, _word_end(text, max(start + LENGTH, best.end))


def _sentence_start(text: str, place: int) -> int:
    """The beginning of the line or sentence, if it is near; else of a word before."""
    near = max(0, place - 90)
    cuts = [text.rfind(mark, near, place) + len(mark) for mark in ("\n", ". ", "? ", "! ")]
    cuts = [cut for cut in cuts if cut > near]
    if cuts:
        return max(cuts)
    return 0 if near == 0 else text.find(" ", near) + 1


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    blank = max(text.rfind(" ", 0, place + 1), text.rfind("\n", 0, place + 1))
    return blank if blank > place - 40 else place


def _flat(marked: str) -> str:
    return " ".join(marked.split())


def _ellipsis(text: str, start: int, end: int, marked: str) -> str:
    head = "… " if start > 0 else ""
    return f"{head}{marked}{' …' if end < len(text) else ''}"
