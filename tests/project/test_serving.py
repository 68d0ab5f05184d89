"""What a process that serves has done before its first request."""

import os
import subprocess
import sys

from django.conf import settings

SERVED = """
import gc, sys
import kb.wsgi
print("wiki.reading.views" in sys.modules, gc.get_freeze_count() > len(gc.get_objects()))
"""


def test_all_addresses_are_loaded_and_what_stands_is_no_more_looked_at(tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", SERVED],
        check=True,
        capture_output=True,
        text=True,
        cwd=settings.ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "kb.settings.test", "DATA_DIR": str(tmp_path)},
    ).stdout.split()
    assert told == ["True", "True"]
