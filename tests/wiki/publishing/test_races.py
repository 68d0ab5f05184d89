"""Nothing is lost, whoever publishes with you and whatever becomes of the server; somebody stays to
look after the accounts.

The benches of races and of killed servers, in a smaller size: real processes, real requests.
"""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.whole
ROOT = Path(__file__).resolve().parents[3]
BENCHES = {
    "eight editors at once": ["races.py", "--races", "1", "--workers", "2"],
    "administrators who take each other away": ["last_administrator.py", "--turns", "4"],
    "a server killed by -9": ["kill_publications.py", "--publications", "12", "--kills", "4"],
}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize("bench", BENCHES.values(), ids=BENCHES.keys())
def test_nothing_is_lost(bench, database):
    name, *options = bench
    command = [sys.executable, f"bench/{name}", "--database", database, *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
