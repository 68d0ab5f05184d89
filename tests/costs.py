"""What an act costs, told apart from a slow machine: what grows wrongly takes minutes.

A promise in seconds holds where a known piece of work takes NOMINAL; elsewhere, and while
others share the processor, it holds in proportion.
"""

import gc
import time

NOMINAL = 0.045  # seconds


def a_turn() -> float:
    """The seconds of processor that a known piece of work takes here, now."""
    start = time.process_time()
    sum(len(f"<p>{n}</p>".split("p")) for n in range(150_000))
    return time.process_time() - start


def most(seconds: float) -> float:
    """Never less than what is promised; more where the processor is slower, or shared."""
    return seconds * max(1, a_turn() / NOMINAL)


def timed(act) -> tuple[float, object]:
    """The seconds of processor, and what the act gives; what other tests left is not swept up
    meanwhile."""
    gc.disable()
    try:
        start = time.process_time()
        made = act()
        return time.process_time() - start, made
    finally:
        gc.enable()


def is_long(spent: float, seconds: float) -> bool:
    return spent > seconds and spent > most(seconds)


def within(seconds: float, act):
    """What the act gives; AssertionError when it takes longer, three times."""
    for _turn in range(3):
        spent, made = timed(act)
        if not is_long(spent, seconds):
            return made
    raise AssertionError(f"{spent:.1f} s of processor, {seconds} promised")
