"""Fail on what no linter knows: `.live()` outside its one door, traces of a machine, and forms
that lose their token on the way to a component."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ONE_DOOR = "wiki/access/visibility.py"
OWN_FOLDERS = ("tests/", "bench/")
TRACES = {
    "path of a machine": re.compile(r"(?<![\w.)}>/-])/(?:work|root|farm|tmp|Users/\w+)/[\w.]"),
    "host of a package registry": re.compile(
        r"py(?:pi|thonhosted)\.org|(?:npmjs|yarnpkg)\.(?:org|com)|(?:deb|security)\.debian\.org"
        r"|crates\.io|golang\.org/@|maven\.org"
    ),
    "address of a package index": re.compile(
        r"(?:index-url|find-links|registry)[ =]+[\"']?(?:https?|file):|\"resolved\": *\"http"
    ),
}
LIVE_IN_TEMPLATE = re.compile(r"{[{%][^}]*\bget_\w+(?:\.\w+)*\.live\b")
INCLUDE = re.compile(r"{%-?\s*include\s+([^%]*)%}")
TOKEN = "csrf_token"
TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}


def committed_files() -> list[str]:
    """Paths that are, or could be, in a commit: git's ignored ones are left out."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return sorted(path for path in set(listed.split("\0")) if path and (ROOT / path).is_file())


def live_calls(path: str, text: str) -> Iterator[int]:
    """Lines where live pages are chosen without asking who reads."""
    if path == ONE_DOOR or path.startswith(OWN_FOLDERS):
        return
    if path.endswith(".html"):
        yield from (text.count("\n", 0, m.start()) + 1 for m in LIVE_IN_TEMPLATE.finditer(text))
    elif path.endswith(".py"):
        calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
        yield from (call.lineno for call in calls if getattr(call.func, "attr", "") == "live")


def hidden_words(path: str, text: str) -> Iterator[int]:
    """Lines of translations inside an f-string, where the catalogue does not find them."""
    if path.endswith(".py"):
        parts = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.JoinedStr))
        calls = (n for part in parts for n in ast.walk(part) if isinstance(n, ast.Call))
        yield from (call.lineno for call in calls if getattr(call.func, "id", "") in TRANSLATING)


def faults(path: str, text: str) -> Iterator[str]:
    for number in live_calls(path, text):
        yield f"{path}:{number}: live() belongs in {ONE_DOOR}; start from visible_to(user)"
    for number in hidden_words(path, text):
        yield f"{path}:{number}: the catalogue does not find what is translated in an f-string"
    for number, line in enumerate(text.splitlines(), start=1):
        for trace, pattern in TRACES.items():
            if pattern.search(line):
                yield f"{path}:{number}: {trace}"


def lost_tokens(templates: dict[str, str]) -> Iterator[str]:
    """Includes with `only`, which drops the token, of what shows a form, itself or below it."""
    needing = tokens_needed(templates)
    for name, text in templates.items():
        for found in INCLUDE.finditer(text):
            words = found[1].split()
            target, drops = words[0].strip("\"'"), words[-1] == "only"
            if drops and target in needing and f"{TOKEN}={TOKEN}" not in words:
                line = text.count("\n", 0, found.start()) + 1
                yield f"templates/{name}:{line}: {target} needs {TOKEN}={TOKEN}"


def tokens_needed(templates: dict[str, str]) -> set[str]:
    """The templates that show a form to post, or include one that does."""
    needing = {name for name, text in templates.items() if "{% " + TOKEN + " %}" in text}
    while True:
        more = {
            name
            for name, text in templates.items()
            if any(f[1].split()[0].strip("\"'") in needing for f in INCLUDE.finditer(text))
        }
        if more <= needing:
            return needing
        needing |= more


def main() -> int:
    found, templates = [], {}
    for path in committed_files():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            found += faults(path, content.decode())
        if path.startswith("templates/") and path.endswith(".html"):
            templates[path.removeprefix("templates/")] = content.decode()
    found += lost_tokens(templates)
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
