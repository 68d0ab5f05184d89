"""CPU and memory of a server: of its first process and of all those that it started."""

import re
import time
from dataclasses import dataclass
from pathlib import Path

QUIET = 0.02  # seconds without any work after which an answer's work is done
PATIENCE = 30  # seconds
LINE = re.compile(r"^(\w+): +(\d+) kB$", re.M)


@dataclass
class Memory:
    """Megabytes: of its own (no file stands behind), shared memory in parts, all of it."""

    anonymous: float
    proportional: float
    resident: float


def tree(pid: int) -> list[int]:
    """The process and all those below it."""
    children = [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return [pid, *(below for child in children for below in tree(child))]


def cpu(pid: int) -> float:
    """CPU seconds of a process so far, in nanoseconds' precision, its threads that ended
    included: what clock_getcpuclockid(3) of Linux names."""
    return time.clock_gettime((~pid << 3) | 2)


def settled_cpu(pids: list[int]) -> float:
    """CPU seconds of these processes, once what they do after their last answer is done."""
    end, before = time.monotonic() + PATIENCE, -1.0
    while time.monotonic() < end:
        now = sum(map(cpu, pids))
        if now == before:
            return now
        before = now
        time.sleep(QUIET)
    raise SystemExit("The server goes on working, though nobody asks anything of it.")


def memory(pid: int) -> Memory:
    sizes = dict(LINE.findall(Path(f"/proc/{pid}/smaps_rollup").read_text()))
    return Memory(*(int(sizes[name]) / 1024 for name in ("Anonymous", "Pss", "Rss")))
