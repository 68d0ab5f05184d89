"""Nine words in a row, as fingerprints: the study of 2020 is recognised without being kept here.

`study.shingles` holds the first 5 bytes of the SHA-256 of each of its sequences, in base64.
"""

import base64
import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path

LENGTH, SIZE = 9, 5
KEPT = Path(__file__).parent / "study.shingles"


def shingles_of(text: str) -> set[bytes]:
    """The fingerprints of a text, whatever its tags, accents, capitals and stops."""
    found = words(text)
    rows = (" ".join(found[i : i + LENGTH]) for i in range(len(found) - LENGTH + 1))
    return {hashlib.sha256(row.encode()).digest()[:SIZE] for row in rows}


def words(text: str) -> list[str]:
    bare = re.sub(r"<[^>]+>", " ", text).replace("œ", "oe")
    signs = unicodedata.normalize("NFKD", bare)
    return re.findall(
        r"[a-z0-9]+", "".join(s for s in signs if not unicodedata.combining(s)).lower()
    )


@cache
def known_shingles() -> frozenset[bytes]:
    held = base64.b64decode(KEPT.read_bytes())
    return frozenset(held[i : i + SIZE] for i in range(0, len(held), SIZE))
