"""docs/safety.md: 35 classes of faults, each with tests that exist; and what no other test sees."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)
DOCUMENT = ROOT / "docs" / "safety.md"
ROW = re.compile(r"^\| *([0-9]+) *\|", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
APPS = ("home", "search", "practices", "meetings", "structures", "wiki")


def rows() -> dict[int, str]:
    lines = DOCUMENT.read_text().splitlines()
    return {int(found[1]): line for line in lines if (found := ROW.match(line))}


@cache
def functions_of(path: str) -> set[str]:
    """The tests that a module defines, and that a runner finds: not inside of another function."""
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_all_the_classes_are_in_the_table():
    numbers = [int(number) for number in ROW.findall(DOCUMENT.read_text())]
    assert numbers == list(range(1, 36))


@pytest.mark.parametrize("number", range(1, 36))
def test_every_class_has_tests_that_exist(number):
    cells = rows()[number].strip("|").split("|")
    assert len(cells) == 4
    assert all(cell.strip() for cell in cells)
    named = NAMED.findall(cells[3])
    assert named
    assert cells[3].count("`") == 2 * len(named)
    for path, test in named:
        assert (ROOT / path).is_file(), path
        assert test in functions_of(path), (path, test)


# What stands in few known places, so that whoever adds one thinks of it.


def modules() -> list[tuple[str, ast.Module]]:
    paths = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
    kept = [path for path in paths if "migrations" not in path.parts]
    return [(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())) for path in kept]


def imports(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


ASKS = {"urllib3", "requests", "httpx", "aiohttp", "http", "socket", "weasyprint", "pdfkit"}
ASKING = {"wiki/links/broken_links.py", "wiki/leaks/fetching.py"}


def test_the_server_asks_other_sites_in_two_places_only():
    """The cluster of the search is asked by its own client, where the settings say."""
    assert {path for path, tree in modules() if imports(tree) & ASKS} == ASKING


SQL = {"execute", "executemany", "raw", "extra", "RawSQL"}
SQL_BY_HAND = {
    "search/engines/database_engine.py",
    "search/engines/embedded.py",
    "search/engines/rerank.py",
    "search/screens/zero_results.py",
    "wiki/models/db_indexes.py",
    "wiki/models/site_revision.py",
}


def calls(tree: ast.Module) -> set[str]:
    found = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {getattr(func, "attr", getattr(func, "id", "")) for func in found}


def sql_modules() -> set[str]:
    by_hand = {path for path, tree in modules() if calls(tree) & SQL}
    return {path for path in by_hand if "cursor" in (ROOT / path).read_text()}


def test_sql_by_hand_stands_where_it_is_known_to():
    assert sql_modules() == SQL_BY_HAND


@pytest.mark.parametrize("path", sorted(SQL_BY_HAND))
def test_sql_by_hand_takes_what_people_type_as_parameters(path):
    """What is put in a statement is a name of ours: a constant, a table, never a request."""
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in SQL and node.args:
            names = {n.id for n in ast.walk(node.args[0]) if isinstance(n, ast.Name)}
            assert not names & {"request", "query", "asked", "text", "title", "user"}, node.lineno
