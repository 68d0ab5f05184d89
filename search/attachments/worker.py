"""The thread that reads attached files, in a process that serves the site and nowhere else."""

import logging

from django.core.signals import request_finished
from django.db import connections

from search.attachments import queue, reading
from search.threads import OnDemand

log = logging.getLogger(__name__)
LONGEST_WAIT = 60  # seconds between two tries of a database that does not answer


class FileReader(OnDemand):
    """One file at a time. It ends when nothing waits; while another process reads, it stays to
    take over what that one would leave behind.

    The first request of a process starts it, for what a process before did not end; after
    that, each file that is sent.
    """

    name = "reading-files"
    is_serving = False

    def serve(self) -> None:
        """From now on this process reads; no thread starts before a request: a server may fork."""
        self.is_serving = True
        request_finished.connect(self.on_first_request, dispatch_uid=self.name)

    def on_first_request(self, **kwargs):
        request_finished.disconnect(dispatch_uid=self.name)
        self.wake()

    def wake(self) -> None:
        if self.is_serving:
            super().wake()

    def work(self) -> None:
        wait, failures = 0.0, 0
        while wait is not None:
            self.woken.clear()
            wait, failures = self.turn(failures)
            self.woken.wait(wait or 0)

    def turn(self, failures: int) -> tuple[float | None, int]:
        """Read all that waits; the seconds to wait, None without work, and the failures so far."""
        try:
            for _state in reading.drain():
                pass
            return queue.until_due(), 0
        except Exception:
            log.exception("Attached files are not read.")
            return min(2**failures, LONGEST_WAIT), failures + 1
        finally:
            connections.close_all()


reader = FileReader()
