"""What a script says in a process of its own, where nothing is loaded yet."""

import os
import subprocess
import sys

from django.conf import settings


def said_by(script: str, **environment: str) -> list[str]:
    """Its lines; raises CalledProcessError when it does not end well."""
    return subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        cwd=settings.ROOT,
        env={**os.environ, **environment},
    ).stdout.splitlines()
