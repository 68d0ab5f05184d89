"""Threads of a process of the site that work beside its requests."""

from threading import Event, Lock, Thread

from django.db import connections


class OnDemand:
    """A thread that starts when it is woken, and ends when there is nothing left to do.

    A daemon: a process that stops does not wait for it. Threads do not survive a fork: each
    process starts its own.
    """

    name = ""

    def __init__(self):
        self.lock, self.woken = Lock(), Event()
        self.thread: Thread | None = None

    def work(self) -> None:
        """Until there is nothing left to do."""
        raise NotImplementedError

    def wake(self) -> None:
        with self.lock:
            self.woken.set()
            if self.thread is None or not self.thread.is_alive():
                self.thread = Thread(target=self.run, name=self.name, daemon=True)
                self.thread.start()

    def run(self) -> None:
        try:
            while not self.is_over():
                self.work()
        finally:
            connections.close_all()

    def is_over(self) -> bool:
        """True once, when nobody has woken the thread that is about to end."""
        with self.lock:
            if self.woken.is_set():
                return False
            self.thread = None
            return True
