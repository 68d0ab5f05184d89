"""What a process that serves has done before its first request."""

from tests.apart import said_by

SERVED = """
import gc, sys
import kb.wsgi
print("wiki.reading.views" in sys.modules, gc.get_freeze_count() > len(gc.get_objects()))
"""


def test_all_addresses_are_loaded_and_what_stands_is_no_more_looked_at(tmp_path):
    told = said_by(SERVED, DATA_DIR=str(tmp_path))
    assert told == ["True True"]
