"""Two versions of the project that take turns: each a process in its own folder, with its own
`.venv` and its own scratch site.

A bench that imports this must put nothing in `sys.path` when it is read: its `work` runs in the
folder of the version that is measured, with the modules that stand there.
"""

import json
import subprocess
from pathlib import Path

WORKER = "import runpy, sys; sys.path.insert(0, '.'); runpy.run_path({!r})['work'](*sys.argv[1:])"


def started(folder: Path, bench: str, *arguments: str) -> subprocess.Popen:
    """The process where `work(*arguments)` of the file `bench` said that its site is ready."""
    process = subprocess.Popen(
        [folder / ".venv/bin/python", "-c", WORKER.format(bench), *arguments],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout:
        if line == "ready\n":
            return process
    raise SystemExit(f"{folder}: no site")


def asked(process: subprocess.Popen, question: str = ""):
    """What its `work` printed as JSON for one line written to it."""
    process.stdin.write(question + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def ended(*processes: subprocess.Popen) -> None:
    for process in processes:
        process.stdin.close()
        process.wait()
