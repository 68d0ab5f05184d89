"""Long merges are made before the write lock is taken, and looked at again under it.

A view runs once; the long merge that it asks for under the lock undoes its transaction, is
made while others write, and the view runs again. When somebody published meanwhile the merge
is another one: that is tried some times, then it is made under the lock.
"""

from contextvars import ContextVar
from functools import wraps

from wiki.publishing import merging
from wiki.publishing.merging import Merged

LONG = 60_000  # characters of the three texts, above which a merge may take a tenth of a second
ROW = 200  # characters that a row counts for
TURNS = 3

_made: ContextVar[list | None] = ContextVar("merges made before the lock", default=None)


class NotMade(Exception):
    """A long merge is asked for under the lock, and was not made before."""

    def __init__(self, *texts):
        super().__init__("A long merge was not made before the lock.")
        self.texts = texts


def merge(base: dict | None, theirs: dict, mine: dict, model) -> Merged:
    """As `wiki.publishing.merging.merge`; raises NotMade, in the views that run again for it."""
    texts, made = (base, theirs, mine, model), _made.get()
    if made is None or _weight(base or {}) + _weight(theirs) + _weight(mine) < LONG:
        return merging.merge(*texts)
    known = next((merged for asked, merged in made if asked == texts), None)
    if known is None:
        raise NotMade(*texts)
    return known


def _weight(content: dict) -> int:
    values = content.values()
    return sum(len(v) * (1 if isinstance(v, str) else ROW) for v in values if hasattr(v, "__len__"))


def merging_first(view):
    @wraps(view)
    def run(*args, **kwargs):
        made: list = []
        for _turn in range(TURNS):
            token = _made.set(made)
            try:
                return view(*args, **kwargs)
            except NotMade as asked:
                made.append((asked.texts, merging.merge(*asked.texts)))
            finally:
                _made.reset(token)
        return view(*args, **kwargs)

    return run
