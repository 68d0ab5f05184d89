"""What a newcomer types: the Makefile, its scripts and the locks they install."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = re.findall(r"^([a-z][\w-]*):", MAKEFILE, re.MULTILINE)
SHELL_SCRIPTS = [ROOT / ".ci/run", *sorted((ROOT / "scripts").glob("*.sh"))]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def file_name(path: Path) -> str:
    return path.name


def pins(lock: str) -> dict[str, str]:
    """{"django==5.2.19": "--hash=… --hash=…"}: each requirement with what follows it."""
    joined = lock.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]
    return {line.split(" ", 1)[0]: line.split(" ", 1)[1] for line in lines}


def test_the_targets_named_by_the_readme_exist():
    assert {"run", "test", "check", "help", "lock", "messages", "demo", "clean"} <= set(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_a_line_in_make_help(target):
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert re.search(rf"^make {target} +\S", shown.stdout, re.MULTILINE)


def test_continuous_integration_only_calls_targets():
    lines = (ROOT / ".ci/run").read_text().splitlines()
    commands = [
        line for line in lines if line and not line.startswith(("#", "set ", "cd ", "echo "))
    ]
    assert commands == ["make check", "make test", "make test-all"]


@pytest.mark.parametrize("script", SHELL_SCRIPTS, ids=file_name)
def test_shell_scripts_are_executable_stop_at_errors_and_parse(script):
    assert script.stat().st_mode & 0o111
    assert "\nset -eu\n" in script.read_text()
    subprocess.run(["bash", "-n", script], check=True)


@pytest.mark.parametrize("lock", LOCKS, ids=file_name)
def test_every_locked_package_has_its_version_and_hashes(lock):
    locked = pins(lock.read_text())
    assert locked
    for requirement, rest in locked.items():
        assert re.fullmatch(r"[a-z0-9._-]+(\[[a-z,-]+\])?==[\w.]+", requirement)
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", rest), requirement


@pytest.mark.parametrize("lock", LOCKS, ids=file_name)
def test_locks_name_no_host_so_that_a_mirror_serves_as_well(lock):
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", lock.read_text())


@pytest.mark.parametrize(("smaller", "larger"), [("base", "test"), ("test", "dev")])
def test_a_larger_lock_keeps_the_versions_of_the_smaller(smaller, larger):
    read = {
        name: pins((ROOT / f"requirements/{name}.txt").read_text()) for name in (smaller, larger)
    }
    assert set(read[smaller]) <= set(read[larger])


def test_system_packages_that_are_here_are_not_installed_again():
    quiet = subprocess.run(
        ["scripts/system.sh", "python3-venv"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert quiet.stdout == quiet.stderr == ""
