"""The eyes of the timed tests: what is long is seen, what is short passes."""

import gc
import time

import pytest

from tests import costs


def spin(seconds: float) -> str:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return "done"


def test_what_is_long_is_seen(monkeypatch):
    monkeypatch.setattr(costs, "most", lambda seconds: seconds)
    with pytest.raises(AssertionError, match="promised"):
        costs.within(0.01, lambda: spin(0.03))


def test_what_is_short_gives_what_it_made():
    assert costs.within(1, lambda: spin(0.01)) == "done"


def test_a_slow_machine_has_more(monkeypatch):
    monkeypatch.setattr(costs, "a_turn", lambda: 3 * costs.NOMINAL)
    assert costs.most(1) == 3
    monkeypatch.setattr(costs, "a_turn", lambda: costs.NOMINAL / 3)
    assert costs.most(1) == 1


def test_an_act_that_fails_leaves_the_sweeping_on():
    with pytest.raises(ZeroDivisionError):
        costs.timed(lambda: 1 / 0)
    assert gc.isenabled()
