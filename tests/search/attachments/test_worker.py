"""The thread that reads: where it starts, that it survives faults, that it ends."""

import threading

import pytest
from django.core.signals import request_finished
from django.db import connections

from search.attachments import queue, reading
from search.attachments.worker import FileReader, reader

PATIENCE = 30  # seconds


@pytest.fixture
def drained(monkeypatch):
    """How often everything that waits was read; `fails` does so in its place first."""
    turns = []

    def drain():
        turns.append(threading.current_thread())
        if fault := drain.faults and drain.faults.pop():
            raise fault
        return []

    drain.faults, drain.turns = [], turns
    monkeypatch.setattr(reading, "drain", drain)
    monkeypatch.setattr(queue, "until_due", lambda: None)
    return drain


@pytest.fixture
def serving(drained):
    """A reader of a process that serves."""
    made = FileReader()
    made.is_serving = True
    yield made
    end_of(made)


def end_of(made: FileReader) -> None:
    if thread := made.thread:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_no_thread_starts_where_nothing_is_served(drained):
    reader.wake()
    assert reader.thread is None
    assert drained.turns == []


def test_a_thread_of_its_own_reads_and_ends(serving, drained):
    serving.wake()
    end_of(serving)
    serving.wake()
    end_of(serving)
    assert len(drained.turns) == 2
    assert threading.current_thread() not in drained.turns
    assert all(thread.daemon for thread in drained.turns)  # no server waits for it to stop


def test_a_file_that_is_sent_while_the_thread_ends_is_read(serving, drained, monkeypatch):
    def wakes():
        if len(drained.turns) == 1:
            serving.wake()

    monkeypatch.setattr(queue, "until_due", wakes)
    serving.wake()
    end_of(serving)
    assert len(drained.turns) == 2


def test_a_fault_is_logged_and_what_waits_is_read_after_it(serving, drained, caplog):
    drained.faults.append(RuntimeError("panne"))
    serving.wake()
    end_of(serving)
    assert len(drained.turns) == 2
    assert "panne" in caplog.text


def test_the_thread_stays_for_what_another_process_reads(serving, drained, monkeypatch):
    leases = [0.05, None]
    monkeypatch.setattr(queue, "until_due", lambda: leases.pop(0))
    serving.wake()
    end_of(serving)
    assert len(drained.turns) == 2


def test_the_connections_of_the_thread_are_closed(serving, drained, monkeypatch):
    closed = []
    close = type(connections).close_all
    monkeypatch.setattr(
        type(connections),
        "close_all",
        lambda them: closed.append(threading.current_thread()) or close(them),
    )
    serving.wake()
    end_of(serving)
    assert drained.turns[0] in closed


@pytest.mark.django_db
def test_the_first_request_of_a_process_reads_what_another_one_left(drained, client):
    made = FileReader()
    made.serve()
    try:
        assert made.thread is None
        for _request in range(3):
            client.get("/robots.txt")
        end_of(made)
    finally:
        request_finished.disconnect(dispatch_uid=made.name)
    assert len(drained.turns) == 1
