"""The search on a real cluster: the tests of all engines, and those of the cluster's own.

They run in a pytest of their own: which engine there is, is known when Django starts. One
server for all of them: to start one takes longer than most tests.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from search.engines.elastic import outbox
from search.engines.elastic.client import address_of, client

pytestmark = pytest.mark.whole
ROOT = Path(__file__).resolve().parents[3]
OF_THE_CLUSTER = "tests/search/cluster/behaviour.py"
OF_ALL_ENGINES = [
    "tests/search/engines/test_any_query.py",
    "tests/search/engines/test_certainty.py",
    "tests/search/engines/test_engine.py",
    "tests/search/engines/test_hundred_fifty_queries.py",
    "tests/search/engines/test_sixty_queries.py",
    "tests/search/indexing/test_files.py",
    "tests/search/query/test_exact_and_minus.py",
    "tests/search/query/test_spelling.py",
]
RIGHTS = "tests/wiki/access/test_visibility.py"
# The outbox is asked what waits: one query more. An index made in a test that is rolled back
# would stay. Of the rights, what the search says to two readers: one rule knows them all.
RIGHTS_OF = "(search or hidden_word) and (anonymous or member)"
CHOSEN = f"not few_queries and not reindexing and (not test_visibility or ({RIGHTS_OF}))"
LONGEST = 600  # seconds


def test_a_real_server_passes_the_same_tests_and_its_own(tmp_path):
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-m", ""]
    command += ["-p", "no:cacheprovider"]
    command += ["-p", "tests.search.cluster.plugin", "-k", CHOSEN]
    command += [OF_THE_CLUSTER, *OF_ALL_ENGINES, RIGHTS]
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    own = {name: str(tmp_path) for name in ("DATA_DIR", "TEST_DIR", "TMPDIR")}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**inherited, **own, "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert list(tmp_path.glob("opensearch-*")) == []  # nothing is left of the server


@pytest.mark.parametrize(
    ("url", "hosts", "index"),
    [
        ("opensearch://a", ("http://a:9200",), "passerelles"),
        ("opensearch://a:1,b:2/?index=site", ("http://a:1", "http://b:2"), "site"),
        ("opensearchs://a", ("https://a:9200",), "passerelles"),
        ("elasticsearch://a/?tls=1", ("https://a:9200",), "passerelles"),
        ("elasticsearch://[::1]:9/", ("http://[::1]:9",), "passerelles"),
    ],
)
def test_the_address_of_a_cluster_is_understood(url, hosts, index):
    address = address_of(url)
    assert (address.hosts, address.index) == (hosts, index)
    assert address.is_opensearch == url.startswith("opensearch")


@pytest.mark.parametrize("scheme", ["opensearch", "elasticsearch"])
@pytest.mark.parametrize(
    "call",
    [
        lambda made: made.search(index="x", body={"query": {"match_all": {}}}),
        lambda made: list(made.bulk([{"_op_type": "delete", "_index": "x", "_id": 1}])),
        lambda made: list(made.scan(index="x", query={"query": {"match_all": {}}})),
        lambda made: made.indices.get_alias(index="x-*"),
    ],
)
def test_each_client_says_in_one_way_that_nobody_answers(scheme, call):
    made = client(address_of(f"{scheme}://user:secret@127.0.0.1:9/"), 1, retries=0)
    with pytest.raises(made.failures):
        call(made)


@pytest.mark.django_db
def test_a_worker_stops_when_it_is_told_even_while_the_cluster_is_down(monkeypatch):
    def nobody(*_args):
        raise outbox.Unreachable("nobody answers")

    monkeypatch.setattr(outbox, "drain", nobody)
    stays, pauses = iter([True, True, False]), []
    outbox.Drainer().work(lambda: next(stays), waiting=pauses.append)
    assert len(pauses) == 2 and min(pauses) > 0


def test_a_login_may_hold_any_sign():
    assert address_of("opensearch://u:p%40%3A%2F@a").login == ("u", "p@:/")


@pytest.mark.parametrize(
    "url", ["opensearch://", "opensearch://a/?index=Été", "opensearch://a/?shards=0"]
)
def test_an_address_that_makes_no_sense_is_refused(url):
    with pytest.raises(ImproperlyConfigured):
        address_of(url)


def test_an_address_that_makes_no_sense_is_said_at_start(settings):
    settings.SEARCH_URL = "opensearch://"
    assert [fault.id for fault in run_checks() if fault.id.startswith("search")] == ["search.E003"]
