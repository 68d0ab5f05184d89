"""The site on PostgreSQL: tests of writing and of the search run again there.

Which models Wagtail makes depends on the database that Django starts with, so they run in a
pytest of their own.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import postgresql

pytestmark = pytest.mark.whole
ROOT = Path(__file__).resolve().parents[2]
# Of the rights, what the search says to three readers: one rule knows them all.
SAID = "(search or propositions or titles or hidden_word) and (anonymous or member or outsider)"
CHOSEN = f"not reserved and not ids_of and (not test_visibility.py or ({SAID}))"
SAME_TESTS = [
    "tests/search/attachments/test_queue.py",
    "tests/search/engines/test_any_query.py",
    "tests/search/engines/test_certainty.py",
    "tests/search/engines/test_engine.py",
    "tests/search/engines/test_hundred_fifty_queries.py",
    "tests/search/engines/test_related.py",
    "tests/search/engines/test_sixty_queries.py",
    "tests/search/indexing/test_files.py",
    "tests/search/query/test_exact_and_minus.py",
    "tests/search/query/test_spelling.py",
    "tests/search/query/test_synonyms.py",
    "tests/search/screens/test_promoted.py",
    "tests/search/screens/test_zero_results.py",
    "tests/search/suggest/test_titles.py",
    "tests/wiki/access/test_visibility.py",
    "tests/wiki/publishing/test_publishing.py",
    "tests/wiki/publishing/test_doors.py",
    "tests/wiki/trash/test_trash.py",
    "tests/wiki/trash/test_purge.py",
    "tests/wiki/access/test_visibility_rules.py",
    "tests/wiki/pages/test_db_indexes.py",
    "tests/wiki/text/test_french_order.py",
]


@pytest.fixture(scope="session")
def server():
    """One throw-away server for each process of the tests."""
    with postgresql.cluster() as running:
        yield running


def run(command: list, database: str, folder: Path) -> subprocess.CompletedProcess:
    own = {"DATABASE_URL": database, "DATA_DIR": str(folder), "TEST_DIR": str(folder)}
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**inherited, **own},
        capture_output=True,
        text=True,
        check=False,
    )


def test_writing_and_searching_pass_the_same_tests(server, tmp_path):
    options = ["-n", "0", "-q", "-m", "", "-p", "no:cacheprovider", "-k", CHOSEN]
    done = run(["-m", "pytest", *options, *SAME_TESTS], server.create("site"), tmp_path)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_the_search_is_that_of_the_database(server, tmp_path):
    chosen = "from django.conf import settings as s; print(s.SEARCH_URL)"
    shell = ["manage.py", "shell", "--no-imports", "-c", chosen]
    assert run(shell, server.url("postgres"), tmp_path).stdout.strip() == "postgres://"
    assert run(shell, "", tmp_path).stdout.strip() == "embedded://"


def test_migrations_go_back_and_forth(server, tmp_path):
    database = server.create("moving")
    for target in ([], ["search", "zero"], []):
        done = run(["manage.py", "migrate", *target, "-v0"], database, tmp_path)
        assert done.returncode == 0, done.stderr[-2000:]


def test_two_at_once_read_each_attached_file_once(server, tmp_path):
    database = server.create("reading")
    assert run(["manage.py", "migrate", "-v0"], database, tmp_path).returncode == 0
    done = run(["-m", "tests.search.attachments.two_at_once"], database, tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert len(told["read"]) == len(set(told["read"])) == len(told["states"])
    assert set(told["states"]) == {"read"}


def test_nothing_is_left_of_a_server():
    with postgresql.cluster() as running:
        folder = running.folder
        number = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    assert not folder.exists()
    assert not Path(f"/proc/{number}").exists() or is_defunct(number)


def is_defunct(number: int) -> bool:
    return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_server_keeps_out_of_folders_where_its_owner_may_not_write(tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(postgresql.tempfile, "gettempdir", lambda: str(closed))
    chosen = postgresql.open_folder()
    assert closed.is_relative_to(chosen) and chosen != closed
    assert chosen.stat().st_mode & postgresql.EVERYBODY == postgresql.EVERYBODY


@pytest.mark.whole
def test_the_matrices_of_secrets_pass_the_same_tests(server, tmp_path):
    matrices = ["tests/wiki/access/test_visibility.py", "tests/wiki/admin/test_admin_matrix.py"]
    options = ["-n", "0", "-q", "-m", "", "-p", "no:cacheprovider"]
    done = run(["-m", "pytest", *options, *matrices], server.create("secrets"), tmp_path)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
