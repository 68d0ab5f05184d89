"""Where the words of a query stand in a text.

Words are found by comparing stems, so accents, plurals and elisions are marked as they are
written. A text is long and holds few of them: the first letters that any answering word has are
looked for in the flattened text, and only what stands there is analysed.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from search.language import analysis, numbers
from search.language.analysis import SINGULARS, STOP_WORDS, Token, tokens
from search.query.groups import BETWEEN, Group, Phrase

MOST_PLACES = 60  # of one beginning of a word in one text
LONGEST_HEAD = 6
AROUND = 40  # characters that tell what a small word is, and that an expression may take
FRENCH = "àâäçéèêëîïôöùûüÿñ"
NOT_FLAT = re.compile(  # letters that flattening does not reach: all words are compared
    "[\u00c1\u00c3\u00c5\u00cc\u00cd\u00d0\u00d2\u00d3\u00d5\u00da\u00dd\u00de\u00e1\u00e3\u00e5\u00ec\u00ed"
    "\u00f0\u00f2\u00f3\u00f5\u00fa\u00fd\u00fe\u0100-\u0151\u0154-\u024f\u0300-\u03ff\u0400-\u1fff\u2c00-\ud7ff"
    "\uf900-\ufdff\ufe70-\ufeff\uff00-\uffdc\u2071\u207f\u2090-\u209c\u2100-\u214f\U00010000-\U0001efff]"
)
FLAT = [(char, unicodedata.normalize("NFD", char)[0]) for char in FRENCH]  # places stay
FLAT += [("’", "'"), ("‘", "'")]
LIGATURES = (("oe", "œ"), ("ae", "æ"), ("ss", "ß"), ("o", "ø"))
LETTERS = re.compile(r"[^\W_]+")
JOINTS = {char: re.compile(rf"{re.escape(char)}(?=[^\W_])") for char in "-."}


NOUNS = frozenset({"donnee", "donnees"})
"""Their second stem is that of a verb, which they are no form of: « donner »."""


class Mark(NamedTuple):
    """`rank`: of the word of the query that is answered."""

    start: int
    end: int
    rank: int


class Patterns(NamedTuple):
    """What is looked for: by stem, the words of the query that it answers; half typed words;
    expressions, by their first words; how all these begin, with ligatures too, and the pairs of
    letters in there."""

    stems: dict[str, int]
    begun: tuple[tuple[str, int], ...]
    firsts: dict[str, tuple[tuple[Phrase, int], ...]]
    heads: tuple[str, ...]
    written: tuple[str, ...]
    pairs: frozenset[str]
    has_figures: bool


def marks_in(text: str, groups: list[Group]) -> list[Mark]:
    """In their order, none over another."""
    asked = _asked(tuple(groups))
    found = sorted(set(_each_mark(text, asked)), key=lambda mark: (mark.start, -mark.end))
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def holds(text: str, group: Group) -> bool:
    """Whether a word of the text answers this one of the query."""
    return any(_each_mark(text, _asked((group,))))


@lru_cache(maxsize=256)
def _asked(groups: tuple[Group, ...]) -> Patterns:
    stems = {stem: rank for rank, group in enumerate(groups) for stem in _answering(group)}
    begun = tuple((group.word, rank) for rank, group in enumerate(groups) if group.beginning)
    phrases = tuple((own, rank) for rank, group in enumerate(groups) for own in group.phrases)
    firsts: dict[str, tuple] = {}
    for own, rank in phrases:
        firsts |= {word: (*firsts.get(word, ()), (own, rank)) for word in own.forms[0]}
    heads = tuple(sorted(_heads({*stems, *firsts, *(word for word, _rank in begun)})))
    return Patterns(
        stems,
        begun,
        firsts,
        heads,
        tuple(sorted({spelt for head in heads for spelt in _spelt(head)})),
        frozenset(a + b for head in heads for a, b in pairwise(head)),
        any(stem.isdigit() or stem in numbers.MONTHS for stem in stems),
    )


def _answering(group: Group) -> tuple[str, ...]:
    return (group.stems[0], *group.others) if group.word in NOUNS else group.answers


def _heads(stems: set[str]) -> set[str]:
    """The first letters that any answering word has: suffixes change the last ones."""
    stems = stems | {plural for plural, singular in SINGULARS.items() if singular in stems}
    heads = {stem[: max(3, min(len(stem) - 2, LONGEST_HEAD))] for stem in stems if stem}
    return {head for head in heads if not any(head != o and head.startswith(o) for o in heads)}


def _each_mark(text: str, asked: Patterns) -> Iterator[Mark]:
    if NOT_FLAT.search(text):
        yield from _among(text, 0, tokens(text), asked)
        return
    flat = flattened(text)
    for place in _places(flat, asked):
        yield from _at(text, flat, place, asked)
    yield from _unlike_their_stems(text, flat, asked)


def flattened(text: str) -> str:
    """In small letters without accents, character for character."""
    flat = text.lower()
    if not flat.isascii():
        for accented, plain in FLAT:
            flat = flat.replace(accented, plain)
    return flat


def _places(flat: str, asked: Patterns) -> Iterator[int]:
    """Where words begin that may answer."""
    for head in asked.written:
        if head in flat:
            yield from islice(_beginnings(flat, head), MOST_PLACES)


def _spelt(head: str) -> set[str]:
    return {head, *(head.replace(apart, joined) for apart, joined in LIGATURES)}


def _beginnings(flat: str, head: str) -> Iterator[int]:
    place = flat.find(head)
    while place >= 0:
        if place == 0 or not flat[place - 1].isalnum():
            yield place
        place = flat.find(head, place + 1)


def _at(text: str, flat: str, place: int, asked: Patterns) -> Iterator[Mark]:
    """The word that begins there, or the expression."""
    written = LETTERS.match(text, place)
    if not written:
        return
    word, stems = analysis.analysed(written[0])
    token = Token(place, written.end(), word, stems, word in STOP_WORDS)
    if token.is_stop and _answers(token, asked):
        start = max(0, place - AROUND)
        around = tokens(text[start : written.end() + AROUND])
        token = next((t._replace(start=place) for t in around if t.start + start == place), token)
        token = token._replace(end=written.end())
    yield from _single(token, asked)
    yield from _going_on(text, flat, token, asked)
    if begun := asked.firsts.get(word):
        here = flat[place : place + AROUND * 2]
        reached = max(_reach(here, phrase) for phrase, _rank in begun)
        if reached:
            yield from _phrases(_few_tokens(text[place : place + reached]), 0, place, asked)


@lru_cache(maxsize=2_048)
def _few_tokens(text: str) -> list[Token]:
    """Of an expression, which pages write again and again."""
    return tokens(text)


def _reach(flat: str, phrase: Phrase) -> int:
    """How far to read for the expression that may begin here; 0 when it does not."""
    if not all(any(form in flat for form in forms) for forms in phrase.forms[1:]):
        return 0
    last = max(flat.rfind(form) + len(form) - 1 for form in phrase.forms[-1])
    written = LETTERS.match(flat, max(last, 0))
    return written.end() if written else len(flat)


def _answers(token: Token, asked: Patterns) -> list[int]:
    """The ranks of the words of the query that this one answers, wherever it stands."""
    own = token.stems[:1] if token.word in NOUNS else token.stems
    ranks = [asked.stems[stem] for stem in own if stem in asked.stems]
    return ranks + [rank for word, rank in asked.begun if token.word.startswith(word)]


def _single(token: Token, asked: Patterns) -> Iterator[Mark]:
    if not token.is_stop and (ranks := _answers(token, asked)):
        yield Mark(token.start, token.end, ranks[0])


def _phrases(found: list[Token], number: int, shift: int, asked: Patterns) -> Iterator[Mark]:
    """The expressions that begin with this token of those found."""
    for phrase, rank in asked.firsts.get(found[number].word, ()):
        last = _end_of(found, number, phrase)
        if last is not None:
            yield Mark(found[number].start + shift, last + shift, rank)


def _end_of(found: list[Token], number: int, phrase: Phrase) -> int | None:
    """Where an expression ends that begins with this token; None when it does not."""
    for rank, forms in enumerate(phrase.forms):
        most = 0 if phrase.is_exact or not rank else BETWEEN
        here = range(number, min(number + most + 1, len(found)))
        number = next((place for place in here if found[place].word in forms), -1) + 1
        if not number:
            return None
    return found[number - 1].end


def _among(text: str, shift: int, found: list[Token], asked: Patterns) -> Iterator[Mark]:
    for number, token in enumerate(found):
        yield from _single(token._replace(start=token.start + shift, end=token.end + shift), asked)
        yield from _phrases(found, number, shift, asked)


def _unlike_their_stems(text: str, flat: str, asked: Patterns) -> Iterator[Mark]:
    """Compounds (« co-voiturage » is « covoiturage »), initials, dates and telephones."""
    spans = [span for char in JOINTS for span in _put_together(flat, char, asked)]
    if asked.has_figures:
        spans += [figure.span() for figure in islice(numbers.found_in(text), MOST_PLACES)]
    for start, end in spans:
        for token in tokens(text[start:end]):
            yield from _compound(token, start, asked)


def _put_together(flat: str, char: str, asked: Patterns) -> Iterator[tuple[int, int]]:
    """Where words stand whose beginning this character parts, which is without it as the asked ones
    begin."""
    reached = 0
    for joint in JOINTS[char].finditer(flat):
        place = joint.start()
        if place < reached or f"{flat[place - 1 : place]}{flat[place + 1]}" not in asked.pairs:
            continue
        start = _edge(flat, place, -1, char)
        reached = _edge(flat, place, 1, char) + 1
        if flat[start:reached].replace(char, "").startswith(asked.heads):
            yield start, reached


def _going_on(text: str, flat: str, first: Token, asked: Patterns) -> Iterator[Mark]:
    """The compound that begins with this word."""
    char = flat[first.end : first.end + 1]
    goes_on = char in JOINTS and JOINTS[char].match(flat, first.end)
    if goes_on and flat[first.start - 1 : first.start] != char:
        end = _edge(flat, first.end, 1, char) + 1
        for token in tokens(text[first.start : end]):
            yield from _compound(token, first.start, asked)


def _edge(flat: str, place: int, step: int, char: str) -> int:
    """The last place of the compound in this direction."""
    while 0 <= place + step < len(flat) and (
        flat[place + step].isalnum() or flat[place + step] == char
    ):
        place += step
    return place


def _compound(token: Token, shift: int, asked: Patterns) -> Iterator[Mark]:
    """The whole compound when its form without hyphens answers, else its word."""
    start = token.solid[0] if token.solid and _is_solid(token, asked) else token.start
    yield from _single(token._replace(start=start + shift, end=token.end + shift), asked)


def _is_solid(token: Token, asked: Patterns) -> bool:
    _word, stems = analysis.analysed(token.solid[1])
    return any(stem in asked.stems for stem in stems)
