"""A scratch site for benches: its own folder and database, gone at the end."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def set_up(folder: str | None = None) -> Path:
    """Set Django up on an empty, migrated site; returns its DATA_DIR.

    `folder`: the DATA_DIR of a site made before, to join it from another process.
    """
    made = Path(folder or tempfile.mkdtemp(prefix="passerelles-bench-"))
    os.environ.update(DATA_DIR=str(made), DJANGO_SETTINGS_MODULE="kb.settings.dev")
    os.environ.pop("DATABASE_URL", None)
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    if folder is None:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("create_site", verbosity=0)
    return made


def clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
