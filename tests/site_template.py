"""One migrated and loaded database for all workers of a run: the others copy that of the first.

Of SQLite only, where a database is a file; elsewhere each worker makes its own.
"""

import fcntl
import os
import shutil
import sqlite3
from contextlib import closing

from django.conf import settings
from django.db import connection


class SiteTemplate:
    """Held by one worker at a time, until it knows whether it made the database or copies it."""

    def __enter__(self) -> "SiteTemplate":
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
        is_shared = bool(run) and connection.vendor == "sqlite"
        self.path = settings.TEST_DIR / f"demonstration-{run}.sqlite3" if is_shared else None
        self.lock = (settings.TEST_DIR / f"demonstration-{run}.lock").open("w") if run else None
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
