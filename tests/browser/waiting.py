"""Waiting for what is expected, never for a time."""

import time
from collections.abc import Callable

FRAMES = """
    async count => {
      for (let rank = 0; rank < count; rank++) await new Promise(requestAnimationFrame);
      await new Promise(done => setTimeout(done));
    }
"""


def until(tab, condition: Callable[[], object], seconds: float = 15) -> None:
    """Let the page work until this holds; AssertionError when it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "What was waited for did not come."
        tab.wait_for_timeout(20)


def let_it_draw(tab, frames: int = 3) -> None:
    """All that the page had to do has been done and drawn."""
    tab.evaluate(FRAMES, frames)


def let_time_go(tab, milliseconds: int) -> None:
    """Every timer of the page that is due by then runs, at once; the page was opened after
    `tab.clock.install()`."""
    tab.clock.run_for(milliseconds)
    let_it_draw(tab)
