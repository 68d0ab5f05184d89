"""One migrated and loaded database for all workers of a run: the others copy that of the first.

Of SQLite only, where a database is a file; elsewhere each worker makes its own.

    python -m tests.site_template    makes it in SITE_TEMPLATE, while the workers read their tests
"""

import fcntl
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection


def path_of(run: str) -> Path:
    return Path(
        os.environ.get("SITE_TEMPLATE") or settings.TEST_DIR / f"demonstration-{run}.sqlite3"
    )


class SiteTemplate:
    """Held by one worker at a time, until it knows whether it made the database or copies it."""

    def __enter__(self) -> "SiteTemplate":
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
        is_shared = bool(run) and connection.vendor == "sqlite"
        self.path = path_of(run) if is_shared else None
        self.lock = path_of(run).with_suffix(".lock").open("w") if run else None
        self.is_copied = None
        if self.path:
            fcntl.flock(self.lock, fcntl.LOCK_EX)
        return self

    def was_copied(self) -> bool:
        """Whether this worker has the database of another one; the first call copies it."""
        if self.is_copied is None:
            self.is_copied = bool(self.path) and self.path.exists()
            if self.is_copied:
                shutil.copy(self.path, connection.settings_dict["TEST"]["NAME"])
        return self.is_copied

    def keep(self) -> None:
        """Let the other workers copy what this one made; the lock is theirs."""
        if self.path and not self.is_copied:
            with closing(sqlite3.connect(self.path)) as kept:
                connection.connection.backup(kept)
        self.release()

    def release(self) -> None:
        if self.lock:
            self.lock.close()
            self.lock = None

    def __exit__(self, *_error) -> None:
        self.release()


def make(path: Path) -> None:
    """As the first worker would; those who come meanwhile wait for it."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            begun = path.with_suffix(".begun")
            connection.settings_dict["NAME"] = str(begun)
            call_command("migrate", run_syncdb=True, verbosity=0)
            demonstration.load(quiet=True)
            with closing(sqlite3.connect(path.with_suffix(".whole"))) as kept:
                connection.connection.backup(kept)
            path.with_suffix(".whole").rename(path)


if __name__ == "__main__":
    import django

    django.setup()
    from home import demonstration

    make(Path(os.environ["SITE_TEMPLATE"]))
