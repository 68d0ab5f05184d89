"""Static files collected and compressed once a run: every server of its tests links to them.

python -m tests.collected    collects them in COLLECTED_DIR, beside the first tests
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings


def folder_of_the_run() -> Path:
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"process-{os.getpid()}"
    return Path(os.environ.get("COLLECTED_DIR") or settings.TEST_DIR / f"collected-{run}")


def give_static(folder: Path) -> None:
    """Put in this folder of data what `collectstatic` would."""
    kept = collected()
    shutil.copytree(kept / "static", folder / "static", copy_function=os.link, dirs_exist_ok=True)


def collected() -> Path:
    """The folder that holds them; who comes while another process collects waits for it."""
    kept = folder_of_the_run()
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "collected").exists():
            collect(kept)
            (kept / "collected").touch()
    return kept


def collect(folder: Path) -> None:
    own = {"DJANGO_SETTINGS_MODULE": "kb.settings.dev", "DATA_DIR": str(folder)}
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    environment = {**os.environ, **own, "DATABASE_URL": "", "SECRET_KEY": "only-for-tests"}
    subprocess.run(command, check=True, cwd=settings.ROOT, env=environment)


if __name__ == "__main__":
    collected()
