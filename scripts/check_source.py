"""Fail on what no linter knows: `.live()` outside its one door, and traces of a machine."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ONE_DOOR = "wiki/visibility.py"
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


def faults(path: str, text: str) -> Iterator[str]:
    for number in live_calls(path, text):
        yield f"{path}:{number}: live() belongs in {ONE_DOOR}; start from visible_to(user)"
    for number, line in enumerate(text.splitlines(), start=1):
        for trace, pattern in TRACES.items():
            if pattern.search(line):
                yield f"{path}:{number}: {trace}"


def main() -> int:
    found = []
    for path in committed_files():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            found += faults(path, content.decode())
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
