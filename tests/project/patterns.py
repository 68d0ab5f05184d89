"""Every regular expression of the project, and texts made to slow each of them down."""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from re import _constants as ops  # the tree that the module `re` itself compiles
from re import _parser

from django.urls.resolvers import RegexPattern, URLPattern

ROOT = Path(__file__).parents[2]
PACKAGES = ("kb", "home", "search", "practices", "meetings", "structures", "wiki")
ASKED_WITH_TEXT = {
    *("compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"),
}
CANDIDATES = " a1A.-,;:@/<(\"'«=_é\n\u00a0&#)"
GENERIC = (
    *(" ", "\n", "\u00a0", '"', "'", "«", "»", "(", "[", "[[", "<", "<a ", "&#", "{", "a", "1"),
    *("-", ".", ",", ":", "/", "@", "=", "a ", "a.", "a-", "1 ", '="'),
)
MOST_PREFIXES, MOST_BODIES = 12, 6
FITS_NOTHING = "\x01"
FLAGS = {"I", "IGNORECASE", "M", "MULTILINE", "S", "DOTALL", "X", "VERBOSE", "A", "ASCII"}


def all_of_them() -> dict[str, re.Pattern]:
    """By where they stand: attributes of modules, then those written where they are used."""
    found: dict[str, re.Pattern] = {}
    for path in sources():
        module = importlib.import_module(name_of(path))
        for name, value in vars(module).items():
            for rank, pattern in enumerate(held(value)):
                found.setdefault(f"{module.__name__}.{name}" + f"[{rank}]" * bool(rank), pattern)
    known = {(pattern.pattern, pattern.flags) for pattern in found.values()}
    for place, pattern in chain.from_iterable(written_in(path) for path in sources()):
        if (pattern.pattern, pattern.flags) not in known:
            found[place] = pattern
    return found


def sources() -> list[Path]:
    paths = chain.from_iterable(sorted((ROOT / name).rglob("*.py")) for name in PACKAGES)
    return [p for p in paths if "migrations" not in p.parts and p.parent.name != "settings"]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def held(value) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, URLPattern) and isinstance(value.pattern, RegexPattern):
        yield value.pattern.regex
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(held, value.values()))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from chain.from_iterable(map(held, value))


def written_in(path: Path) -> Iterator[tuple[str, re.Pattern]]:
    """Those of calls such as `re.sub("…", …)`, when they are whole in the source."""
    for call in calls_in(path):
        first = call.args[0] if call.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str | bytes):
            yield f"{name_of(path)}: {first.value!r}", re.compile(first.value, flags_of(call))


def calls_in(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if (
                isinstance(owner, ast.Name)
                and owner.id == "re"
                and node.func.attr in (ASKED_WITH_TEXT)
            ):
                yield node


def flags_of(call: ast.Call) -> int:
    named = {
        n.attr
        for a in [*call.args, *(k.value for k in call.keywords)]
        for n in ast.walk(a)
        if isinstance(n, ast.Attribute)
    }
    flags = 0
    for name in named & FLAGS:
        flags |= getattr(re, name)
    return flags


# Hostile texts


@dataclass(frozen=True)
class Recipe:
    """What precedes, what is repeated, and whether both are repeated together."""

    before: str
    body: str
    both: bool = False

    def text(self, length: int, is_bytes: bool = False) -> str | bytes:
        repeated = self.before + self.body if self.both else self.body
        start = "" if self.both else self.before
        text = start + repeated * (length // len(repeated)) + FITS_NOTHING
        return text.encode("latin-1", "replace") if is_bytes else text


def hostile(pattern: re.Pattern) -> list[Recipe]:
    """What precedes each repeat, then what it repeats, many times, then what fits nothing."""
    is_bytes = isinstance(pattern.pattern, bytes)
    tree = _parser.parse(
        pattern.pattern, pattern.flags & ~re.UNICODE if is_bytes else pattern.flags
    )
    pumped = list(dict.fromkeys(repeats(tree, [""])))
    prefixes = list(dict.fromkeys(["", *(before for before, _body in pumped), *samples(tree)]))
    bodies = list(dict.fromkeys(body for _before, body in pumped))[: 2 * MOST_BODIES]
    pairs = [*pumped, *((p, b) for p in prefixes[:MOST_PREFIXES] for b in (*GENERIC, *bodies))]
    made = (Recipe(p, b, both) for p, b in pairs if b for both in (False, True))
    return list(dict.fromkeys(made))


def repeats(tree, before: list[str]) -> Iterator[tuple[str, str]]:
    """(what stands before, what is repeated) of each repeat that may go on for long."""
    for op, value in tree:
        for inside in insides(op, value):
            yield from repeats(inside, before)
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT) and value[1] > 20:
            for start in before[:MOST_BODIES]:
                yield from ((start, body) for body in samples(value[2]))
        before = [a + b for a in before[:3] for b in samples_of(op, value)[:3]]


def insides(op, value) -> list:
    if op is ops.SUBPATTERN:
        return [value[3]]
    if op is ops.ATOMIC_GROUP:
        return [value]
    if op is ops.BRANCH:
        return value[1]
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return [value[2]]
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [value[1]]
    return []


def samples(tree) -> list[str]:
    """Some texts that the tree fits, short ones."""
    made = [""]
    for op, value in tree:
        made = [a + b for a in made for b in samples_of(op, value)][: 2 * MOST_BODIES]
    return made


def samples_of(op, value) -> list[str]:
    if op is ops.LITERAL:
        return [chr(value)]
    if op in (ops.NOT_LITERAL, ops.ANY, ops.IN):
        return signs_of(op, value)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        once = samples(value[2])
        return [text * max(value[0], 1) for text in once] if value[0] else ["", *once[:2]]
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [""]
    inside = [samples(tree) for tree in insides(op, value)]
    return list(chain.from_iterable(inside)) or [""]


def signs_of(op, value) -> list[str]:
    """Signs that a set of signs holds: some of each sort, else the first that it names."""
    if op is ops.IN:
        one = re.compile(f"[{''.join(map(spelt, value))}]")
    else:
        one = re.compile("." if op is ops.ANY else f"[^{re.escape(chr(value))}]")
    named = [
        chr(v if o is ops.LITERAL else v[0])
        for o, v in (value if op is ops.IN else ())
        if o in (ops.LITERAL, ops.RANGE)
    ]
    fits = (sign for sign in dict.fromkeys([*named[:2], *CANDIDATES]) if one.fullmatch(sign))
    return list(islice(fits, MOST_BODIES)) or ["\u0001"]


CATEGORIES = {
    ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_DIGIT: r"\d",
    ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_WORD: r"\w",
    ops.CATEGORY_NOT_WORD: r"\W",
}


def spelt(item) -> str:
    op, value = item
    if op is ops.NEGATE:
        return "^"
    if op is ops.CATEGORY:
        return CATEGORIES[value]
    if op is ops.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return re.escape(chr(value))
