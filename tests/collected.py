"""Static files collected and compressed once a run: every server of its tests links to them."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"process-{os.getpid()}"


def give_static(folder: Path) -> None:
    """Put in this folder of data what `collectstatic` would."""
    kept = settings.TEST_DIR / f"collected-{RUN}"
    kept.mkdir(exist_ok=True)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "static").exists():
            collect(kept)
    shutil.copytree(kept / "static", folder / "static", copy_function=os.link, dirs_exist_ok=True)


def collect(folder: Path) -> None:
    own = {"DJANGO_SETTINGS_MODULE": "kb.settings.dev", "DATA_DIR": str(folder)}
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    environment = {**os.environ, **own, "DATABASE_URL": "", "SECRET_KEY": "only-for-tests"}
    subprocess.run(command, check=True, cwd=settings.ROOT, env=environment)
