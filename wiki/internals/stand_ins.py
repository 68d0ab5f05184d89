"""Modules that stand for others while something is loaded that imports them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def instead_of(stand_ins: dict[str, dict]) -> Iterator[None]:
    """Modules of these contents for whoever imports those of these names, but those that are
    loaded already; other modules that are loaded meanwhile stay."""
    absent = [name for name in stand_ins if name not in sys.modules]
    for name in absent:
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(stand_ins[name])
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
