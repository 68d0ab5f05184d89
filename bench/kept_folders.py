"""What several benches use is made once: it stays in a folder, and each gets a copy of it."""

import hashlib
import shutil
import tempfile
from pathlib import Path

from bench import scratch


def sign(corpus: str, made_by: tuple[str, ...]) -> str:
    """Another one when the pages of corpus.py, the modules of benches that make it or the
    libraries are others."""
    root = scratch.ROOT
    sources = [Path(corpus), root / "requirements" / "base.txt"]
    sources += [root / "bench" / name for name in made_by]
    parts = [path.read_bytes() for path in sources]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def copy_of(kept: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="passerelles-bench-"))
    return shutil.copytree(kept, folder, dirs_exist_ok=True)


def keep(folder: Path, kept: Path) -> None:
    """A folder that is there is whole: it gets its name once all of it is copied."""
    beside = kept.with_name(f"{kept.name}.{folder.name}")
    shutil.copytree(folder, beside)
    beside.rename(kept)
